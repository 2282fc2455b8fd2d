"""The supervisor's tables to take away: each as the sheet of rows that its page shows."""

from collections.abc import Iterable
from decimal import Decimal

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import in_words
from domain.situation.situation import CHINA
from flows.lists.clue_listing import ClockLine
from flows.people.viewer import Viewer
from flows.watch.board import Board, age_labels, ages, board
from flows.watch.board import Cell as Lights
from flows.watch.board_details import EVERYTHING, Narrow, open_clues_by_age, running_limits
from flows.watch.crime_warnings import BY_ID, Warnings
from flows.watch.monthly_figures import Cut, measure_by_month
from flows.watch.overdue_limits import OverdueLine, RungLine, overdue
from flows.watch.rates import MEASURES
from flows.watch.supervisions import SupervisionLine, Which, supervisions

LIGHTS = (("red", "逾期"), ("yellow", "临期"), ("green", "正常"), ("grey", "暂停"))


def board_sheet(session: Session, viewer: Viewer) -> Sheet:
    """The board: a row for every department, a column for every stage and light."""
    found = board(session, viewer)
    heads = [Column("部门", 28), *(Column(f"合计{word}", 8) for _, word in LIGHTS)]
    for stage in found.stages:
        heads += [Column(f"{stage.label}{word}", 10) for _, word in LIGHTS]
    return Sheet("红黄绿灯", tuple(heads), _board_rows(found))


def _board_rows(found: Board) -> Iterable[tuple[Cell, ...]]:
    for row in [*found.rows, found.sums]:
        cells = [row.total, *(row.cells.get(one.id, Lights()) for one in found.stages)]
        counts = [getattr(one, light) for one in cells for light, _ in LIGHTS]
        yield (row.name, *counts)


def ages_sheet(session: Session, viewer: Viewer) -> Sheet:
    """Open clues by department and age."""
    heads = (
        Column("部门", 28),
        *(Column(one, 10) for one in age_labels()),
        Column("合计", 8),
        Column("最早收到时间", 18),
    )
    rows: Iterable[tuple[Cell, ...]] = (
        (one.name, *one.counts, one.total, one.oldest) for one in ages(session, viewer)
    )
    return Sheet("在办线索龄期", heads, rows)


def aged_clues_sheet(session: Session, viewer: Viewer, department: str, group: int | None) -> Sheet:
    """The open clues of an age group."""
    heads = (
        Column("线索编号", 15), Column("标题", 40), Column("部门", 28), Column("状态", 14),
        Column("承办人", 12), Column("收到时间", 18),
    )  # fmt: skip
    names = viewer.office.rules.departments
    found = open_clues_by_age(session, viewer, (department, group), size=EVERYTHING)
    rows = (
        (one.no, one.title, names[one.department_id].name, state, who, one.received_at)
        for one, state, who in found.clues
    )
    return Sheet("在办线索", heads, rows)


_LIMIT = (
    Column("线索编号", 15), Column("标题", 40), Column("时限", 24), Column("依据", 40),
    Column("环节", 10), Column("责任单位", 28), Column("承办人或岗位", 14), Column("灯", 8),
    Column("届满时间", 18), Column("是否暂定", 10),
)  # fmt: skip


def limits_sheet(session: Session, viewer: Viewer, narrow: Narrow) -> Sheet:
    """The running limits that a figure of the board stands for."""
    found = running_limits(session, viewer, narrow, EVERYTHING)
    rows = (_limit_cells(one.no, one.title, one.clock, (one.stage, one.who)) for one in found.lines)
    return Sheet("在算时限", _LIMIT, rows)


def _limit_cells(no: str, title: str, clock: ClockLine, with_: tuple[str, str]) -> tuple[Cell, ...]:
    stage, who = with_
    word = clock.light.word if clock.light else ""
    provisional = "暂定" if clock.provisional else ""
    return (
        no, title, clock.label, clock.article, stage, clock.owner, who, word,
        clock.breach_at, provisional,
    )  # fmt: skip


