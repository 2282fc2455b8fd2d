"""Actions on a clue or undertaking: which may be taken with what form, and taking one."""

import re
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from sqlmodel import Session

from domain.lifecycle.plan import NEW, Allowed, Refused
from domain.situation.situation import CONSEQUENCE, SYSTEM
from domain.tables.process import Clue
from flows.acting.whole_steps import act_in
from flows.door.locked_dossier import Root, kind_of, lock_dossier, root_of
from flows.door.page_paths import path_of
from flows.door.steps import Command, Outcome
from flows.door.visible_undertakings import seen_undertaking
from flows.lists.clue_sheet import clue_sheet
from flows.lists.undertaking_sheet import undertaking_sheet
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, seen_clue
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
    "/undertakings/{number}/actions",
    summary="情况通报可办的操作",
    description="符合情况通报现状的全部操作，与线索的一样。用途：clues。",
    responses={**says(401, 403, 404, 422, 429), 200: {"headers": ETAG}},
)
@router.get(
    "/clues/{number}/actions",
    summary="可办的操作",
    description="符合线索现状的全部操作：能办的附表单的 JSON Schema，不能办的附全部理由和依据。"
    "用途：clues。",
    responses={**says(401, 403, 404, 422, 429), 200: {"headers": ETAG}},
)
def list_actions(
    request: Request, caller: Looker, number: Number, response: Response
) -> ActionsTold:
    """Every action that fits how the clue or undertaking stands, those allowed on top."""
    root = _seen(request, caller, number)
    version = version_of(caller.session, root.id or NEW)
    response.headers["ETag"] = f'"{version}"'
    found = _judged(caller, caller.session, root)
    items = [_told(caller, root, one) for one in found]
    items.sort(key=lambda one: not one.allowed)
    return ActionsTold(clue=root.no, version=version, items=items)


@router.post(
    "/undertakings/{number}/actions/{process}/{action}",
    response_model=ActionDone,
    summary="办理情况通报",
    description="以令牌所记人员的名义办理一项操作，与线索的一样。用途：actions。",
    responses={
        **says(400, 401, 403, 404, 409, 412, 413, 422, 429),
        200: {"headers": ETAG},
    },
)
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
    root = _seen(request, caller, number)
    _insist_on_action(caller, root, (process, action))
    if faults := unfit_text(order.form, "form"):
        raise ApiFault("invalid", "表单中有不能保存的字符。", faults)
    command = Command(action, process, root.id, order.process_id, order.form)
    seen = VERSION.fullmatch(version)

    def work(session: Session) -> str:
        return _done(session, caller, command, int(seen[1]) if seen else None).model_dump_json()

    call = remembered_call(request, caller, key, [order.model_dump(), version])
    answer = answer_of(caller, call, work)
    done = ActionDone.model_validate_json(bytes(answer.body))
    answer.headers["ETag"] = f'"{done.version}"'
    return answer


def _seen(request: Request, caller: Caller, number: str) -> Root:
    """The clue or undertaking of the address, if the person may see it; NotForYou otherwise."""
    see = seen_undertaking if "/undertakings/" in request.url.path else seen_clue
    return see(caller.session, caller.office, caller.actor, number)


def _insist_on_action(caller: Caller, root: Root, named: tuple[str, str]) -> None:
    """An action that no person takes, or none of this kind, is not there."""
    process, action = named
    lifecycle = caller.office.rules.lifecycles.get(process)
    transition = lifecycle.actions.get(action) if lifecycle else None
    is_own = lifecycle is not None and lifecycle.root == kind_of(root)
    if transition is None or not is_own or set(transition.by) <= {CONSEQUENCE, SYSTEM}:
        raise NotForYou(f"没有「{process}/{action}」这项操作")


def _done(session: Session, caller: Caller, command: Command, expected: int | None) -> ActionDone:
    root = lock_dossier(session, caller.office.rules, command.process, command.clue or 0)
    current = version_of(session, root.id or NEW)
    if expected is not None and expected != current:
        what = caller.office.rules.lifecycles[kind_of(root)].label
        raise ApiFault("outdated", f"{what}现为第{current}版，请重新读取后再办理。")
    try:
        outcome = act_in(session, caller.office, command, caller.actor, caller.now)
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
    rules = caller.office.rules
    root = root_of(caller.session, rules, command.process, command.clue or NEW)
    fitting = [
        one
        for one in _judged(caller, caller.session, root)
        if (one.process.kind, one.action) == (command.process, command.action)
        and command.process_id in (None, one.process.id)
    ]
    return all(one.reasons for one in fitting)


def _judged(caller: Caller, session: Session, root: Root) -> list[Allowed]:
    """The actions of the processes that are shown to the person."""
    if isinstance(root, Clue):
        return list(clue_sheet(session, caller.office, root, caller.actor, caller.now).allowed)
    viewer = Viewer(caller.office, caller.actor, caller.now)
    return list(undertaking_sheet(session, viewer, root).allowed)


def _told(caller: Caller, root: Root, one: Allowed) -> ActionTold:
    rules, kind = caller.office.rules, one.process.kind
    transition = rules.lifecycles[kind].actions[one.action]
    own = None if rules.lifecycles[kind].is_root else one.process.id or None
    return ActionTold(
        process=kind,
        process_id=own,
        action=one.action,
        label=one.label,
        allowed=not one.reasons,
        reasons=[reason_record(reason) for reason in one.reasons],
        basis=[rules.cite(citation) for citation in transition.basis],
        url=f"/api/v1{path_of(root)}/actions/{kind}/{one.action}",
        form=form_schema(transition.form, rules),
    )
