"""The follow-ups as an administrator sees them: what waits, what failed, and a second chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.work import FollowUp
from flows.afterwards.outbox import put_back
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import Happening, append
from flows.site.office import Office
from flows.site.store import transaction

PAGE = 50
State = Literal["parked", "failing", "waiting", "working"]
STATES: Mapping[State, str] = {
    "parked": "搁置",
    "failing": "失败待重试",
    "waiting": "全部待办",
    "working": "处理中",
}
STAGES = {
    "intake": "登记",
    "transfer": "转办",
    "verification": "核查",
    "penalty": "行政处罚",
    "referral": "涉罪移送",
    "supervision": "督办",
    "inspection": "行政检查",
    "archive": "归档",
    "outside": "对外通知",
}
TASKS = {
    "report_intake": "登记入库",
    "deliver_letter": "送达文书",
    "write_back": "回写12345",
    "ask_parts": "交办协查",
    "draft_joint_report": "汇总核查意见",
    "serve_documents": "交办送达",
    "publish_decision": "公示处罚决定",
    "end_announcement": "公告期满",
    "end_review_right": "复议期限届满",
    "end_suit_right": "起诉期限届满",
    "chase_payment": "催缴罚款",
    "check_correction": "复查改正",
    "assemble_packet": "移送材料组卷",
    "deliver_packet": "移送公安检察",
    "await_receipt": "等待回执",
    "deliver_order": "送达督办函",
    "deliver_notice": "送交检查通知",
    "hand_on_results": "送交检查结果",
    "publish_result": "届期公示检查结果",
    "put_result": "写出检查结果公示文件",
    "seal_case_file": "封存案卷",
    "send_webhook": "对外通知",
    "seal_document": "加盖电子印章",
}


@dataclass(frozen=True)
class Narrow:
    """What the list is narrowed to; `before` is where its next page begins."""

    state: State = "parked"
    stage: str = ""
    clue: str = ""
    before: int = 0


@dataclass(frozen=True)
class FollowUpLine:
    """One follow-up in words."""

    row: FollowUp
    stage: str
    task: str
    state: str
    since: datetime


def list_follow_ups(
    session: Session, narrow: Narrow, now: datetime
) -> tuple[tuple[FollowUpLine, ...], int]:
    """A page of follow-ups, the newest first, and before which id the next one begins (0: none)."""
    query = select(FollowUp).where(*_conditions(narrow, now)).order_by(col(FollowUp.id).desc())
    rows = list(session.exec(query.limit(PAGE + 1)))
    older = rows[PAGE - 1].id or 0 if len(rows) > PAGE else 0
    return tuple(_line(one, now) for one in rows[:PAGE]), older


def count_parked(session: Session) -> int:
    """How many follow-ups wait for an administrator."""
    query = select(func.count()).select_from(FollowUp).where(col(FollowUp.parked_at).is_not(None))
    return session.exec(query).one()


def retry_follow_ups(office: Office, actor: Actor, now: datetime, ids: Sequence[int] | None) -> int:
    """Parked rows go back to work, those of the ids or (None) all; on record, and how many."""
    with transaction(office.engine) as session:
        found = put_back(session, now, ids)
        if found:
            append(session, [_happening(actor, now, ids, found)], office.keys.chain)
    return found


def _happening(actor: Actor, now: datetime, ids: Sequence[int] | None, found: int) -> Happening:
    detail = {"ids": "all" if ids is None else list(ids), "count": found}
    only = ids[0] if ids and len(ids) == 1 else 0
    act = Act("retry_follow_ups", actor, now, detail, "parked", "waiting")
    return act_event(Thing("follow_up", only), act)


def _conditions(narrow: Narrow, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrow.state == "parked":
        found.append(col(FollowUp.parked_at).is_not(None))
    else:
        found += [col(FollowUp.done_at).is_(None), col(FollowUp.parked_at).is_(None)]
    if narrow.state == "failing":
        found.append(col(FollowUp.last_error).is_not(None))
    if narrow.state == "working":
        found.append(col(FollowUp.leased_until) > now)
    if narrow.stage:
        found.append(col(FollowUp.stage) == narrow.stage)
    if narrow.clue.strip():
        found.append(col(FollowUp.clue_no) == narrow.clue.strip())
    if narrow.before:
        found.append(col(FollowUp.id) < narrow.before)
    return found


def _line(row: FollowUp, now: datetime) -> FollowUpLine:
    return FollowUpLine(
        row=row,
        stage=STAGES.get(row.stage, row.stage),
        task=TASKS.get(row.task, row.task),
        state=_state(row, now),
        since=row.parked_at or row.created_at,
    )


def _state(row: FollowUp, now: datetime) -> str:
    if row.parked_at is not None:
        return "搁置"
    if row.leased_until is not None and row.leased_until > now:
        return "处理中"
    if row.last_error is not None:
        return "失败待重试"
    return "待办" if row.not_before <= now else "定时"
