"""结果互认: what another department found at a subject, and may be used instead of a visit.

优化营商环境条例第五十七条 (text) asks that results are recognised between departments. No text with
a figure says how old one may be: the site sets it (`recognised_days`), else only the reason counts.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.shapes.inspection import InspectionRules
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from domain.tables.visit import EntryCount
from domain.undertakings.visit import PROBLEM
from flows.site.office import Office

FOUND = ("entered", "published", "exempt")
LOOKED_AT = {"合格", "合理缺项"}
"""What items came to that were looked at and failed in nothing."""
CLEAN = "none"
"""The outcome 未发现问题: whatever was found goes its own way, and is looked at again."""


def recognisable(
    session: Session, office: Office, row: Undertaking, subject: str, day: date
) -> list[dict[str, str]]:
    """Other departments' results of this year and the last that cover a visit's matters.

    None of an item that was not looked at, none of a visit at which anybody found a problem, and
    none of before a problem that the department itself found there. Each as a row of the form:
    number, department, day, matters, result; the newest on top.
    """
    since = date(day.year - 1, 1, 1)
    seen = select(EntryCount.visit_id).where(
        col(EntryCount.subject_key) == subject,
        col(EntryCount.day) >= max(since, _oldest(office.rules.inspection, day) or since),
        col(EntryCount.department_id) != row.department_id,
    )
    query = (
        select(Undertaking, Process)
        .join(Process, col(Process.clue_id) == col(Undertaking.id))
        .where(
            col(Undertaking.id).in_(seen),
            col(Undertaking.id) != row.id,
            col(Process.kind) == "finding",
            col(Process.state).in_(FOUND),
            col(Process.department_id) != row.department_id,
        )
        .order_by(col(Process.id).desc())
    )
    wanted = set(row.facts.get("matters") or ())
    problems = _problems(session, subject, since)
    return [
        _as_row(office, source, finding)
        for source, finding in session.exec(query)
        if _was_clean(finding)
        and wanted <= set(source.facts.get("matters") or ())
        and not any(
            one.clue_id == source.id
            or (one.department_id == row.department_id and _found_on(one) >= _found_on(finding))
            for one in problems
        )
    ]


def _problems(session: Session, subject: str, since: date) -> Sequence[Process]:
    """What any department found wrong at the subject, joint visits' parts each of their own."""
    seen = select(EntryCount.visit_id).where(
        col(EntryCount.subject_key) == subject, col(EntryCount.day) >= since
    )
    query = select(Process).where(
        col(Process.clue_id).in_(seen),
        col(Process.kind) == "finding",
        col(Process.facts)["outcome"].as_string().in_(PROBLEM),
    )
    return session.exec(query).all()


def _was_clean(finding: Process) -> bool:
    """Whether nothing was found, and every item was looked at, one of them at least."""
    rows = finding.facts.get("items") or ()
    results = {str(one.get("结果")) for one in rows if isinstance(one, Mapping)}
    return finding.facts.get("outcome") == CLEAN and "合格" in results and results <= LOOKED_AT


def _found_on(finding: Process) -> date:
    told = finding.facts.get("finished_at")
    return day_of(datetime.fromisoformat(str(told)) if told else finding.opened_at)


def _oldest(rules: InspectionRules, day: date) -> date | None:
    return day - timedelta(days=rules.recognised_days) if rules.recognised_days else None


def _as_row(office: Office, source: Undertaking, finding: Process) -> dict[str, str]:
    rules = office.rules
    options = rules.lifecycles["finding"].actions["enter_result"].form["outcome"].options
    finished = finding.facts.get("finished_at")
    return {
        "编号": source.no,
        "部门": rules.departments[finding.department_id].name,
        "检查日期": f"{_day(finished, source)}",
        "检查事项": "、".join(rules.matters[one].name for one in source.facts["matters"]),
        "结果": options[CLEAN],
    }


def _day(finished: object, source: Undertaking) -> date:
    return day_of(datetime.fromisoformat(str(finished or source.facts["entered_at"])))
