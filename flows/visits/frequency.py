"""How often a subject was inspected this year, over all departments, by one indexed look."""

from datetime import date

from sqlmodel import Session, col, select

from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from domain.tables.visit import EntryCount
from domain.visits.frequency import Entry, Frequency, frequency_of

KIND = "visit"
OPEN = ("planned", "approved", "noticed", "urgent", "entered", "off_site")


def frequency(session: Session, subject: str, department: str, day: date) -> Frequency:
    """The inspections of a subject in the year of a day, as a department has to state them."""
    query = select(EntryCount).where(
        col(EntryCount.subject_key) == subject,
        col(EntryCount.day) >= date(day.year, 1, 1),
        col(EntryCount.day) <= date(day.year, 12, 31),
    )
    entries = [
        Entry(one.day, one.department_id, one.visit_no, one.kind, one.counts)
        for one in session.exec(query)
    ]
    return frequency_of(entries, department)


def open_elsewhere(session: Session, row: Undertaking, subject: str) -> list[Undertaking]:
    """The other inspections of the subject that are under way, oldest first."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        col(Undertaking.ended_at).is_(None),
        col(Undertaking.id) != row.id,
        col(Undertaking.facts)["subject_key"].as_string() == subject,
    )
    found = session.exec(query.order_by(col(Undertaking.id)))
    return [one for one in found if one.state in OPEN]


def departments_of(session: Session, row: Undertaking) -> tuple[str, ...]:
    """The departments that take part in an inspection, the lead first."""
    query = select(Process.department_id).where(
        col(Process.clue_id) == row.id,
        col(Process.kind) == "finding",
        col(Process.state) != "called_off",
    )
    others = session.exec(query.order_by(col(Process.id)))
    return tuple(dict.fromkeys((row.department_id, *others)))


def enter_in(session: Session, row: Undertaking, day: date, *, counts: bool) -> None:
    """The doors that an inspection opened are written down, one row for each department."""
    for department in departments_of(session, row):
        session.add(
            EntryCount(
                subject_key=str(row.facts["subject_key"]),
                department_id=department,
                day=day,
                visit_id=row.id or 0,
                visit_no=row.no,
                kind=str(row.facts["kind"]),
                counts=counts,
            )
        )
    session.flush()
