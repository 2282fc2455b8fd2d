"""Which events of the record are incoming papers, and of which a row shows what is looked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from domain.limits.limit import start_of_day
from domain.routing.word_index import plain
from domain.shapes.lifecycles import Transition
from domain.situation.received import ACTOR, fields_shown, said_always
from domain.tables.attachment import Attachment
from domain.tables.people import User
from domain.tables.process import Clue, Process
from domain.tables.record import Event
from flows.lists.list_filters import along
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.people.visible_papers import shown_process
from flows.site.office import Office
from flows.site.word_search import number_has, texts_have

Found = Select[Event, Process, Clue]
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


def entered_papers(viewer: Viewer, wanted: WantedPapers) -> Found:
    """The papers that fit and that the person may see, each with its clue and its process."""
    office, actor = viewer.office, viewer.actor
    kind, process_id = col(Event.process_kind), col(Event.process_id)
    conditions = [_enters(office), visible(office, actor)]
    conditions.append(shown_process(office, actor, kind, process_id))
    if wanted.organ and wanted.organ in (viewer.watched or (wanted.organ,)):
        conditions.append(along([_came_to(office, (wanted.organ,))]))
    elif viewer.watched is not None:
        conditions.append(along([_came_to(office, viewer.watched)]))
    return (
        select(Event, Process, Clue)
        .join(Clue, col(Clue.id) == col(Event.clue_id))
        .join(
            Process,
            and_(col(Process.id) == process_id, col(Process.kind) == kind),
            isouter=True,
        )
        .where(*conditions, *_narrowed(office, wanted))
    )


def _acts(office: Office, *, by_sender: bool | None = None) -> Iterator[tuple[str, str]]:
    """The acts that enter papers: of those, the ones that the sender takes himself, or does not."""
    for kind, lifecycle in office.rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            told = action.receives
            if told and by_sender in (None, told.sender == ACTOR):
                yield kind, name


def _enters(office: Office) -> ColumnElement[bool]:
    return _among(_acts(office))


def _among(acts: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
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
    sent = list(_acts(office, by_sender=True))
    to = {one: _side(office, one) for one in sent}
    holder = [one for one in sent if to[one] == "holder"]
    counterpart = [one for one in sent if to[one] == "counterpart"]
    return or_(
        and_(_among(_acts(office, by_sender=False)), col(Event.department_id).in_(organs)),
        and_(_among(holder), col(Process.department_id).in_(organs)),
        and_(_among(counterpart), col(Process.counterpart_id).in_(organs)),
    )


def _side(office: Office, act: tuple[str, str]) -> str:
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
    own = list(_acts(office, by_sender=True))
    people = select(User.id).where(texts_have([col(User.name)], word))
    scanned = exists().where(
        col(Attachment.clue_id) == col(Event.clue_id),
        col(Attachment.scan_of) == _act_of_event(),
        texts_have([col(Attachment.title)], word),
    )
    return or_(
        texts_have([col(Clue.no), col(Clue.subject_name)], word),
        col(Event.actor_id).in_(people),
        _came_to(office, departments),
        and_(_among(own), col(Event.department_id).in_(departments)),
        scanned,
        *(_says(office, act, word) for act in _acts(office)),
    )


def _act_of_event() -> ColumnElement[str]:
    """The act of an event as a scan names it (`domain.situation.received.act_key`)."""
    process_id = cast(col(Event.process_id), String)
    return col(Event.process_kind) + "-" + process_id + "-" + col(Event.action)


def _says(office: Office, act: tuple[str, str], word: str) -> ColumnElement[bool]:
    """The condition that papers of this act name the word: in title, sender or number."""
    action = office.rules.lifecycles[act[0]].actions[act[1]]
    receipt = action.receives
    if receipt is None:
        return false()
    if plain(word) in plain(said_always(receipt)):
        return _among([act])
    ways = [
        _form_field(name).in_(_options(action, name, word))
        if name in action.form and action.form[name].options
        else texts_have([_form_field(name)], word)
        for name in fields_shown(receipt)
    ]
    if receipt.number:
        ways.append(number_has(_form_field(receipt.number), word))
    return and_(_among([act]), or_(false(), *ways))


def _form_field(name: str) -> ColumnElement[str]:
    """What a step's form said in a field, as a column of the record."""
    said: ColumnElement[str] = col(Event.detail)[("form", name)].as_string()
    return said


def _options(action: Transition, name: str, word: str) -> list[str]:
    offered = action.form[name].options
    return [key for key, label in offered.items() if plain(word) in plain(label)]
