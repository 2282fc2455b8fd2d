"""The facts of documents as of today: one that differs makes a document stale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from documents.facts.paper_facts import facts_for
from documents.output.kept_facts import as_plain
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.papers.clue_past import Past, read_past
from flows.papers.current_paper import current_paper
from flows.site.office import Office

OF_THE_ACT = frozenset(
    {"文号", "校验码", "成文日期", "签发人", "经办人", "经办人电话", "联系人", "联系电话"}
    | {"主送机关", "抄送机关", "主办部门", "协办部门", "接收单位"}
    | {"承办部门", "承办部门简称", "机关地址", "举报人"}
)
"""Facts that tell of the act of issuing: true of that day, whatever happened since."""
OF_THAT_DAY = frozenset({"已缴金额", "加处罚款金额", "应缴金额"})
"""What was paid and owed on the day of a demand (强制法第三十五条), whatever was paid since."""


HANDS_OVER = frozenset(
    {"dispatch_slip", "transfer_letter", "jurisdiction_decision", "jurisdiction_designation"}
)
"""Papers that give a clue to a department: of several the last one counts, the others are over."""
IN_DISPUTE = frozenset(
    {"dispute_letter", "coordination_request", "coordination_opinion"}
    | {"designation_request", "jurisdiction_proposal"}
)
"""Letters about whose matter it is: over once that is settled, the clue then goes its way anew."""
DISPUTE = "dispute"
NAMED = "案件名称"
BEFORE_FILING, OF_A_CASE = "线索“", "案"
"""What a matter is called before a case is filed, and how its name ends afterwards."""


@dataclass(frozen=True)
class Change:
    """A fact that is no longer what the document says."""

    fact: str
    was: object
    now: object


@dataclass(frozen=True)
class Stale:
    """A document whose facts changed since it was issued."""

    document: IssuedDocument
    changes: tuple[Change, ...]


def list_stale(session: Session, office: Office, clue: Clue) -> tuple[Stale, ...]:
    """The valid documents of a clue that would read otherwise if they were issued today."""
    past = read_past(session, office, clue)
    return stale_among(session, office, past, past.documents)


def stale_among(
    session: Session, office: Office, past: Past, documents: Iterable[IssuedDocument]
) -> tuple[Stale, ...]:
    """The valid ones of some documents of a clue that would read otherwise today."""
    valid = [one for one in documents if one.voided_at is None and not _is_over(past, one)]
    found = [Stale(one, changes_of(session, office, past, one)) for one in valid]
    return tuple(one for one in found if one.changes)


def changes_of(
    session: Session, office: Office, past: Past, document: IssuedDocument
) -> tuple[Change, ...]:
    """The facts that differ from what the document says; unknown today is no difference."""
    fresh = as_plain(_facts_anew(session, office, past, document))
    today = {name: _filled(fresh.get(name), was) for name, was in document.facts.items()}
    return tuple(
        Change(name, was, today[name])
        for name, was in document.facts.items()
        if _bare(today[name]) != _bare(was)
        and not _is_news(today[name], past.root(document))
        and not _is_named_since(name, was, today[name])
    )


def _is_over(past: Past, document: IssuedDocument) -> bool:
    """Whether a letter has done its work and another one, or a decision, took its place."""
    if document.kind in HANDS_OVER:
        later = (one for one in past.documents if one.kind in HANDS_OVER and not one.voided_at)
        return any((one.id or 0) > (document.id or 0) for one in later)
    settled = any(kind == DISPUTE for kind, _ in past.ended)
    return document.kind in IN_DISPUTE and settled


def _is_named_since(name: str, was: object, now: object) -> bool:
    """A paper from before the filing names the clue, and was right of its day."""
    return name == NAMED and str(was).startswith(BEFORE_FILING) and str(now).endswith(OF_A_CASE)


def _bare(value: object) -> object:
    """A fact without the mark that ends it: a full stop that came or went changes no fact."""
    return value.rstrip("。；; \n") if isinstance(value, str) else value


def _is_news(now: object, root: IssuedDocument) -> bool:
    """A moment after the issue: something happened again, the document was right of its day."""
    try:
        moment = datetime.fromisoformat(str(now))
    except ValueError:
        return False
    return moment.tzinfo is not None and moment > root.issued_at


def _filled(now: object, was: object) -> object:
    """The fact of today; where nothing is known any more, what was known then."""
    if now is None:
        return was
    if isinstance(now, dict) and isinstance(was, dict):
        return {name: _filled(cell, was.get(name)) for name, cell in now.items()}
    if isinstance(now, list) and isinstance(was, list) and len(now) == len(was):
        return [_filled(one, other) for one, other in zip(now, was, strict=True)]
    return now


def _facts_anew(
    session: Session, office: Office, past: Past, document: IssuedDocument
) -> dict[str, object]:
    """The facts as they are known today for a document of that step, but for the act's own."""
    root = past.root(document)
    paper = current_paper(session, office, past, root)
    if paper is None:
        return {}
    return {
        name: value
        for name, value in facts_for(paper).items()
        if name not in OF_THE_ACT | OF_THAT_DAY
    }
