"""Suspected duplicates with score and reason; they are suggestions, and a person decides.

A duplicate tells of the same problem at the same object. The same object with another problem is
*related*, and shown apart. A store finds the candidates by equal credit code, subject, reporter,
place or key; `suspects` ranks them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import prod
from typing import Literal

from domain.duplicates.agreements import agreements, differences
from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.groups import STRONG, Groups
from domain.duplicates.rarity import UNKNOWN, Rarity
from domain.duplicates.sameness import Sameness, Told, sameness, topics_alike
from domain.duplicates.similarity import SHORT, content_likeness, shared_words, with_titles

Kind = Literal["duplicate", "related"]

BUT = "，但"
COMMON = 50
"""A band that more clues share than this is a commonplace and brings no candidates."""
CANDIDATES = 30
"""So many candidates are compared at most, those first that share most keys."""
A_NAME = 4
"""A title of fewer signs names nothing."""
EXACT = 6
"""An equal exact key weighs as much as this many bands when candidates are chosen."""
SUSPECT = 0.5
ALIKE = 0.3
"""Texts at least this much alike are a reason by themselves."""
WORTH_TELLING = 0.1
"""A smaller share of the contents in common is not told as a likeness."""
COPY, OF_A_COPY = 0.85, 0.9
"""Contents at least this much alike are copies, and score this at least."""
RELATED = {"place": 0.2, "reporter": 0.3}
"""Texts that share this much of their words are one matter where place or reporter agree; one
reporter repeats his own turns of phrase.
"""
ONE_PROBLEM = 0.2
"""Texts of one party or place that share this much of their words tell of one problem."""
ONE_TOPIC = 0.5
"""So do those whose topics are at least this much alike."""
OF_A_GROUP = 40
PROBLEMS_SAID = 2
EARLIER = 90
"""A report more days before is said to be an earlier one."""
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
APART = {"subject": 0.75, "place": 0.8}
"""What is left of the score where the parties, or the places, are expressly different ones."""


@dataclass(frozen=True)
class Suspicion:
    """Another clue that may be the same matter, how likely, and why in words.

    `kind`: `duplicate`, or `related` where the object is the same and the problem another.
    """

    key: str
    score: float
    reason: str
    kind: Kind = "duplicate"


def compare(one: Fingerprint, other: Fingerprint, rarity: Rarity = UNKNOWN) -> Suspicion | None:
    """The suspicion that `other` is the same matter, or None; what shares no key is not read."""
    if not agreements(one, other) and frozenset(other.bands).isdisjoint(one.bands):
        return None
    return _compared(one, one.told, other, rarity)


def _compared(one: Fingerprint, own: Told, other: Fingerprint, rarity: Rarity) -> Suspicion | None:
    agreed, told = agreements(one, other), sameness(own, other.told, rarity)
    if _has_words_alone(agreed, one, other):
        return _by_words(agreed, (one, other), told)
    return _by_names(agreed, (one, other), told)


def suspects(
    target: Fingerprint,
    candidates: Iterable[Fingerprint],
    limit: int = 5,
    rarity: Rarity = UNKNOWN,
) -> tuple[Suspicion, ...]:
    """The likeliest duplicates among what shares keys with a clue, the best first, then related.

    `limit` of each at most. Scores lie between 0 and 1; equal ones come in order of their keys.
    """
    own = target.told
    found = (_compared(target, own, one, rarity) for one in candidates if one.key != target.key)
    ranked = sorted((one for one in found if one), key=lambda one: (-one.score, one.key))
    duplicates = [one for one in ranked if one.kind == "duplicate"]
    related = [one for one in ranked if one.kind == "related"]
    return (*duplicates[:limit], *related[:limit])


def duplicates_of(found: Iterable[Suspicion]) -> tuple[Suspicion, ...]:
    """Those of the suspicions that are duplicates."""
    return tuple(one for one in found if one.kind == "duplicate")


def with_groups(key: str, found: tuple[Suspicion, ...], groups: Groups) -> tuple[Suspicion, ...]:
    """The duplicates of a clue with those that belong to one group with them, so marked.

    What is surely alike belongs to the group from then on; one group is listed to `OF_A_GROUP`.
    """
    listed = {one.key: one for one in found}
    for one in found:
        for other in groups.of(one.key)[:OF_A_GROUP]:
            reason = f"与{one.key}同属一组"
            listed.setdefault(other, Suspicion(other, one.score, reason))
    for one in found:
        if one.score >= STRONG:
            groups.join(one.key, key)
    listed.pop(key, None)
    return tuple(listed.values())


def _has_words_alone(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> bool:
    """Whether neither names party or place, so that the words must tell object and problem.

    Not where neither title says enough to name anything.
    """
    keys = (one.subject_key, other.subject_key, one.place_key, other.place_key)
    if any(keys) or not agreed.keys() <= {"reporter"}:
        return False
    return max(len(one.parts[0]), len(other.parts[0])) >= A_NAME


def _by_words(
    agreed: dict[str, str], both: tuple[Fingerprint, Fingerprint], told: Sameness
) -> Suspicion | None:
    """The suspicion where only texts can agree: one object and one problem, by whom soever.

    Titles that name different objects of one kind are of two, however alike the texts are, unless
    a long content is the same sign by sign: it says itself what it is about.
    One reporter writes of many things: that he is the same raises nothing by itself.
    """
    one, other = both
    if max(told.chance, told.in_common) < SUSPECT and not told.object_shared:
        return None
    share = content_likeness(one.parts, other.parts)
    is_repeated = one.parts[1] == other.parts[1] and len(one.parts[1]) >= SHORT
    if told.other_object and not is_repeated:
        return None
    chance = max(told.chance, OF_A_COPY) if share >= COPY else told.chance
    reason = _told_alike(agreed, told, share)
    if chance >= SUSPECT:
        return Suspicion(other.key, round(chance, 3), reason)
    if told.object_shared:
        but = "，" if BUT in reason else BUT
        return Suspicion(other.key, round(chance, 3), f"{reason}{but}所反映的问题不同", "related")
    return None


def _content_alike(share: float) -> str:
    """How alike the contents are, in words; a few shared signs are no likeness."""
    return f"内容相似{share:.0%}" if share >= WORTH_TELLING else "内容表述不同"


def _told_alike(agreed: dict[str, str], told: Sameness, share: float) -> str:
    """What agrees and what differs, in words."""
    says = list(agreed.values())
    if told.words:
        says.append(f"都提到{'、'.join(f'“{one}”' for one in told.words)}")
    if told.problems:
        says.append(f"都涉及{'、'.join(told.problems[:PROBLEMS_SAID])}")
    says.append(_content_alike(share))
    differs = ["所在区县不同"] * told.other_area
    if told.days_apart is not None and told.days_apart > EARLIER:
        differs.append(f"相隔{told.days_apart}天")
    return BUT.join(("，".join(says), *filter(None, ["、".join(differs)])))


def _by_names(
    agreed: dict[str, str], both: tuple[Fingerprint, Fingerprint], told: Sameness
) -> Suspicion | None:
    """The suspicion where a party or a place is named by either, or no title names anything."""
    one, other = both
    share = content_likeness(one.parts, other.parts)
    alike = with_titles(share, one.parts[0], other.parts[0])
    if not told.other_object and told.chance >= SUSPECT:
        alike = max(alike, told.chance)
    if alike >= ALIKE:
        agreed["text"] = ""
    elif _is_one_matter(agreed, one, other):
        agreed["matter"] = "所反映事项相近"
    apart = differences(agreed, one, other)
    # Agreements are taken as independent witnesses: what doubt each leaves is multiplied, and what
    # is expressly different takes its share off the whole.
    certain = prod(APART[name] for name in apart)
    score = certain * (1 - (1 - alike) * prod(1 - LIKELY[name] for name in agreed))
    if score < SUSPECT:
        return None
    differs = [*apart.values(), *_earlier(one, other)]
    reason = BUT.join((_reason(agreed, share), *filter(None, ["、".join(differs)])))
    found = Suspicion(other.key, round(score, 3), reason)
    return found if _is_one_problem(agreed, one, other) else replace(found, kind="related")


def _is_one_matter(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> bool:
    """Whether what one reporter says, or what is said of one place, is about the same thing."""
    enough = [RELATED[name] for name in RELATED if name in agreed]
    if not enough:
        return False
    same = one.matter is not None and one.matter == other.matter
    return same or shared_words(one.parts, other.parts) >= min(enough)


def _is_one_problem(agreed: dict[str, str], one: Fingerprint, other: Fingerprint) -> bool:
    """Whether more agrees than the party or the place: the words, the matter or its topics."""
    if not agreed.keys().isdisjoint({"outside_no", "text", "matter"}):
        return True
    same = one.matter is not None and one.matter == other.matter
    return (
        same
        or shared_words(one.parts, other.parts) >= ONE_PROBLEM
        or bool(one.topics and other.topics and topics_alike(one.topics, other.topics) >= ONE_TOPIC)
    )


def _earlier(one: Fingerprint, other: Fingerprint) -> list[str]:
    if one.day is None or other.day is None or abs(one.day - other.day) <= EARLIER:
        return []
    return [f"相隔{abs(one.day - other.day)}天"]


def _reason(agreed: dict[str, str], share: float) -> str:
    """What agrees, in words, and the share of the contents in common."""
    words = "、".join(text for text in agreed.values() if text)
    alike = _content_alike(share)
    if "text" in agreed and share < ALIKE:
        alike = f"标题和问题相近，{alike}"
    return f"{words}，{alike}" if words else alike
