"""Faults as problem details (RFC 9457): in Chinese, with every reason, its article, its field."""

import logging
from collections.abc import Iterable, Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from documents.templates.engine import BadTemplate
from domain.lifecycle.plan import Reason, Refused
from domain.shapes.yaml_source import BadConfig
from flows.door.steps import STALE
from flows.imports.incoming_file import Unusable
from flows.people.visible_clues import NotForYou
from flows.site.store import is_busy, is_conflict
from flows.systems.answered_calls import KEPT_FOR, KeyReused
from web.request.middleware import LARGEST_CALL
from web.request.turns import NoTurn

LOG = logging.getLogger("yisong.api")
MEDIA = "application/problem+json"
MEGABYTE = 1024 * 1024
KINDS: Mapping[str, tuple[int, str]] = {
    "bad-request": (400, "请求不正确"),
    "unauthorized": (401, "令牌无效"),
    "forbidden": (403, "令牌没有这种用途"),
    "not-found": (404, "没有找到"),
    "method": (405, "不支持这种请求"),
    "refused": (409, "现在不能办理"),
    "busy": (409, "正在被他人办理"),
    "outdated": (412, "线索已有新的变动"),
    "too-large": (413, "请求内容过大"),
    "invalid": (422, "内容不符合要求"),
    "key-reused": (422, "幂等键已用于其他内容"),
    "too-many": (429, "调用过于频繁"),
    "internal": (500, "系统出错"),
    "unavailable": (503, "系统正忙"),
}
"""Every kind of problem: its status and its title."""
BY_STATUS = {status: kind for kind, (status, _) in reversed(tuple(KINDS.items()))}
SAID: Mapping[str, str] = {
    "missing": "缺少这一项",
    "json_invalid": "不是正确的 JSON",
    "string_pattern_mismatch": "格式不对",
    "string_too_long": "过长",
    "too_long": "过多",
    "too_short": "至少应有一项",
    "int_parsing": "应为整数",
    "greater_than_equal": "过小",
    "less_than_equal": "过大",
    "extra_forbidden": "没有这一项",
    "dict_type": "应为一个对象",
    "model_attributes_type": "应为一个 JSON 对象",
}
"""What the checks of a request complain of, in Chinese."""
UNFIT_TEXT = "含有不能保存的字符"


class FieldFault(BaseModel):
    """What is wrong with one item of a request."""

    field: str = Field(description="哪一项，如 query.limit、form.reason")
    message: str = Field(description="哪里不对")


class ReasonTold(BaseModel):
    """A reason against an action, with its article."""

    text: str = Field(description="理由")
    article: str = Field(description="依据的条文")
    citation: str = Field(description="条文编号")


class Problem(BaseModel):
    """A fault (RFC 9457)."""

    type: str = Field(description="错误种类，说明见该地址", examples=["/api/v1/docs#refused"])
    title: str = Field(description="错误名称")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="说明")
    instance: str = Field(description="请求编号，向管理员反映问题时请提供")
    errors: list[FieldFault] = Field(default=[], description="有误的各项")
    reasons: list[ReasonTold] = Field(default=[], description="不能办理的全部理由和依据")


