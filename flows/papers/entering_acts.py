"""The acts that enter incoming papers: to whom these came, and what of them a row shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, String, and_, cast, exists, or_
from sqlmodel import col, select

from domain.routing.word_index import plain
from domain.shapes.lifecycles import Receipt, Transition
from domain.situation.received import ACTOR, fields_shown, said_always
from domain.tables.attachment import Attachment
from domain.tables.people import User
from domain.tables.process import Clue, Process
from domain.tables.record import Event
from flows.site.office import Office
from flows.site.word_search import columns_say, holds, pattern_of, plain_number

Act = tuple[str, str]
"""An act that enters papers: the kind of process, and the action."""
Place = tuple[list[Act], SQLColumnExpression[Any]]
"""Acts that senders take themselves, and the column of their process that tells to whom it came."""
TEXT, NUMBER = "@text", "@number"
"""How a field of a form is looked into, where it is no choice."""


def by_place(office: Office) -> Iterator[Place]:
    """The acts that senders take themselves, by where their process tells to whom it came."""
    sent = list(acts_that_enter(office, by_sender=True))
    for side, place in (("holder", Process.department_id), ("counterpart", Process.counterpart_id)):
        if acts := [one for one in sent if _side(office, one) == side]:
            yield acts, col(place)


def acts_that_enter(office: Office, *, by_sender: bool | None = None) -> Iterator[Act]:
    """The acts that enter papers: of those, the ones that the sender takes himself, or does not."""
    for kind, lifecycle in office.rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            told = action.receives
            if told and by_sender in (None, told.sender == ACTOR):
                yield kind, name


def among_acts(acts: Iterable[Act]) -> ColumnElement[bool]:
    """The condition that an event is one of these acts."""
    by_kind: dict[str, list[str]] = {}
    for kind, name in acts:
        by_kind.setdefault(kind, []).append(name)
    return or_(
        *(
            and_(col(Event.process_kind) == kind, col(Event.action).in_(names))
            for kind, names in by_kind.items()
        )
    )


def came_to(office: Office, organs: Sequence[str]) -> ColumnElement[bool]:
    """What organs entered themselves, and what senders entered in processes of theirs."""
    own = among_acts(acts_that_enter(office, by_sender=False))
    return or_(
        and_(own, col(Event.department_id).in_(organs)),
        *(and_(among_acts(acts), place.in_(organs)) for acts, place in by_place(office)),
    )


def _side(office: Office, act: Act) -> str:
    told = office.rules.lifecycles[act[0]].actions[act[1]].receives
    return told.comes_to if told else "holder"


# --- what a row shows ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Meant:
    """What of the rules a word means: departments by name, and of papers what acts say of them.

    `always`: acts whose papers are all called so; `fields`: a field of forms with what it then
    holds, and the acts that have it.
    """

    departments: tuple[str, ...]
    always: tuple[Act, ...]
    fields: tuple[tuple[tuple[str, ...], tuple[Act, ...]], ...]


@dataclass(frozen=True)
class Said:
    """How a word is looked for in texts, and in numbers of papers."""

    text: ColumnElement[str]
    number: ColumnElement[str]


def patterns_of(word: str) -> tuple[str, str]:
    """The values of what a word `Said`, in their order."""
    return pattern_of(plain(word)), pattern_of(plain_number(word))


def meant_by(office: Office, word: str) -> Meant:
    """What several acts ask alike of a form is asked once for all of them."""
    rules, sought = office.rules, plain(word)
    always: list[Act] = []
    asked: dict[tuple[str, ...], list[Act]] = {}
    for act in acts_that_enter(office):
        action = rules.lifecycles[act[0]].actions[act[1]]
        told = action.receives
        if told and sought in plain(said_always(told)):
            always.append(act)
        elif told:
            for way in _ways_to_say(action, told, word):
                asked.setdefault(way, []).append(act)
    return Meant(
        tuple(key for key, one in rules.departments.items() if sought in plain(one.name)),
        tuple(always),
        tuple((way, tuple(acts)) for way, acts in asked.items()),
    )


def shows(office: Office, meant: Meant, said: Said) -> ColumnElement[bool]:
    """The condition that a row shows the word: nothing else of the record is looked in."""
    people = select(User.id).where(columns_say([col(User.name)], said.text))
    scanned = exists().where(
        col(Attachment.clue_id) == col(Event.clue_id),
        col(Attachment.scan_of) == _act_of_event(),
        columns_say([col(Attachment.title)], said.text),
    )
    return or_(
        columns_say([col(Clue.no), col(Clue.subject_name)], said.text),
        col(Event.actor_id).in_(people),
        *(_of_departments(office, meant.departments) if meant.departments else ()),
        scanned,
        *([among_acts(meant.always)] if meant.always else ()),
        *(
            and_(among_acts(acts), _field_says(_form_field(name), fitting, said))
            for (name, *fitting), acts in meant.fields
        ),
    )


def _of_departments(office: Office, departments: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """To whom a paper came, and who sent it."""
    yield came_to(office, departments)
    own = among_acts(acts_that_enter(office, by_sender=True))
    yield and_(own, col(Event.department_id).in_(departments))


def _act_of_event() -> ColumnElement[str]:
    """The act of an event as a scan names it (`domain.situation.received.act_key`)."""
    process_id = cast(col(Event.process_id), String)
    return col(Event.process_kind) + "-" + process_id + "-" + col(Event.action)


def _ways_to_say(action: Transition, told: Receipt, word: str) -> Iterator[tuple[str, ...]]:
    """The fields of the form that may name the word, each with what it then holds."""
    for name in fields_shown(told):
        offered = name in action.form and bool(action.form[name].options)
        if fitting := _options(action, name, word) if offered else [TEXT]:
            yield (name, *fitting)
    if told.number:
        yield told.number, NUMBER


def _field_says(
    field: ColumnElement[str], fitting: Sequence[str], said: Said
) -> ColumnElement[bool]:
    if fitting == [NUMBER]:
        return holds(field, said.number)
    return columns_say([field], said.text) if fitting == [TEXT] else field.in_(fitting)


def _form_field(name: str) -> ColumnElement[str]:
    """What a step's form said in a field, as a column of the record."""
    said: ColumnElement[str] = col(Event.detail)[("form", name)].as_string()
    return said


def _options(action: Transition, name: str, word: str) -> list[str]:
    offered = action.form[name].options
    return [key for key, label in offered.items() if plain(word) in plain(label)]
