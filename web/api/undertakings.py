"""What departments undertake without a clue, such as circulars: listed, and one of them whole."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from domain.lifecycle.plan import NEW
from domain.tables.undertaking import Undertaking
from flows.door.visible_undertakings import seen_undertaking
from flows.lists.undertaking_list import WantedUndertakings, undertakings
from flows.lists.undertaking_sheet import undertaking_sheet
from flows.people.viewer import Viewer
from flows.systems.changed_clues import version_of
from web.api.caller import Caller, Looker
from web.api.clues import ETAG, Number, clock_told, happened_told, process_told
from web.api.documents import document_summary
from web.api.models import Named, UndertakingPage, UndertakingTold, UndertakingWhole
from web.api.says import says

router = APIRouter(tags=["情况通报"])
KIND = "circular"


@router.get(
    "/undertakings",
    summary="情况通报、公布材料、抽取、风险预警",
    description="令牌所记人员有权查看的一种事项，最新的在前；以 before 接着取更早的。用途：clues。",
    responses=says(401, 403, 422, 429),
)
def list_undertakings(
    caller: Looker,
    before: Annotated[int, Query(ge=0, lt=2**31)] = 0,
    kind: Annotated[
        str,
        Query(
            pattern="^[a-z_]{1,40}$",
            description="种类：circular 情况通报、publication 清单计划等、draw 双随机抽取、"
            "risk_warning 风险预警、assessment 年度评估、"
            "breach_record 失信信息、joint_proceeding 联合行政处罚",
        ),
    ] = KIND,
) -> UndertakingPage:
    """The undertakings of a kind that the token's person may see, the newest first."""
    found = undertakings(caller.session, _viewer(caller), WantedUndertakings(kind, place=before))
    items = [UndertakingTold.model_validate(_line(caller, one.row)) for one in found.lines]
    return UndertakingPage(items=items, before=found.older or None)


@router.get(
    "/undertakings/{number}",
    summary="一件情况通报",
    description="内容、状态、时限、各收件部门的签收和反馈、文书和经过；"
    "收件部门只看得到自己的一份。用途：clues。",
    responses={**says(401, 403, 404, 422, 429), 200: {"headers": ETAG}},
)
def show_undertaking(caller: Looker, number: Number, response: Response) -> UndertakingWhole:
    """A circular as far as the token's person may see it."""
    row = seen_undertaking(caller.session, caller.office, caller.actor, number)
    sheet = undertaking_sheet(caller.session, _viewer(caller), row)
    told = _line(caller, row)
    response.headers["ETag"] = f'"{told["version"]}"'
    return UndertakingWhole.model_validate(
        {
            **told,
            "contents": dict(sheet.parts),
            "clocks": [clock_told(one) for one in sheet.clocks],
            "processes": [process_told(one) for one in sheet.processes],
            "documents": [document_summary(caller.office, one) for one in sheet.documents],
            "timeline": [happened_told(one) for one in sheet.history],
        }
    )


def _viewer(caller: Caller) -> Viewer:
    return Viewer(caller.office, caller.actor, caller.now)


def _line(caller: Caller, row: Undertaking) -> dict[str, object]:
    """What a list and a page tell of an undertaking alike."""
    rules = caller.office.rules
    lifecycle = rules.lifecycles[row.kind]
    return {
        "no": row.no,
        "version": version_of(caller.session, row.id or NEW),
        "kind": row.kind,
        "label": lifecycle.label,
        "title": row.title,
        "state": Named(id=row.state, name=lifecycle.states[row.state].label),
        "department": Named(id=row.department_id, name=rules.departments[row.department_id].name),
        "opened_at": row.opened_at,
        "ended": row.ended_at is not None,
    }
