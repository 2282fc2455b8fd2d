"""Which events of the record are incoming papers that a person may see, act by act."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy
from sqlalchemy import (
    ColumnElement,
    Integer,
    SQLColumnExpression,
    String,
    and_,
    column,
    func,
    literal,
    true,
    union_all,
)
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from domain.limits.limit import start_of_day
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from domain.tables.record import Event
from flows.lists.list_filters import along
from flows.papers.entering_acts import (
    Act,
    Meant,
    Place,
    Said,
    acts_that_enter,
    among_acts,
    by_place,
    came_to,
    meant_by,
    patterns_of,
    shows,
)
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import once_a_chair, visible
from flows.people.visible_papers import shown_process
from flows.rows.known_ids import among
from flows.rows.statements import Statement, ask, told
from flows.site.office import Office

Found = Select[Event, Process, Clue]
Numbers = sqlalchemy.Select[tuple[int]]
SHOWN = (
    load_only(
        *(Event.process_kind, Event.process_id, Event.action, Event.at, Event.detail),  # type: ignore[arg-type]
        *(Event.actor_id, Event.department_id),  # type: ignore[arg-type]
    ),
    load_only(Process.department_id, Process.counterpart_id),  # type: ignore[arg-type]
    load_only(Clue.no, Clue.subject_name, Clue.state),  # type: ignore[arg-type]
)
"""What the register tells of the three."""
FEW = 1000
"""Of an organ with so few processes all are looked through; else the record, along its order."""
SHAPES = 16
"""So many questions are remembered for a chair, one for each thing of the rules that words mean."""
KEEPERS = frozenset(
    {"intake_clerk", "handler", "section_head", "department_head", "principal"}
    | {"legal_reviewer", "supervisor", "auditor"}
)
"""The chairs that read the register of their organ."""


OLDEST = "oldest"


@dataclass(frozen=True)
class WantedPapers:
    """What the register is narrowed to; empty fields narrow nothing. Days are those of entry.

    `sort`: `oldest` for what was entered first on top. `before`: the number a page goes on from.
    """

    text: str = ""
    organ: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0
    sort: str = ""


def papers_at(numbers: Sequence[int]) -> Found:
    """The papers of these numbers, each with its clue and its process, whoever may see them."""
    return (
        select(Event, Process, Clue)
        .join(Clue, col(Clue.id) == col(Event.clue_id))
        .join(Process, _of_the_event(), isouter=True)
        .where(col(Event.seq).in_(numbers))
        .options(*SHOWN)
    )


def entered_paper(viewer: Viewer, number: int) -> Found:
    """The paper of that number, if it is one that the person may see."""
    office, organs = viewer.office, viewer.watched
    came = among_acts(acts_that_enter(office)) if organs is None else came_to(office, organs)
    return papers_at([number]).where(came, *_seen(office, viewer.actor))


def first_entries(session: Session, viewer: Viewer, wanted: WantedPapers, most: int) -> list[int]:
    """The numbers of the first papers that fit and that the person may see, in the list's order.

    Of a hundred events one enters a paper, and of papers few came to most organs: so the record is
    read act by act, each along the index of acts. To whom a sender's paper came is told by its
    process alone; of an organ that has few such processes, these are asked.
    """
    query = _entries(viewer.office, viewer.actor).where(*_narrowed(viewer.office, wanted))
    query = query.order_by(_ordered(col(Event.seq), wanted)).limit(most)
    asked = _Asked(viewer.office, query, _is_lateral(session))
    organs = _organs(viewer, wanted)
    if organs is None:
        parts = list(asked.act_by_act(acts_that_enter(viewer.office)))
    else:
        parts = list(_of_organs(session, asked, organs))
    if not parts:
        return []
    return list(session.execute(_first_of(parts, wanted, most)).scalars())


def newest_entries(
    session: Session, viewer: Viewer, text: str, newest: int, most: int
) -> list[int]:
    """The last so many of these numbers of which the row shows the words, among the newest events.

    So few events that one question for all acts is sooner put than three.
    """
    words = text.split()
    meant = tuple(meant_by(viewer.office, one) for one in words)
    statement = _among_the_newest(viewer.office, viewer.actor)(meant, _is_lateral(session))
    values: dict[str, object] = {"newest": newest, "most": most}
    for number, word in enumerate(words):
        values |= zip(_names(number), patterns_of(word), strict=True)
    return [one.seq for one in ask(session.connection(), (statement, values))[0]]


def _names(number: int) -> tuple[str, str]:
    """How the values of a word are called in a question, by its place among the words."""
    return f"text_{number}", f"number_{number}"


@once_a_chair
def _among_the_newest(
    office: Office, actor: Actor
) -> Callable[[tuple[Meant, ...], bool], Statement]:
    """The question of `newest_entries`, put together once for whatever of the rules words mean.

    Most mean nothing of them and are asked alike; to put it together takes longer than to ask.
    """
    head = select(func.max(col(Event.seq))).scalar_subquery()
    query = _entries(office, actor).where(col(Event.seq) > head - told("newest", Integer()))
    organs = anybody(office, actor).watched
    came = [] if organs is None else [came_to(office, organs)]
    most = told("most", Integer())

    @lru_cache(maxsize=SHAPES)
    def found(meant: tuple[Meant, ...], laterally: bool) -> Statement:
        shown = [
            shows(office, one, Said(*(told(name, String()) for name in _names(number))))
            for number, one in enumerate(meant)
        ]
        first = query.where(*shown).order_by(col(Event.seq).desc()).limit(most)
        parts = list(_Asked(office, first, laterally).act_by_act(acts_that_enter(office), *came))
        return Statement(_first_of(parts, WantedPapers(), most))

    return found


def _entries(office: Office, actor: Actor) -> Numbers:
    """The numbers of events with their clue and process, of what is seen."""
    return (
        sqlalchemy.select(col(Event.seq))
        .join(Clue, col(Clue.id) == col(Event.clue_id))
        .join(Process, _of_the_event(), isouter=True)
        .where(along(_seen(office, actor)))
    )


def _first_of(
    parts: Sequence[Numbers], wanted: WantedPapers, most: int | ColumnElement[int]
) -> Numbers:
    """The first numbers of all parts together."""
    found = union_all(*(sqlalchemy.select(one.subquery()) for one in parts)).subquery()
    number = found.c[0]
    return sqlalchemy.select(number).order_by(_ordered(number, wanted)).limit(most)


def _is_lateral(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


@dataclass(frozen=True)
class _Asked:
    """The first numbers that are asked for, in their order, before it is said of which acts.

    `laterally`: the database carries out a query act by act by itself, and plans it once.
    """

    office: Office
    query: Numbers
    laterally: bool

    def act_by_act(
        self, acts: Iterable[Act], *conditions: ColumnElement[bool]
    ) -> Iterator[Numbers]:
        """The first numbers of each of these acts under these conditions."""
        known = list(acts)
        if not self.laterally:
            for kind, action in known:
                yield self.query.where(_is(literal(kind), literal(action)), *conditions)
            return
        told = [func.string_to_array(",".join(one), ",") for one in zip(*known, strict=True)]
        named = func.unnest(*told).table_valued(column("kind", String), column("action", String))
        named = named.render_derived("act")
        each = self.query.where(_is(named.c.kind, named.c.action), along(conditions))
        of_act = each.correlate(named).lateral("of_act")
        yield sqlalchemy.select(of_act.c[0]).select_from(named.join(of_act, true()))


def _of_organs(session: Session, asked: _Asked, organs: Sequence[str]) -> Iterator[Numbers]:
    own = acts_that_enter(asked.office, by_sender=False)
    yield from asked.act_by_act(own, col(Event.department_id).in_(organs))
    places = list(by_place(asked.office))
    for (acts, place), dossiers in zip(places, _dossiers(session, places, organs), strict=True):
        here = place.in_(organs)
        if len(dossiers) > FEW:
            yield from asked.act_by_act(acts, here)
        elif dossiers:
            yield asked.query.where(among(col(Event.clue_id), dossiers), among_acts(acts), here)


def _ordered(number: SQLColumnExpression[Any], wanted: WantedPapers) -> ColumnElement[Any]:
    return number.asc() if wanted.sort == OLDEST else number.desc()


def _is(kind: ColumnElement[Any], action: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(col(Event.process_kind) == kind, col(Event.action) == action)


def _of_the_event() -> ColumnElement[bool]:
    of_kind = col(Process.kind) == col(Event.process_kind)
    return and_(col(Process.id) == col(Event.process_id), of_kind)


def _seen(office: Office, actor: Actor) -> list[ColumnElement[bool]]:
    kind, process_id = col(Event.process_kind), col(Event.process_id)
    return [visible(office, actor), shown_process(office, actor, kind, process_id)]


def _organs(viewer: Viewer, wanted: WantedPapers) -> Sequence[str] | None:
    """To whom papers came that are asked for; none for every organ."""
    if wanted.organ and wanted.organ in (viewer.watched or (wanted.organ,)):
        return (wanted.organ,)
    return viewer.watched


def _dossiers(
    session: Session, places: Sequence[Place], organs: Sequence[str]
) -> Iterator[list[int]]:
    """For each place, what has processes there of its kinds; no more than one above a few."""
    few = [
        sqlalchemy.select(literal(number).label("place"), col(Process.clue_id))
        .where(col(Process.kind).in_(sorted({kind for kind, _ in acts})), place.in_(organs))
        .limit(FEW + 1)
        for number, (acts, place) in enumerate(places)
    ]
    found: list[list[int]] = [[] for _ in places]
    every = (sqlalchemy.select(one.subquery()) for one in few)
    for number, dossier in session.execute(union_all(*every)) if few else ():
        found[number].append(dossier)
    return iter(found)


def _narrowed(office: Office, wanted: WantedPapers) -> Iterator[ColumnElement[bool]]:
    if wanted.before:
        seq = col(Event.seq)
        yield seq > wanted.before if wanted.sort == OLDEST else seq < wanted.before
    if wanted.since:
        yield col(Event.at) >= start_of_day(wanted.since)
    if wanted.until and wanted.until < date.max:
        yield col(Event.at) < start_of_day(wanted.until + timedelta(days=1))
    for word in wanted.text.split():
        yield shows(office, meant_by(office, word), Said(*map(literal, patterns_of(word))))
