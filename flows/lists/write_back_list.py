"""The list of write-backs to 12345, as the hotline desk sees it: content, attempts, errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.process import Clue
from domain.tables.work import FollowUp
from flows.afterwards.follow_up_list import retry_follow_ups
from flows.afterwards.outbox import MOST_ATTEMPTS
from flows.afterwards.write_back import Record, Reported, told_of
from flows.afterwards.write_back_rows import (
    COUNTED,
    PAGE,
    ListedWriteBack,
    State,
    counts_of,
    hanging_on,
    of_desk,
    page_of,
    replies_of,
)
from flows.lists.clue_listing import ClockLine, clock_line
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou
from flows.rows.statements import ask
from flows.site.office import Office

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

    row: ListedWriteBack
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

    no: str
    outside_no: str | None
    state: str
    clock: ClockLine


@dataclass(frozen=True)
class WriteBackDesk:
    """What the desk sees of write-backs: a page, how many do not go out, the answers due first."""

    page: WriteBackPage
    counts: Mapping[State, int]
    replies: tuple[ReplyLine, ...]


def write_back_desk(
    session: Session, viewer: Viewer, state: State = "all", before: int = 0
) -> WriteBackDesk:
    """All that the page of write-backs shows."""
    rows, counted, due = ask(
        session.connection(),
        page_of(viewer.actor, state, before),
        counts_of(viewer.actor),
        replies_of(viewer.office, viewer.actor),
    )
    replies = tuple(_reply(viewer, one) for one in due)
    return WriteBackDesk(_page(session, viewer, rows), _counted(counted), replies)


def write_backs(
    session: Session, viewer: Viewer, state: State = "all", before: int = 0
) -> WriteBackPage:
    """What goes back for the orders of the viewer's own desk."""
    [rows] = ask(session.connection(), page_of(viewer.actor, state, before))
    return _page(session, viewer, rows)


def counts(session: Session, actor: Actor) -> Mapping[State, int]:
    """How many wait, fail and stand still; what was sent is not counted."""
    return _counted(ask(session.connection(), counts_of(actor))[0])


def _counted(rows: Sequence[Any]) -> Mapping[State, int]:
    return {one: getattr(rows[0], one) for one in COUNTED}


def _page(session: Session, viewer: Viewer, rows: Sequence[ListedWriteBack]) -> WriteBackPage:
    shown = rows[:PAGE]
    if not shown:
        return WriteBackPage((), 0)
    reported, replies = hanging_on(session, viewer.office, shown)
    lines = tuple(_line(viewer, one, reported[one.id], replies.get(one.clue_id)) for one in shown)
    return WriteBackPage(lines, shown[-1].id if len(rows) > PAGE else 0)


def _line(viewer: Viewer, row: ListedWriteBack, reported: Reported, reply: Any) -> WriteBackLine:
    office = viewer.office
    actions = office.rules.lifecycles["clue"].actions
    return WriteBackLine(
        row=row,
        action=actions[row.action].label if row.action in actions else row.action,
        state=_state(row),
        told=tuple(_told(told_of(office, reported))),
        reply=clock_line(office, reply, viewer.now) if reply else None,
    )


def _state(row: ListedWriteBack) -> State:
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


def _reply(viewer: Viewer, row: Any) -> ReplyLine:
    states = viewer.office.rules.lifecycles["clue"].states
    clock = clock_line(viewer.office, row, viewer.now)
    return ReplyLine(row.no, row.outside_no, states[row.state].label, clock)


def retry(office: Office, session: Session, actor: Actor, now: datetime, number: int) -> bool:
    """A write-back that stands still is tried again, on record; whether it stood still."""
    query = (
        select(FollowUp)
        .join(Clue, col(Clue.id) == col(FollowUp.clue_id))
        .where(col(FollowUp.id) == number, *of_desk(actor.department))
    )
    row = session.exec(query).one_or_none()
    if row is None:
        raise NotForYou("没有这条回写，或者您无权查看")
    return bool(retry_follow_ups(office, actor, now, [number]))
