"""Which events of the record are incoming papers, and of which a row shows what is looked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    String,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    or_,
    true,
    union_all,
)
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from domain.limits.limit import start_of_day
from domain.routing.word_index import plain
from domain.shapes.lifecycles import Receipt, Transition
from domain.situation.received import ACTOR, fields_shown, said_always
from domain.tables.attachment import Attachment
from domain.tables.people import User
from domain.tables.process import Clue, Process
from domain.tables.record import Event
from flows.lists.list_filters import along
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.people.visible_papers import shown_process
from flows.rows.known_ids import among
from flows.site.office import Office
from flows.site.word_search import number_has, texts_have

Act = tuple[str, str]
"""An act that enters papers: the kind of process, and the action."""
Place = tuple[list[Act], SQLColumnExpression[Any]]
"""Acts that senders take themselves, and the column of their process that tells to whom it came."""
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
TEXT, NUMBER = "@text", "@number"
"""How a field of a form is looked into, where it is no choice."""
FEW = 1000
"""Of an organ with so few processes all are looked through; else the record, along its order."""
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
    `newest`: only among so many of the last entries of the record; 0 for all of it.
    """

    text: str = ""
    organ: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0
    sort: str = ""
    newest: int = 0


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
    came = _enters(office) if organs is None else _came_to(office, organs)
    return papers_at([number]).where(came, *_seen(viewer))


def first_entries(session: Session, viewer: Viewer, wanted: WantedPapers, most: int) -> list[int]:
    """The numbers of the first papers that fit and that the person may see, in the list's order.

    Of a hundred events one enters a paper, and of papers few came to most organs: so the record is
    read act by act, each along the index of acts. To whom a sender's paper came is told by its
    process alone; of an organ that has few such processes, these are asked.
    """
    asked = _Asked(
        viewer.office,
        (
            sqlalchemy.select(col(Event.seq))
            .join(Clue, col(Clue.id) == col(Event.clue_id))
            .join(Process, _of_the_event(), isouter=True)
            .where(along(_seen(viewer)), *_narrowed(viewer.office, wanted))
            .order_by(_ordered(col(Event.seq), wanted))
            .limit(most)
        ),
        session.get_bind().dialect.name == "postgresql",
    )
    organs = _organs(viewer, wanted)
    if organs is None:
        parts = list(asked.act_by_act(_acts(viewer.office)))
    elif wanted.newest:
        # So few events that one question for all acts is sooner put than three.
        parts = list(asked.act_by_act(_acts(viewer.office), _came_to(viewer.office, organs)))
    else:
        parts = list(_of_organs(session, asked, organs))
    if not parts:
        return []
    found = union_all(*(sqlalchemy.select(one.subquery()) for one in parts)).subquery()
    number = found.c[0]
    query = sqlalchemy.select(number).order_by(_ordered(number, wanted)).limit(most)
    return list(session.execute(query).scalars())


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
    own = _acts(asked.office, by_sender=False)
    yield from asked.act_by_act(own, col(Event.department_id).in_(organs))
    places = list(_by_place(asked.office))
    for (acts, place), dossiers in zip(places, _dossiers(session, places, organs), strict=True):
        here = place.in_(organs)
        if len(dossiers) > FEW:
            yield from asked.act_by_act(acts, here)
        elif dossiers:
            yield asked.query.where(among(col(Event.clue_id), dossiers), _among(acts), here)


def _ordered(number: SQLColumnExpression[Any], wanted: WantedPapers) -> ColumnElement[Any]:
    return number.asc() if wanted.sort == OLDEST else number.desc()