class ApiFault(Exception):
    """A fault that a route itself found."""

    def __init__(
        self, kind: str, detail: str, errors: Iterable[FieldFault] = (), wait: int = 0
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors, self.wait = kind, detail, list(errors), wait


class RefusedCall(Exception):
    """An action refused: because of how things stand, or because of its form alone."""

    def __init__(self, refused: Refused, stands: bool) -> None:
        super().__init__(str(refused))
        self.refused, self.stands = refused, stands


def reason_record(reason: Reason) -> ReasonTold:
    """A reason as it is answered."""
    return ReasonTold(text=reason.text, article=reason.article, citation=reason.citation)


def unfit_text(value: object, path: str) -> list[FieldFault]:
    """Every text that no database could keep: lone surrogates and zero bytes."""
    if isinstance(value, str):
        unfit = "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value)
        return [FieldFault(field=path, message=UNFIT_TEXT)] if unfit else []
    if isinstance(value, Mapping):
        named = [one for key in value for one in unfit_text(key, path)]
        inner = (unfit_text(one, f"{path}.{key}") for key, one in value.items() if not named)
        return named or [one for found in inner for one in found]
    if isinstance(value, list):
        parts = (unfit_text(one, f"{path}.{place}") for place, one in enumerate(value))
        return [one for found in parts for one in found]
    return []


def answer(
    request: Request,
    kind: str,
    detail: str = "",
    errors: Iterable[FieldFault] = (),
    reasons: Iterable[ReasonTold] = (),
) -> JSONResponse:
    """The answer to a call that failed."""
    status, title = KINDS[kind]
    problem = Problem(
        type=f"/api/v1/docs#{kind}",
        title=title,
        status=status,
        detail=detail or f"{title}。",
        instance=str(request.state.request_id),
        errors=list(errors),
        reasons=list(reasons),
    )
    return JSONResponse(problem.model_dump(), status, media_type=MEDIA)


def install_problems(api: FastAPI) -> None:
    """Every fault inside the interface is answered as a problem."""
    api.add_exception_handler(ApiFault, _own)
    api.add_exception_handler(RefusedCall, _refused)
    api.add_exception_handler(NotForYou, _hidden)
    api.add_exception_handler(KeyReused, _reused)
    for busy in (DBAPIError, PoolTimeout, NoTurn):
        api.add_exception_handler(busy, _gave_way)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    for kind in (BadConfig, BadTemplate, Unusable):
        api.add_exception_handler(kind, _misconfigured)
    api.add_exception_handler(500, _broken)


def _own(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, ApiFault)
    found = answer(request, problem.kind, problem.detail, problem.errors)
    if problem.kind == "unauthorized":
        found.headers["WWW-Authenticate"] = 'Bearer realm="yisong"'
    if problem.wait:
        found.headers["Retry-After"] = str(problem.wait)
    return found


def _refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RefusedCall)
    reasons = [reason_record(one) for one in problem.refused.reasons]
    if any(one.text == STALE for one in reasons):
        return answer(request, "busy", STALE, reasons=reasons)
    kind = "refused" if problem.stands else "invalid"
    return answer(request, kind, f"{problem.refused.heading}。", reasons=reasons)


def _hidden(request: Request, problem: Exception) -> Response:
    return answer(request, "not-found", str(problem))


def _reused(request: Request, problem: Exception) -> Response:
    detail = f"该 Idempotency-Key 在{KEPT_FOR.days}日内已用于内容不同的请求，请换用新的键。"
    return answer(request, "key-reused", detail)


def _gave_way(request: Request, problem: Exception) -> Response:
    if isinstance(problem, DBAPIError) and is_conflict(problem):
        found = answer(request, "busy", STALE)
        found.headers["Retry-After"] = "1"
        return found
    if not (isinstance(problem, NoTurn) or is_busy(problem)):
        raise problem
    found = answer(request, "unavailable", "没有保存任何改动，请稍后以同一 Idempotency-Key 重试。")
    found.headers["Retry-After"] = "5"
    return found


def _invalid(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    faults = [
        FieldFault(field=_place(one["loc"]), message=SAID.get(one["type"], "不符合要求"))
        for one in problem.errors()
    ]
    return answer(request, "invalid", "请求中有内容不符合要求，请按各项说明改正。", faults)


def _place(loc: Iterable[object]) -> str:
    """Where a fault is; what cannot be written is left out."""
    return ".".join(str(one) for one in loc).encode("utf-8", "ignore").decode()[:200]


def _http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    kind = BY_STATUS.get(problem.status_code, "bad-request")
    detail = "" if str(problem.detail).isascii() else str(problem.detail)
    if kind == "too-large":
        detail = f"请求内容不得超过{LARGEST_CALL // MEGABYTE}兆字节，请分批发送。"
    found = answer(request, kind, detail)
    found.headers.update(problem.headers or {})
    return found


def _misconfigured(request: Request, problem: Exception) -> Response:
    """A file of the site is broken: its administrator is told which one, and nothing was saved."""
    LOG.error("%s %s %s", request.state.request_id, request.url.path, problem)
    return answer(request, "internal", f"{problem}。没有保存任何改动，请告诉管理员。")


def _broken(request: Request, problem: Exception) -> Response:
    LOG.error("%s %s", request.state.request_id, request.url.path, exc_info=problem)
    detail = "没有保存任何改动，请稍后再试；仍不成功的，把请求编号告诉管理员。"
    return answer(request, "internal", detail)
