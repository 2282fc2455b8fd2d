"""Routing of a clue: its matter and departments, with the words that led there.

A suggestion for the person who dispatches: the figures here rank, they decide nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from domain.files.work_order import title_of
from domain.routing.matter_index import Match, RoutingIndex
from domain.routing.word_index import plain

NAMED_IN_FIELD = 1.5
NAMED_IN_TEXT = 0.3
"""What naming a department adds to the matters it leads: as the destination, or in passing."""
FLOOR = 1.0
"""Below this score no matter is proposed."""
HALF_SURE = 1.5
"""The score whose weight alone makes a matter as likely as not."""
STRONG_SECOND = 0.6
"""A second matter this close to the first brings in its leading department as co-operating."""
ELSEWHERE = 0.6
"""What is left of the confidence where words hint at another channel (诉讼, 信访 …)."""
UNSURE = 0.6
"""Below this confidence the reason asks a person to check."""
BRIEF = 60
"""A content of at most so many characters is about what its words say, like a title."""
SHOWN = 5


@dataclass(frozen=True)
class RoutingText:
    """What is known of a clue when it is routed."""

    title: str
    content: str
    category: str = ""
    place: str = ""
    named_department: str = ""


@dataclass(frozen=True)
class Candidate:
    """A department that might be competent, for which matter, and how strongly from 0 to 1."""

    department: str
    matter: str | None
    score: float


@dataclass(frozen=True)
class Routing:
    """A proposal: where to, how sure from 0 to 1, and why.

    `ground` is what of the reason may stand in a letter: without advice to the colleague.
    `matter` is None and `lead` the default desk where nothing fits; `other_channel` is a hint only.
    """

    matter: str | None
    lead: str
    cooperating: tuple[str, ...]
    confidence: float
    words: tuple[str, ...]
    reason: str
    ground: str
    candidates: tuple[Candidate, ...]
    other_channel: str | None = None


@dataclass(frozen=True)
class _Reading:
    """A text as the index read it."""

    matches: Sequence[Match]
    named: frozenset[str]
    area: str
    home: str
    channel: tuple[str, str] | None


def route(text: RoutingText, index: RoutingIndex, area: str, default_desk: str) -> Routing:
    """The proposal for a clue that arrived in `area`; the default desk where nothing fits.

    `index` is made once (`Rulebook.routing`); `area` and `default_desk` are ids.
    What the content alone leads to is neither lost nor made less sure by a title; a title may
    only turn it to another matter.
    """
    bare = _proposed(_read(_untitled(text), index, area), index, default_desk)
    if text.title == title_of(text.content):
        return bare
    whole = _proposed(_read(text, index, area), index, default_desk)
    if whole.matter is None:
        return bare
    if whole.matter == bare.matter and whole.confidence < bare.confidence:
        return _with_others(bare, whole)
    return whole


def _with_others(bare: Routing, whole: Routing) -> Routing:
    """The surer proposal, with the departments that only the title brings in."""
    known = {one.department for one in bare.candidates}
    others = (one for one in whole.candidates if one.department not in known)
    return replace(
        bare,
        cooperating=tuple(dict.fromkeys((*bare.cooperating, *whole.cooperating))),
        candidates=(*bare.candidates, *others)[:SHOWN],
    )


def _untitled(text: RoutingText) -> RoutingText:
    """The content alone: a short one says what it is about as plainly as a title does."""
    return replace(text, title=text.content if len(text.content) <= BRIEF else "")


def _proposed(reading: "_Reading", index: RoutingIndex, default_desk: str) -> Routing:
    candidates = _candidates(reading, index)
    top = next(iter(reading.matches), None)
    lead = index.competence.find(top.lead, reading.home) if top else None
    if top is None or lead is None or top.score < FLOOR:
        return _to_desk(reading, index, default_desk, candidates)
    confidence = _confidence(reading)
    ground = _ground(reading, index, lead)
    return Routing(
        matter=top.matter,
        lead=lead,
        cooperating=_cooperating(reading, index, lead),
        confidence=confidence,
        words=top.words,
        reason="；".join([*ground, *_advice(reading, index, confidence)]) + "。",
        ground="；".join(ground) + "。",
        candidates=candidates,
        other_channel=reading.channel[0] if reading.channel else None,
    )


def _read(text: RoutingText, index: RoutingIndex, area: str) -> _Reading:
    head, body = plain(f"{text.title} {text.category}"), plain(text.content)
    whole = f"{head}\n{body}"
    addressed = index.functions_named(plain(text.named_department))
    passing = index.functions_named(whole)
    matches = [
        replace(
            one,
            score=one.score
            + NAMED_IN_FIELD * (one.lead in addressed)
            + NAMED_IN_TEXT * (one.lead in passing),
        )
        for one in index.matches(head, body)
    ]
    return _Reading(
        matches=sorted(matches, key=lambda one: (-one.score, one.matter)),
        named=addressed or passing,
        area=area,
        home=index.competence.area_named_in(plain(text.place) + "\n" + whole, area),
        channel=index.channel_hinted(whole),
    )


def _strength(score: float) -> float:
    return round(score / (score + HALF_SURE), 2)


def _confidence(reading: _Reading) -> float:
    """Strong evidence, far ahead of the next department, and nothing that points elsewhere."""
    top, *rest = reading.matches
    rival = next((one.score for one in rest if one.lead != top.lead), 0.0)
    margin = 1 - rival / top.score
    sure = _strength(top.score) * (1 + margin) / 2
    return round(sure * (ELSEWHERE if reading.channel else 1), 2)


def _candidates(reading: _Reading, index: RoutingIndex) -> tuple[Candidate, ...]:
    """The departments in question, ranked; the superior area's bureau follows its lower one."""
    found: dict[str, Candidate] = {}
    for one in reading.matches:
        for area in dict.fromkeys((reading.home, reading.area)):
            if department := index.competence.find(one.lead, area):
                found.setdefault(
                    department, Candidate(department, one.matter, _strength(one.score))
                )
    for function in sorted(reading.named):
        if department := index.competence.find(function, reading.home):
            found.setdefault(department, Candidate(department, None, _strength(NAMED_IN_TEXT)))
    return tuple(found.values())[:SHOWN]


