"""Rates by department or matter and month: limits kept, returns, hops, clues accepted, cases filed.

Only the months that are asked for are read, along an index on their moments.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, case, distinct, func, or_, select
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col

from domain.lifecycle.visibility import NOT_DELIVERED
from domain.limits.board_stages import duties
from domain.tables.process import Clock, Clue, Process
from flows.people.viewer import Viewer
from flows.watch.monthly_figures import MATTER, Cut, Measure, Rows

SIGNED = ("signed", "deemed_signed")
ANSWERED = (*SIGNED, "returned", "disputed")
"""The ends of a hop that the receiving department brought about."""


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def kept_limits(viewer: Viewer, cut: Cut) -> Rows:
    """Limits by the month they were to be kept in: met in time, of those met or missed."""
    breach, ended = col(Clock.breach_at), col(Clock.ended_at)
    now = viewer.now.replace(microsecond=0)
    missed = and_(ended.is_(None), breach < now)
    keys = (cut.months.place(breach), _key(cut, col(Clock.owner_id)))
    counted = select(*keys, _count(ended <= breach), func.count())
    return (
        _with_clue(counted, cut, col(Clock.clue_id))
        .where(
            cut.months.hold(breach),
            col(Clock.rule).in_(duties(viewer.office.rules.deadlines)),
            or_(ended.is_not(None), missed),
            col(Clock.paused).is_(False),
            *_own(viewer, cut, col(Clock.owner_id)),
        )
        .group_by(*keys)
    )


def returned_hops(viewer: Viewer, cut: Cut) -> Rows:
    """Hops by the month they were offered in: returned, of those offered to the department."""
    return _hops(viewer, cut, _count(col(Process.state) == "returned"), func.count())


def hops_per_clue(viewer: Viewer, cut: Cut) -> Rows:
    """How often the clues that were offered to the department have been passed on so far."""
    keys = (cut.months.place(col(Process.opened_at)), _key(cut, col(Process.department_id)))
    return (
        select(*keys, func.sum(col(Clue.hops)), func.count())
        .join_from(Process, Clue, col(Clue.id) == col(Process.clue_id))
        .where(*_offered(viewer, cut))
        .group_by(*keys)
    )


def accepted_hops(viewer: Viewer, cut: Cut) -> Rows:
    """Hops that the department signed for itself, of those it answered or let pass."""
    state = col(Process.state)
    return _hops(viewer, cut, _count(state == "signed"), _count(state.in_(ANSWERED)))


def filed_cases(viewer: Viewer, cut: Cut) -> Rows:
    """Clues the department took over: those it filed a case on, of all."""
    filed = aliased(Process)
    keys = (cut.months.place(col(Process.opened_at)), _key(cut, col(Process.department_id)))
    counted = select(
        *keys,
        func.count(distinct(col(filed.clue_id))),
        func.count(distinct(col(Process.clue_id))),
    ).join_from(
        Process,
        filed,
        and_(
            col(filed.clue_id) == col(Process.clue_id),
            col(filed.kind) == "case",
            col(filed.department_id) == col(Process.department_id),
        ),
        isouter=True,
    )
    return (
        _with_clue(counted, cut, col(Process.clue_id))
        .where(*_offered(viewer, cut), col(Process.state).in_(SIGNED))
        .group_by(*keys)
    )


def filed_referrals(viewer: Viewer, cut: Cut) -> Rows:
    """Referrals by the month they were proposed in: filed by the police, of those delivered."""
    keys = (cut.months.place(col(Process.opened_at)), _key(cut, col(Process.department_id)))
    was_filed = col(Process.facts)["filing_no"].as_string().is_not(None)
    counted = select(*keys, _count(was_filed), func.count())
    return (
        _with_clue(counted, cut, col(Process.clue_id))
        .where(
            col(Process.kind) == "referral",
            cut.months.hold(col(Process.opened_at)),
            col(Process.state).not_in(NOT_DELIVERED),
            *_own(viewer, cut, col(Process.department_id)),
        )
        .group_by(*keys)
    )


def _hops(viewer: Viewer, cut: Cut, part: ColumnElement[int], whole: ColumnElement[int]) -> Rows:
    keys = (cut.months.place(col(Process.opened_at)), _key(cut, col(Process.department_id)))
    counted = _with_clue(select(*keys, part, whole), cut, col(Process.clue_id))
    return counted.where(*_offered(viewer, cut)).group_by(*keys)


def _offered(viewer: Viewer, cut: Cut) -> Iterable[ColumnElement[bool]]:
    yield col(Process.kind) == "transfer"
    yield cut.months.hold(col(Process.opened_at))
    yield from _own(viewer, cut, col(Process.department_id))


def _own(viewer: Viewer, cut: Cut, column: Mapped[str]) -> Iterable[ColumnElement[bool]]:
    if viewer.watched is not None:
        yield column.in_(viewer.watched)
    if cut.departments is not None:
        yield column.in_(sorted(cut.departments))


def _key(cut: Cut, holder: Mapped[str]) -> Mapped[str] | Mapped[str | None]:
    """By what the figures are told apart: the department that holds, or the clue's matter."""
    return col(Clue.matter_id) if cut.by == MATTER else holder


def _with_clue(query: Rows, cut: Cut, clue_id: Mapped[int]) -> Rows:
    """The query with the clue beside it, where its matter is asked for."""
    return query.join(Clue, col(Clue.id) == clue_id) if cut.by == MATTER else query


MEASURES: Sequence[Measure] = (
    Measure(
        "kept",
        "按期率",
        "按应当办结的月份统计：在期限内办结的时限，占已办结和已逾期时限的比例；当事人的期限和可用可不用的权利不计",
        "按期",
        "应办结",
        kept_limits,
    ),
    Measure(
        "returned",
        "退回率",
        "按转到部门的月份统计：部门退回的转办，占转到该部门的全部转办的比例",
        "退回",
        "转入",
        returned_hops,
        high_is_bad=True,
    ),
    Measure(
        "hops",
        "平均转办次数",
        "按转到部门的月份统计：转到该部门的线索，到现在为止平均被转办多少次",
        "转办次数合计",
        "转入",
        hops_per_clue,
        is_share=False,
        high_is_bad=True,
    ),
    Measure(
        "accepted",
        "签收率",
        "按转到部门的月份统计：部门主动签收的，占已答复的和逾期视为签收的比例；撤回的和尚未签收的不计",
        "签收",
        "应签收",
        accepted_hops,
    ),
    Measure(
        "filed",
        "立案率",
        "按转到部门的月份统计：签收的线索中，该部门已立行政处罚案件的比例",
        "立案",
        "签收线索",
        filed_cases,
    ),
    Measure(
        "referrals",
        "移送立案率",
        "按提出移送的月份统计：已送达公安机关的涉罪移送中，公安机关立案侦查的比例",
        "公安立案",
        "移送",
        filed_referrals,
    ),
)
BY_ID: Mapping[str, Measure] = {one.id: one for one in MEASURES}
