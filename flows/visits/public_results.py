"""Results of inspections as everybody may read them: no class, no share, nothing of a draw."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from flows.site.office import Office

PAGE = 50


@dataclass(frozen=True)
class PublicResult:
    """A published result: of whom, by whom, what, when, and what was found; no class, no share."""

    id: int
    number: str
    subject: str
    key: str
    organ: str
    matters: tuple[str, ...]
    kind: str
    outcome: str
    on: str
    published_on: str


def public_results(
    session: Session, office: Office, before: int = 0
) -> tuple[list[PublicResult], int]:
    """The published results, the newest on top, and where the next page begins (0: nowhere)."""
    query = (
        select(Process, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(Process.clue_id))
        .where(col(Process.kind) == "finding", col(Process.state) == "published")
    )
    if before:
        query = query.where(col(Process.id) < before)
    rows = list(session.exec(query.order_by(col(Process.id).desc()).limit(PAGE + 1)))
    found = [public_result(office, *one) for one in rows[:PAGE]]
    return found, found[-1].id if len(rows) > PAGE else 0


def public_result(office: Office, finding: Process, row: Undertaking) -> PublicResult:
    """One published result as everybody may read it."""
    rules = office.rules
    matters = [rules.matters[one] for one in row.facts["matters"]]
    function = rules.departments[finding.department_id].function
    own = [one for one in matters if one.lead == function] or matters
    options = rules.lifecycles["finding"].actions["enter_result"].form["outcome"].options
    return PublicResult(
        id=finding.id or 0,
        number=row.no,
        subject=str(row.facts["subject_name"]),
        key=str(row.facts["subject_key"]),
        organ=rules.departments[finding.department_id].name,
        matters=tuple(one.name for one in own),
        kind=rules.inspection.kinds[str(row.facts["kind"])].label,
        outcome=options[str(finding.facts["outcome"])],
        on=str(finding.facts["finished_at"]),
        published_on=str(finding.facts["published_on"]),
    )
