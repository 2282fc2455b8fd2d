"""Routing of a clue: its matter and departments, with the words that led there.

A suggestion for the person who dispatches: the figures here rank, they decide nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import exp, log

from domain.files.work_order import title_of
from domain.routing.learning import NOTHING, Learned, Lesson, features_of, taught
from domain.routing.matter_index import Claim, ReadText, RoutingIndex, strongest_topics
from domain.routing.reasons import Reading, advice, ground, hint
from domain.routing.word_index import plain

NAMED_IN_FIELD = 1.5
NAMED_IN_TEXT = 0.3
"""What naming a department adds to the matters it leads: as the destination, or in passing."""
FLOOR = 0.5
"""Below this score no department is proposed."""
STRONG_SECOND = 0.6
"""A second matter this close to the first brings in its leading department as co-operating."""
COMPANION = 0.3
"""A co-operating department of the topic stands behind rivals with more of the topic's score."""
ELSEWHERE = 0.6
"""What is left of the confidence where words hint at another channel (诉讼, 信访 …)."""
TWO_MATTERS, CLOSE_SECOND = 0.8, 0.5
"""What is left of the confidence where a second matter scores at least so much of the first."""
HALF_SURE = 1.5
"""The score whose weight alone makes a candidate half as strong as can be."""
SURE_AT_ONE, SURE_BY_SCORE, SURE_BY_LEAD = -1.7, 1.4, 2.7
"""How the chance to be right follows from the score and the lead over the next department: a
logistic curve fitted to judged messages, a little on the careful side (docs/matching.md).
"""
BRIEF = 60
"""A content of at most so many characters says as plainly as a title what it is about."""
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

    Of `matter` (监管事项) and `duty` at most one is named; with a duty comes its `handling`.
    `ground` is what of the reason may stand in a letter: without advice to the colleague.
    `topics` are the likeliest with their scores, `said` all words of the dictionaries in the text:
    by them clues are compared.
    Both are None and `lead` the default desk where nothing fits; `other_channel` is a hint only.
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
    duty: str | None = None
    handling: str | None = None
    topics: Mapping[str, float] = field(default_factory=dict)
    said: frozenset[str] = frozenset()

    @property
    def topic(self) -> str | None:
        """The matter or duty proposed."""
        return self.matter or self.duty


def route(
    text: RoutingText,
    index: RoutingIndex,
    area: str,
    default_desk: str,
    learned: Learned = NOTHING,
) -> Routing:
    """The proposal for a clue that arrived in `area`; the default desk where nothing fits.

    `index` is made once (`Rulebook.routing`); `area` and `default_desk` are ids; `learned` is what
    the site's own record teaches, as far as it may be used.
    What the content alone leads to is neither lost nor made less sure by a title; a title may
    only turn it to another matter or duty.
    """
    body = index.read(text.content)
    brief = text.content if len(text.content) <= BRIEF else ""
    reading = _read(replace(text, title=brief), body, index, area, learned)
    if text.title == title_of(text.content):
        return _proposed(reading, index, default_desk)
    whole_reading = _read(text, body, index, area, learned)
    whole = _proposed(whole_reading, index, default_desk)
    if whole.topic is None:
        return replace(_proposed(reading, index, default_desk), said=whole.said)
    if not _is_surer(reading, whole):
        return whole
    bare = _proposed(reading, index, default_desk)
    if whole.topic == bare.topic:
        divided = replace(reading, is_divided=reading.is_divided or whole_reading.is_divided)
        return _with_others(_proposed(divided, index, default_desk), whole)
    return whole


def _is_surer(reading: Reading, whole: Routing) -> bool:
    """Whether a reading may lead to the same topic with more confidence."""
    is_claimed = bool(reading.claims) and reading.claims[0].score >= FLOOR
    return is_claimed and _confidence(reading) > whole.confidence


def lesson(text: RoutingText, index: RoutingIndex, area: str, taken: tuple[str, str]) -> Lesson:
    """A clue that a department took in the end, as the dictionary reads it.

    `taken`: the function of the department, and the clue's number.
    """
    reading = _read(text, index.read(text.content), index, area, None)
    return Lesson(reading.claims, reading.features, *taken)


def _with_others(bare: Routing, whole: Routing) -> Routing:
    """The surer proposal, with the departments that only the title brings in."""
    known = {one.department for one in bare.candidates}
    others = (one for one in whole.candidates if one.department not in known)
    return replace(
        bare,
        cooperating=tuple(dict.fromkeys((*bare.cooperating, *whole.cooperating))),
        candidates=(*bare.candidates, *others)[:SHOWN],
        said=bare.said | whole.said,
    )


def _proposed(reading: Reading, index: RoutingIndex, default_desk: str) -> Routing:
    candidates = _candidates(reading, index)
    top = next(iter(reading.claims), None)
    lead = index.competence.find(top.lead, reading.home) if top else None
    if top is None or lead is None or top.score < FLOOR:
        return _to_desk(reading, index, default_desk, candidates)
    topic = index.topics[top.best.topic]
    confidence = _confidence(reading)
    said = ground(reading, index, lead)
    return Routing(
        matter=None if topic.handling else top.best.topic,
        lead=lead,
        cooperating=_cooperating(reading, index, lead),
        confidence=confidence,
        words=top.best.words,
        reason="；".join([*said, *advice(reading, index, confidence)]) + "。",
        ground="；".join(said) + "。",
        candidates=candidates,
        other_channel=reading.channel[0] if reading.channel else None,
        duty=top.best.topic if topic.handling else None,
        handling=topic.handling,
        topics=strongest_topics(reading.claims),
        said=reading.said,
    )


