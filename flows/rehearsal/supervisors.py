"""The supervisor, who judges every draft by what is late; and who answers the order he sends."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session, col, select

from domain.guards.registry import moment_of
from domain.situation.situation import CHINA
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from flows.door.steps import Command
from flows.rehearsal.clockwork import Story, Stuck, office_hours_later, working_day_after
from flows.rehearsal.officials import act, begun_at
from flows.rehearsal.people import officers, person
from flows.rehearsal.scene import Stage
from flows.reminders.rungs import SUPERVISION
from flows.site.store import reading

LOOKS_AT = "09:30"
SEIZURE = {"cx38", "qz25"}
OVER = "查封、扣押期限已经届满且未依法延长，立即依法解除查封、扣押，查明逾期原因并书面报告。"
DEMANDS = {
    **dict.fromkeys(SEIZURE, OVER),
    "310_approve": "正职负责人立即作出批准或者不批准移送的决定，查明逾期原因并书面报告。",
}
DEMAND = "立即办结逾期事项，查明逾期原因并书面报告办理情况。"
BEGIN = "立即启动核查，查明逾期原因，按期作出结论并书面报告。"
"""What an order demands: by the limit that was missed, of whom is at work, of whom is not."""
ASLEEP_AFTER = timedelta(days=5)
PATIENCE = 20
OPEN_ORDER = {"ordered", "acknowledged", "reported", "opinion_given", "decision_given"}


def supervisor_looks(stage: Stage) -> Story:
    """Each working morning the drafts are looked at, one after another."""
    while True:
        for draft, clue in drafts(stage):
            judge(stage, draft, clue)
            yield stage.now + timedelta(minutes=3 + (clue.id or 0) * 7 % 5)
        yield working_day_after(stage.now, 1, LOOKS_AT, stage.calendar)


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


def judge(stage: Stage, draft: Process, clue: Clue) -> None:
    """The draft is dropped with its reason, or sent with what it demands."""
    with reading(stage.office.engine) as session:
        late = missed(session, stage, draft)
        why_not = reason_to_drop(session, stage, clue, late)
        at_work = begun_at(session, clue.id or 0) is not None
    if why_not:
        supervise(stage, draft, clue, "drop", reason=why_not)
        return
    rule = next((one.rule for one in late if one.rule != stage.office.region.reply_clock), "")
    supervise(
        stage,
        draft,
        clue,
        "order",
        to_department=draft.counterpart_id or clue.department_id,
        trigger=str(draft.facts.get("trigger") or "核查逾期"),
        demands=DEMANDS.get(rule, DEMAND) if at_work else BEGIN,
        due_on=working_day_after(stage.now, 5, "17:00", stage.calendar).date().isoformat(),
    )
    if at_work:
        answer = answered(stage, draft, clue, rule)
        at = office_hours_later(stage.now, 3, stage.calendar)
        stage.agenda.add(f"{clue.no}督办", answer, at)


def missed(session: Session, stage: Stage, draft: Process) -> list[Clock]:
    """The limits of the clue that the department addressed has missed and is pressed for."""
    query = select(Clock).where(
        col(Clock.clue_id) == draft.clue_id,
        col(Clock.owner_id) == draft.counterpart_id,
        col(Clock.process_kind) != "supervision",
        col(Clock.ended_at).is_(None),
        col(Clock.paused).is_(False),
        col(Clock.breach_at) < stage.now,
    )
    rules, ladders = stage.office.rules.deadlines, stage.office.rules.ladders
    return [
        clock
        for clock in session.exec(query.order_by(col(Clock.due_at), col(Clock.id)))
        if any(rung.drafts == SUPERVISION for rung in ladders[rules[clock.rule].ladder].rungs)
    ]


def reason_to_drop(session: Session, stage: Stage, clue: Clue, late: Sequence[Clock]) -> str | None:
    """Why no order is sent: done by now, sent before, just arrived, or only the reply is late."""
    if not late:
        return "拟稿所列逾期事项现已办结，不再督办。"
    if number := order_number(session, clue):
        return f"已就本线索发出督办函（{number}），正在督促办理，不重复发函。"
    began = begun_at(session, clue.id or 0)
    if began is None:
        return still_new(stage, clue)
    if any(one.rule != stage.office.region.reply_clock for one in late):
        return None
    days = (stage.now.date() - late[0].due_at.astimezone(CHINA).date()).days
    department = stage.office.rules.departments[clue.department_id].short
    return (
        f"核查已于{began.astimezone(CHINA):%-m月%-d日}启动，{standing(session, stage, clue)}，"
        f"办理时限内正常推进；逾期{days}日的仅为答复来电人，"
        f"已要求{department}先行告知进展、办结即书面答复，不另发督办函。"
    )


def order_number(session: Session, clue: Clue) -> str | None:
    """The number of the order that the clue is under."""
    query = select(Process.id).where(
        col(Process.clue_id) == clue.id,
        col(Process.kind) == "supervision",
        col(Process.state).in_(OPEN_ORDER),
    )
    process_id = session.exec(query.order_by(col(Process.id).desc())).first()
    order = select(IssuedDocument.number).where(
        col(IssuedDocument.kind) == "supervision_order",
        col(IssuedDocument.process_id) == process_id,
    )
    return session.exec(order).first()


def still_new(stage: Stage, clue: Clue) -> str | None:
    """What speaks for waiting where nobody has begun: who it is for, or since when it is his."""
    sent = moment_of(clue.facts.get("dispatched_at"))
    if clue.state != "accepted" or sent is None:
        label = stage.office.rules.lifecycles["clue"].states[clue.state].label
        return f"线索目前为「{label}」，主办部门尚未最终确定，待确定并启动核查后再行督促。"
    if stage.now - sent < ASLEEP_AFTER:
        day = f"{sent.astimezone(CHINA):%-m月%-d日}"
        return f"主办部门{day}才收到线索，前期逾期系转办环节所致，待其启动核查后再行督促。"
    return None


def standing(session: Session, stage: Stage, clue: Clue) -> str:
    """How far the clue is, in words."""
    lifecycles = stage.office.rules.lifecycles
    query = select(Process).where(
        col(Process.clue_id) == clue.id, col(Process.kind).in_(["case", "referral"])
    )
    found = [
        f"{lifecycles[one.kind].label}「{lifecycles[one.kind].states[one.state].label}」"
        for one in session.exec(query.order_by(col(Process.id)))
    ]
    return "，".join(found) or f"线索目前「{lifecycles['clue'].states[clue.state].label}」"


def release_handed_over(stage: Stage, clue: Clue) -> None:
    """The party takes the decision that lets its goods go, and signs the receipt."""
    form: dict[str, object] = {
        "other_document": "seizure_release",
        "other_served_on": stage.now.isoformat(),
        "other_way": "direct",
        "servers": officers(clue.department_id or "", clue.id or 0),
        "recipient": f"{clue.subject_name}负责人",
        "recipient_relation": "负责人",
        "service_place": clue.place or "当事人经营场所",
    }
    handler = person(clue.department_id or "", "handler", clue.id or 0)
    act(stage, (handler, clue.no), Command("serve_other", "case", clue.id, form=form))


def answered(stage: Stage, draft: Process, clue: Clue, rule: str) -> Story:
    """Who was at work signs for the order, does what is late, reports, and is let go."""
    label = stage.office.rules.deadlines[rule].label
    act_on(stage, draft, clue, "acknowledge", plan="已确定专人，立即办理逾期事项并查明原因。")
    yield working_day_after(stage.now, 1, "10:40", stage.calendar)
    if rule in SEIZURE and runs(stage, clue, rule):
        head = person(clue.department_id, "department_head")
        form: dict[str, object] = {"reason": "查封扣押期限届满，未作延长，依法解除。"}
        act(stage, (head, clue.no), Command("release_seized", "case", clue.id, form=form))
        release_handed_over(stage, clue)
    for _ in range(PATIENCE):
        if not runs(stage, clue, rule):
            break
        yield working_day_after(stage.now, 1, "10:40", stage.calendar)
    else:
        raise Stuck(f"督办后{label}仍未办结")
    yield office_hours_later(stage.now, 2, stage.calendar)
    act_on(stage, draft, clue, "report", progress=f"{label}逾期事项已办结，逾期系内部衔接不畅。")
    yield office_hours_later(stage.now, 3, stage.calendar)
    supervise(stage, draft, clue, "close", closing_opinion="逾期事项已办结并说明原因，准予销号。")


def runs(stage: Stage, clue: Clue, rule: str) -> bool:
    """Whether the limit still runs."""
    query = select(Clock.id).where(
        col(Clock.clue_id) == clue.id, col(Clock.rule) == rule, col(Clock.ended_at).is_(None)
    )
    with reading(stage.office.engine) as session:
        return session.exec(query).first() is not None


def act_on(stage: Stage, draft: Process, clue: Clue, action: str, **form: object) -> None:
    """What the head of the department under the order does."""
    head = person(draft.counterpart_id or clue.department_id, "department_head")
    act(stage, (head, clue.no), Command(action, "supervision", clue.id, draft.id, form))


def supervise(stage: Stage, draft: Process, clue: Clue, action: str, **form: object) -> None:
    """What the supervisor does with a draft or an order."""
    supervisor = person(draft.department_id, "supervisor")
    act(stage, (supervisor, clue.no), Command(action, "supervision", clue.id, draft.id, form))
