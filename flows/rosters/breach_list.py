"""失信信息 that stands, with its joint measures: what departments are sent each quarter."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from flows.door.visible_undertakings import sees_whole, visible_undertakings
from flows.people.viewer import Viewer

KIND, MEASURE = "breach_record", "joint_measure"
STANDING = ("standing", "ground_fallen")


@dataclass(frozen=True)
class BreachLine:
    """A breach that stands, and each department's measure with its state."""

    row: Undertaking
    level: str
    organ: str
    state: str
    measures: tuple[str, ...]


def standing_breaches(session: Session, viewer: Viewer) -> list[BreachLine]:
    """Every standing breach that the viewer may see, the newest on top; ended ones are no more."""
    rules = viewer.office.rules
    levels = rules.lifecycles[KIND].actions["record"].form["level"].options
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        col(Undertaking.state).in_(STANDING),
        visible_undertakings(viewer.office, viewer.actor),
    )
    rows = list(session.exec(query.order_by(col(Undertaking.id).desc())))
    beside: dict[int, list[Process]] = {}
    taken = select(Process).where(
        col(Process.clue_id).in_([one.id for one in rows]), col(Process.kind) == MEASURE
    )
    for one in session.exec(taken.order_by(col(Process.id))):
        beside.setdefault(one.clue_id, []).append(one)
    return [
        BreachLine(
            row=row,
            level=levels.get(str(row.facts.get("level")), ""),
            organ=rules.departments[row.department_id].name,
            state=rules.lifecycles[KIND].states[row.state].label,
            measures=tuple(_told(viewer, row, beside.get(row.id or 0, ()))),
        )
        for row in rows
    ]


def _told(viewer: Viewer, row: Undertaking, measures: Iterable[Process]) -> Iterable[str]:
    """Each measure in words; who sees only his part has his own."""
    rules, whole = viewer.office.rules, sees_whole(viewer.office, viewer.actor, row)
    for one in measures:
        if whole or one.department_id == viewer.actor.department:
            state = rules.lifecycles[MEASURE].states[one.state].label
            yield f"{rules.departments[one.department_id].name}：{state}"


def breaches_sheet(found: Iterable[BreachLine]) -> Sheet:
    """The same as a table for other systems."""
    heads = (
        Column("编号", 15), Column("信用主体", 36), Column("统一社会信用代码", 22),
        Column("失信程度", 10), Column("认定单位", 28), Column("认定文书", 36),
        Column("认定日期", 12), Column("公示起始日期", 12), Column("公示截止日期", 12),
        Column("状态", 12), Column("联合惩戒", 44),
    )  # fmt: skip
    rows: Iterable[tuple[Cell, ...]] = (
        (
            one.row.no,
            *(str(one.row.facts.get(name) or "") for name in ("party", "code")),
            one.level,
            one.organ,
            *(
                str(one.row.facts.get(name) or "")
                for name in ("paper", "found_on", "publicity_from", "publicity_until")
            ),
            one.state,
            "；".join(one.measures),
        )
        for one in found
    )
    return Sheet("失信信息", heads, rows)