def _read(
    text: RoutingText, body: ReadText, index: RoutingIndex, area: str, learned: Learned | None
) -> Reading:
    """The text as it is read; `learned` None for a lesson, which is read by its features alone."""
    head = index.read(f"{text.title} {text.category}")
    whole = f"{head.plain}\n{body.plain}"
    addressed = index.read(text.named_department).named if text.named_department else frozenset()
    passing = head.named | body.named
    found = _named_first(index.claims(head, body), addressed, passing)
    features = features_of(found, head, body) if learned is None or learned.weights else ()
    known = learned or NOTHING
    claims = taught(found, features, known)
    places = f"{plain(text.place)}\n{whole}"
    home, place = index.competence.area_named_in(places, area)
    return Reading(
        claims=claims,
        named=addressed or passing,
        area=area,
        home=home,
        place=place,
        channel=index.channel_hinted(head, body),
        is_divided=_is_divided(claims, index),
        features=features,
        learned=known,
        by_words=found[0].lead if found else "",
        said=frozenset(head.words) | frozenset(body.words),
    )


def _named_first(
    claims: Sequence[Claim], addressed: frozenset[str], passing: frozenset[str]
) -> list[Claim]:
    """The claims, those of departments that the text names raised, the best first."""
    found = [
        replace(
            one,
            score=one.score
            + NAMED_IN_FIELD * (one.lead in addressed)
            + NAMED_IN_TEXT * (one.lead in passing),
        )
        if one.lead in addressed or one.lead in passing
        else one
        for one in claims
    ]
    return sorted(found, key=lambda one: (-one.score, one.lead))


def _strength(score: float) -> float:
    return round(score / (score + HALF_SURE), 2)


def _confidence(reading: Reading) -> float:
    """Strong evidence, far ahead of the next department, and nothing that points elsewhere."""
    top, *rest = reading.claims
    lead = 1 - rest[0].score / top.score if rest else 1.0
    sure = 1 / (1 + exp(-(SURE_AT_ONE + SURE_BY_SCORE * log(top.score) + SURE_BY_LEAD * lead)))
    sure *= ELSEWHERE if reading.channel else 1
    return round(sure * (TWO_MATTERS if reading.is_divided else 1), 2)


def _is_divided(claims: Sequence[Claim], index: RoutingIndex) -> bool:
    """Whether another department's matter is named about as much: a person says which leads."""
    first_two = claims[:2]
    matters = [one for one in first_two if index.topics[one.best.topic].handling is None]
    return len(matters) == 2 and matters[1].score >= CLOSE_SECOND * matters[0].score


def _candidates(reading: Reading, index: RoutingIndex) -> tuple[Candidate, ...]:
    """The departments in question, ranked; the superior area's bureau follows its lower one."""
    found: dict[str, Candidate] = {}
    for function, topic, score in _ranked(reading, index):
        matter = topic if topic and index.topics[topic].handling is None else None
        for area in dict.fromkeys((reading.home, reading.area)):
            if department := index.competence.find(function, area):
                found.setdefault(department, Candidate(department, matter, _strength(score)))
    return tuple(found.values())[:SHOWN]


def _ranked(reading: Reading, index: RoutingIndex) -> list[tuple[str, str | None, float]]:
    """The functions with topic and score: claims, companions of the best topic, and those named."""
    ranked: list[tuple[str, str | None, float]] = [
        (one.lead, one.best.topic, one.score) for one in reading.claims
    ]
    if reading.claims:
        top = reading.claims[0]
        companions = index.topics[top.best.topic].cooperating
        ranked += [(one, None, COMPANION * top.score) for one in companions]
    ranked += [(one, None, min(NAMED_IN_TEXT, FLOOR)) for one in sorted(reading.named)]
    return sorted(ranked, key=lambda one: -one[2])


def _cooperating(reading: Reading, index: RoutingIndex, lead: str) -> tuple[str, ...]:
    top, *rest = reading.claims
    strong = [
        one.lead
        for one in rest
        if index.topics[one.best.topic].handling is None
        and one.best.score >= max(STRONG_SECOND * top.score, FLOOR)
    ]
    in_home = partial(index.competence.find, area=reading.home)
    found = map(in_home, (*index.topics[top.best.topic].cooperating, *strong))
    return tuple(dict.fromkeys(one for one in found if one is not None and one != lead))


def _to_desk(
    reading: Reading, index: RoutingIndex, desk: str, candidates: tuple[Candidate, ...]
) -> Routing:
    where = index.departments[desk].name if desk in index.departments else desk
    says = [f"没有找到足够相符的监管事项和部门职责，由{where}人工研判", *hint(reading, index)]
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
        said=reading.said,
    )
