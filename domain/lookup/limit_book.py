"""The legal limits as a book to look up: what is in force, over time, and how sure of its text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.limits.limit import UNIT_NAMES
from domain.limits.organ_limits import limits_meant, regional_limits
from domain.lookup.stale_citations import stale_citations
from domain.rulebook.crosscheck_limits import unwatched_limits
from domain.rulebook.regional import applies_here
from domain.rulebook.rulebook import CitedArticle, Rulebook
from domain.shapes.deadlines import DeadlineRule, DeadlineValue
from domain.shapes.entries import Evidence
from domain.shapes.lifecycles import Transition

EVIDENCE: Mapping[Evidence, str] = {
    "text": "已见原文",
    "secondary": "转引",
    "memory": "待法制核对",
    "local": "本级约定",
}
"""How sure a citation is, as people read it."""
NOT_TIMED = "none"
"""In place of a process: limits that this program does not start by itself."""
VERBS: Mapping[str, str] = {
    "opens": "起算",
    "stops": "了结",
    "pauses": "暂停",
    "resumes": "恢复",
    "extends": "延长",
}


@dataclass(frozen=True)
class Search:
    """What the limits are narrowed to; empty fields narrow nothing."""

    text: str = ""
    process: str = ""
    evidence: str = ""
    stale: bool = False


@dataclass(frozen=True)
class Value:
    """A figure as in force from a day, up to the day before `until`, with its article."""

    start: date
    until: date | None
    figure: str
    article: CitedArticle
    is_current: bool


@dataclass(frozen=True)
class Touch:
    """An action that starts, ends, pauses, resumes or extends a limit."""

    process: str
    action: str
    label: str
    verb: str


@dataclass(frozen=True)
class LimitEntry:
    """One limit of the book; `unwatched`: why no clock is started for it, empty where one is."""

    id: str
    rule: DeadlineRule
    values: tuple[Value, ...]
    processes: tuple[str, ...]
    touches: tuple[Touch, ...]
    stale: tuple[str, ...]
    unwatched: str = ""

    @property
    def current(self) -> Value | None:
        """The figure in force on the day of the book."""
        return next((one for one in self.values if one.is_current), None)

    @property
    def shown(self) -> Value:
        """The figure in force, else the one that comes or was last."""
        return self.current or self.values[-1]


class LimitBook:
    """Every limit of a rulebook as it stands on a day in China; build it once, search it often."""

    def __init__(self, rules: Rulebook, day: date) -> None:
        self._rules, self._day = rules, day
        self._unwatched = unwatched_limits(rules)
        stale = {one.article.id: one.reasons for one in stale_citations(rules, day)}
        touches = _touches(rules)
        self.entries: Mapping[str, LimitEntry] = {
            key: self._entry(key, rule, touches.get(key, ()), stale)
            for key, rule in rules.deadlines.items()
            if applies_here(rules, rule)
        }

    def find(self, search: Search) -> tuple[LimitEntry, ...]:
        """The limits that fit, in the order of the rulebook."""
        return tuple(one for one in self.entries.values() if _fits(one, search))

    def _entry(
        self,
        key: str,
        rule: DeadlineRule,
        touches: Sequence[Touch],
        stale: Mapping[str, tuple[str, ...]],
    ) -> LimitEntry:
        values = tuple(self._values(rule))
        current = rule.in_force(self._day)
        bases = [current.basis] if current else []
        bases += [rung.basis for rung in rule.extensions]
        reasons = [
            f"{self._rules.citations[basis].article}：{reason}"
            for basis in dict.fromkeys(bases)
            for reason in stale.get(basis, ())
        ]
        processes = tuple(dict.fromkeys(one.process for one in touches))
        why = self._unwatched.get(key, "")
        return LimitEntry(key, rule, values, processes, tuple(touches), tuple(reasons), why)

    def _values(self, rule: DeadlineRule) -> Iterator[Value]:
        current = rule.in_force(self._day)
        starts = sorted(rule.values)
        for start, following in zip(starts, (*starts[1:], rule.until), strict=True):
            value = rule.values[start]
            article = self._rules.citations[value.basis]
            yield Value(start, following, figure_of(rule, value), article, value is current)


_books: dict[tuple[int, date], LimitBook] = {}
MOST_BOOKS = 8
"""Books that a process keeps: of a site's rulebook as it was and is, of yesterday and today."""


def limit_book(rules: Rulebook, day: date) -> LimitBook:
    """The book of a rulebook on a day, built once; a rulebook never changes after it was read."""
    known = _books.get((id(rules), day))
    # The book holds its rulebook: no other one can have its identity meanwhile.
    if known is None:
        if len(_books) >= MOST_BOOKS:
            _books.clear()
        known = _books.setdefault((id(rules), day), LimitBook(rules, day))
    return known


def figure_of(rule: DeadlineRule, value: DeadlineValue) -> str:
    """A limit's figure with its unit; one that a document states says so."""
    if value.amount is None:
        return "由文书载明"
    back = "前" if rule.direction == "backward" else ""
    return f"{value.amount}{UNIT_NAMES[value.unit]}{back}"


def _touches(rules: Rulebook) -> Mapping[str, tuple[Touch, ...]]:
    """By limit, every action that touches it; a region's own limits under their names."""
    found: dict[str, list[Touch]] = {}
    for kind, lifecycle in rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            for field, clocks in _clocks(action):
                for clock in clocks:
                    for rule in _rules_of(clock, rules):
                        touch = Touch(kind, name, action.label, VERBS[field])
                        found.setdefault(rule, []).append(touch)
    return {rule: tuple(those) for rule, those in found.items()}


def _clocks(action: Transition) -> Iterator[tuple[str, Iterable[str]]]:
    yield "opens", [one.clock for one in action.opens]
    yield "stops", action.stops
    yield "pauses", [one.clock for one in action.pauses]
    yield "resumes", action.resumes
    yield "extends", action.extends


def _rules_of(clock: str, rules: Rulebook) -> Iterable[str]:
    """The limits a name means in any region, with those of single organs in their place."""
    packs = rules.regions.values()
    named = dict.fromkeys(one for pack in packs for one in regional_limits((clock,), pack))
    return limits_meant(named, rules.deadlines)


def _fits(entry: LimitEntry, search: Search) -> bool:
    rule = entry.rule
    if search.process == NOT_TIMED and not entry.unwatched:
        return False
    if search.process not in {"", NOT_TIMED} and search.process not in entry.processes:
        return False
    if search.evidence and entry.shown.article.evidence != search.evidence:
        return False
    if search.stale and not entry.stale:
        return False
    texts = [entry.id, rule.label, rule.actor, rule.starts_on, rule.stops_on, rule.note]
    texts += [
        f"{one.article.title}{one.article.number}{one.article.article}" for one in entry.values
    ]
    haystack = "\n".join(texts).lower()
    return all(word in haystack for word in search.text.lower().split())
