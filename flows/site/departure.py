"""Papers that leave the house: when each did, and the later paper that altered it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, update
from sqlmodel import Session, col

from documents.facts.paper import Issued
from domain.lifecycle.plan import Step
from domain.penalties.paper_service import kinds_served, paper_served
from domain.penalties.service import BESIDE, OTHER, at_hand
from domain.rulebook.rulebook import Rulebook
from domain.shapes.entries import DocumentKind
from domain.shapes.once_a_table import once_a_table
from domain.tables.process import Process
from domain.tables.record import IssuedDocument
from flows.site.portions import flush_now

DECISIONS = ("penalty_decision", "no_penalty_decision", "spot_decision", "amendment_decision")
"""What a paper of the case itself corrects, changes or revokes: the decision in force."""
CHANGE, REPLACEMENT = "paper_change", "paper_replacement"
"""The process by which any other paper is changed, and its paper that takes the old one back."""
RECEIPT, REVOCATION = "service_receipt", "revocation_decision"
SERVES = (
    update(IssuedDocument)
    .where(col(IssuedDocument.id) == bindparam("document"))
    .values(serves_id=bindparam("served"))
)
Done = Iterable[tuple[Step, int]]


def leaves_at_once(kind: DocumentKind, act: str, *, follows: bool = False) -> bool:
    """Whether a paper is out with its issue by an act (PROCESS.ACTION).

    `follows`: it stands for one that had left, so whoever holds that one gets it.
    """
    if kind.stays:
        return False
    return follows or not kind.leaves_with or act in kind.leaves_with


def record_departures(session: Session, rules: Rulebook, done: Done, now: datetime) -> None:
    """The papers of a process that leave with an act just done on it have left."""
    for step, process_id in done:
        act = f"{step.process.kind}.{step.action}"
        known = rules.documents
        kinds = [one for one in _leaving(known).get(act, ()) if _leaves(known[one], act, step.form)]
        if kinds:
            flush_now(session)  # the act may have issued the paper that it hands over
            waiting = update(IssuedDocument).where(
                *_brought(step, process_id),
                col(IssuedDocument.kind).in_(kinds),
                col(IssuedDocument.left_at).is_(None),
                col(IssuedDocument.voided_at).is_(None),
            )
            session.connection().execute(waiting.values(left_at=now))


def left_with_receipt(session: Session, document_id: int, now: datetime) -> None:
    """A paper whose signed 送达回证 was handed in has left, whether or not an act records it."""
    paper = session.get(IssuedDocument, document_id) if document_id else None
    if paper is not None and paper.left_at is None and paper.voided_at is None:
        paper.left_at = now
        session.add(paper)


def _brought(step: Step, process_id: int) -> list[ColumnElement[bool]]:
    """Which papers an act sends out: those of its process, or the one that it says it served."""
    if at_hand(step.form) in (OTHER, BESIDE):
        served = paper_served(step.after)
        return [col(IssuedDocument.id) == (served.id if served else None)]
    return [
        col(IssuedDocument.process_kind) == step.process.kind,
        col(IssuedDocument.process_id) == process_id,
    ]


@once_a_table
def _leaving(documents: Mapping[str, DocumentKind]) -> Mapping[str, Sequence[str]]:
    """The kinds of paper that an act, PROCESS.ACTION, may send out."""
    found: dict[str, list[str]] = {}
    for key, one in documents.items():
        for act in dict.fromkeys((*one.leaves_with, *one.undone_with)):
            found.setdefault(act, []).append(key)
    return found


def _leaves(kind: DocumentKind, act: str, form: Mapping[str, object]) -> bool:
    served = act in kind.undone_with and bool(form.get(kind.served_by))
    return act in kind.leaves_with or served


def record_alterations(
    session: Session, rules: Rulebook, known: Iterable[Issued], issued: Iterable[IssuedDocument]
) -> None:
    """What a paper just issued corrects, changes or revokes says by which paper that was.

    `known`: the papers of the dossier before it, oldest first.
    """
    earlier = tuple(known)
    altering = [one for one in issued if rules.documents[one.kind].alters]
    if altering:
        flush_now(session)
    for paper in altering:
        for about in _papers_meant(session, earlier, paper):
            row = session.get_one(IssuedDocument, about)
            row.altered_by_id = paper.id
            if paper.kind == REPLACEMENT:
                row.voided_at, row.voided_by = paper.issued_at, paper.issued_by
                row.void_reason = f"以{paper.number}撤销，重新制发"
            session.add(row)


def record_receipts(session: Session, done: Done, issued: Iterable[IssuedDocument]) -> None:
    """A 送达回证 of an act of service names the paper that the act brought to the party."""
    documents = tuple(issued)
    for step, process_id in done:
        act = (step.process.kind, process_id, step.action)
        own = [one for one in documents if (one.process_kind, one.process_id, one.action) == act]
        receipt = next((one for one in own if one.kind == RECEIPT), None)
        served = at_hand(step.form)
        if receipt is None or served is None:
            continue
        kinds = kinds_served(step.form, served)
        fresh = next((one.id for one in own if one.kind in kinds), None)
        known = paper_served(step.after)
        receipt.serves_id = fresh or (known.id if known else None)
        told = {"document": receipt.id, "served": receipt.serves_id}
        session.connection().execute(SERVES, told)


def _papers_meant(
    session: Session, earlier: Iterable[Issued], paper: IssuedDocument
) -> tuple[int, ...]:
    """Which documents a paper alters: the one its process names, or the case's last decision.

    A revocation takes back the decision with all that amended it since an earlier revocation.
    """
    if paper.process_kind == CHANGE:
        return (int(str(session.get_one(Process, paper.process_id).facts["paper"])),)
    own = (paper.process_kind, paper.process_id)
    found: list[int] = []
    for one in earlier:
        if one.process == own and one.kind == REVOCATION:
            found = []
        elif one.process == own and one.kind in DECISIONS and one.id is not None:
            found.append(one.id)
    return tuple(found if paper.kind == REVOCATION else found[-1:])
