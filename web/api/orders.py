"""Work orders pushed by other systems: each told what became of it."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import JsonValue
from sqlmodel import Session
from starlette.responses import Response

from domain.files.cells import line_of
from domain.rulebook.rulebook import Rulebook
from flows.imports.clerk import Clerk
from flows.imports.pushed_orders import MOST_ORDERS, Pushed, push_orders
from web.api.caller import Caller, Pusher
from web.api.keyed import Key, answer_of, remembered_call
from web.api.models import (
    Named,
    OrderFate,
    OrdersAnswer,
    RowFault,
    SuggestionTold,
    TwinTold,
)
from web.api.problems import ApiFault
from web.api.says import says

router = APIRouter(tags=["工单"])
ONE_OR_MANY: dict[str, object] = {
    "oneOf": [
        {"$ref": "#/components/schemas/WorkOrder"},
        {
            "type": "array",
            "items": {"$ref": "#/components/schemas/WorkOrder"},
            "minItems": 1,
            "maxItems": MOST_ORDERS,
        },
    ]
}


@router.post(
    "/work-orders",
    response_model=OrdersAnswer,
    summary="推送工单",
    description=f"登记一张或者至多{MOST_ORDERS}张工单，逐张回答：已登记、此前已登记，"
    "或者未登记及全部原因。"
    "一张有误不影响其他各张；同一来源的同一工单编号只登记一次。用途：orders。",
    responses=says(400, 401, 403, 409, 413, 422, 429),
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": ONE_OR_MANY}}}},
)
def push(
    request: Request, caller: Pusher, orders: Annotated[JsonValue, Body()], key: Key = ""
) -> Response:
    """Each order registered, known already, or rejected with every reason."""
    rows = orders if isinstance(orders, list) else [orders]
    if not 0 < len(rows) <= MOST_ORDERS:
        raise ApiFault("invalid", f"一次至少1张、至多{MOST_ORDERS}张工单，现有{len(rows)}张。")
    clerk = Clerk(caller.office, caller.actor, caller.now)

    def work(session: Session) -> str:
        found = push_orders(session, clerk, caller.holder.channel, rows)
        return _answer(found, caller).model_dump_json()

    return answer_of(caller, remembered_call(request, caller, key, orders), work)


def _answer(found: list[Pushed], caller: Caller) -> OrdersAnswer:
    counts = Counter(one.fate for one in found)
    return OrdersAnswer(
        registered=counts["registered"],
        already_there=counts["already_there"],
        rejected=counts["rejected"],
        rows=[_fate(one, caller.office.rules) for one in found],
    )


def _fate(one: Pushed, rules: Rulebook) -> OrderFate:
    return OrderFate.model_validate(
        {
            "row": one.row,
            "outside_no": one.outside_no,
            "result": one.fate,
            "clue": one.no or None,
            "errors": [
                RowFault(field=line_of(told.field), wrong=told.wrong, right=told.right)
                for told in one.complaints
            ],
            "warnings": list(one.warnings),
            "suspected": _twins(one, "duplicate"),
            "related": _twins(one, "related"),
            "suggestion": _suggestion(one, rules),
        }
    )


def _twins(one: Pushed, kind: str) -> list[TwinTold]:
    return [
        TwinTold(clue=twin.no, score=round(twin.score, 4), reason=twin.reason)
        for twin in one.twins
        if twin.kind == kind
    ]


def _suggestion(one: Pushed, rules: Rulebook) -> SuggestionTold | None:
    told = one.suggestion
    if told is None:
        return None
    duty = rules.duties.get(str(told.get("duty")))
    matter, beside = rules.matters.get(str(told.get("matter"))), told.get("cooperating")
    return SuggestionTold.model_validate(
        {
            "matter": Named(id=str(told["matter"]), name=matter.name) if matter else None,
            "duty": Named(id=str(told["duty"]), name=duty.name) if duty else None,
            "handling": told.get("handling"),
            "lead": organ(str(told.get("lead")), rules),
            "cooperating": [organ(str(each), rules) for each in beside]
            if isinstance(beside, list)
            else [],
            "confidence": told.get("confidence", 0),
            "reason": told.get("reason", ""),
        }
    )


def organ(key: str, rules: Rulebook) -> Named | None:
    """A department by id and name, where there is one."""
    found = rules.departments.get(key)
    return Named(id=key, name=found.name) if found else None
