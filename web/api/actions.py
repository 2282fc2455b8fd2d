"""Actions on a clue: which may be taken and with what form, and taking one."""

import re
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from sqlmodel import Session

from domain.lifecycle.plan import Allowed, Refused
from domain.situation.situation import CONSEQUENCE, SYSTEM
from domain.tables.process import Clue
from flows.door.locked_clue import lock_clue
from flows.door.steps import Command, Outcome, perform_in
from flows.lists.clue_sheet import clue_sheet
from flows.people.visible_clues import NotForYou, seen_clue, sight_on
from flows.systems.changed_clues import version_of
from web.api.caller import Caller, Doer, Looker
from web.api.clues import ETAG, Number
from web.api.documents import document_summary
from web.api.field_schemas import form_schema
from web.api.keyed import Key, answer_of, remembered_call
from web.api.models import ActionDone, ActionOrder, ActionsTold, ActionTold, Named
from web.api.problems import ApiFault, RefusedCall, reason_record, unfit_text
from web.api.says import says

router = APIRouter(tags=["办理"])
Name = Annotated[str, Path(pattern=r"^[a-z_]{1,60}$")]
VERSION = re.compile(r'(?:W/)?"(\d{1,18})"')
IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        description='线索的版本，如 "128"；线索此后有变动的，不办理并回答 412',
        pattern=r'^(?:|\*|(?:W/)?"\d{1,18}")$',
    ),
]


@router.get(
    "/clues/{number}/actions",
    summary="可办的操作",
    description="符合线索现状的全部操作：能办的附表单的 JSON Schema，不能办的附全部理由和依据。"
    "用途：clues。",
    responses={**says(401, 403, 404, 422, 429), 200: {"headers": ETAG}},
)
def list_actions(caller: Looker, number: Number, response: Response) -> ActionsTold:
    """Every action that fits how the clue stands, those allowed on top."""
    clue = seen_clue(caller.session, caller.office, caller.actor, number)
    version = version_of(caller.session, clue)
    response.headers["ETag"] = f'"{version}"'
    found = _judged(caller, caller.session, clue)
    seen = sight_on(caller.session, caller.office, caller.actor, clue)
    items = [_told(caller, clue, one) for one in found if seen.shows(one.process.kind)]
    items.sort(key=lambda one: not one.allowed)
    return ActionsTold(clue=clue.no, version=version, items=items)


@router.post(
    "/clues/{number}/actions/{process}/{action}",
    response_model=ActionDone,
    summary="办理",
    description="以令牌所记人员的名义办理一项操作：或者全部办成，"
    "或者什么也没有改动并回答全部理由。用途：actions。",
    responses={
        **says(400, 401, 403, 404, 409, 412, 413, 422, 429),
        200: {"headers": ETAG},
    },
)
def act(
    request: Request,
    caller: Doer,
    number: Number,
    process: Name,
    action: Name,
    order: ActionOrder,
    key: Key = "",
    version: IfMatch = "",
) -> Response:
    """The action done, or refused with every reason."""
    clue = seen_clue(caller.session, caller.office, caller.actor, number)
    _insist_on_action(caller, process, action)
    if faults := unfit_text(order.form, "form"):
        raise ApiFault("invalid", "表单中有不能保存的字符。", faults)
    command = Command(action, process, clue.id, order.process_id, order.form)
    seen = VERSION.fullmatch(version)

    def work(session: Session) -> str:
        return _done(session, caller, command, int(seen[1]) if seen else None).model_dump_json()

    call = remembered_call(request, caller, key, [order.model_dump(), version])
    answer = answer_of(caller, call, work)
    done = ActionDone.model_validate_json(bytes(answer.body))
    answer.headers["ETag"] = f'"{done.version}"'
    return answer


def _insist_on_action(caller: Caller, process: str, action: str) -> None:
    """An action that no person takes is not there."""
    lifecycle = caller.office.rules.lifecycles.get(process)
    transition = lifecycle.actions.get(action) if lifecycle else None
    if transition is None or set(transition.by) <= {CONSEQUENCE, SYSTEM}:
        raise NotForYou(f"没有「{process}/{action}」这项操作")


def _done(session: Session, caller: Caller, command: Command, expected: int | None) -> ActionDone:
    clue = lock_clue(session, command.clue or 0)
    current = version_of(session, clue)
    if expected is not None and expected != current:
        raise ApiFault("outdated", f"线索现为第{current}版，请重新读取后再办理。")
    try:
        outcome = perform_in(session, caller.office, command, caller.actor, caller.now)
    except Refused as refused:
        raise RefusedCall(refused, _stands(caller, command)) from refused
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return _outcome(caller, command, outcome)


def _outcome(caller: Caller, command: Command, outcome: Outcome) -> ActionDone:
    state = caller.office.rules.lifecycles[command.process].states[outcome.state]
    return ActionDone(
        clue=outcome.clue_no,
        version=outcome.event,
        process=command.process,
        process_id=outcome.process_id,
        state=Named(id=outcome.state, name=state.label),
        documents=[document_summary(caller.office, one) for one in outcome.documents],
    )


def _stands(caller: Caller, command: Command) -> bool:
    """Whether something stands against the action itself, and not against its form alone."""
    clue = caller.session.get_one(Clue, command.clue)
    fitting = [
        one
        for one in _judged(caller, caller.session, clue)
        if (one.process.kind, one.action) == (command.process, command.action)
        and command.process_id in (None, one.process.id)
    ]
    return all(one.reasons for one in fitting)


def _judged(caller: Caller, session: Session, clue: Clue) -> tuple[Allowed, ...]:
    return clue_sheet(session, caller.office, clue, caller.actor, caller.now).allowed


def _told(caller: Caller, clue: Clue, one: Allowed) -> ActionTold:
    rules, kind = caller.office.rules, one.process.kind
    transition = rules.lifecycles[kind].actions[one.action]
    own = one.process.id if one.process.id and kind != "clue" else None
    return ActionTold(
        process=kind,
        process_id=own,
        action=one.action,
        label=one.label,
        allowed=not one.reasons,
        reasons=[reason_record(reason) for reason in one.reasons],
        basis=[rules.cite(citation) for citation in transition.basis],
        url=f"/api/v1/clues/{clue.no}/actions/{kind}/{one.action}",
        form=form_schema(transition.form, rules),
    )
