"""Which events of the record are incoming papers that a person may see, act by act."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    and_,
    cast,
    column,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlmodel import Session, col

from domain.limits.limit import start_of_day
from domain.situation.situation import Actor
from domain.tables.columns import UTCDateTime
from domain.tables.process import Clue, Process
from domain.tables.record import Event
from flows.lists.list_filters import along
from flows.papers.entering_acts import (
    Act,
    Meant,
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
from flows.rows.known_ids import among_told
from flows.rows.statements import Statement, ask, told
from flows.site.office import Office

Numbers = Select[tuple[int]]
FEW = 1000
"""Of an organ with so few processes all are looked through; else the record, along its order."""
SHAPES = 32
"""So many questions are remembered for a chair: most things that are asked for are told."""
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


def is_entered(session: Session, viewer: Viewer, number: int) -> bool:
    """Whether the event of that number entered a paper, and one that the person may see."""
    office, organs = viewer.office, viewer.watched
    came = among_acts(acts_that_enter(office)) if organs is None else came_to(office, organs)
    query = _entries(office, viewer.actor).where(col(Event.seq) == number, came)
    return session.execute(query).first() is not None


def first_entries(session: Session, viewer: Viewer, wanted: WantedPapers, most: int) -> list[int]:
    """The numbers of the first papers that fit and that the person may see, in the list's order.

    Of a hundred events one enters a paper, and of papers few came to most organs: so the record is
    read act by act, each along the index of acts. To whom a sender's paper came is told by its
    process alone; of an organ that has few such processes, these are asked.
    """
    organs = _organs(viewer, wanted)
    lying = _dossiers(session, viewer, organs) if organs is not None else {}
    few = {place: ids for place, (many, ids) in lying.items() if many <= FEW}
    values = dict(_values(wanted)) | {_of_few(place): ids for place, ids in few.items()}
    shape = _Shape(
        words=tuple(meant_by(viewer.office, one) for one in wanted.text.split()),
        told=frozenset(values),
        organs=organs,
        lying=tuple((place, place in few) for place in lying),
        is_oldest=wanted.sort == OLDEST,
        most=most,
        laterally=_is_lateral(session),
    )
    statement = _first_entries(viewer.office, viewer.actor)(shape)
    return [one.seq for one in ask(session.connection(), (statement, values))[0]]


def newest_entries(
    session: Session, viewer: Viewer, text: str, newest: int, most: int
) -> list[int]:
    """The last so many of these numbers of which the row shows the words, among the newest events.

    So few events that one question for all acts is sooner put than three.
    """
    meant = tuple(meant_by(viewer.office, one) for one in text.split())
    statement = _among_the_newest(viewer.office, viewer.actor)(meant, _is_lateral(session))
    values = {"newest": newest, "most": most, **_said(text)}
    return [one.seq for one in ask(session.connection(), (statement, values))[0]]


def _said(text: str) -> dict[str, object]:
    """The values of the words of a text."""
    found: dict[str, object] = {}
    for number, word in enumerate(text.split()):
        found |= zip(_names(number), patterns_of(word), strict=True)
    return found


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
        shown = _words_shown(office, meant)
        first = query.where(*shown).order_by(col(Event.seq).desc()).limit(most)
        parts = list(_Asked(office, first, laterally).act_by_act(acts_that_enter(office), *came))
        return Statement(_first_of(parts, most), steady=True)

    return found


def _words_shown(office: Office, words: Iterable[Meant]) -> Iterator[ColumnElement[bool]]:
    """That a row shows each of the words, whose values are told."""
    for number, one in enumerate(words):
        said = Said(*(told(name, String()) for name in _names(number)))
        yield shows(office, one, said)


@dataclass(frozen=True)
class _Shape:
    """How a look at the register is asked; all else is told.

    `words`: what they mean of the rules; `told`: the names of the values. `organs`: to whom papers
    came, and `lying`: the places that have processes of theirs, and whether these are few.
    """

    words: tuple[Meant, ...]
    told: frozenset[str]
    organs: tuple[str, ...] | None
    lying: tuple[tuple[int, bool], ...]
    is_oldest: bool
    most: int
    laterally: bool


@once_a_chair
def _first_entries(office: Office, actor: Actor) -> Callable[[_Shape], Statement]:
    """The question of `first_entries`, put together once for all looks that are asked alike.

    PostgreSQL keeps its plan, too, but for words: how rare these are is worth a plan of its own.
    """

    @lru_cache(maxsize=SHAPES)
    def found(shape: _Shape) -> Statement:
        fitting = (*_narrowed(shape), *_words_shown(office, shape.words))
        query = _entries(office, actor).where(*fitting)
        query = query.order_by(_ordered(col(Event.seq), shape.is_oldest)).limit(shape.most)
        asked = _Asked(office, query, shape.laterally)
        organs = shape.organs
        if organs is None:
            parts = list(asked.act_by_act(acts_that_enter(office)))
        else:
            parts = list(_of_organs(asked, organs, dict(shape.lying)))
        first = _first_of(parts, shape.most, is_oldest=shape.is_oldest)
        return Statement(first, spelled=True, steady=not shape.words)

    return found


def _entries(office: Office, actor: Actor) -> Numbers:
    """The numbers of events with their clue and process, of what is seen."""
    of_kind = col(Process.kind) == col(Event.process_kind)
    return (
        select(col(Event.seq))
        .join(Clue, col(Clue.id) == col(Event.clue_id))
        .join(Process, and_(col(Process.id) == col(Event.process_id), of_kind), isouter=True)
        .where(along(_seen(office, actor)))
    )


def _first_of(
    parts: Sequence[Numbers], most: int | ColumnElement[int], *, is_oldest: bool = False
) -> Numbers:
    """The first numbers of all parts together."""
    found = union_all(*(select(one.subquery()) for one in parts)).subquery()
    number = found.c[0]
    return select(number).order_by(_ordered(number, is_oldest)).limit(most)


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
        yield select(of_act.c[0]).select_from(named.join(of_act, true()))


def _of_organs(
    asked: _Asked, organs: Sequence[str], are_few: Mapping[int, bool]
) -> Iterator[Numbers]:
    own = acts_that_enter(asked.office, by_sender=False)
    yield from asked.act_by_act(own, col(Event.department_id).in_(organs))
    for number, (acts, place) in enumerate(by_place(asked.office)):
        here = place.in_(organs)
        if are_few.get(number):
            dossiers = among_told(col(Event.clue_id), _of_few(number))
            yield asked.query.where(dossiers, among_acts(acts), here)
        elif number in are_few:
            yield from asked.act_by_act(acts, here)


def _of_few(place: int) -> str:
    """How the value is called that names the dossiers with processes at a place."""
    return f"dossiers_{place}"


def _ordered(number: SQLColumnExpression[Any], is_oldest: bool) -> ColumnElement[Any]:
    return number.asc() if is_oldest else number.desc()


def _is(kind: ColumnElement[Any], action: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(col(Event.process_kind) == kind, col(Event.action) == action)


def _seen(office: Office, actor: Actor) -> list[ColumnElement[bool]]:
    kind, process_id = col(Event.process_kind), col(Event.process_id)
    return [visible(office, actor), shown_process(office, actor, kind, process_id)]


def _organs(viewer: Viewer, wanted: WantedPapers) -> tuple[str, ...] | None:
    """To whom papers came that are asked for; none for every organ."""
    if wanted.organ and wanted.organ in (viewer.watched or (wanted.organ,)):
        return (wanted.organ,)
    return viewer.watched


def _dossiers(
    session: Session, viewer: Viewer, organs: tuple[str, ...]
) -> Mapping[int, tuple[int, str]]:
    """For each place, how much has processes there of its kinds, no more than one above a few, and
    what, as one value; nothing for a place where nothing has.
    """
    statement = _lying(viewer.office, viewer.actor)(organs, FEW + 1)
    [rows] = ask(session.connection(), (statement, {}))
    return {one.place: (one.many, one.ids) for one in rows if one.many}


@once_a_chair
def _lying(office: Office, _: Actor) -> Callable[[tuple[str, ...], int], Statement]:
    """The question of `_dossiers`, put together once for each choice of organs."""

    @lru_cache(maxsize=SHAPES)
    def found(organs: tuple[str, ...], most: int) -> Statement:
        each = []
        for number, (acts, place) in enumerate(by_place(office)):
            kinds = col(Process.kind).in_(sorted({kind for kind, _ in acts}))
            few = select(cast(col(Process.clue_id), String).label("clue_id"))
            here = few.where(kinds, place.in_(organs)).limit(most).subquery()
            ids = func.aggregate_strings(here.c.clue_id, ",")
            each.append(
                select(
                    literal(number).label("place"), func.count().label("many"), ids.label("ids")
                ).select_from(here)
            )
        return Statement(union_all(*each), spelled=True)

    return found


def _values(wanted: WantedPapers) -> Iterator[tuple[str, object]]:
    """What the register is narrowed to, as values that are told."""
    if wanted.before:
        yield "before", wanted.before
    if wanted.since:
        yield "since", start_of_day(wanted.since)
    if wanted.until and wanted.until < date.max:
        yield "until", start_of_day(wanted.until + timedelta(days=1))
    yield from _said(wanted.text).items()


def _narrowed(shape: _Shape) -> Iterator[ColumnElement[bool]]:
    seq, at = col(Event.seq), col(Event.at)
    if "before" in shape.told:
        place = told("before", Integer())
        yield seq > place if shape.is_oldest else seq < place
    if "since" in shape.told:
        yield at >= told("since", UTCDateTime())
    if "until" in shape.told:
        yield at < told("until", UTCDateTime())
