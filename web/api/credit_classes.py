"""信用风险等级 pushed in by the system that evaluates, and taken by that which plans draws.

Only supervisors push; supervisors and auditors take, on record. Nobody else is told a class.
"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session
from starlette.responses import Response

from flows.people.user_keeping import Keeper
from flows.rosters.class_import import push_classes
from flows.rosters.class_list import READERS, take_away
from flows.rosters.roster_rows import GRADERS, scheme_of
from web.api.caller import Caller, Doer, Looker
from web.api.keyed import Key, answer_of, remembered_call
from web.api.problems import ApiFault
from web.api.says import says

router = APIRouter(tags=["信用等级"])
MOST = 1000


class PushedClass(BaseModel):
    """The class of one subject as another system evaluated it."""

    model_config = ConfigDict(extra="forbid")
    credit_code: str = Field(max_length=30, description="统一社会信用代码")
    grade: str = Field(max_length=20, description="等级，须为本地区评价体系的等级")
    grade_day: date = Field(description="评价日期")
    name: str = Field(default="", max_length=200, description="名称，不填不核对")
    scheme: str = Field(default="", max_length=100, description="评价体系的名称，不填即本地区的")


class ClassFate(BaseModel):
    """What became of a class; set aside with every reason where it was not taken."""

    row: int
    credit_code: str
    result: str = Field(description="changed 已登记、same 没有变化、aside 不予登记")
    errors: list[str]


class ClassesAnswer(BaseModel):
    """How many classes were taken, and each one's fate."""

    scheme: str
    changed: int
    same: int
    aside: int
    rows: list[ClassFate]


class ClassTold(BaseModel):
    """The newest class of a subject; `is_used`: young enough to decide a share."""

    credit_code: str
    name: str
    grade: str
    scheme: str
    grade_day: date
    is_used: bool


class ClassesTold(BaseModel):
    """Every class of the area, taken on record."""

    items: list[ClassTold]


@router.post(
    "/credit-classes",
    response_model=ClassesAnswer,
    summary="推送信用风险等级",
    description=f"登记至多{MOST}个对象的信用风险等级，逐个回答；名录中没有的、不是本地区评价体系的、"
    "早于已有评价的不予登记并写明原因。令牌所记人员须为督办员。用途：actions。",
    responses=says(400, 401, 403, 409, 413, 422, 429),
)
def push(
    request: Request,
    caller: Doer,
    classes: Annotated[list[PushedClass], Body(min_length=1, max_length=MOST)],
    key: Key = "",
) -> Response:
    """Each class taken or set aside; an answer that was given is given again."""
    _insist(caller, GRADERS, "信用风险等级由督办员登记。")
    told = [one.model_dump(mode="json") for one in classes]
    keeper = _keeper(caller)

    def work(session: Session) -> str:
        found = push_classes(session, keeper, told, "接口推送")
        counts = found.counts
        return ClassesAnswer(
            scheme=scheme_of(caller.office).label,
            changed=counts["changed"],
            same=counts["same"],
            aside=counts["aside"],
            rows=[
                ClassFate(
                    row=fate.row,
                    credit_code=one.credit_code,
                    result=fate.kind,
                    errors=list(fate.faults),
                )
                for one, fate in zip(classes, found.fates, strict=True)
            ],
        ).model_dump_json()

    return answer_of(caller, remembered_call(request, caller, key, told), work)


@router.get(
    "/credit-classes",
    summary="取信用风险等级",
    description="本地区各对象最近一次评价的等级，供制定抽查计划使用；不公开、不作为处理依据（据报道，待核）。"
    "取得情况记入操作记录。令牌所记人员须为督办员或者审计员。用途：clues。",
    responses=says(401, 403, 422, 429),
)
def take(caller: Looker) -> ClassesTold:
    """Every class of the area; who took them is on record."""
    _insist(caller, READERS, "信用风险等级只供督办、审计人员查看。")
    return ClassesTold(
        items=[
            ClassTold(
                credit_code=one.key,
                name=one.name,
                grade=one.grade,
                scheme=one.scheme,
                grade_day=one.day,
                is_used=one.is_used,
            )
            for one in take_away(_keeper(caller))
        ]
    )


def _insist(caller: Caller, roles: frozenset[str], otherwise: str) -> None:
    if not roles & caller.actor.roles:
        raise ApiFault("forbidden", otherwise)


def _keeper(caller: Caller) -> Keeper:
    return Keeper(caller.office, caller.actor, caller.now)
