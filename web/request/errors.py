"""Errors as pages: in Chinese, with what to do next and the number of the request."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.responses import Response

from documents.templates.engine import BadTemplate
from domain.lifecycle.plan import Refused
from domain.shapes.yaml_source import BadConfig
from flows.people.passwords import Crowded
from flows.people.visible_clues import NotForYou
from flows.site.keys import WrongKeys
from flows.site.store import is_busy
from web.request.desk import (
    SECOND,
    NotAllowed,
    PasswordNeeded,
    SecondNeeded,
    SignInNeeded,
    recognise,
)
from web.request.middleware import HEADERS, LARGEST_UPLOAD
from web.request.render import page
from web.request.sent_once import SentAlready
from web.request.turns import NoTurn

LOG = logging.getLogger("yisong.web")
MEGABYTE = 1024 * 1024
TITLES = {
    400: "请求不正确",
    401: "请先登录",
    403: "无权进行",
    404: "没有找到",
    405: "不支持这种请求",
    409: "已被他人办理",
    413: "文件过大",
    422: "填写不正确",
    429: "过于频繁",
    500: "系统出错",
    503: "系统正忙",
}
ADVICE = {
    400: "请返回上一页，检查后再试。",
    401: "请登录后再试。",
    403: "如确需办理，请联系管理员核对您的岗位和部门。",
    404: "可能编号有误，或者您无权查看。",
    405: "请从页面上的按钮操作。",
    409: "请刷新页面，查看最新情况后再办理。",
    413: f"单个文件不得超过{LARGEST_UPLOAD // MEGABYTE}兆字节。",
    422: "请按提示改正后重新提交。",
    429: "请按提示的时间稍后再试；没有保存任何改动。",
    500: "没有保存任何改动。请稍后再试；仍不成功的，把下面的请求编号告诉管理员。",
    503: "没有保存任何改动。请稍候片刻，按浏览器的“返回”回到刚才的页面，填写的内容仍在，"
    "再提交一次；多次不成功的，把下面的请求编号告诉管理员。",
}


BEFORE_THE_DESK = frozenset({404, 405, 422})
"""What is answered before anybody asked who is there."""
LABELS = {"q": "查找内容", "name": "名称", "code": "证件号码", "before": "页码", "after": "页码"}
"""What the fields of addresses are called."""


def error(request: Request, status: int, detail: str = "") -> Response:
    """The answer to a request that failed: a page for people, for programs as RFC 9457 has it.

    The interface answers for itself: only an address that it cannot be (a line break) comes here.
    """
    title = TITLES.get(status, "请求未能完成")
    if request.url.path.startswith("/api/"):
        told = {"detail": detail or title, "instance": request.state.request_id}
        found = {"type": "about:blank", "title": title, "status": status, **told}
        return JSONResponse(found, status, media_type="application/problem+json")
    advice = ADVICE.get(status, "请返回上一页再试。")
    if status in BEFORE_THE_DESK:
        recognise(request)
    return page(request, "request/error.html", status, title=title, detail=detail, advice=advice)


def install_errors(app: FastAPI) -> None:
    """Every kind of failure gets its page."""
    app.add_exception_handler(SignInNeeded, _to_sign_in)
    app.add_exception_handler(PasswordNeeded, _to_account)
    app.add_exception_handler(SecondNeeded, _to_second)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    for kind, status in (
        (NotForYou, 404),
        (NotAllowed, 403),
        (Refused, 409),
        (WrongKeys, 500),
        (BadConfig, 500),
        (BadTemplate, 500),
    ):
        app.add_exception_handler(kind, _answering(status))
    app.add_exception_handler(SentAlready, _sent_already)
    app.add_exception_handler(Crowded, _answering(429))
    for busy in (DBAPIError, PoolTimeout, NoTurn):
        app.add_exception_handler(busy, _busy)
    app.add_exception_handler(500, _broken)


def _sent_already(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, SentAlready)
    if problem.led:
        return RedirectResponse(problem.led, 303)
    return error(request, 409, str(problem))


def _to_sign_in(request: Request, problem: Exception) -> Response:
    if request.url.path.startswith("/api/"):
        return error(request, 401)
    sent = request.method != "GET"
    asked = _page_of_form(request) if sent else request.url
    back = asked.path + (f"?{asked.query}" if asked.query else "")
    told = {**({"next": back} if back != "/" else {}), **({"expired": "true"} if sent else {})}
    target = f"/signin?{urlencode(told, safe='/', quote_via=quote)}" if told else "/signin"
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


def _page_of_form(request: Request) -> URL:
    """The page of ours that a form was sent from; the first page where the browser does not say."""
    told = URL(request.headers.get("referer", ""))
    try:
        return told if told.netloc == request.url.netloc else URL("/")
    except ValueError:
        return URL("/")


def _to_account(request: Request, problem: Exception) -> Response:
    return _lead(request, "/account")


def _to_second(request: Request, problem: Exception) -> Response:
    return _lead(request, SECOND)


def _lead(request: Request, path: str) -> Response:
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


def _answering(status: int) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, problem: Exception) -> Response:
        return error(request, status, str(problem))

    return answer


def _http(request: Request, problem: Exception) -> Response:
    if not isinstance(problem, HTTPException):
        raise problem
    told = "" if problem.detail.isascii() else problem.detail
    response = error(request, problem.status_code, told)
    response.headers.update(problem.headers or {})
    return response


def _unreadable(request: Request, problem: Exception) -> Response:
    if not isinstance(problem, RequestValidationError):
        raise problem
    found = dict.fromkeys(_complaint(one) for one in problem.errors())
    return error(request, 422, f"{'；'.join(found)}。")


def _complaint(found: Mapping[str, Any]) -> str:
    name = str(found["loc"][-1])
    field = f"「{LABELS.get(name, name)}」"
    if found["type"] == "string_too_long":
        return f"{field}最多{found['ctx']['max_length']}个字"
    if found["type"] == "missing":
        return f"没有填写{field}"
    return f"{field}不符合要求"


def _busy(request: Request, problem: Exception) -> Response:
    """Nothing of the database is needed for this page: it is what was not to be had."""
    if not (isinstance(problem, NoTurn) or is_busy(problem)):
        raise problem
    LOG.warning("%s %s: %s", request.state.request_id, request.url.path, type(problem).__name__)
    request.state.actor = None
    response = error(request, 503)
    response.headers["Retry-After"] = "5"
    return response


def _broken(request: Request, problem: Exception) -> Response:
    LOG.error("%s %s", request.state.request_id, request.url.path, exc_info=problem)
    request.state.actor = None
    response = error(request, 500)
    # Starlette makes this answer outside all middleware: the headers are not put on it by itself.
    own = {"X-Request-Id": request.state.request_id, "Cache-Control": "no-store"}
    response.headers.update({**HEADERS, **own})
    return response
