"""People who look at all clues every working morning: heads who extend, and the supervisor."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from domain.guards.registry import moment_of
from domain.lifecycle import Refused
from domain.situation import Actor
from domain.tables.process import Clock, Clue, Process
from flows.rehearsal.clockwork import Story, working_day_after
from flows.rehearsal.people import person
from flows.rehearsal.scene import Note, Stage
from flows.steps import Command, perform
from flows.store import reading

SOON = timedelta(days=1, hours=12)
IN_HAND = "承办部门正在依法办理，已向来电人说明进展，不另发督办函。"
NEW_THERE = "管辖争议尚未确定或者主办部门刚刚确定，待启动核查后再行督促。"
ASLEEP_AFTER = timedelta(days=5)


def every_morning(stage: Stage, clock: str, look: Callable[[Stage], None]) -> Story:
    """Somebody looks at what waits, each working morning."""
    while True:
        look(stage)
        yield working_day_after(stage.now, 1, clock, stage.calendar)


def heads_extend(stage: Stage) -> None:
    """Heads ask in time for more days to reply where the matter needs them."""
    rule = stage.office.region.reply_clock
    if rule is None:
        return
    with reading(stage.office.engine) as session:
        query = (
            select(Clock, Clue)
            .join(Clue, col(Clue.id) == col(Clock.clue_id))
            .where(
                col(Clock.rule) == rule,
                col(Clock.ended_at).is_(None),
                col(Clock.due_at) > stage.now,
                col(Clock.due_at) <= stage.now + SOON,
                col(Clue.state).in_(
                    ["accepted", "verifying", "concluded", "in_case", "in_referral"]
                ),
            )
            .order_by(col(Clock.id))
        )
        found = [
            (clue.id, clue.no, clue.department_id)
            for clock, clue in session.exec(query)
            if not clock.extensions
        ]
    for clue_id, no, department in found:
        if not begun(stage, clue_id or 0):
            continue
        head = person(department, "department_head")
        act(
            stage,
            (head, no),
            Command(
                "extend_reply",
                clue=clue_id,
                form={"reason": "事项较为复杂，需核查取证，已向来电人说明进展。"},
            ),
        )


def begun(stage: Stage, clue_id: int) -> bool:
    """Whether anybody has begun to verify: a department asleep asks for nothing."""
    with reading(stage.office.engine) as session:
        query = select(Process.id).where(
            col(Process.clue_id) == clue_id, col(Process.kind) == "verification"
        )
        return session.exec(query).first() is not None


def supervisor_looks(stage: Stage) -> None:
    """Every draft is looked at: a department asleep gets an order, one at work does not."""
    for draft, clue in drafts(stage):
        supervisor = person(draft.department_id, "supervisor")
        target = draft.counterpart_id or clue.department_id
        at_work = begun(stage, clue.id or 0) or ordered(stage, clue.id or 0)
        if at_work or is_new_there(stage, clue):
            reason = IN_HAND if at_work else NEW_THERE
            act(stage, (supervisor, clue.no), command("drop", draft, {"reason": reason}))
            continue
        due = working_day_after(stage.now, 5, "17:00", stage.calendar).date()
        act(
            stage,
            (supervisor, clue.no),
            command(
                "order",
                draft,
                {
                    "to_department": target,
                    "trigger": str(draft.facts.get("trigger") or "核查逾期"),
                    "demands": "立即启动核查，查明逾期原因，按期作出结论并书面报告。",
                    "due_on": due.isoformat(),
                },
            ),
        )


def is_new_there(stage: Stage, clue: Clue) -> bool:
    """Whether the department has the clue for a few days only, or nobody has it for certain."""
    sent = moment_of(clue.facts.get("dispatched_at"))
    return clue.state != "accepted" or sent is None or stage.now - sent < ASLEEP_AFTER


def drafts(stage: Stage) -> list[tuple[Process, Clue]]:
    """The drafts of supervision that wait, with their clues."""
    with reading(stage.office.engine) as session:
        query = (
            select(Process, Clue)
            .join(Clue, col(Clue.id) == col(Process.clue_id))
            .where(col(Process.kind) == "supervision", col(Process.state) == "drafted")
            .order_by(col(Process.id))
        )
        return list(session.exec(query))


def ordered(stage: Stage, clue_id: int) -> bool:
    """Whether an order was sent already."""
    with reading(stage.office.engine) as session:
        query = select(Process.id).where(
            col(Process.clue_id) == clue_id,
            col(Process.kind) == "supervision",
            col(Process.state).not_in(["drafted", "dropped"]),
        )
        return session.exec(query).first() is not None


def command(action: str, draft: Process, form: dict[str, object]) -> Command:
    """An action on a process of supervision."""
    return Command(action, "supervision", draft.clue_id, draft.id, form)


def act(stage: Stage, who: tuple[Actor, str], order: Command) -> None:
    """The act, or a refusal in the time line."""
    actor, number = who
    try:
        perform(stage.office, order, actor, stage.now)
    except Refused as refused:
        stage.notes.append(Note(stage.now, "refused", number, actor, str(refused)))
