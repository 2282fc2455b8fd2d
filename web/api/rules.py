"""Time limits asked about: when is it due, told day by day with its article."""

from typing import Annotated

from fastapi import APIRouter, Query

from domain.calendar.working_days import BeyondCalendar
from domain.limits.due_moment import NoLimit
from domain.lookup.due_question import BadQuestion, Question, answer_due, as_record
from web.api.caller import AnyCaller
from web.api.models import DueTold
from web.api.problems import ApiFault
from web.api.says import says

router = APIRouter(tags=["期限"])


@router.get(
    "/rules/due",
    summary="期限何时届满",
    description="按条文计算期限何时届满，逐日说明理由；不涉及任何线索。任何有效令牌均可。",
    responses=says(401, 422, 429),
)
def due(
    caller: AnyCaller,
    rule: Annotated[
        str, Query(min_length=1, max_length=60, description="期限编号或者名称", examples=["cx18"])
    ],
    start: Annotated[
        str,
        Query(max_length=40, description="起算时间；不写时区即北京时间", examples=["2026-09-25"]),
    ],
    region: Annotated[
        str | None, Query(max_length=60, description="地区；给出后 rule 可写 reply、return")
    ] = None,
    pause: Annotated[
        list[str] | None, Query(max_length=20, description="暂停，如 2026-10-12..2026-10-16=检验")
    ] = None,
    extend: Annotated[int, Query(ge=0, le=20, description="延长几次")] = 0,
    extend_by: Annotated[
        int | None, Query(ge=1, le=3650, description="条文未定数字时，批准人确定的延长数")
    ] = None,
    until: Annotated[
        str | None, Query(max_length=40, description="文书载明的届满日期（条文没有数字的期限）")
    ] = None,
) -> DueTold:
    """The due moment asked for, with every day on the way."""
    question = Question(rule, start, region, tuple(pause or ()), extend, extend_by, until)
    try:
        answer = answer_due(question, caller.office.rules)
    except (BadQuestion, BeyondCalendar, NoLimit) as problem:
        raise ApiFault("invalid", str(problem)) from problem
    return DueTold.model_validate(as_record(answer))