_OVERDUE = (
    *_LIMIT, Column("逾期天数", 10), Column("已发提醒", 50), Column("是否有人确认收到", 16),
    Column("下一级提醒", 24), Column("下一级提醒时间", 18), Column("督办", 30),
)  # fmt: skip


def overdue_sheet(session: Session, viewer: Viewer, narrow: Narrow) -> Sheet:
    """Overdue limits with the rungs sent, whether acknowledged, and the supervision over them."""
    found = overdue(session, viewer, narrow, EVERYTHING)
    return Sheet("逾期清单", _OVERDUE, (_overdue_cells(one) for one in found.lines))


def _overdue_cells(line: OverdueLine) -> tuple[Cell, ...]:
    one, over = line.watched, line.supervised
    return (
        *_limit_cells(one.no, one.title, one.clock, (one.stage, one.who)),
        line.days,
        "；".join(_rung_words(rung) for rung in line.rungs),
        "是" if any(rung.is_acknowledged for rung in line.rungs) else "否",
        line.next_rung,
        line.next_at,
        f"{over.state} {over.number}".strip() if over else "",
    )


def _rung_words(rung: RungLine) -> str:
    told = "、".join(f"{one.department}{one.chair}" for one in rung.told)
    return f"{rung.label}（{told or rung.reason or '没有收件人'}）"


def supervisions_sheet(session: Session, viewer: Viewer, which: Which) -> Sheet:
    """Supervisions with their documents and the moment of every step."""
    heads = (
        Column("线索编号", 15), Column("标题", 40), Column("督办对象", 28), Column("状态", 14),
        Column("文书", 36), Column("督办事由", 50), Column("经过", 60), Column("在算时限", 40),
    )  # fmt: skip
    found = supervisions(session, viewer, which, EVERYTHING)
    return Sheet("督办台账", heads, (_supervision_cells(one) for one in found.lines))


def _supervision_cells(line: SupervisionLine) -> tuple[Cell, ...]:
    taken = ((one.at, one.label) for one in line.steps if one.at is not None)
    return (
        line.clue.no,
        line.clue.title,
        line.to,
        line.state,
        "、".join(line.numbers),
        line.trigger,
        "；".join(f"{at.astimezone(CHINA):%Y-%m-%d %H:%M} {label}" for at, label in taken),
        "；".join(f"{one.label}{in_words(one.due_at)}届满" for one in line.clocks),
    )


def warnings_sheet(session: Session, viewer: Viewer, kind: str) -> Sheet:
    """The cases behind a warning."""
    heads = (
        Column("线索编号", 15), Column("标题", 40), Column("部门", 28), Column("情形", 70),
        Column("起算时间", 18), Column("已历天数", 10), Column("现状", 30),
    )  # fmt: skip
    rows = (
        (one.clue.no, one.clue.title, one.department, "；".join(one.reasons), one.since, one.days,
         one.awaited)
        for one in Warnings(session, viewer).of(kind)
    )  # fmt: skip
    return Sheet(BY_ID[kind].label, heads, rows)


def statistics_sheet(session: Session, viewer: Viewer, cut: Cut) -> Sheet:
    """Every measure by department or matter and month, a row each."""
    heads = (
        Column("指标", 14), Column("部门或者事项", 28), Column("月份", 10), Column("分子含义", 14),
        Column("分子", 8), Column("分母含义", 14), Column("分母", 8), Column("比率或平均数", 14),
    )  # fmt: skip
    return Sheet("统计", heads, _statistics_rows(session, viewer, cut))


def _statistics_rows(session: Session, viewer: Viewer, cut: Cut) -> Iterable[tuple[Cell, ...]]:
    for measure in MEASURES:
        told = measure_by_month(session, viewer, measure, cut)
        for key, name in told.lines:
            for place, month in enumerate(told.months):
                found = told.cell(key, place)
                if found.whole:
                    ratio = Decimal(found.part) / Decimal(found.whole)
                    yield (
                        measure.label, name, month, measure.part, found.part,
                        measure.whole, found.whole, round(ratio, 4),
                    )  # fmt: skip