def _cooperating(reading: _Reading, index: RoutingIndex, lead: str) -> tuple[str, ...]:
    top, *rest = reading.matches
    strong = [one.lead for one in rest if one.score >= max(STRONG_SECOND * top.score, FLOOR)]
    in_home = partial(index.competence.find, area=reading.home)
    found = map(in_home, (*index.matters[top.matter].cooperating, *strong))
    return tuple(dict.fromkeys(one for one in found if one is not None and one != lead))


def _ground(reading: _Reading, index: RoutingIndex, lead: str) -> list[str]:
    top = reading.matches[0]
    words = "、".join(f"“{word}”" for word in top.words[:SHOWN])
    says = [
        f"文中{words}符合监管事项“{index.matters[top.matter].name}”，"
        f"牵头部门为{index.departments[lead].name}"
    ]
    if top.lead in reading.named:
        says.append("来件也提到该部门")
    if index.departments[lead].area != reading.area:
        says.append("事发地属下级地区，先交当地部门")
    return says


def _advice(reading: _Reading, index: RoutingIndex, confidence: float) -> list[str]:
    """What the colleague should look at before he follows the proposal."""
    top, *rest = reading.matches
    says = []
    if confidence < UNSURE:
        rival = next((one for one in rest if one.lead != top.lead), None)
        other = f"，也可能属于“{index.matters[rival.matter].name}”" if rival else ""
        says.append(f"把握不大{other}，请人工核对")
    return [*says, *_hint(reading, index)]


def _hint(reading: _Reading, index: RoutingIndex) -> list[str]:
    if reading.channel is None:
        return []
    key, word = reading.channel
    channel = index.channels[key]
    return [f"文中“{word}”提示可能属于{channel.label}：{channel.advice}"]


def _to_desk(
    reading: _Reading, index: RoutingIndex, desk: str, candidates: tuple[Candidate, ...]
) -> Routing:
    where = index.departments[desk].name if desk in index.departments else desk
    says = [f"没有找到足够相符的监管事项，由{where}人工研判", *_hint(reading, index)]
    return Routing(
        matter=None,
        lead=desk,
        cooperating=(),
        confidence=0.0,
        words=(),
        reason="；".join(says) + "。",
        ground="",
        candidates=candidates,
        other_channel=reading.channel[0] if reading.channel else None,
    )
