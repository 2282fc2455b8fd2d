"""What inspections are reminded of every morning: today's doors, results not in, rows of plans.

Each is told once. Limits with an article of their own are reminded of by their ladders.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.situation.situation import CHINA
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from domain.tables.work import InboxMessage
from flows.door.inbox import message_once
from flows.draws.planned_rows import PlannedRow, planned_rows
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.visits.frequency import departments_of

VISIT, DRAW, FINDING = "visit", "draw", "finding"
GONE = ("cancelled", "dropped", "voided")
HANDLER, HEAD = "handler", "department_head"


@dataclass(frozen=True)
class Reminder:
    """One reminder: about what, to whom, and its words; `key` tells it from all others."""

    key: str
    about: Undertaking
    department: str
    roles: tuple[str, ...]
    title: str
    body: str

    def messages(self, now: datetime) -> Iterator[InboxMessage]:
        """A message for each chair it is for."""
        for role in self.roles:
            yield InboxMessage(
                key=f"{self.key}-{self.department}-{role}",
                department_id=self.department,
                role=role,
                clue_id=self.about.id,
                kind="visit.reminder",
                title=f"{self.title}：{self.about.no}",
                body=self.body,
                created_at=now,
            )


def remind_of_visits(office: Office, now: datetime) -> int:
    """Lays every reminder of the day before its department, once; how many were new."""
    with reading(office.engine) as session:
        found = [
            *_doors(session, day_of(now)),
            *_results(session, office, day_of(now)),
            *_plans(session, office, day_of(now)),
        ]
        messages = [message for one in found for message in one.messages(now)]
    if not messages:
        return 0
    with transaction(office.engine) as session:
        return message_once(session, messages)


def _doors(session: Session, today: date) -> Iterator[Reminder]:
    """Today's inspections, and those whose day has passed without an entry."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == VISIT, col(Undertaking.state) == "noticed"
    )
    for row in session.exec(query.order_by(col(Undertaking.id))):
        at = datetime.fromisoformat(str(row.facts["visit_on"])).astimezone(CHINA)
        name = row.facts["subject_name"]
        if at.date() == today:
            body = f"{at:%H:%M}检查{name}，请携带执法证件，到场后登记进入时间。"
            for one in departments_of(session, row):
                yield Reminder(
                    f"visit-today-{row.id}-{today}", row, one, (HANDLER,), "今日检查", body
                )
        elif at.date() < today:
            body = (
                f"通知{name}的检查时间{at:%-m月%-d日}已过，还没有登记进入。"
                "已经检查的请补录并写明理由，没有检查的请改期或者取消。"
            )
            key = f"visit-missed-{row.id}-{at.date()}"
            yield Reminder(key, row, row.department_id, (HANDLER, HEAD), "检查时间已过", body)


def _results(session: Session, office: Office, today: date) -> Iterator[Reminder]:
    """Results that a department has not entered some working days after the inspection."""
    days = office.rules.inspection.result_days
    if days is None:
        return
    query = (
        select(Process, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(Process.clue_id))
        .where(col(Process.kind) == FINDING, col(Process.state) == "open")
    )
    for finding, row in session.exec(query.order_by(col(Process.id))):
        began = row.facts.get("entered_at") or row.facts.get("visit_moved_at")
        day = datetime.fromisoformat(str(began)).astimezone(CHINA).date()
        if office.rules.calendar.working_days_between(day, today) < days:
            continue
        body = f"{row.facts['subject_name']}{day:%-m月%-d日}检查的结果还没有录入。"
        key, roles = f"result-wanted-{finding.id}", (HANDLER, HEAD)
        yield Reminder(key, row, finding.department_id, roles, "检查结果待录入", body)


# --- plans ----------------------------------------------------------------------------------------


def _plans(session: Session, office: Office, today: date) -> Iterator[Reminder]:
    """Rows of published plans whose days end soon, or have ended, with nothing begun."""
    ahead = timedelta(days=office.rules.inspection.draw_ahead_days)
    for row in planned_rows(session, office, today):
        if row.window is None or today + ahead < row.window.last or not row.matters:
            continue
        if _is_begun(session, row, row.window.first - ahead):
            continue
        said = f"{row.plan.title}中的「{row.name}」（{row.told}）还没有抽取，也没有提出检查"
        key = f"plan-row-{row.plan.id}-{row.number}"
        own = row.plan.department_id
        if today <= row.window.last:
            title, body = "计划的检查尚未开始", f"{said}，请安排。"
            yield Reminder(f"{key}-soon", row.plan, own, (HANDLER,), title, body)
        else:
            title, body = "计划的检查没有开展", f"{said}，起止时间已过；请说明理由，修订计划。"
            yield Reminder(f"{key}-over", row.plan, own, (HANDLER, HEAD), title, body)


def _is_begun(session: Session, row: PlannedRow, since: date) -> bool:
    """Whether anybody of the area began an inspection of the row's matters since a day."""
    query = select(Undertaking.facts).where(
        col(Undertaking.kind).in_((VISIT, DRAW)),
        col(Undertaking.area) == row.plan.area,
        col(Undertaking.state).not_in(GONE),
        col(Undertaking.opened_at) >= datetime.combine(since, datetime.min.time(), CHINA),
    )
    return any(_names(facts, row) for facts in session.exec(query))


def _names(facts: Mapping[str, object], row: PlannedRow) -> bool:
    matters = facts.get("matters")
    return isinstance(matters, list) and bool(row.matters & set(matters))
