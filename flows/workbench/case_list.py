"""Cases of administrative penalty as a list: what for, how far, what was decided, by when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import start_of_day
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from flows.lists.clue_listing import ClockLine, clock_line
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.people.visible_papers import shown_process
from flows.site.word_search import clues_with_words, number_has, texts_have
from flows.workbench.party_file import DECISIONS
from flows.workbench.whole_list import whole_list

PAGE = 30
KINDS = ("case", "spot_penalty")
COLUMNS = (
    Column("线索编号", 15), Column("当事人", 28), Column("程序", 14), Column("案由", 36),
    Column("办案部门", 28), Column("状态", 16), Column("立案时间", 18), Column("决定书文号", 28),
    Column("决定时间", 18), Column("罚款（元）", 14), Column("没收（元）", 14),
    Column("最先届满的时限", 24), Column("届满时间", 18),
)  # fmt: skip


@dataclass(frozen=True)
class WantedCases:
    """Which cases; empty fields narrow nothing. Days are those of the beginning, whole.

    `text` is looked for in the clue, the cause and the decision's number. `kind`: a summary or the
    general procedure. `sort`: `oldest`, or `due` for what is due first on top; empty for the newest
    on top. `page` counts from 1.
    """

    ended: bool = False
    text: str = ""
    kind: str = ""
    state: str = ""
    department: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = ""
    page: int = 1


@dataclass(frozen=True)
class CaseLine:
    """A case of a list; money in yuan, None where nothing of the kind was decided."""

    case: Process
    clue: Clue
    kind: str
    state: str
    organ: str
    cause: str
    number: str
    decided_at: datetime | None
    fine: Decimal | None
    confiscated: Decimal | None
    clock: ClockLine | None


@dataclass(frozen=True)
class CasePage:
    """A page of the list, and whether another one follows."""

    lines: tuple[CaseLine, ...]
    more: bool


def cases(session: Session, viewer: Viewer, wanted: WantedCases) -> CasePage:
    """The cases that are wanted and that the viewer may read."""
    found = aliased(Process)  # the condition on what is visible asks `Process` itself
    due = _first_due(found)
    orders = {"due": (due.is_(None), due, col(found.id)), "oldest": (col(found.id),)}
    query = (
        select(found, Clue)
        .join(Clue, col(Clue.id) == col(found.clue_id))
        .where(*_wanted(session, viewer, found, wanted))
        .order_by(*orders.get(wanted.sort, (col(found.id).desc(),)))
        .offset((wanted.page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    rows = list(session.exec(query))
    return CasePage(tuple(_lines(session, viewer, rows[:PAGE])), len(rows) > PAGE)


def how_many(session: Session, viewer: Viewer, wanted: WantedCases) -> int:
    """How many cases are wanted, on all pages together."""
    found = aliased(Process)
    query = select(func.count()).select_from(found).join(Clue, col(Clue.id) == found.clue_id)
    return session.exec(query.where(*_wanted(session, viewer, found, wanted))).one()


def cases_sheet(session: Session, viewer: Viewer, wanted: WantedCases) -> Sheet:
    """What the list holds, in its order, as a table to take away."""
    return Sheet("处罚案件清单", COLUMNS, _cells(session, viewer, wanted))


def _cells(session: Session, viewer: Viewer, wanted: WantedCases) -> Iterator[tuple[Cell, ...]]:
    def lines(number: int) -> tuple[tuple[CaseLine, ...], int]:
        found = cases(session, viewer, replace(wanted, page=number))
        return found.lines, number + 1 if found.more else 0

    for one in whole_list(session, lines, 1):
        clock = one.clock
        yield (
            one.clue.no, one.clue.subject_name, one.kind, one.cause, one.organ, one.state,
            one.case.opened_at, one.number, one.decided_at, one.fine, one.confiscated,
            clock.label if clock else "", clock.due_at if clock else None,
        )  # fmt: skip


def _wanted(
    session: Session, viewer: Viewer, found: type[Process], wanted: WantedCases
) -> Iterator[ColumnElement[bool]]:
    kinds = [wanted.kind] if wanted.kind in KINDS else list(KINDS)
    yield col(found.kind).in_(kinds)
    yield visible(viewer.office, viewer.actor)
    yield shown_process(viewer.office, viewer.actor, col(found.kind), col(found.id))  # type: ignore[arg-type]
    ended = col(found.ended_at)
    yield ended.is_not(None) if wanted.ended else ended.is_(None)
    if wanted.state:
        yield col(found.state) == wanted.state
    if wanted.department:
        yield col(found.department_id) == wanted.department
    if wanted.since:
        yield col(found.opened_at) >= start_of_day(wanted.since)
    if wanted.until and wanted.until < date.max:
        yield col(found.opened_at) < start_of_day(wanted.until + timedelta(days=1))
    if text := wanted.text.strip():
        decision = exists().where(
            *_is_decision(found), number_has(col(IssuedDocument.number), text)
        )
        cause = col(found.facts)["cause"].as_string()
        yield or_(clues_with_words(session, text), texts_have([cause], text), decision)


def _is_decision(found: type[Process]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(IssuedDocument.process_kind) == col(found.kind),
        col(IssuedDocument.process_id) == col(found.id),
        col(IssuedDocument.kind).in_(DECISIONS),
        col(IssuedDocument.voided_at).is_(None),
    )


def _first_due(found: type[Process]) -> ScalarSelect[datetime]:
    return (
        select(func.min(col(Clock.due_at)))
        .where(
            col(Clock.clue_id) == col(found.clue_id),
            col(Clock.process_kind) == col(found.kind),
            col(Clock.process_id) == col(found.id),
            col(Clock.ended_at).is_(None),
        )
        .scalar_subquery()
    )


# --- lines ----------------------------------------------------------------------------------------

Key = tuple[str, int]


def _lines(
    session: Session, viewer: Viewer, rows: Iterable[tuple[Process, Clue]]
) -> Iterator[CaseLine]:
    found = list(rows)
    ids = [one.id or 0 for one, _ in found]
    numbers, clocks = _numbers(session, ids), _clocks(session, ids)
    rules = viewer.office.rules
    for one, clue in found:
        key = (one.kind, one.id or 0)
        lifecycle, clock = rules.lifecycles[one.kind], clocks.get(key)
        decided = str(one.facts.get("decided_at") or "")
        yield CaseLine(
            case=one,
            clue=clue,
            kind=lifecycle.label,
            state=lifecycle.states[one.state].label,
            organ=rules.departments[one.department_id].name,
            cause=str(one.facts.get("cause") or ""),
            number=numbers.get(key, ""),
            decided_at=datetime.fromisoformat(decided) if decided else None,
            fine=_money(one.facts, "fine", decided),
            confiscated=_money(one.facts, "confiscated", decided),
            clock=clock_line(viewer.office, clock, viewer.now) if clock else None,
        )


def _money(facts: Mapping[str, object], name: str, decided: str) -> Decimal | None:
    said = str(facts.get(name) or "") if decided else ""
    return Decimal(said) if said and Decimal(said) else None


def _numbers(session: Session, ids: list[int]) -> dict[Key, str]:
    query = select(IssuedDocument).where(
        col(IssuedDocument.process_kind).in_(KINDS),
        col(IssuedDocument.process_id).in_(ids),
        col(IssuedDocument.kind).in_(DECISIONS),
        col(IssuedDocument.voided_at).is_(None),
    )
    rows = session.exec(query.order_by(col(IssuedDocument.id)))
    return {(one.process_kind, one.process_id): one.number or "" for one in rows}


def _clocks(session: Session, ids: list[int]) -> dict[Key, Clock]:
    """The limit of each that is due first."""
    query = select(Clock).where(
        col(Clock.process_kind).in_(KINDS),
        col(Clock.process_id).in_(ids),
        col(Clock.ended_at).is_(None),
    )
    found: dict[Key, Clock] = {}
    for one in session.exec(query.order_by(col(Clock.due_at), col(Clock.id))):
        found.setdefault((one.process_kind, one.process_id), one)
    return found
