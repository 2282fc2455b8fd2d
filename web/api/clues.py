"""Clues followed and looked at: what changed, how one stands, until when, what happened."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from sqlmodel import Session, col, select
from starlette.responses import Response

from domain.files.identifiers import credit_code_fault, is_identity_number
from domain.files.reporter_words import mask_phone
from domain.tables.process import Clue
from flows.lists.clue_listing import ClockLine
from flows.lists.clue_sheet import ProcessLine, clue_sheet
from flows.lists.event_lines import EventLine
from flows.people.visible_clues import seen_clue
from flows.site.office import Office
from flows.systems.changed_clues import Following, changed_clues, version_of
from web.api.caller import Looker
from web.api.models import (
    ClockTold,
    ClueLineTold,
    CluePage,
    ClueTold,
    HappenedTold,
    Named,
    ProcessTold,
    SubjectTold,
)
from web.api.says import says

router = APIRouter(tags=["线索"])
PERSONAL = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|[1-9]\d{16}[\dXx])(?![0-9A-Za-z])")
"""What in a text would tell who somebody is or how to reach him."""
WORD = r"^[0-9A-Za-z_-]{0,60}$"
Number = Annotated[
    str,
    Path(description="线索编号", pattern=r"^[0-9A-Za-z-]{1,40}$", examples=["XS2026000001"]),
]
Word = Annotated[str, Query(pattern=WORD)]
ETAG = {"ETag": {"description": "线索的版本", "schema": {"type": "string"}}}


def following(
    since: Annotated[
        int, Query(ge=0, le=2**53, description="只取此序号之后变动的：上次回答的 next_since")
    ] = 0,
    state: Annotated[str, Query(pattern=WORD, description="状态编号")] = "",
    department: Annotated[str, Query(pattern=WORD, description="部门编号")] = "",
    channel: Annotated[str, Query(pattern=WORD, description="线索来源")] = "",
    outside_no: Annotated[
        str, Query(max_length=64, pattern=r"^[^\x00]*$", description="来源系统中的工单编号")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=200, description="一页至多多少条")] = 50,
) -> Following:
    """What a caller wants to follow."""
    return Following(since, state, department, channel, outside_no, limit)


@router.get(
    "/clues",
    summary="线索变动",
    description="按最近一次变动的先后取线索：从 since=0 起一页页取，"
    "再以 next_since 接着取新的变动，不重不漏。"
    "只有令牌所记人员有权查看的线索。用途：clues。",
    responses=says(401, 403, 422, 429),
)
def list_clues(caller: Looker, wanted: Annotated[Following, Depends(following)]) -> CluePage:
    """The clues that changed, the longest ago first."""
    found = changed_clues(caller.session, caller.office, caller.actor, wanted)
    return CluePage(
        items=[
            ClueLineTold.model_validate(clue_summary(caller.office, one.clue, one.version))
            for one in found.clues
        ],
        next_since=found.upto,
        more=found.more,
    )


@router.get(
    "/clues/{number}",
    summary="一条线索",
    description="状态、时限、流程和经过；反映人和被反映方的个人信息已遮盖。用途：clues。",
    responses={**says(401, 403, 404, 422, 429), 200: {"headers": ETAG}},
)
def show_clue(caller: Looker, number: Number, response: Response) -> ClueTold:
    """A clue as far as the token's person may see it."""
    clue = seen_clue(caller.session, caller.office, caller.actor, number)
    sheet = clue_sheet(caller.session, caller.office, clue, caller.actor, caller.now)
    version = version_of(caller.session, clue.id or 0)
    response.headers["ETag"] = f'"{version}"'
    whole = sheet.seen.whole
    matter = caller.office.rules.matters.get(clue.matter_id or "")
    return ClueTold.model_validate(
        {
            **clue_summary(caller.office, clue, version),
            "category": clue.category,
            "place": clue.place,
            "content": clue.content if whole else None,
            "next_actor": sheet.next_actor,
            "matter": Named(id=clue.matter_id or "", name=matter.name) if matter else None,
            "subject": _subject(clue),
            "reporter": sheet.reporter if whole else "",
            "merged_into": _number_of(caller.session, clue.merged_into_id),
            "clocks": [clock_told(one) for one in sorted(sheet.clocks, key=lambda one: one.due_at)],
            "processes": [process_told(one) for one in sheet.processes],
            "timeline": [happened_told(one) for one in sheet.history],
        }
    )


def clue_summary(office: Office, clue: Clue, version: int) -> dict[str, object]:
    """What a list and a page tell of a clue alike."""
    state = office.rules.lifecycles["clue"].states[clue.state]
    return {
        "no": clue.no,
        "version": version,
        "channel": clue.channel,
        "outside_no": clue.outside_no,
        "title": clue.title,
        "state": Named(id=clue.state, name=state.label),
        "department": Named(
            id=clue.department_id, name=office.rules.departments[clue.department_id].name
        ),
        "received_at": clue.received_at,
        "ended": clue.ended_at is not None,
    }


def _subject(clue: Clue) -> SubjectTold:
    code = clue.subject_code
    is_firm = credit_code_fault(code) is None and not is_identity_number(code)
    return SubjectTold(
        name=clue.subject_name,
        code=code if is_firm else mask_phone(code),
        phone=mask_phone(clue.subject_phone),
    )


def clock_told(one: ClockLine) -> ClockTold:
    """A time limit, as other systems are told of it."""
    return ClockTold.model_validate(
        {
            "rule": one.rule,
            "label": one.label,
            "process": one.process,
            "owner": one.owner,
            "started_at": one.started_at,
            "due_at": one.due_at,
            "breach_at": one.breach_at,
            "provisional": one.provisional,
            "paused": one.paused,
            "light": one.light.colour if one.light else None,
            "late": one.late,
            "ended_at": one.ended_at,
            "article": one.article,
        }
    )


def process_told(one: ProcessLine) -> ProcessTold:
    """A process beside the main line."""
    view = one.view
    return ProcessTold(
        kind=view.kind,
        label=one.label,
        id=view.id,
        state=Named(id=view.state, name=one.state),
        department=one.holder,
    )


def masked(text: str) -> str:
    """A text in which mobile numbers and identity numbers are struck out but for their ends."""
    return PERSONAL.sub(lambda found: mask_phone(found[0]), text)


def happened_told(one: EventLine) -> HappenedTold:
    """One thing that happened, personal data masked."""
    return HappenedTold(
        at=one.at,
        who=one.who,
        department=one.organ,
        process=one.process,
        action=one.action,
        to_state=one.to_state,
        said={label: masked(text) for label, text in one.said},
        documents=list(one.documents),
    )


def _number_of(session: Session, clue_id: int | None) -> str | None:
    if clue_id is None:
        return None
    return session.exec(select(Clue.no).where(col(Clue.id) == clue_id)).one()
