"""Heads of departments who look at what is due: they ask in time for more days to reply."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from domain.guards.reply import FOLLOWING
from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA, Actor
from domain.tables.process import Clock, Clue, Process
from flows.door.steps import Command, perform
from flows.rehearsal.clockwork import Story, on_day, working_day_after
from flows.rehearsal.people import person
from flows.rehearsal.scene import Note, Stage
from flows.site.store import reading

LOOKS_AT = "09:20"
SOON = timedelta(days=1, hours=15)
MORNING, DESK_MINUTES = 130, 300
"""Minutes at a desk before noon, and on the whole day."""
WHY_LATER = {
    "accepted": "核查刚刚启动，按期答复确有困难，已向来电人说明进展。",
    "verifying": "核查取证尚未完成，按期答复确有困难，已向来电人说明进展。",
    "concluded": "经核查涉嫌违法，正在办理立案，处理结果尚未作出，已告知来电人。",
    "in_case": "已立案调查，行政处罚程序尚未终结，待办结后答复，已告知来电人。",
    "in_referral": "涉嫌犯罪，移送程序尚在进行，待有结果后答复，已告知来电人。",
}
"""Why a reply needs more days, by how far the clue is."""
RESULTS = {
    "in_case": "经立案调查，已依法作出处理决定，正在送达、执行。",
    "in_referral": "涉嫌犯罪案件已依法移送公安机关，公安机关决定不予立案，行政机关依法继续办理。",
}
FILED = "涉嫌犯罪案件已依法移送公安机关，公安机关已决定立案侦查。"
"""What the caller is told once the statutory limits are over, by how far the clue is."""
STILL_TO_COME = {"unlawful", "criminal"}
"""Findings after which the outcome that is to be replied is still to come."""


def heads_extend(stage: Stage) -> Story:
    """Heads ask for more days where the matter needs them, each at a time of his own."""
    while True:
        for at, clue_id in sorted((desk_time(stage.now, one), one) for one in due_soon(stage)):
            yield at
            extend(stage, clue_id)
        for at, clue_id in sorted((desk_time(stage.now, one), one) for one in unanswered(stage)):
            yield at
            answer(stage, clue_id)
        yield working_day_after(stage.now, 1, LOOKS_AT, stage.calendar)


def desk_time(now: datetime, turn: int) -> datetime:
    """A moment in this day's office hours, another for each turn."""
    minute = turn * 67 % DESK_MINUTES
    opens, before = ("09:30", 0) if minute < MORNING else ("14:00", MORNING)
    start = on_day(now.astimezone(CHINA).date(), opens)
    return max(now, start + timedelta(minutes=minute - before))


def due_soon(stage: Stage) -> list[int]:
    """The clues whose reply is due by tomorrow and was never extended."""
    rule = stage.office.region.reply_clock
    with reading(stage.office.engine) as session:
        query = select(Clock).where(
            col(Clock.rule) == rule,
            col(Clock.ended_at).is_(None),
            col(Clock.due_at) > stage.now,
            col(Clock.due_at) <= stage.now + SOON,
        )
        found = session.exec(query.order_by(col(Clock.id)))
        return [clock.clue_id for clock in found if not clock.extensions]


def unanswered(stage: Stage) -> list[int]:
    """The clues whose statutory limits are over, so that their callers wait for the result."""
    with reading(stage.office.engine) as session:
        query = select(Clock).where(
            col(Clock.rule) == FOLLOWING,
            col(Clock.ended_at).is_(None),
            col(Clock.due_on).is_(None),
        )
        found = session.exec(query.order_by(col(Clock.id)))
        return [clock.clue_id for clock in found]


def answer(stage: Stage, clue_id: int) -> None:
    """The caller is told what came of it, unless the clue was closed meanwhile."""
    with reading(stage.office.engine) as session:
        clue = session.get_one(Clue, clue_id)
        filed = clue.state == "in_referral" and police_filed(session, clue_id)
    if clue.state in RESULTS:
        handler = person(clue.department_id, "handler")
        result = FILED if filed else RESULTS[clue.state]
        order = Command("reply_result", clue=clue_id, form={"result": result})
        act(stage, (handler, clue.no), order)


def police_filed(session: Session, clue_id: int) -> bool:
    """Whether the police took up the newest referral."""
    query = select(Process.state).where(
        col(Process.clue_id) == clue_id, col(Process.kind) == "referral"
    )
    return session.exec(query.order_by(col(Process.id).desc())).first() in {"filed", "handed_over"}


def extend(stage: Stage, clue_id: int) -> None:
    """The extension, unless the reply is ready by now or nobody has begun."""
    with reading(stage.office.engine) as session:
        clue = session.get_one(Clue, clue_id)
        needed = needs_days(session, clue)
    if needed:
        head = person(clue.department_id, "department_head")
        order = Command("extend_reply", clue=clue_id, form={"reason": WHY_LATER[clue.state]})
        act(stage, (head, clue.no), order)


def needs_days(session: Session, clue: Clue) -> bool:
    """Whether the outcome is still to come: a department asleep asks for nothing."""
    if clue.state not in WHY_LATER or begun_at(session, clue.id or 0) is None:
        return False
    return clue.state != "concluded" or clue.facts.get("finding") in STILL_TO_COME


def begun_at(session: Session, clue_id: int) -> datetime | None:
    """When somebody began to verify."""
    query = select(Process.opened_at).where(
        col(Process.clue_id) == clue_id, col(Process.kind) == "verification"
    )
    return session.exec(query.order_by(col(Process.id))).first()


def act(stage: Stage, who: tuple[Actor, str], order: Command) -> None:
    """The act, or a refusal in the time line."""
    actor, number = who
    try:
        perform(stage.office, order, actor, stage.now)
    except Refused as refused:
        stage.notes.append(Note(stage.now, "refused", number, actor, str(refused)))
