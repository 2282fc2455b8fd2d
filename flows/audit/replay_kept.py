"""What is kept beside clues, and what was sealed for draws, held against the record."""

from collections.abc import Iterator
from hashlib import sha256

from sqlmodel import Session, SQLModel, col, select

from domain.tables.draw import DrawFrame
from domain.tables.record import Event
from domain.tables.undertaking import Undertaking
from flows.site.office import Office
from flows.site.row_marks import KEPT, MARKS, kept_mark

LABELS = {
    "api_token": "接口令牌",
    "webhook": "推送地址",
    "substitution": "代办安排",
    "template": "上传的模板",
    "discretion": "本机关裁量基准",
    "indicator": "风险预警指标",
    "mapping": "列对照表",
    "department": "部门登记",
    "calendar": "工作日历",
    "officer": "执法检查人员",
    "expert": "专家",
    "avoidance": "回避登记",
}
MAKES = {
    "mapping": ("save_mapping",),
    "department": ("add_department", "change_department"),
    "calendar": ("upload_calendar",),
}
"""Kinds whose events did not name their row before they bore marks, and by what a row is made."""


BESIDE = frozenset({"officer", "expert", "avoidance"})
"""Kinds of which events of the rosters tell (`flows.audit.replay_rosters`)."""


def replay_kept(session: Session, office: Office) -> Iterator[str]:
    """Rows of these kinds that are not as the record says last, are gone, or have no event."""
    query = select(Event).where(col(Event.clue_id).is_(None), col(Event.process_kind).in_(KEPT))
    told: dict[str, dict[int, str]] = {kind: {} for kind in KEPT}
    unnamed = dict.fromkeys(KEPT, 0)
    for event in session.exec(query.order_by(col(Event.seq))):
        kind = event.process_kind
        marks = {
            int(name.removeprefix(f"{kind}-")): mark
            for name, mark in (event.detail.get(MARKS) or {}).items()
        }
        told[kind] |= marks
        if kind not in MAKES:
            told[kind].setdefault(event.process_id, "")
        elif not marks and event.action in MAKES[kind]:
            unnamed[kind] += 1
    for kind in sorted(set(KEPT) - BESIDE):
        yield from misfits_of(session, office, kind, told[kind], unnamed[kind])
    yield from _frames(session)


def misfits_of(
    session: Session, office: Office, kind: str, told: dict[int, str], unnamed: int | None
) -> Iterator[str]:
    """What does not fit among the rows of a kind, whose last marks `told` has by number.

    `unnamed`: how many rows are from before marks; None where nobody knows.
    """
    table, _ = KEPT[kind]
    rows: dict[int, SQLModel] = {getattr(one, "id", 0): one for one in session.exec(select(table))}
    label = LABELS[kind]
    for gone in sorted(set(told) - set(rows)):
        yield f"{label}（第{gone}号）有办理记录而登记内容已被删除"
    strangers = sorted(set(rows) - set(told))
    if unnamed is not None and len(strangers) != unnamed:
        shown = "、".join(f"第{one}号" for one in strangers) or "若干"
        yield f"{label}（{shown}）与办理记录不符：登记内容多于或者少于办理记录"
    for number in sorted(set(rows) & set(told)):
        if told[number] not in ("", kept_mark(kind, rows[number], office.keys.chain)):
            yield f"{label}（第{number}号）登记的内容与办理记录不符"


def _frames(session: Session) -> Iterator[str]:
    """Draws whose sealed frame is not the one that their record names."""
    frames = {one.draw_id: one for one in session.exec(select(DrawFrame))}
    for draw in session.exec(select(Undertaking).where(col(Undertaking.kind) == "draw")):
        frame = frames.pop(draw.id or 0, None)
        told = (draw.facts.get("frame_sha"), draw.facts.get("commitment"))
        held = (frame.sha, frame.commitment) if frame else (None, None)
        if held != told:
            yield f"{draw.no}：封存的抽取名单与办理记录不符"
        elif frame and sha256(frame.content.encode()).hexdigest() != frame.sha:
            yield f"{draw.no}：封存的抽取名单被改动"
    for gone in frames:
        yield f"（内部编号{gone}）有封存的抽取名单而没有这次抽取"
