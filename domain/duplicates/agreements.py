"""Which keys two clues agree in and what they name differently, with the words to say so."""

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.similarity import name_likeness

OTHER_NAME = 0.5
"""Names of parties or places that share less than this are different ones."""


def agreements(one: Fingerprint, other: Fingerprint) -> dict[str, str]:
    """Which exact keys agree, and the words to say so."""
    agreed: dict[str, str] = {}
    if one.outside_no and one.outside_no == other.outside_no and one.channel != other.channel:
        agreed["outside_no"] = f"另一渠道有相同的外部编号{other.outside_no}"
    if one.credit_code and one.credit_code == other.credit_code:
        agreed["credit_code"] = "同一统一社会信用代码"
    elif one.subject_key and one.subject_key == other.subject_key:
        agreed["subject"] = "同一当事人名称"
    elif _near(one.subject_key, other.subject_key):
        agreed["mention"] = "当事人名称相近"
    elif _mentions(one, other) or _mentions(other, one):
        agreed["mention"] = "提到同一当事人"
    if one.reporter_key and one.reporter_key == other.reporter_key:
        agreed["reporter"] = "同一反映人"
    if _same_place(one.place_key, other.place_key):
        agreed["place"] = "同一地点"
    return agreed


def differences(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> dict[str, str]:
    """What both name and name differently, in words.

    Nothing where the party agrees: a chain has many shops, and a complaint may name any of them.
    """
    if not agreed.keys().isdisjoint({"outside_no", "credit_code", "subject", "mention"}):
        return {}
    named = {
        "subject": (one.subject_key, other.subject_key, "当事人不同"),
        "place": (one.place_key, other.place_key, "地点不同"),
    }
    return {
        name: says
        for name, (first, second, says) in named.items()
        if name not in agreed and first and second and name_likeness(first, second) < OTHER_NAME
    }


def _mentions(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the other's text names the one's subject, where the other names none itself."""
    name = one.subject_key
    return bool(name and not other.subject_key and len(name) >= 4 and name in other.text)


def _near(one: str | None, other: str | None) -> bool:
    """Whether one name is the other with something before or after it."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and (long.startswith(short) or long.endswith(short))


def _same_place(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 6 and short in long)
