"""A clue as its page shows it to one person: what he may see of it, and nothing beyond."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from domain.guards.crime_notice import CrimeNotice
from domain.lifecycle.visibility import may_reveal
from domain.tables.process import Clue
from flows.door.attachments import Evidence, may_add, tied_in_words
from flows.lists.clue_sheet import ClueSheet, ProcessLine, clue_sheet
from flows.papers.clue_evidence import shown_evidence
from flows.papers.clue_notes import how_many_notes
from flows.people.absences import names_of
from flows.workbench.related_clues import Related, related_clues
from web.request.desk import Desk
from web.views.acts_told import Done, Moment, done_of, moments_of
from web.views.clocks_told import ClockTold, clock_told
from web.views.clue_rows import Row
from web.views.clue_sides import Part, Twin, parts_of, twins_of
from web.views.next_item import next_item
from web.views.offers import Offers, offers_of
from web.views.stage_line import Stage, stage_line


@dataclass(frozen=True)
class ClueView:
    """Everything on the page."""

    sheet: ClueSheet
    whole: bool
    channel: str
    desk: str
    sender: str
    handler: str
    substitutes: tuple[str, ...]
    running: tuple[ClockTold, ...]
    ended: tuple[ClockTold, ...]
    processes: tuple[ProcessLine, ...]
    documents: tuple[Any, ...]
    history: tuple[Moment, ...]
    twins: tuple[Twin, ...]
    parts: tuple[Part, ...]
    offers: Offers
    may_reveal: bool
    merged_into: str
    done: Done | None
    next: Row | None
    crime: CrimeNotice | None
    stages: tuple[Stage, ...]
    related: tuple[Related, ...]
    evidence: tuple[Evidence, ...]
    tied: Mapping[int, str]
    may_add: bool
    notes: int


def view_clue(desk: Desk, clue: Clue, done: str = "") -> ClueView:
    """The clue's page for a person who was found to see it."""
    office, session = desk.office, desk.session
    found = clue_sheet(session, office, clue, desk.actor, desk.now)
    seen, whole = found.seen, found.seen.whole
    clocks = sorted(found.limits, key=lambda one: (one.due_at, one.id or 0))
    told = done_of(desk, clue, done)
    shown = [one for one in clocks if seen.shows(one.process_kind, one.process_id)]
    departments = office.rules.departments
    channels = office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    evidence = shown_evidence(session, desk.viewer, clue, seen)
    handler, substitutes = (
        names_of(session, clue.handler_id, desk.now) if clue.handler_id else ("", ())
    )
    is_met = bool(found.crime and found.crime.met)
    return ClueView(
        sheet=found,
        whole=whole,
        channel=channels.get(clue.channel, clue.channel),
        desk=departments[clue.desk_id].name,
        sender=departments[clue.sender_id].name if clue.sender_id else "",
        handler=handler,
        substitutes=substitutes,
        running=tuple(clock_told(desk, one) for one in shown if one.ended_at is None),
        ended=tuple(clock_told(desk, one, days=False) for one in shown if one.ended_at is not None),
        processes=found.processes,
        documents=found.documents,
        history=tuple(reversed(moments_of(found.history))),
        twins=tuple(twins_of(desk, clue)) if whole else (),
        parts=tuple(parts_of(desk, found, clocks)) if whole else (),
        offers=offers_of(desk, clue, found.allowed, "refer" if is_met else ""),
        may_reveal=clue.reporter_sealed is not None
        and may_reveal(desk.actor, clue.desk_id, clue.department_id),
        merged_into=_number_of(desk, clue.merged_into_id),
        done=told,
        next=next_item(desk, clue) if told else None,
        crime=found.crime,
        stages=stage_line(office.rules, clue.state, found.history) if whole else (),
        related=related_clues(session, desk.viewer, clue) if whole else (),
        evidence=evidence,
        tied={one.attachment.id or 0: tied_in_words(office, one) for one in evidence},
        may_add=may_add(desk.actor, clue),
        notes=how_many_notes(session, desk.viewer, clue),
    )


def _number_of(desk: Desk, clue_id: int | None) -> str:
    if clue_id is None:
        return ""
    return desk.session.exec(select(Clue.no).where(col(Clue.id) == clue_id)).one()
