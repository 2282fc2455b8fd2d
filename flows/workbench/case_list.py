"""Cases of administrative penalty as a list: what for, how far, what was decided, by when."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SelectBase,
    and_,
    exists,
    func,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import start_of_day
from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from flows.lists.clue_listing import ClockLine, clock_line
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import once_a_chair, sight, visible
from flows.people.visible_papers import shown_process
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.word_search import clues_with_words, number_has, texts_have
from flows.workbench.party_file import DECISIONS
from flows.workbench.whole_list import whole_list

CASE = aliased(Process)
"""What a list asks for; the condition on what is visible asks `Process` itself."""
select(col(CASE.id))  # its columns are made now, by one thread: see `limit_alias`
PAGE, NEWEST = 30, 1500
SHAPES = 32
"""So many stretches of the list are remembered for a chair."""
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
    """A case of a list; money in yuan, None where nothing of the kind was decided.

    `no`, `title`, `subject_name`: of its clue.
    """

    no: str
    title: str
    subject_name: str
    opened_at: datetime
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
    first = (wanted.page - 1) * PAGE
    ids = _places(session, viewer, wanted, (first, PAGE + 1))
    return CasePage(tuple(_lines(session, viewer, ids[:PAGE])), len(ids) > PAGE)


def counted_cases(
    session: Session, viewer: Viewer, wanted: WantedCases, most: int
) -> tuple[CasePage, int]:
    """`cases`, and how many there are on all pages, counted no further than `most`.

    The first page is read along.
    """
    ids = _places(session, viewer, wanted, (0, most))
    if wanted.page > 1:
        return cases(session, viewer, wanted), len(ids)
    return CasePage(tuple(_lines(session, viewer, ids[:PAGE])), len(ids) > PAGE), len(ids)


def _places(
    session: Session, viewer: Viewer, wanted: WantedCases, span: tuple[int, int]
) -> Sequence[int]:
    """The ids of cases in their order: so many, after so many others.

    Each kind is read along its own index, from the newest or the oldest. Where the first of all
    hold too few that the viewer may see, those are gathered that his organ has a part in.
    """
    if wanted != WantedCases(ended=wanted.ended, page=wanted.page):
        words = list(_of_words(session, wanted))
        return session.execute(_read(viewer, wanted, span, words=words)).scalars().all()
    found: list[int] = []
    for statement in _opening(viewer.office, viewer.actor)(wanted.ended, span, NEWEST):
        [rows] = ask(session.connection(), (statement, {}))
        found = [one.id for one in rows]
        if len(found) == span[1]:
            break
    return found


@once_a_chair
def _opening(
    office: Office, actor: Actor
) -> Callable[[bool, tuple[int, int], int], tuple[Statement, ...]]:
    """The list as it opens, each put together once: what holds too few is followed by the next.

    By whether the ended ones are wanted, what stretch of them, and how many are the newest.
    """
    viewer = anybody(office, actor)

    @lru_cache(maxsize=SHAPES)
    def statements(ended: bool, span: tuple[int, int], newest: int) -> tuple[Statement, ...]:
        wanted = WantedCases(ended=ended)
        own = _own(viewer, wanted)
        if own is None:
            return (Statement(_read(viewer, wanted, span), spelled=True),)
        first = {one: _newest(wanted, one, newest) for one in KINDS}
        among = dict.fromkeys(KINDS, col(CASE.id).in_(own))
        parts = (_read(viewer, wanted, span, some=some) for some in (first, among))
        return tuple(Statement(one, spelled=True) for one in parts)

    return statements


def _newest(wanted: WantedCases, kind: str, newest: int) -> ColumnElement[bool]:
    """Among so many of a kind that come first."""
    other = aliased(Process)
    key, ended = col(other.id), col(other.ended_at)
    last = (
        select(key)
        .where(col(other.kind) == kind, ended.is_not(None) if wanted.ended else ended.is_(None))
        .order_by(key.desc())
        .offset(newest)
        .limit(1)
        .scalar_subquery()
    )
    return col(CASE.id) > func.coalesce(last, 0)


def _own(viewer: Viewer, wanted: WantedCases) -> SelectBase | None:
    """The cases that a department has, was sent, or has in a clue of its own: all it may read.

    None for who sees more than that.
    """
    seen = sight(viewer.office, viewer.actor)
    if seen.sees_files or seen.is_outside:
        return None
    own, ended = viewer.actor.department, col(Process.ended_at)
    begun = select(col(Process.id)).where(
        col(Process.kind).in_(KINDS), ended.is_not(None) if wanted.ended else ended.is_(None)
    )
    of_its_clues = begun.join(Clue, col(Clue.id) == col(Process.clue_id))
    return union(
        begun.where(col(Process.department_id) == own),
        begun.where(col(Process.counterpart_id) == own),
        of_its_clues.where(col(Clue.department_id) == own),
    )


def _read(
    viewer: Viewer,
    wanted: WantedCases,
    span: tuple[int, int],
    words: Sequence[ColumnElement[bool]] = (),
    some: Mapping[str, ColumnElement[bool]] = MappingProxyType({}),
) -> Select[tuple[int | None]]:
    """`_places` as a statement; `words`: what the text asks, `some`: by kind, among which alone."""
    first, size = span
    key = col(CASE.id)
    query = select(key).join(Clue, col(Clue.id) == col(CASE.clue_id))
    query = query.where(*_wanted(viewer, wanted), *words)
    kinds = [wanted.kind] if wanted.kind in KINDS else list(KINDS)
    if wanted.sort == "due":
        due = _first_due(CASE)
        query = query.where(col(CASE.kind).in_(kinds)).order_by(due.is_(None), due, key)
        return query.offset(first).limit(size)
    order = key if wanted.sort == "oldest" else key.desc()
    query = query.order_by(order).limit(first + size)
    parts = [
        query.where(col(CASE.kind) == kind, some.get(kind, true())).subquery() for kind in kinds
    ]
    found = union_all(*(select(one.c.id) for one in parts)).subquery()
    place = found.c.id if wanted.sort == "oldest" else found.c.id.desc()
    return select(found.c.id).order_by(place).offset(first).limit(size)


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
            one.no, one.subject_name, one.kind, one.cause, one.organ, one.state,
            one.opened_at, one.number, one.decided_at, one.fine, one.confiscated,
            clock.label if clock else "", clock.due_at if clock else None,
        )  # fmt: skip


def _wanted(viewer: Viewer, wanted: WantedCases) -> Iterator[ColumnElement[bool]]:
    found = CASE
    yield _seen(viewer.office, viewer.actor)
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


def _of_words(session: Session, wanted: WantedCases) -> Iterator[ColumnElement[bool]]:
    if text := wanted.text.strip():
        decision = exists().where(*_is_decision(CASE), number_has(col(IssuedDocument.number), text))
        cause = col(CASE.facts)["cause"].as_string()
        yield or_(clues_with_words(session, text), texts_have([cause], text), decision)


@once_a_chair
def _seen(office: Office, actor: Actor) -> ColumnElement[bool]:
    shown = shown_process(office, actor, col(CASE.kind), col(CASE.id))  # type: ignore[arg-type]
    return and_(visible(office, actor), shown)


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
_CLOCK = SQLModel.metadata.tables["clock"]
LISTED = Statement(
    select(
        *(col(Process.id), col(Process.kind), col(Process.state), col(Process.department_id)),
        *(col(Process.facts), col(Process.opened_at)),
        *(col(Clue.no), col(Clue.title), col(Clue.subject_name)),
    )
    .join(Clue, col(Clue.id) == col(Process.clue_id))
    .where(among_told(col(Process.id), "ids"))
)
NUMBERS = Statement(
    select(
        col(IssuedDocument.process_kind), col(IssuedDocument.process_id), col(IssuedDocument.number)
    )
    .where(
        col(IssuedDocument.process_kind).in_(KINDS),
        among_told(col(IssuedDocument.process_id), "ids"),
        col(IssuedDocument.kind).in_(DECISIONS),
        col(IssuedDocument.voided_at).is_(None),
    )
    .order_by(col(IssuedDocument.id))
)
LIMITS = Statement(
    select(_CLOCK)
    .where(
        _CLOCK.c.process_kind.in_(KINDS),
        among_told(_CLOCK.c.process_id, "ids"),
        _CLOCK.c.ended_at.is_(None),
    )
    .order_by(_CLOCK.c.due_at.desc(), _CLOCK.c.id.desc())
)
"""The running limits of cases, what is due first last."""


def _lines(session: Session, viewer: Viewer, ids: Sequence[int]) -> Iterator[CaseLine]:
    if not ids:
        return
    told = {"ids": as_text(ids)}
    rows, decisions, limits = ask(
        session.connection(), *((one, told) for one in (LISTED, NUMBERS, LIMITS))
    )
    cases = {one.id: one for one in rows}
    numbers = {(one.process_kind, one.process_id): one.number or "" for one in decisions}
    clocks = {(one.process_kind, one.process_id): one for one in limits}
    rules = viewer.office.rules
    for one in (cases[each] for each in ids):
        key: Key = (one.kind, one.id)
        lifecycle, clock = rules.lifecycles[one.kind], clocks.get(key)
        decided = str(one.facts.get("decided_at") or "")
        yield CaseLine(
            no=one.no,
            title=one.title,
            subject_name=one.subject_name,
            opened_at=one.opened_at,
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
