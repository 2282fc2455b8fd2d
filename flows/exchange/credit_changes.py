"""失信信息 as it changes: what came, was corrected and ended on some days, in the order of record.

Who passes it on takes away what ended as well: nothing repaired is published or shared any more.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, select

from domain.exchange.check_action import Record
from domain.situation.situation import CHINA
from domain.tables.record import Event
from domain.tables.undertaking import Undertaking
from flows.door.visible_undertakings import visible_undertakings
from flows.exchange.check_actions import Days, day_in_china
from flows.people.viewer import Viewer
from flows.rosters.breach_list import KIND

CHANGES: Mapping[str, tuple[str, str]] = {
    "confirm": ("i", "记入"),
    "correct_objected": ("u", "依异议更正"),
    "note_ground_fallen": ("u", "认定依据已撤销待撤回"),
    "repair": ("d", "已修复"),
    "withdraw": ("d", "已撤回"),
    "withdraw_objected": ("d", "异议成立已撤回"),
    "end": ("d", "公示期满"),
}
"""By step of a breach, the operation of national tables (i、u、d) and why."""
BREACH: Mapping[str, str] = {
    "no": "编号",
    "party": "信用主体",
    "code": "统一社会信用代码",
    "level": "失信程度",
    "organ": "认定单位",
    "paper": "认定文书",
    "found_on": "认定日期",
    "publicity_from": "公示起始日期",
    "publicity_until": "公示截止日期",
}
"""What a breach is told by, whether it stands or changed."""
LABELS: Mapping[str, str] = {
    "sequence": "记录序号",
    "operation": "数据操作",
    "reason": "变动原因",
    "changed_on": "变动日期",
    **BREACH,
}
NAMED = ("party", "code", "paper", "found_on", "publicity_from", "publicity_until")
"""Those that its facts hold in words."""


def credit_changes(session: Session, viewer: Viewer, days: Days) -> tuple[Record, ...]:
    """Each change of a breach that the viewer may see, oldest first, as the breach stands now."""
    rules = viewer.office.rules
    levels = rules.lifecycles[KIND].actions["record"].form["level"].options
    query = (
        select(Event, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(Event.clue_id))
        .where(
            col(Event.process_kind) == KIND,
            col(Event.action).in_(CHANGES),
            col(Event.at) >= datetime.combine(days.since, time(), CHINA),
            col(Event.at) < datetime.combine(days.until + timedelta(days=1), time(), CHINA),
            visible_undertakings(viewer.office, viewer.actor),
        )
        .order_by(col(Event.seq))
    )
    return tuple(
        {
            "sequence": str(event.seq),
            "operation": CHANGES[event.action][0],
            "reason": CHANGES[event.action][1],
            "changed_on": day_in_china(event.at.isoformat()).isoformat(),
            "no": row.no,
            **{name: str(row.facts.get(name) or "") for name in NAMED},
            "level": levels.get(str(row.facts.get("level")), ""),
            "organ": rules.departments[row.department_id].name,
        }
        for event, row in session.exec(query)
    )
