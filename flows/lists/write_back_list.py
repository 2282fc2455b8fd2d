"""The list of write-backs to 12345, as the hotline desk sees it: content, attempts, errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, ScalarSelect, String, func, literal
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from domain.guards.reply import FOLLOWING
from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue
from domain.tables.work import FollowUp
from flows.afterwards.follow_up_list import retry_follow_ups
from flows.afterwards.outbox import MOST_ATTEMPTS, Job
from flows.afterwards.write_back import Record, record_of
from flows.lists.clue_listing import ClockLine, clock_line
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou
from flows.rows.statements import Statement, ask, told
from flows.site.office import Office

PAGE = 15
"""Each line reads what its step said, so that a page is short."""
SOONEST = 8
State = Literal["all", "waiting", "failing", "parked", "sent"]
COUNTED: tuple[State, ...] = ("waiting", "failing", "parked")
STATES: Mapping[State, str] = {
    "all": "全部",
    "waiting": "等待回写",
    "failing": "失败待重试",
    "parked": "已停止重试",
    "sent": "已回写",
}
HEADINGS: Mapping[str, str] = {
    "order": "工单编号",
    "action_label": "操作",
    "state_label": "状态",
    "department": "办理部门",
    "lead": "主办部门",
    "result": "办理结果",
    "progress": "办理进展",
    "reason": "理由",
    "no_filing_ground": "不予立案理由",
    "way": "其他途径",
    "merged_into": "并入线索",
    "due": "答复期限",
    "at": "时间",
}
"""What the platform is told, as people read it."""


@dataclass(frozen=True)
class WriteBackLine:
    """One write-back: what it says, how often it was tried, and the reply's own limit."""

    row: FollowUp
    clue: Clue
    action: str
    state: State
    told: tuple[tuple[str, str], ...]
    reply: ClockLine | None

    @property
    def left(self) -> int:
        """How many more times it is tried by itself."""
        return max(MOST_ATTEMPTS - self.row.attempts, 0)


@dataclass(frozen=True)
class WriteBackPage:
    """A page of write-backs, the newest first, and before which one the next page begins."""

    lines: tuple[WriteBackLine, ...]
    older: int


@dataclass(frozen=True)
class ReplyLine:
    """An order that is still owed an answer."""

    clue: Clue
    state: str
    clock: ClockLine


def write_backs(
    session: Session, viewer: Viewer, state: State = "all", before: int = 0
) -> WriteBackPage:
    """What goes back for the orders of the viewer's own desk."""
    query = (
        select(FollowUp, Clue)
        .join(Clue, col(Clue.id) == col(FollowUp.clue_id))
        .where(*_own(viewer.actor), *_in_state(state))
        .order_by(col(FollowUp.id).desc())
        .limit(PAGE + 1)
    )
    if before:
        query = query.where(col(FollowUp.id) < before)
    rows = list(session.exec(query).all())
    shown = rows[:PAGE]
    replies = _replies(session, viewer, [clue.id or 0 for _, clue in shown])
    lines = tuple(_line(session, viewer, row, clue, replies) for row, clue in shown)
    return WriteBackPage(lines, shown[-1][0].id or 0 if len(rows) > PAGE else 0)


def counts(session: Session, actor: Actor) -> Mapping[State, int]:
    """How many wait, fail and stand still; what was sent is not counted."""
    [[found]] = ask(session.connection(), (_COUNTS, {"desk": actor.department}))
    return {one: getattr(found, one) for one in COUNTED}


def _own(actor: Actor) -> list[ColumnElement[bool]]:
    """The write-backs of orders that came in at the actor's desk by the hotline."""
    return _of_desk(literal(actor.department))


def _of_desk(desk: ColumnElement[str]) -> list[ColumnElement[bool]]:
    return [
        col(FollowUp.task) == "write_back",
        col(Clue.channel) == "hotline",
        col(Clue.outside_no).is_not(None),
        col(Clue.desk_id) == desk,
    ]


