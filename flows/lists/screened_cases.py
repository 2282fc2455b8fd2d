"""Cases held against the criminal thresholds: what was recorded, what it means, what it blocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import load_only
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col, select

from domain.crime.recorded_facts import findings_of, matters_of, screening_facts
from domain.crime.tier_weighing import ScreeningFacts
from domain.limits.limit import day_of
from domain.lookup.screening_report import ExplainedOffence, explain_screening
from domain.rulebook.named_functions import guard
from domain.situation.situation import Situation
from domain.tables.process import SCREENED, Clue, Process
from domain.tables.record import Event
from flows.door.situations import load_situation, process_view
from flows.lists.list_filters import along
from flows.people.viewer import Viewer
from flows.people.visible_clues import sight_on, visible

PAGE = 30
REFERRAL = "no_crime_is_left_unreferred"
BLOCKING = frozenset({REFERRAL, "no_question_of_crime_is_open"})
SHOWN = (
    load_only(Process.state, Process.department_id, Process.facts),  # type: ignore[arg-type]
    load_only(Clue.no, Clue.title, Clue.subject_name),  # type: ignore[arg-type]
)
"""What the list tells of case and clue."""


@dataclass(frozen=True)
class CaseLine:
    """An open case near or over a threshold."""

    clue: Clue
    case: Process
    department: str
    state: str
    outcomes: tuple[tuple[str, str], ...]
    is_met: bool
    referral: str


@dataclass(frozen=True)
class CasePage:
    """A page of such cases, the gravest first."""

    lines: tuple[CaseLine, ...]
    more: bool


@dataclass(frozen=True)
class Blocked:
    """An action that may not be taken while a crime is left unreferred; no reason: it may."""

    label: str
    article: str
    reason: str


@dataclass(frozen=True)
class ScreenedCase:
    """One case as it was screened."""

    case: Process
    state: str
    recorded_at: datetime | None
    quantities: tuple[tuple[str, Decimal, str], ...]
    facts: ScreeningFacts
    offences: tuple[ExplainedOffence, ...]
    blocked: tuple[Blocked, ...]
    matters: tuple[str, ...]
    none_said: tuple[str, ...]


class Screened(FunctionElement[int]):
    """How grave the screening of a `Process` is, as its index says it."""

    type = Integer()
    inherit_cache = True


@compiles(Screened, "sqlite")
@compiles(Screened, "postgresql")
def _screened_so(element: Screened, compiler: SQLCompiler, **options: object) -> str:
    return SCREENED[compiler.dialect.name].replace("facts", "process.facts")


def cases_near_threshold(session: Session, viewer: Viewer, number: int = 1) -> CasePage:
    """The open cases whose facts are near or over a threshold, or leave a question open."""
    grave = Screened()
    query = (
        select(Process, Clue)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .where(
            col(Process.kind) == literal_column("'case'"),
            col(Process.ended_at).is_(None),
            grave.between(literal_column("0"), literal_column("2")),
            along([*_watched(viewer), visible(viewer.office, viewer.actor)]),
        )
        .order_by(grave, col(Process.opened_at), col(Process.id))
        .offset((number - 1) * PAGE)
        .limit(PAGE + 1)
        .options(*SHOWN)
    )
    rows = list(session.exec(query).all())
    states = _referrals(session, viewer, [clue.id or 0 for _, clue in rows[:PAGE]])
    lines = tuple(_line(viewer, one, clue, states) for one, clue in rows[:PAGE])
    return CasePage(lines, len(rows) > PAGE)


def _watched(viewer: Viewer) -> list[ColumnElement[bool]]:
    seen = viewer.watched
    return [] if seen is None else [col(Process.department_id).in_(seen)]


def _referrals(session: Session, viewer: Viewer, clues: Sequence[int]) -> Mapping[int, str]:
    """The state of the newest referral of each clue, in words."""
    if not clues:
        return {}
    query = select(Process).where(col(Process.clue_id).in_(clues), col(Process.kind) == "referral")
    states = viewer.office.rules.lifecycles["referral"].states
    rows = session.exec(query.order_by(col(Process.id)))
    return {one.clue_id: states[one.state].label for one in rows}


def _line(viewer: Viewer, one: Process, clue: Clue, referrals: Mapping[int, str]) -> CaseLine:
    rules = viewer.office.rules
    return CaseLine(
        clue=clue,
        case=one,
        department=rules.departments[one.department_id].name,
        state=rules.lifecycles["case"].states[one.state].label,
        outcomes=outcomes_of(one),
        is_met=bool(one.facts.get("threshold_met")),
        referral=referrals.get(clue.id or 0, ""),
    )


def outcomes_of(found: Process) -> tuple[tuple[str, str], ...]:
    """What the screening on record found, each with its reason; open questions in short."""
    return tuple((str(row.get("outcome")), _brief(row)) for row in findings_of(found.facts))


def _brief(row: Mapping[str, object]) -> str:
    reason = str(row.get("reason"))
    if row.get("outcome") != "ask":
        return reason
    return f"{reason.partition('：')[0]}：有待人员确认的问题"


# --- one clue ------------------------------------------------------------------------------------


def screened_cases(session: Session, viewer: Viewer, clue: Clue) -> tuple[ScreenedCase, ...]:
    """The cases of a clue with everything their screening rests on, the newest first."""
    query = select(Process).where(col(Process.clue_id) == clue.id, col(Process.kind) == "case")
    seen = sight_on(session, viewer.office, viewer.actor, clue)
    found = session.exec(query.order_by(col(Process.id).desc()))
    rows = [one for one in found if seen.shows(one.kind, one.id or 0)]
    if not rows:
        return ()
    situation = load_situation(session, viewer.office, clue, viewer.actor, viewer.now)
    recorded = _recorded(session, [one.id or 0 for one in rows])
    return tuple(
        _screened(viewer, replace(situation, process=process_view(one)), one, recorded)
        for one in rows
    )


def _recorded(session: Session, cases: Iterable[int]) -> Mapping[int, datetime]:
    """When the facts of each case were recorded last."""
    query = select(Event).where(
        col(Event.process_kind) == "case",
        col(Event.process_id).in_(cases),
        col(Event.action) == "record_facts",
    )
    return {one.process_id: one.at for one in session.exec(query.order_by(col(Event.seq)))}


def _screened(
    viewer: Viewer, situation: Situation, row: Process, recorded: Mapping[int, datetime]
) -> ScreenedCase:
    rules = viewer.office.rules
    at = recorded.get(row.id or 0)
    facts = facts_of(situation)
    day = day_of(at or viewer.now)
    return ScreenedCase(
        case=row,
        state=rules.lifecycles["case"].states[row.state].label,
        recorded_at=at,
        quantities=tuple(
            (rules.quantities[key].label, amount, rules.quantities[key].unit)
            for key, amount in facts.quantities.items()
            if key in rules.quantities
        ),
        facts=facts,
        offences=explain_screening(rules, facts, day, viewer.office.region) if at else (),
        blocked=tuple(_blocked(viewer, situation)) if at else (),
        matters=tuple(
            rules.matters[one].name for one in matters_of(situation, situation.process.facts)
        ),
        none_said=tuple(none_said_of(situation)),
    )


def facts_of(situation: Situation) -> ScreeningFacts:
    """What a case has on record for screening, as it was screened when it was recorded."""
    return screening_facts(situation, situation.process.facts)


UNCHECKED = "待法制核对"
TO_BE_CHECKED = "（法制人员核对后，请管理员在规则库写明核对人和日期）"


def none_said_of(situation: Situation) -> Iterable[str]:
    """Who said, of a matter or of this case, that no offence belongs to it."""
    for key in matters_of(situation, situation.process.facts):
        said = situation.law.matters[key].no_offence
        if said is not None:
            name = situation.law.matters[key].name
            after = TO_BE_CHECKED if UNCHECKED in said.by else ""
            yield f"「{name}」{said.by}，{said.stated_on}：{said.reason}{after}"
    own = situation.process.facts.get("no_offence")
    if isinstance(own, dict):
        yield f"{own.get('by')}，{own.get('on')}：{own.get('reason')}"


def _blocked(viewer: Viewer, situation: Situation) -> Iterable[Blocked]:
    """The actions of the case that wait for answers or a referral, with what stands against."""
    for one in viewer.office.rules.lifecycles["case"].actions.values():
        for requirement in (*one.requires, *one.form_requires):
            reason = guard[requirement.guard](situation) if requirement.guard in BLOCKING else None
            if reason or requirement.guard == REFERRAL:
                basis = requirement.basis or one.basis[0]
                yield Blocked(one.label, viewer.office.rules.cite(basis), reason or "")
