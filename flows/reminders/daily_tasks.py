"""Daily tasks: provisional dates computed again, calendars and plans asked for, old notes gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.limits.due_moment import in_words
from domain.limits.limit import at_shanghai
from domain.tables.people import User
from domain.tables.process import Clock
from domain.tables.work import InboxMessage
from flows.door import clocks
from flows.door.inbox import message_once
from flows.matching.routing_lessons import learn_if_due
from flows.people.actors import system_actor
from flows.people.form_drafts import forget_drafts
from flows.reminders.clock_recomputation import recomputation_event, running_clock, settle_again
from flows.reminders.plan_calls import call_plans
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.sent_forms import forget_forms
from flows.site.store import reading, transaction
from flows.systems.webhooks import forget_deliveries

CORRECTED = ("cx38",)
"""Limits that were read wrongly before: a seizure rolled over a holiday until November 2026."""
WARN_FROM_MONTH = 11
"""The State Council announces next year's holidays late in the year."""


@dataclass(frozen=True)
class DailyResult:
    """Clocks computed again, and administrators warned of a missing calendar."""

    recomputed: int
    warned: int

    def __str__(self) -> str:
        return f"重新计算期限{self.recomputed}个，放假安排提醒{self.warned}条"


def daily(office: Office, now: datetime) -> DailyResult:
    """Everything that is done once a day; doing it twice changes nothing."""
    forget_deliveries(office, now)
    call_plans(office, now)
    forget_drafts(office, now)
    forget_forms(office, now)
    learn_if_due(office, now)
    recomputed = recompute_provisional(office, now) + recompute_corrected(office, now)
    return DailyResult(recomputed, warn_of_missing_calendar(office, now))


def recompute_provisional(office: Office, now: datetime) -> int:
    """Clocks that the calendar covers by now get their final date, with an event; how many."""
    query = select(Clock.id).where(col(Clock.provisional), col(Clock.ended_at).is_(None))
    with reading(office.engine) as session:
        ids = list(session.exec(query.order_by(col(Clock.id))))
        known = [one for one in ids if one and not _due(session.get_one(Clock, one), office, now)]
    return _recompute_all(office, known, now)


def recompute_corrected(office: Office, now: datetime) -> int:
    """Running clocks of a limit that was read wrongly get its right date, with an event; how many.

    A paused clock gets it when it resumes.
    """
    query = select(Clock).where(
        col(Clock.rule).in_(CORRECTED), col(Clock.ended_at).is_(None), col(Clock.paused).is_(False)
    )
    with reading(office.engine) as session:
        found = list(session.exec(query.order_by(col(Clock.id))))
        moved = [one.id for one in found if one.id and _is_misread(one, office, now)]
    return _recompute_all(office, moved, now)


def _recompute_all(office: Office, ids: Sequence[int], now: datetime) -> int:
    done = 0
    for clock_id in ids:
        with transaction(office.engine) as session:
            done += _recompute(session, office, clock_id, now)
    return done


def _is_misread(clock: Clock, office: Office, now: datetime) -> bool:
    return clocks.due_of(clock, office.rules, now).at != clock.due_at


def _due(clock: Clock, office: Office, now: datetime) -> bool:
    """Whether the clock's date would still be provisional; one that is led follows its leader."""
    if clocks.is_led(clock, office.rules):
        return clock.provisional
    return clocks.due_of(clock, office.rules, now).provisional


def _recompute(session: Session, office: Office, clock_id: int, now: datetime) -> bool:
    clock = running_clock(session, office.rules, clock_id)
    if clock is None or not (clock.provisional or _is_misread(clock, office, now)):
        return False
    before = clock.due_at
    settle_again(session, office.rules, clock, now)
    actor = system_actor(office.settings.desk)
    told = recomputation_event(session, office, (clock_id, before, clock.due_at), actor, now)
    append(session, [told], office.keys.chain)
    return True


def warn_of_missing_calendar(office: Office, now: datetime) -> int:
    """From November on, administrators are asked daily for next year's calendar; how many desks."""
    today = at_shanghai(now).date()
    wanted = [today.year, *([today.year + 1] if today.month >= WARN_FROM_MONTH else [])]
    missing = [year for year in wanted if year not in office.rules.calendar.loaded]
    if not missing:
        return 0
    with transaction(office.engine) as session:
        desks = _administrators(session) or [(office.settings.desk, None)]
        return message_once(
            session,
            [
                InboxMessage(
                    key=f"calendar-{year}-{today}-{department}",
                    department_id=department,
                    role=role,
                    kind="calendar.missing",
                    title=f"缺少{year}年的放假安排",
                    body=f"{year}年的工作日历尚未导入，{in_words(now)}起算的跨年期限均为暂定。"
                    f"国务院办公厅公布放假通知后，请管理员在“工作日历”页上传。",
                    created_at=now,
                )
                for year in missing
                for department, role in desks
            ],
        )


def _administrators(session: Session) -> list[tuple[str, str | None]]:
    rows = session.exec(select(User.department_id, User.roles).where(col(User.active)))
    desks = {department for department, roles in rows if "administrator" in roles}
    return [(department, "administrator") for department in sorted(desks)]
