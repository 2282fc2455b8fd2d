"""The indicators, each as one function: reports in, what stands out of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.shapes.indicators import Indicator
from domain.surge.chance import chance_of
from domain.surge.reports import Remedy, Report, Signal, newest_first, within


@dataclass(frozen=True)
class Wanted:
    """An indicator by its id, as it is in force, and the chance that the site allows."""

    id: str
    rule: Indicator
    chance: float = 0.0


def repeated_subjects(reports: Sequence[Report], today: date, wanted: Wanted) -> list[Signal]:
    """Subjects of whom enough different people reported; who writes often counts once."""
    return [
        Signal(wanted.id, subject, found[0].area, found)
        for subject, found in _by(within(reports, today, wanted.rule.days), _subject)
        if len({one.reporter for one in found if one.reporter}) >= wanted.rule.least
    ]


def clusters(reports: Sequence[Report], today: date, wanted: Wanted) -> list[Signal]:
    """Places at which enough different subjects, or different matters, were reported."""
    found = []
    for key, here in _by(within(reports, today, wanted.rule.days), _place):
        subjects = {one.subject for one in here if one.subject}
        matters = {one.matter for one in here if one.matter}
        if max(len(subjects), len(matters)) >= wanted.rule.least:
            found.append(Signal(wanted.id, key, here[0].area, here))
    return found


def relapses(
    reports: Sequence[Report], remedies: Iterable[Remedy], today: date, wanted: Wanted
) -> list[Signal]:
    """Subjects reported anew over a matter after a remedy of theirs; the remedy's clue is none."""
    since: dict[tuple[str, str], Remedy] = {}
    for one in sorted(remedies, key=lambda one: one.day):
        if one.subject and one.matter and one.day > today.toordinal() - wanted.rule.days:
            since[one.subject, one.matter] = one
    found = []
    for key, here in _by(within(reports, today, wanted.rule.days), _subject_and_matter):
        subject, _, matter = key.partition("|")
        remedy = since.get((subject, matter))
        later = [one for one in here if remedy and one.day > remedy.day and one.id != remedy.clue]
        if remedy and len(later) >= wanted.rule.least:
            found.append(Signal(wanted.id, key, here[0].area, newest_first(later)))
    return found


def surges(
    reports: Sequence[Report], today: date, wanted: Wanted, explained: frozenset[int] = frozenset()
) -> list[Signal]:
    """Matters whose share of an area's reports is larger than before, too much for chance.

    `explained`: the ids of reports that an earlier warning found true: they are left out of the
    days compared with, for they would hide the next surge. Only reports with a matter are counted.
    """
    rule = wanted.rule
    counted = [one for one in reports if one.matter]
    recent = within(counted, today, rule.days)
    before = within(counted, today, rule.base_days, rule.days)
    bases: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in before:
        if one.id not in explained:
            bases[one.area][one.matter] += 1
    totals = Counter(one.area for one in recent)
    found = []
    for key, here in _by(recent, _area_and_matter):
        area, matter = here[0].area, here[0].matter
        base, base_of = bases[area][matter], bases[area].total()
        if len(here) < rule.least or base_of < rule.least_base:
            continue
        chance = chance_of(len(here), totals[area], base, base_of)
        if chance <= wanted.chance:
            found.append(Signal(wanted.id, key, area, here, totals[area], base, base_of, chance))
    return found


def yields(
    results: Sequence[Report], problems: frozenset[int], today: date, wanted: Wanted
) -> list[Signal]:
    """Matters of which drawn inspections find more than in the year before, too much for chance.

    `results`: every result once for each of its matters; `problems`: the ids of those that found
    one. With fewer results before than `least_base` nothing is computed.
    """
    rule = wanted.rule
    bases: defaultdict[str, list[Report]] = defaultdict(list)
    for one in within(results, today, rule.base_days, rule.days):
        bases[_area_and_matter(one)].append(one)
    found = []
    for key, here in _by(within(results, today, rule.days), _area_and_matter):
        bad = tuple(one for one in here if one.id in problems)
        base = sum(one.id in problems for one in bases[key])
        base_of = len(bases[key])
        if len(bad) < rule.least or base_of < rule.least_base:
            continue
        chance = chance_of(len(bad), len(here), base, base_of)
        if chance <= wanted.chance:
            area = here[0].area
            found.append(Signal(wanted.id, key, area, bad, len(here), base, base_of, chance))
    return found


def _by(
    reports: Iterable[Report], key: Callable[[Report], str]
) -> list[tuple[str, tuple[Report, ...]]]:
    found: defaultdict[str, list[Report]] = defaultdict(list)
    for one in reports:
        name = key(one)
        if name:
            found[name].append(one)
    return [(name, newest_first(found[name])) for name in sorted(found)]


def _subject(one: Report) -> str:
    return one.subject


def _place(one: Report) -> str:
    return one.place


def _subject_and_matter(one: Report) -> str:
    return f"{one.subject}|{one.matter}" if one.subject and one.matter else ""


def _area_and_matter(one: Report) -> str:
    return f"{one.area}|{one.matter}"
