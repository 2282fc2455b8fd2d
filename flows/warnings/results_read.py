"""Results of drawn inspections as reports to be counted: by matter, on the day they were found.

Only drawn ones: who was drawn by chance stands for all, who was picked for a ground does not.
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from domain.situation.situation import CHINA
from domain.surge.reports import Report
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from domain.undertakings.visit import PROBLEM

RESULT_IN = ("entered", "published", "exempt")
LONGEST = timedelta(days=180)
"""So long before its result an inspection may have been begun and is still read."""
Results = tuple[list[Report], frozenset[int]]
"""Every result once for each of its matters, and the ids of those that found a problem."""


def read_results(session: Session, first: date, last: date) -> Results:
    """The results of drawn inspections that were found from one day to another, both counted."""
    query = (
        select(Process, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(Process.clue_id))
        .where(
            col(Process.kind) == "finding",
            col(Process.state).in_(RESULT_IN),
            col(Process.opened_at)
            >= datetime.combine(first, time(), CHINA).astimezone(UTC) - LONGEST,
            col(Undertaking.facts)["draw"].as_string().is_not(None),
        )
        .order_by(col(Process.id))
    )
    found: list[Report] = []
    problems: set[int] = set()
    for process, row in session.exec(query):
        told = str(process.facts.get("finished_at") or "")
        day = datetime.fromisoformat(told).astimezone(CHINA).date() if told else None
        if day is None or not first <= day <= last:
            continue
        number = process.id or 0
        problems |= {number} if process.facts.get("outcome") in PROBLEM else set()
        found += [
            Report(
                id=number,
                no=row.no,
                day=day.toordinal(),
                area=row.area,
                matter=str(matter),
                channel=process.department_id,
            )
            for matter in row.facts.get("matters") or ()
        ]
    return found, frozenset(problems)
