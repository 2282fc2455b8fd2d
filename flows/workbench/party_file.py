"""Everything of one party that somebody may see: clues, decisions, referrals, the roster's row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from domain.duplicates.names import company_key
from domain.files.identifiers import half_width
from domain.tables.matching import Fingerprint
from domain.tables.process import Clue, Process
from domain.tables.record import IssuedDocument
from domain.tables.roster import Subject
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.people.visible_papers import readable_papers, shown_process

MOST = 200
"""So many of each are listed, the newest; the numbers say so where there are more."""
DECISIONS = (
    "penalty_decision",
    "amendment_decision",
    "spot_decision",
    "no_penalty_decision",
    "revocation_decision",
)


@dataclass(frozen=True)
class PartyClue:
    """A clue of the party: where it stands and who holds it."""

    no: str
    title: str
    received_at: datetime
    state: str
    holder: str
    ended: bool


@dataclass(frozen=True)
class PartyPaper:
    """A decision about the party, with the clue it belongs to."""

    id: int
    title: str
    number: str
    issued_at: datetime
    organ: str
    clue_no: str


@dataclass(frozen=True)
class PartyReferral:
    """A criminal referral of the party: where it stands."""

    clue_no: str
    state: str
    begun_at: datetime
    ended: bool


@dataclass(frozen=True)
class PartyFile:
    """What is on record of one party, as far as the viewer may see it.

    `names`, `codes`: as clues wrote them, the most recent first. `subject`: the roster's key.
    """

    names: tuple[str, ...]
    codes: tuple[str, ...]
    clues: tuple[PartyClue, ...]
    decisions: tuple[PartyPaper, ...]
    referrals: tuple[PartyReferral, ...]
    neighbours: tuple[PartyClue, ...]
    subject: str = ""

    @property
    def open(self) -> int:
        """How many of the clues are still being handled."""
        return sum(not one.ended for one in self.clues)


def party_file(session: Session, viewer: Viewer, name: str, code: str) -> PartyFile | None:
    """The party of a name or a code; None where the viewer may see no clue of it."""
    known = _of_party(name, code)
    if known is None:
        return None
    office, actor = viewer.office, viewer.actor
    query = select(Clue).where(known, visible(office, actor))
    clues = list(session.exec(query.order_by(col(Clue.received_at).desc()).limit(MOST)))
    if not clues:
        return None
    ids = [one.id or 0 for one in clues]
    codes = tuple(dict.fromkeys(one.subject_code for one in clues if one.subject_code))
    return PartyFile(
        names=tuple(dict.fromkeys(one.subject_name for one in clues if one.subject_name)),
        codes=codes,
        clues=tuple(_clue(viewer, one) for one in clues),
        decisions=tuple(_decisions(session, viewer, ids)),
        referrals=tuple(_referrals(session, viewer, ids)),
        neighbours=tuple(_clue(viewer, one) for one in _neighbours(session, viewer, ids)),
        subject=_subject(session, viewer, codes),
    )


def _of_party(name: str, code: str) -> ColumnElement[bool] | None:
    """The clues of that name, but for those of another code, and those of that credit code."""
    key, code = company_key(name) if name else None, half_width(code).strip().upper()
    ways: list[ColumnElement[bool]] = []
    if key:
        named, written = col(Clue.subject_key) == key, col(Clue.subject_code)
        ways.append(and_(named, written.in_(("", code))) if code else named)
    if code:
        # By the index of the fingerprints: clues have none by code.
        marked = select(Fingerprint.clue_id).where(col(Fingerprint.credit_code) == code)
        ways.append(col(Clue.id).in_(marked))
    return or_(*ways) if ways else None


def _clue(viewer: Viewer, one: Clue) -> PartyClue:
    rules = viewer.office.rules
    state = rules.lifecycles["clue"].states[one.state]
    holder = rules.departments[one.department_id].name
    return PartyClue(one.no, one.title, one.received_at, state.label, holder, bool(one.ended_at))


def _decisions(session: Session, viewer: Viewer, ids: Sequence[int]) -> list[PartyPaper]:
    query = (
        select(IssuedDocument, Clue.no)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(
            col(IssuedDocument.clue_id).in_(ids),
            col(IssuedDocument.kind).in_(DECISIONS),
            col(IssuedDocument.voided_at).is_(None),
            readable_papers(viewer.office, viewer.actor),
        )
        .order_by(col(IssuedDocument.id).desc())
    )
    return [_paper(viewer, one, no) for one, no in session.exec(query)]


def _paper(viewer: Viewer, one: IssuedDocument, clue_no: str) -> PartyPaper:
    organ = viewer.office.rules.departments[one.department_id].name
    return PartyPaper(one.id or 0, one.title, one.number or "", one.issued_at, organ, clue_no)


def _referrals(session: Session, viewer: Viewer, ids: Sequence[int]) -> list[PartyReferral]:
    shown = shown_process(
        viewer.office,
        viewer.actor,
        col(Process.kind),
        col(Process.id),  # type: ignore[arg-type]
    )
    query = (
        select(Process, Clue.no)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .where(col(Process.clue_id).in_(ids), col(Process.kind) == "referral", shown)
        .order_by(col(Process.id).desc())
    )
    states = viewer.office.rules.lifecycles["referral"].states
    return [
        PartyReferral(no, states[one.state].label, one.opened_at, one.ended_at is not None)
        for one, no in session.exec(query)
    ]


def _neighbours(session: Session, viewer: Viewer, ids: Sequence[int]) -> Sequence[Clue]:
    """Clues at the same places about others: who trades where this party does."""
    places = select(Fingerprint.place_key).where(
        col(Fingerprint.clue_id).in_(ids), col(Fingerprint.place_key).is_not(None)
    )
    there = select(Fingerprint.clue_id).where(col(Fingerprint.place_key).in_(places))
    query = select(Clue).where(
        col(Clue.id).in_(there),
        col(Clue.id).not_in(ids),
        visible(viewer.office, viewer.actor),
    )
    return session.exec(query.order_by(col(Clue.id).desc()).limit(20)).all()


def _subject(session: Session, viewer: Viewer, codes: Sequence[str]) -> str:
    area = viewer.office.rules.departments[viewer.actor.department].area
    query = select(Subject.key).where(
        col(Subject.credit_code).in_(codes), col(Subject.area) == area
    )
    return session.exec(query).first() or ""
