"""Suspected duplicates with score and reason; they are suggestions, and a person decides.

A store finds the candidates by equal credit code, subject, reporter, place or band; `suspects`
ranks them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from domain.duplicates.names import company_key, place_key
from domain.duplicates.sameness import Sameness, sameness
from domain.duplicates.similarity import (
    bands,
    comparable_text,
    content_likeness,
    likeness,
    name_likeness,
    shared_words,
)
from domain.files.identifiers import credit_code_fault
from domain.files.work_order import IncomingClue

COMMON = 50
"""A band that more clues share than this is a commonplace and brings no candidates."""
CANDIDATES = 50
"""So many candidates are compared at most, those first that share most keys."""
EXACT = 6
"""An equal exact key weighs as much as this many bands when candidates are chosen."""
SUSPECT = 0.5
ALIKE = 0.3
"""Texts at least this much alike are a reason by themselves."""
RELATED = {"place": 0.2, "reporter": 0.3}
"""Texts that share this much of their words are one matter where place or reporter agree; one
reporter repeats his own turns of phrase.
"""
OTHER_NAME = 0.5
"""Names of parties or places that share less than this are different ones."""
EVEN = 0.68
"""Power that puts the chance from which texts alone are suspected at `SUSPECT`."""
APART = {"subject": 0.75, "place": 0.8}
"""What is left of the score where the parties, or the places, are expressly different ones."""
LIKELY = {
    "outside_no": 0.9,
    "credit_code": 0.55,
    "subject": 0.5,
    "mention": 0.4,
    "reporter": 0.4,
    "place": 0.36,
    "text": 0.3,
    "matter": 0.3,
}
"""What each agreement alone is worth; several together leave the less doubt."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a clue is compared by; `key` is the clue's own reference, `text` title and content.

    `matter` is the matter of supervision it was proposed for.
    """

    key: str
    text: str
    bands: tuple[int, ...]
    credit_code: str | None = None
    subject_key: str | None = None
    place_key: str | None = None
    reporter_key: str | None = None
    channel: str = ""
    outside_no: str = ""
    matter: str | None = None

    @property
    def parts(self) -> tuple[str, str]:
        """The bare title and content."""
        title, _, content = self.text.partition("\n")
        return title, content

    @property
    def exact_keys(self) -> tuple[tuple[str, str], ...]:
        """What finds a candidate by being equal, besides the bands."""
        named = (
            ("credit_code", self.credit_code),
            ("subject", self.subject_key),
            ("reporter", self.reporter_key),
            ("place", self.place_key),
            ("outside_no", self.outside_no),
        )
        return tuple((name, value) for name, value in named if value)


@dataclass(frozen=True)
class Suspicion:
    """Another clue that may be the same matter, how likely, and why in words."""

    key: str
    score: float
    reason: str


def fingerprint(
    clue: IncomingClue, reporter_key: str | None, key: str = "", matter: str | None = None
) -> Fingerprint:
    """What the clue is compared by; `key` defaults to its outside number.

    `reporter_key` is a keyed hash of who reported, never a name or a number in clear. A credit code
    that cannot be right compares as none.
    """
    title, content = comparable_text(clue.title), comparable_text(clue.content)
    code = clue.subject_code
    return Fingerprint(
        key=key or clue.outside_no,
        text=f"{title}\n{content}",
        bands=bands(title, content),
        credit_code=code if code and credit_code_fault(code) is None else None,
        subject_key=company_key(clue.subject_name),
        place_key=place_key(clue.place),
        reporter_key=reporter_key,
        channel=clue.channel,
        outside_no=clue.outside_no,
        matter=matter,
    )


def compare(one: Fingerprint, other: Fingerprint) -> Suspicion | None:
    """The suspicion that `other` is the same matter, or None; what shares no key is not read."""
    agreed = _agreements(one, other)
    if not agreed and frozenset(one.bands).isdisjoint(other.bands):
        return None
    if _has_words_alone(agreed, one, other):
        told = _told(agreed, one, other)
        if told.named:
            return _by_text(agreed, (one, other), told)
    alike = likeness(one.parts, other.parts)
    if alike >= ALIKE:
        agreed["text"] = ""
    elif _is_one_matter(agreed, one, other):
        agreed["matter"] = "所反映事项相近"
    apart = _differences(agreed, one, other)
    # Agreements are taken as independent witnesses: what doubt each leaves is multiplied, and what
    # is expressly different takes its share off the whole.
    certain = prod(APART[name] for name in apart)
    score = certain * (1 - (1 - alike) * prod(1 - LIKELY[name] for name in agreed))
    if score < SUSPECT:
        return None
    reason = "，但".join((_reason(agreed, one, other), *filter(None, ["、".join(apart.values())])))
    return Suspicion(other.key, round(score, 3), reason)


def _has_words_alone(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> bool:
    """Whether neither names party or place, so that the words must tell object and problem."""
    keys = (one.subject_key, other.subject_key, one.place_key, other.place_key)
    return agreed.keys() <= {"reporter"} and not any(keys)


def _told(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> Sameness:
    topic = one.matter is not None and one.matter == other.matter
    return sameness(one.parts, other.parts, topic, "reporter" in agreed)


def _by_text(
    agreed: dict[str, str], both: tuple[Fingerprint, Fingerprint], told: Sameness
) -> Suspicion | None:
    """The suspicion where only texts can agree: one object and one problem, by whom soever.

    One reporter writes of many things: that he is the same raises only what shares an object.
    """
    score = told.chance**EVEN
    if score < SUSPECT:
        return None
    apart = "，但所在区县不同" if told.other_area else ""
    return Suspicion(both[1].key, round(score, 3), _reason(agreed, *both) + apart)


def suspects(
    target: Fingerprint, candidates: Iterable[Fingerprint], limit: int = 5
) -> tuple[Suspicion, ...]:
    """The likeliest duplicates among the candidates, the best first, `limit` at most.

    The score lies between `SUSPECT` and 1; equal scores come in order of their keys.
    """
    found = (compare(target, one) for one in candidates if one.key != target.key)
    ranked = sorted((one for one in found if one), key=lambda one: (-one.score, one.key))
    return tuple(ranked[:limit])


def _agreements(one: Fingerprint, other: Fingerprint) -> dict[str, str]:
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


def _is_one_matter(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> bool:
    """Whether what one reporter says, or what is said of one place, is about the same thing."""
    enough = [RELATED[name] for name in RELATED if name in agreed]
    if not enough:
        return False
    same = one.matter is not None and one.matter == other.matter
    return same or shared_words(one.parts, other.parts) >= min(enough)


def _differences(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> dict[str, str]:
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


def _reason(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> str:
    words = "、".join(text for text in agreed.values() if text)
    share = content_likeness(one.parts, other.parts)
    alike = f"内容相似{share:.0%}" if share else "内容表述不同"
    if "text" in agreed and share < ALIKE:
        alike = f"标题和内容相近（内容相似{share:.0%}）"
    return f"{words}，{alike}" if words else alike
