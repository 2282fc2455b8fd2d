"""Everything about one undertaking, gathered for whoever shows it: a page, the command line."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from domain.lifecycle.plan import NEW, Allowed
from domain.tables.attachment import Attachment
from domain.tables.dossier import Dossier
from domain.tables.process import Clock
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.door.attachments import list_attachments
from flows.door.possible_actions import possible_actions
from flows.door.situations import load_people, load_situation
from flows.door.visible_undertakings import sees_whole
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.clue_sheet import ProcessLine, find_clue, process_line
from flows.lists.event_lines import EventLine, history_of
from flows.people.viewer import Viewer

DRAFTING = frozenset(
    {
        "draft",
        "revise",
        "prepare",
        "take_up",
        "adapt",
        "propose",
        "enter_urgent",
        "raise",
        "draw_up",
        "record",
        "propose_drawn",
    }
)
"""The actions that write what an undertaking says."""
OWN_AFFAIR = DRAFTING | {"add_attachment"}
"""What its department does to a draft, and nobody else is told of."""


@dataclass(frozen=True)
class UndertakingSheet:
    """An undertaking with its processes, limits, documents and course, and what may be done.

    `parts` is what its forms recorded: heading and text.
    """

    row: Undertaking
    label: str
    state: str
    holder: str
    handler: str
    parts: tuple[tuple[str, str], ...]
    processes: tuple[ProcessLine, ...]
    clocks: tuple[ClockLine, ...]
    documents: tuple[IssuedDocument, ...]
    attachments: tuple[Attachment, ...]
    history: tuple[EventLine, ...]
    allowed: tuple[Allowed, ...]
    whole: bool


def undertaking_sheet(session: Session, viewer: Viewer, row: Undertaking) -> UndertakingSheet:
    """The undertaking for a person who was found to see it, every action judged for him."""
    office, rules = viewer.office, viewer.office.rules
    situation = load_situation(session, office, row, viewer.actor, viewer.now)
    people = load_people(session, rules, situation.processes, {})
    situation = replace(situation, people=people)
    lifecycle = rules.lifecycles[row.kind]
    clocks = select(Clock).where(col(Clock.clue_id) == row.id).order_by(col(Clock.id))
    papers = select(IssuedDocument).where(col(IssuedDocument.clue_id) == row.id)
    handler = people.get(str(row.facts.get("handler_user") or ""))
    history = history_of(session, office, row.id or NEW)
    whole = sees_whole(office, viewer.actor, row)
    own = {
        one.id for one in situation.processes if whole or one.department == viewer.actor.department
    }
    return UndertakingSheet(
        row=row,
        label=lifecycle.label,
        state=lifecycle.states[row.state].label,
        holder=rules.departments[row.department_id].name,
        handler=handler.name if handler else "",
        parts=_written(history),
        processes=tuple(
            process_line(office, one)
            for one in situation.processes
            if one.kind != row.kind and one.id in own
        ),
        clocks=tuple(
            clock_line(office, one, viewer.now)
            for one in session.exec(clocks)
            if whole or one.owner_id == viewer.actor.department
        ),
        documents=tuple(session.exec(papers.order_by(col(IssuedDocument.id)))),
        attachments=tuple(one.attachment for one in list_attachments(session, row.id or NEW)),
        history=tuple(one for one in history if whole or _is_told(row, one, own)),
        allowed=tuple(
            one for one in possible_actions(situation, rules) if whole or one.process.id in own
        ),
        whole=whole,
    )


def find_dossier(session: Session, number: str) -> int:
    """The id of an undertaking by its number, or of a clue as `find_clue` finds it; LookupError."""
    query = select(Dossier.id).where(col(Dossier.no) == number)
    return session.exec(query).first() or find_clue(session, number).id or NEW


def _is_told(row: Undertaking, one: EventLine, own: set[int]) -> bool:
    """Whether an addressee is told of an event: of its own part, and not of how it was drafted."""
    if one.kind == row.kind:
        return one.action_id not in OWN_AFFAIR
    return one.process_id in own


def _written(history: list[EventLine]) -> tuple[tuple[str, str], ...]:
    """What the draft says, as it was written last."""
    drafts = [one for one in history if one.action_id in DRAFTING]
    return drafts[-1].said if drafts else ()
