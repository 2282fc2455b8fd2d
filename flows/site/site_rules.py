"""The rules in force at a site: `config/` with its own years, departments, standards, matters.

The configuration is never edited. Whoever begins something – a page, a command, a tick, a flow –
asks for the office as it is in force then; one look at four indexes tells whether it changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, select

from domain.calendar.working_days import WorkCalendar
from domain.limits.limit import day_of
from domain.rulebook.rulebook import Rulebook
from domain.shapes.calendars import CalendarYear
from domain.shapes.entries import Department, Matter
from domain.tables.matter import SiteMatter
from domain.tables.site import SiteCalendar, SiteDepartment, SiteStandard
from flows.rows.statements import Order, Statement
from flows.site.office import Office
from flows.site.site_standards import with_standards
from flows.site.store import reading

NEWEST = plain_select(
    plain_select(func.max(col(SiteCalendar.id))).scalar_subquery(),
    plain_select(func.max(col(SiteDepartment.id))).scalar_subquery(),
    plain_select(func.count(col(SiteStandard.confirmed_at))).scalar_subquery(),
    plain_select(func.max(col(SiteMatter.id))).scalar_subquery(),
)
VERSIONS: Order = (Statement(NEWEST, spelled=True), {})
Version = tuple[int | None, int | None, date | None, int, int | None]


@dataclass(frozen=True)
class _Kept:
    """The rules of a database as they were last put together."""

    base: Rulebook
    version: Version
    rules: Rulebook


_kept: "WeakKeyDictionary[Engine, _Kept]" = WeakKeyDictionary()


def in_force(office: Office, now: datetime) -> Office:
    """The office with everything that its own people changed, as of now.

    Ask for it once at the beginning of a page, command, tick or flow, and hand it on: within one
    piece of work the rules then stay the same.
    """
    with office.engine.connect() as connection:
        return as_of(office, now, connection.execute(NEWEST).one())


def as_of(office: Office, now: datetime, newest: Sequence[Any]) -> Office:
    """`in_force` for who has asked for the newest changes himself: the only row of `VERSIONS`."""
    base = office.rules.base or office.rules
    today = day_of(now)
    calendars, departments, standards, matters = newest
    # The day belongs to it: a department's or matter's row may hold from tomorrow on.
    day = today if departments or matters else None
    version = (calendars, departments, day, standards, matters)
    kept = _kept.get(office.engine)
    if kept is None or kept.base is not base or kept.version != version:
        kept = _Kept(base, version, _put_together(office, base, today, version))
        _kept[office.engine] = kept
    return office if office.rules is kept.rules else replace(office, rules=kept.rules)


def _put_together(office: Office, base: Rulebook, today: date, version: Version) -> Rulebook:
    calendars, departments, _, standards, matters = version
    if not any((calendars, departments, standards, matters)):
        return base
    with reading(office.engine) as session:
        rules = replace(base, base=base)
        if calendars:
            rules = with_years(rules, uploaded_years(session))
        if departments:
            changed = changed_departments(session, today, base.departments)
            known = {**base.departments, **changed}
            rules = replace(rules, departments=MappingProxyType(known))
        if standards:
            rules = with_standards(rules, session)
        if matters:
            rules = with_matters(rules, session, today)
    return rules


def with_years(rules: Rulebook, years: Mapping[int, CalendarYear]) -> Rulebook:
    """The rules with a calendar in which these years stand in for those of `config/`."""
    own = {one.year: one for one in (rules.base or rules).years}
    together = tuple(sorted({**own, **years}.values(), key=lambda one: one.year))
    calendar, _ = WorkCalendar.build(together, rules.statutory)
    base = rules.base or rules
    return replace(rules, calendar=calendar, years=together, base=base)


def uploaded_years(session: Session) -> dict[int, CalendarYear]:
    """The years that administrators uploaded, each as it was uploaded last."""
    rows = session.exec(select(SiteCalendar).order_by(col(SiteCalendar.id)))
    return {one.year: CalendarYear.model_validate(one.content) for one in rows}


def changed_departments(
    session: Session, day: date, base: Mapping[str, Department]
) -> dict[str, Department]:
    """The departments that administrators changed, as they stand on a day.

    What a row does not tell, because it is older than the field, is as `base` has it.
    """
    query = select(SiteDepartment).where(col(SiteDepartment.from_day) <= day)
    rows = session.exec(query.order_by(col(SiteDepartment.from_day), col(SiteDepartment.id)))
    found: dict[str, Department] = {}
    for one in rows:
        own = base.get(one.department_id)
        known = own.model_dump(mode="json") if own else {}
        found[one.department_id] = Department.model_validate({**known, **one.content})
    return found


def with_matters(rules: Rulebook, session: Session, day: date) -> Rulebook:
    """The rules with every matter as the lists in force on a day tell it; the newest row holds."""
    query = select(SiteMatter).where(col(SiteMatter.from_day) <= day)
    rows = session.exec(query.order_by(col(SiteMatter.from_day), col(SiteMatter.id)))
    found = dict(rules.matters)
    for one in rows:
        own = found.get(one.matter_id)
        known = own.model_dump(mode="json") if own else {}
        found[one.matter_id] = Matter.model_validate({**known, **one.content})
    return replace(rules, matters=MappingProxyType(found))
