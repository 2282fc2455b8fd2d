"""The yearly plan called for: from the first of January, where last year's was published."""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, perform
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.site.store import reading

KIND, PLAN, PUBLISHED = "publication", "annual_plan", "published"


def call_plans(office: Office, now: datetime) -> int:
    """Lays this year's plan before every department that published last year's; how many.

    Its limit runs from the first of January to the day that the region sets. A department that has
    begun its plan is not called, and nobody is called twice.
    """
    year = day_of(now).year
    with reading(office.engine) as session:
        called = _wanting(session, year)
    for department in called:
        if office.rules.departments[department].closed:
            continue
        form = {"title": f"{year}年度抽查检查计划", "year": year}
        command = Command("call", KIND, form=form)
        perform(office, command, system_actor(department), now)
    return len(called)


def plan_before(session: Session, row: Undertaking) -> str:
    """The number of the department's plan of the year before one that is called; or nothing."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        col(Undertaking.department_id) == row.department_id,
        col(Undertaking.state) == PUBLISHED,
    )
    year = int(str(row.facts.get("year") or 0)) - 1
    found = [
        one.no
        for one in session.exec(query.order_by(col(Undertaking.id)))
        if (one.facts.get("kind"), one.facts.get("year")) == (PLAN, year)
    ]
    return found[-1] if found else ""


def _wanting(session: Session, year: int) -> list[str]:
    query = select(Undertaking).where(col(Undertaking.kind) == KIND)
    plans = [one for one in session.exec(query) if one.facts.get("kind") == PLAN]
    had = {
        one.department_id
        for one in plans
        if one.facts.get("year") == year - 1 and one.state == PUBLISHED
    }
    has = {
        one.department_id
        for one in plans
        if one.facts.get("year") == year and one.state != "dropped"
    }
    return sorted(had - has)
