"""Risk warnings raised: once for a cell while its warning is open, and some days beyond."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Actor
from domain.surge.reports import YIELD, Remedy, Signal
from domain.surge.words import arithmetic, in_how_many
from domain.tables.process import Clue
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.site.store import reading
from flows.warnings.signals_found import KIND, Found, signals_of, year_before

MOST_NAMED = 200
"""So many clues are named with a warning; how many there are is told anyhow."""
Cell = tuple[str, str]
"""An indicator and the cell that it told."""


class AlreadyRaised(Exception):
    """Another process raised the same cell meanwhile."""


@dataclass(frozen=True)
class Raised:
    """How many warnings were raised, and how many signals kept silent for being known."""

    raised: int
    silent: int


@dataclass(frozen=True)
class _Draft:
    department: str
    form: Mapping[str, object]
    cell: Cell


def raise_warnings(office: Office, now: datetime) -> Raised:
    """Computes the day's signals and raises those that are new; twice changes nothing."""
    with reading(office.engine) as session:
        found = signals_of(session, office, day_of(now))
        known = _silent(session, office.rules, now)
        drafts = [
            _draft(session, office, signal, found, day_of(now))
            for signal in found.signals
            if (signal.indicator, signal.cell) not in known
        ]
    raised = sum(_raise(office, one, now) for one in drafts)
    return Raised(raised, len(found.signals) - raised)


def _raise(office: Office, draft: _Draft, now: datetime) -> bool:
    def once(
        session: Session, office: Office, command: Command, actor: Actor, now: datetime
    ) -> Outcome:
        if draft.cell in _silent(session, office.rules, now):
            raise AlreadyRaised
        return perform_in(session, office, command, actor, now)

    command = Command("raise", KIND, form=draft.form)
    try:
        perform(office, command, system_actor(draft.department), now, once)
    except AlreadyRaised:
        return False
    return True


def _silent(session: Session, rules: Rulebook, now: datetime) -> frozenset[Cell]:
    """The cells whose warning is open, or ended not long ago."""
    longest = max((one.silent_days for one in rules.indicators.values()), default=0)
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        or_(
            col(Undertaking.ended_at).is_(None),
            col(Undertaking.ended_at) > now - timedelta(days=longest),
        ),
    )
    found = set()
    for row in session.exec(query):
        indicator = str(row.facts.get("indicator"))
        rule = rules.indicators.get(indicator)
        days = rule.silent_days if rule else longest
        if row.ended_at is None or row.ended_at > now - timedelta(days=days):
            found.add((indicator, str(row.facts.get("cell"))))
    return frozenset(found)


def _draft(session: Session, office: Office, signal: Signal, found: Found, today: date) -> _Draft:
    rules = office.rules
    rule, about = rules.indicators[signal.indicator], _about(session, rules, signal)
    told = arithmetic(signal, rule, _remedied_on(signal, found.remedies))
    if signal.indicator == "surge":
        told += f"；{year_before(session, signal, today, rule.days)}"
    form: dict[str, object] = {
        "title": f"{rule.label}：{about}",
        "indicator": signal.indicator,
        "cell": signal.cell,
        "about": about,
        "arithmetic": told,
        "observed": signal.observed,
        "reports": [
            {"编号": one.no, "收到": date.fromordinal(one.day).isoformat()}
            for one in signal.reports[:MOST_NAMED]
        ],
    }
    if signal.chance is not None:
        form["chance"] = in_how_many(signal.chance)
    return _Draft(_holder(session, office, signal), form, (signal.indicator, signal.cell))


def _about(session: Session, rules: Rulebook, signal: Signal) -> str:
    """What a warning is about, as people call it."""
    matter = rules.matters.get(signal.reports[0].matter)
    named = matter.name if matter else signal.reports[0].matter
    if signal.indicator in ("surge", YIELD):
        return named
    newest = session.get_one(Clue, signal.reports[0].id)
    if signal.indicator == "place_cluster":
        return newest.place
    return (
        f"{newest.subject_name}（{named}）"
        if signal.indicator == "relapse"
        else newest.subject_name
    )


def _remedied_on(signal: Signal, remedies: tuple[Remedy, ...]) -> str:
    subject, _, matter = signal.cell.partition("|")
    days = [one.day for one in remedies if (one.subject, one.matter) == (subject, matter)]
    return f"{date.fromordinal(max(days)):%Y-%m-%d}" if days else ""


def _holder(session: Session, office: Office, signal: Signal) -> str:
    """Who leads the matter most reported in the area; where nobody does, who holds most clues."""
    matters = Counter(one.matter for one in signal.reports if one.matter)
    for matter, _ in matters.most_common(1):
        known = office.rules.matters.get(matter)
        for key, one in sorted(office.rules.departments.items()):
            if known and (one.function, one.area) == (known.lead, signal.area) and not one.closed:
                return key
    if signal.indicator == YIELD:
        return Counter(one.channel for one in signal.reports).most_common(1)[0][0]
    ids = [one.id for one in signal.reports[:MOST_NAMED]]
    holders = session.exec(select(Clue.department_id).where(col(Clue.id).in_(ids)))
    return Counter(holders).most_common(1)[0][0]
