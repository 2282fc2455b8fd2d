"""A referral as its parties see it: state, limits, packet, what each side did, what is next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from documents.output.bundle import Bundled
from domain.guards.referral import PACKET
from domain.lifecycle.plan import Reason
from domain.situation.situation import Situation
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from flows.afterwards.case_file import PACKET_KINDS, clue_papers, packet_files, packet_papers
from flows.afterwards.packet_report import APPRAISAL, OTHERS, PacketReport, packet_report
from flows.afterwards.sealed_files import seals_of
from flows.door.attachments import list_attachments
from flows.door.situations import load_situation, process_view
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.clue_sheet import clue_sheet
from flows.lists.desk_item import ItemStep, steps_of
from flows.lists.event_lines import EventLine
from flows.lists.referral_list import Beside, ReferralLine, referral_line, seen_referral
from flows.people.viewer import Viewer


@dataclass(frozen=True)
class Part:
    """One of the parts that a packet must have: the paper, or what was written in its place."""

    title: str
    paper: IssuedDocument | None
    text: str
    standing: str


@dataclass(frozen=True)
class ReferralSheet:
    """Everything about one referral."""

    line: ReferralLine
    situation: Situation
    parts: tuple[Part, ...]
    missing: str
    open_pages: str
    papers: tuple[IssuedDocument, ...]
    running: tuple[tuple[int, ClockLine], ...]
    ended: tuple[tuple[int, ClockLine], ...]
    history: tuple[EventLine, ...]
    steps: tuple[ItemStep, ...]

    @property
    def facts(self) -> Mapping[str, object]:
        """What its forms recorded."""
        return self.situation.process.facts

    @property
    def refused(self) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
        """The actions that may not be taken now, with the reasons."""
        return tuple((one.label, one.reasons) for one in self.steps if one.reasons)


def referral_sheet(session: Session, viewer: Viewer, referral: int) -> ReferralSheet:
    """One referral for a party to it."""
    row, clue = seen_referral(session, viewer, referral)
    office = viewer.office
    situation = replace(
        load_situation(session, office, clue, viewer.actor, viewer.now), process=process_view(row)
    )
    papers = _papers(session, row)
    report = packet_report(situation, list_attachments(session, clue.id or 0), papers)
    sheet = clue_sheet(session, office, clue, viewer.actor, viewer.now)
    query = select(Clock).where(
        col(Clock.clue_id) == clue.id,
        col(Clock.process_kind) == "referral",
        col(Clock.process_id) == row.id,
    )
    clocks = [
        (one.id or 0, clock_line(office, one, viewer.now))
        for one in session.exec(query.order_by(col(Clock.due_at), col(Clock.id)))
    ]
    shown = {one.id for one in sheet.documents}
    return ReferralSheet(
        line=referral_line(viewer, row, clue, Beside.of(session, row.id or 0)),
        situation=situation,
        parts=tuple(_parts(row, papers, report)),
        missing="" if report.is_complete else report.verdict,
        open_pages=report.open_pages,
        papers=tuple(one for one in reversed(papers) if one.id in shown),
        running=tuple(one for one in clocks if one[1].ended_at is None),
        ended=tuple(one for one in clocks if one[1].ended_at is not None),
        history=tuple(
            one
            for one in reversed(sheet.history)
            if (one.kind, one.process_id) == ("referral", row.id)
        ),
        steps=tuple(steps_of(situation, office.rules, viewer.actor.roles)),
    )


def packet(session: Session, viewer: Viewer, referral: int) -> tuple[Clue, list[Bundled]]:
    """The clue of a referral, and the packet's files as they are in force now."""
    row, clue = seen_referral(session, viewer, referral)
    found = load_situation(session, viewer.office, clue, viewer.actor, viewer.now)
    newest = {one.kind: one for one in _papers(session, row)}
    papers = [newest[kind] for kind in PACKET_KINDS if kind in newest]
    own = replace(found, process=process_view(row))
    evidence = list_attachments(session, clue.id or 0)
    seals = seals_of(session, papers)
    return clue, packet_files(viewer.office, papers, own, evidence, seals)


def _papers(session: Session, row: Process) -> list[IssuedDocument]:
    """The papers of a referral that are in force, oldest first."""
    return packet_papers(clue_papers(session, row.clue_id), row.id)


def _parts(row: Process, papers: Iterable[IssuedDocument], report: PacketReport) -> Iterable[Part]:
    """The parts as the report has them, each with its paper or what was told in its place."""
    newest = {one.kind: one for one in papers}
    of_title = {title: newest.get(kind) for kind, title in PACKET.items()}
    materials = row.facts.get("materials")
    rows = materials if isinstance(materials, list) else []
    listed = "、".join(str(one.get("名称") or "") for one in rows if isinstance(one, dict))
    told = {APPRAISAL: str(row.facts.get("appraisal") or ""), OTHERS: listed}
    of_title[OTHERS] = newest.get("materials_list") if listed else None
    for title, standing in report.standings.items():
        yield Part(title, of_title.get(title), told.get(title, ""), standing)
