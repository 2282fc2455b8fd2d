"""Data for other platforms: inspections, results, plans and 失信信息 of some days, checked."""

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from domain.limits.limit import day_of
from flows.exchange.check_actions import Days
from flows.exchange.packages import package_of
from flows.people.viewer import Viewer
from flows.people.visible_clues import sight
from web.api.caller import Looker
from web.api.models import ExchangeTold, KeptBack
from web.api.problems import ApiFault
from web.api.says import says

router = APIRouter(tags=["数据交换"])
Kind = Literal["check_actions", "results", "plans", "credit", "credit_changes"]
LONGEST = timedelta(days=366)
EARLIEST = 2000


@router.get(
    "/exchange/{kind}",
    summary="监管行为、检查结果、检查计划、失信信息",
    description="check_actions 行政检查行为（按“互联网+监管”行政检查行为表，待核）、"
    "results 已公示的检查结果、plans 已公布的检查计划、credit 有效的失信信息、"
    "credit_changes 失信信息的变动（i 记入、u 更正、d 终止，终止的应当停止公示和使用）；"
    "从 since 到 until（含，默认最近31日，最长366日）。"
    "不能报送的记录另列，写明全部原因。范围为令牌所记人员可以统计的部门。用途：clues。",
    responses=says(401, 403, 422, 429),
)
def exchange(
    caller: Looker,
    kind: Kind,
    since: Annotated[date | None, Query(description="起始日期")] = None,
    until: Annotated[date | None, Query(description="截止日期")] = None,
) -> ExchangeTold:
    """The records of some days, and beside them what is kept back with every reason."""
    if sight(caller.office, caller.actor).is_outside:
        raise ApiFault("forbidden", "数据交换由行政机关的人员办理。")
    last = until or day_of(caller.now)
    first = since or last - min(timedelta(days=30), last - date.min)
    if first.year < EARLIEST or not timedelta(0) <= last - first <= LONGEST:
        raise ApiFault("invalid", f"起始日期不能早于{EARLIEST}年、晚于截止日期，一次最长366日。")
    viewer = Viewer(caller.office, caller.actor, caller.now)
    found = package_of(caller.session, viewer, kind, Days(first, last))
    return ExchangeTold(
        kind=found.kind,
        title=found.title,
        since=first,
        until=last,
        fields=dict(found.labels),
        records=[dict(one) for one in found.records],
        kept_back=[
            KeptBack(record=dict(one.record), reasons=list(one.faults)) for one in found.kept_back
        ],
    )