def _in_state(state: State) -> list[ColumnElement[bool]]:
    waiting = [col(FollowUp.done_at).is_(None), col(FollowUp.parked_at).is_(None)]
    found: Mapping[State, list[ColumnElement[bool]]] = {
        "all": [],
        "waiting": [*waiting, col(FollowUp.last_error).is_(None)],
        "failing": [*waiting, col(FollowUp.last_error).is_not(None)],
        "parked": [col(FollowUp.parked_at).is_not(None)],
        "sent": [col(FollowUp.done_at).is_not(None)],
    }
    return found[state]


def _how_many(state: State) -> ScalarSelect[int]:
    query = (
        columns(func.count())
        .select_from(FollowUp)
        .join(Clue, col(Clue.id) == col(FollowUp.clue_id))
        .where(*_of_desk(told("desk", String())), *_in_state(state))
    )
    return query.scalar_subquery()


_COUNTS = Statement(columns(*(_how_many(one).label(one) for one in COUNTED)), spelled=True)


def _line(
    session: Session, viewer: Viewer, row: FollowUp, clue: Clue, replies: Mapping[int, Clock]
) -> WriteBackLine:
    office = viewer.office
    job = Job.model_validate(row, from_attributes=True)
    reply = replies.get(clue.id or 0)
    actions = office.rules.lifecycles["clue"].actions
    return WriteBackLine(
        row=row,
        clue=clue,
        action=actions[job.action].label if job.action in actions else job.action,
        state=_state(row),
        told=tuple(_told(record_of(session, office, job) or {})),
        reply=clock_line(office, reply, viewer.now) if reply else None,
    )


def _state(row: FollowUp) -> State:
    if row.done_at is not None:
        return "sent"
    if row.parked_at is not None:
        return "parked"
    return "failing" if row.last_error else "waiting"


def _told(record: Record) -> Iterable[tuple[str, str]]:
    for name, heading in HEADINGS.items():
        if record.get(name):
            text = str(record[name])
            yield heading, text[:16].replace("T", " ") if name in {"at", "due"} else text
    papers = record.get("documents")
    if isinstance(papers, list) and papers:
        yield "文书", "、".join(f"《{one['title']}》{one['number'] or ''}" for one in papers)


def _replies(session: Session, viewer: Viewer, clues: Sequence[int]) -> Mapping[int, Clock]:
    """The open reply limit of each order."""
    query = select(Clock).where(
        col(Clock.clue_id).in_(clues),
        col(Clock.rule).in_([viewer.office.region.reply_clock, FOLLOWING]),
        col(Clock.ended_at).is_(None),
    )
    return {one.clue_id: one for one in session.exec(query)}


def replies_due(session: Session, viewer: Viewer) -> tuple[ReplyLine, ...]:
    """The orders of the desk whose answer is due first."""
    query = (
        select(Clock, Clue)
        .join(Clue, col(Clue.id) == col(Clock.clue_id))
        .where(
            col(Clock.ended_at).is_(None),
            col(Clock.rule).in_([viewer.office.region.reply_clock, FOLLOWING]),
            col(Clue.desk_id) == viewer.actor.department,
        )
        .order_by(col(Clock.due_at), col(Clock.id))
        .limit(SOONEST)
    )
    states = viewer.office.rules.lifecycles["clue"].states
    return tuple(
        ReplyLine(clue, states[clue.state].label, clock_line(viewer.office, clock, viewer.now))
        for clock, clue in session.exec(query).all()
    )


def retry(office: Office, session: Session, actor: Actor, now: datetime, number: int) -> bool:
    """A write-back that stands still is tried again, on record; whether it stood still."""
    query = (
        select(FollowUp)
        .join(Clue, col(Clue.id) == col(FollowUp.clue_id))
        .where(col(FollowUp.id) == number, *_own(actor))
    )
    row = session.exec(query).one_or_none()
    if row is None:
        raise NotForYou("没有这条回写，或者您无权查看")
    return bool(retry_follow_ups(office, actor, now, [number]))