def _is(kind: ColumnElement[Any], action: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(col(Event.process_kind) == kind, col(Event.action) == action)


def _of_the_event() -> ColumnElement[bool]:
    of_kind = col(Process.kind) == col(Event.process_kind)
    return and_(col(Process.id) == col(Event.process_id), of_kind)


def _seen(viewer: Viewer) -> list[ColumnElement[bool]]:
    office, actor = viewer.office, viewer.actor
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


def _by_place(office: Office) -> Iterator[Place]:
    """The acts that senders take themselves, by where their process tells to whom it came."""
    sent = list(_acts(office, by_sender=True))
    for side, place in (("holder", Process.department_id), ("counterpart", Process.counterpart_id)):
        if acts := [one for one in sent if _side(office, one) == side]:
            yield acts, col(place)


def _acts(office: Office, *, by_sender: bool | None = None) -> Iterator[Act]:
    """The acts that enter papers: of those, the ones that the sender takes himself, or does not."""
    for kind, lifecycle in office.rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            told = action.receives
            if told and by_sender in (None, told.sender == ACTOR):
                yield kind, name


def _enters(office: Office) -> ColumnElement[bool]:
    return _among(_acts(office))


def _among(acts: Iterable[Act]) -> ColumnElement[bool]:
    by_kind: dict[str, list[str]] = {}
    for kind, name in acts:
        by_kind.setdefault(kind, []).append(name)
    return or_(
        *(
            and_(col(Event.process_kind) == kind, col(Event.action).in_(names))
            for kind, names in by_kind.items()
        )
    )


def _came_to(office: Office, organs: Sequence[str]) -> ColumnElement[bool]:
    """What organs entered themselves, and what senders entered in processes of theirs."""
    own = _among(_acts(office, by_sender=False))
    return or_(
        and_(own, col(Event.department_id).in_(organs)),
        *(and_(_among(acts), place.in_(organs)) for acts, place in _by_place(office)),
    )


def _side(office: Office, act: Act) -> str:
    told = office.rules.lifecycles[act[0]].actions[act[1]].receives
    return told.comes_to if told else "holder"


def _narrowed(office: Office, wanted: WantedPapers) -> Iterator[ColumnElement[bool]]:
    if wanted.before:
        seq = col(Event.seq)
        yield seq > wanted.before if wanted.sort == OLDEST else seq < wanted.before
    if wanted.newest:
        head = select(func.max(col(Event.seq))).scalar_subquery()
        yield col(Event.seq) > head - wanted.newest
    if wanted.since:
        yield col(Event.at) >= start_of_day(wanted.since)
    if wanted.until and wanted.until < date.max:
        yield col(Event.at) < start_of_day(wanted.until + timedelta(days=1))
    for word in wanted.text.split():
        yield _shows(office, word)


# --- what a row shows -----------------------------------------------------------------------------


def _shows(office: Office, word: str) -> ColumnElement[bool]:
    """The condition that a row shows the word: nothing else of the record is looked in."""
    departments = [
        key for key, one in office.rules.departments.items() if plain(word) in plain(one.name)
    ]
    people = select(User.id).where(texts_have([col(User.name)], word))
    scanned = exists().where(
        col(Attachment.clue_id) == col(Event.clue_id),
        col(Attachment.scan_of) == _act_of_event(),
        texts_have([col(Attachment.title)], word),
    )
    return or_(
        texts_have([col(Clue.no), col(Clue.subject_name)], word),
        col(Event.actor_id).in_(people),
        *(_of_departments(office, departments) if departments else ()),
        scanned,
        *_say(office, word),
    )


def _of_departments(office: Office, departments: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """To whom a paper came, and who sent it."""
    yield _came_to(office, departments)
    own = _among(_acts(office, by_sender=True))
    yield and_(own, col(Event.department_id).in_(departments))


def _act_of_event() -> ColumnElement[str]:
    """The act of an event as a scan names it (`domain.situation.received.act_key`)."""
    process_id = cast(col(Event.process_id), String)
    return col(Event.process_kind) + "-" + process_id + "-" + col(Event.action)


def _say(office: Office, word: str) -> Iterator[ColumnElement[bool]]:
    """The conditions under any of which a paper names the word: in title, sender or number.

    What several acts ask alike of a form is asked once for all of them.
    """
    always: list[Act] = []
    asked: dict[tuple[str, ...], list[Act]] = {}
    for act in _acts(office):
        action = office.rules.lifecycles[act[0]].actions[act[1]]
        told = action.receives
        if told and plain(word) in plain(said_always(told)):
            always.append(act)
        elif told:
            for way in _ways_to_say(action, told, word):
                asked.setdefault(way, []).append(act)
    if always:
        yield _among(always)
    for (name, *fitting), acts in asked.items():
        yield and_(_among(acts), _field_says(_form_field(name), fitting, word))


def _ways_to_say(action: Transition, told: Receipt, word: str) -> Iterator[tuple[str, ...]]:
    """The fields of the form that may name the word, each with what it then holds."""
    for name in fields_shown(told):
        offered = name in action.form and bool(action.form[name].options)
        if fitting := _options(action, name, word) if offered else [TEXT]:
            yield (name, *fitting)
    if told.number:
        yield told.number, NUMBER


def _field_says(
    field: ColumnElement[str], fitting: Sequence[str], word: str
) -> ColumnElement[bool]:
    if fitting == [NUMBER]:
        return number_has(field, word)
    return texts_have([field], word) if fitting == [TEXT] else field.in_(fitting)


def _form_field(name: str) -> ColumnElement[str]:
    """What a step's form said in a field, as a column of the record."""
    said: ColumnElement[str] = col(Event.detail)[("form", name)].as_string()
    return said


def _options(action: Transition, name: str, word: str) -> list[str]:
    offered = action.form[name].options
    return [key for key, label in offered.items() if plain(word) in plain(label)]
