"""Downloads of a clue as one ZIP: the whole case file, or a referral's packet."""

from dataclasses import replace

from sqlmodel import Session

from documents.output.bundle import Bundled
from domain.lifecycle.visibility import ClueSight
from domain.situation.situation import ProcessView, Situation
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.afterwards.case_file import PACKET_KINDS, clue_papers, packet_files, packet_papers
from flows.afterwards.sealed_files import seals_of
from flows.door.attachments import list_attachments
from flows.door.situations import load_situation
from flows.papers.case_packing import whole_file
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, sight_on


def case_file_for(session: Session, viewer: Viewer, clue: Clue) -> list[Bundled]:
    """Everything there is of a clue, for who may see all of it; NotForYou for others."""
    if not may_take_case_file(session, viewer, clue):
        raise NotForYou("案卷只供办理部门和监督部门取用；移送的材料请下载移送材料包")
    return whole_file(session, viewer.office, clue, viewer.now)


def may_take_case_file(session: Session, viewer: Viewer, clue: Clue) -> bool:
    """Whether the person sees the whole file: his organ holds the clue, or he oversees it."""
    return sight_on(session, viewer.office, viewer.actor, clue).file


def packet_for(session: Session, viewer: Viewer, clue: Clue) -> list[Bundled]:
    """The papers of the clue's latest referral that the person may see; NotForYou without one."""
    situation = load_situation(session, viewer.office, clue, viewer.actor, viewer.now)
    seen = sight_on(session, viewer.office, viewer.actor, clue)
    referral = latest_referral(seen, situation)
    if referral is None:
        raise NotForYou("本线索没有可以取用的涉嫌犯罪案件移送材料")
    papers = _newest(clue_papers(session, clue.id or 0), referral)
    evidence = list_attachments(session, clue.id or 0)
    own = replace(situation, process=referral)
    return packet_files(viewer.office, papers, own, evidence, seals_of(session, papers))


def latest_referral(seen: ClueSight, situation: Situation) -> ProcessView | None:
    """The latest referral that is shown; to police and procuratorate only what was delivered."""
    found = [one for one in situation.of_kind("referral") if seen.shows(one.kind, one.id)]
    return found[-1] if found else None


def _newest(papers: list[IssuedDocument], referral: ProcessView) -> list[IssuedDocument]:
    """The valid papers of the referral, the newest of each kind, in the order of the law."""
    own = {one.kind: one for one in packet_papers(papers, referral.id)}
    return [own[kind] for kind in PACKET_KINDS if kind in own]
