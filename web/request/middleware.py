"""The middleware of every page: headers, request numbers, no foreign forms, size limits."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.site.logs import SPENT, Spent
from web.request.measures import count

LOG = logging.getLogger("yisong.web")
ONLY_HTTPS = "max-age=31536000"
"""For a year browsers come by HTTPS alone, once they have been here by it."""
CLUE = re.compile(r"[A-Z]{2}\d{10}")
ALIVE = "/livez"
SAFE = {"GET", "HEAD", "OPTIONS"}
LARGEST_UPLOAD = 20 * 1024 * 1024
EVIDENCE, LARGEST_EVIDENCE = "/evidence", 60 * 1024 * 1024
"""Photos and scans come several at once; each is still held against attachments.yaml."""
PLAIN_FORM = "application/x-www-form-urlencoded"
API, LARGEST_CALL = "/api/", 4 * 1024 * 1024
"""The interface for other systems takes smaller bodies, and tokens where pages take cookies."""
# Scripts and styles come from our own files only, never from a page's text, so that neither nonces
# nor hashes are needed: a script that somebody writes into a complaint is not run even if a
# template forgot to escape it. `data:` is for pictures drawn into pages (QR codes).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class TooLarge(HTTPException):
    """A request body beyond the limit."""

    def __init__(self) -> None:
        super().__init__(413)


class Guarded:
    """Headers on every answer, a number for every request, and nothing from a foreign page.

    `amiss` says why nothing may be done now: then only whoever asks after the process is answered.
    """

    def __init__(self, app: ASGIApp, base_url: str, amiss: Callable[[], str] | None = None) -> None:
        self.app, self.amiss = app, amiss
        parsed = urlsplit(base_url)
        self.home, self.is_secure = parsed.netloc, parsed.scheme == "https"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or refuses it before any page sees it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = secrets.token_hex(6)
        SPENT.set(Spent(number))
        scope.setdefault("state", {})["request_id"] = number
        answer = _Answer(scope, send, number, is_secure=self.is_secure)
        if refusal := self._refusal(scope):
            await refusal(scope, receive, answer.send)
            return
        try:
            await self.app(scope, _legible(scope, _limited(scope, receive)), answer.send)
        finally:
            answer.log()

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if scope["method"] not in SAFE and not self._is_own(scope):
            return PlainTextResponse("请求来自其他网站，已拒绝。请在本系统页面内操作。", 403)
        if _has_zero_byte(scope):
            return PlainTextResponse("网址里有无法识别的字符（空字符），请从菜单重新打开。", 400)
        if self.amiss and scope["path"] != ALIVE and (told := self.amiss()):
            return PlainTextResponse(f"{told}。", 503)
        return None

    def _is_own(self, scope: Scope) -> bool:
        """Whether an unsafe request comes from our own pages, or goes where no cookie counts."""
        if scope["path"].startswith(API):
            return True
        # No tokens in forms: every current browser says where a request comes from, and who says
        # nothing at all is refused (cross-site request forgery).
        headers = Headers(scope=scope)
        if site := headers.get("sec-fetch-site"):
            return site == "same-origin"
        origin = urlsplit(headers.get("origin", ""))
        return bool(origin.netloc) and origin.netloc in {headers.get("host", ""), self.home}


def _has_zero_byte(scope: Scope) -> bool:
    """Whether a page's address bears what PostgreSQL keeps in no text, and would fail on.

    Calls of the interface have their fields looked at, and are told which.
    """
    if scope["path"].startswith(API):
        return False
    return "\x00" in scope["path"] or b"%00" in scope["query_string"]


class _Answer:
    """The answer on its way: headers added, status noted for the log."""

    def __init__(self, scope: Scope, send: Send, number: str, *, is_secure: bool) -> None:
        self.scope, self.forward, self.number = scope, send, number
        self.is_secure = is_secure
        self.status, self.began = 0, time.perf_counter()

    async def send(self, message: Message) -> None:
        """Passes a message on; the first one gets the headers."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if self.is_secure:
                headers.setdefault("Strict-Transport-Security", ONLY_HTTPS)
            headers["X-Request-Id"] = self.number
            headers.setdefault("Cache-Control", "no-store")
        await self.forward(message)

    def log(self) -> None:
        """One line, with neither query nor cookie nor form in it, and a count of the answer.

        The path is the program's, in which numbers and ids are names: `/clues/{number}`.
        """
        took = time.perf_counter() - self.began
        method, route = self.scope["method"], self.scope.get("route")
        path = str(getattr(route, "path", "（没有这一页）"))
        spent = SPENT.get() or Spent()
        count((method, path), self.status, took, spent.seconds)
        told = {
            "request": self.number,
            "method": method,
            "path": path,
            "status": self.status,
            "ms": round(took * 1000, 1),
            "sql_ms": round(spent.seconds * 1000, 1),
            "queries": spent.queries,
        }
        number = str(self.scope.get("path_params", {}).get("number", ""))
        clue = {"clue": number} if CLUE.fullmatch(number) else {}
        LOG.info("answered", extra=told | clue)


def _legible(scope: Scope, receive: Receive) -> Receive:
    """A form without zero bytes, which nobody sees and PostgreSQL keeps in no text.

    Forms with files are read part by part: see `web.request.desk.sent_form`.
    """
    if not Headers(scope=scope).get("content-type", "").startswith(PLAIN_FORM):
        return receive
    is_read = False

    async def receive_all() -> Message:
        nonlocal is_read
        body = bytearray()
        while not is_read:
            message = await receive()
            if message["type"] != "http.request":
                return message
            body += message.get("body", b"")
            if not message.get("more_body"):
                is_read = True
                return {**message, "body": bytes(body).replace(b"%00", b"")}
        return await receive()

    return receive_all


def _limited(scope: Scope, receive: Receive) -> Receive:
    """A body within the limit; TooLarge as soon as it is not, whatever it said of itself."""
    stated = Headers(scope=scope).get("content-length", "")
    largest = LARGEST_CALL if scope["path"].startswith(API) else LARGEST_UPLOAD
    if scope["path"].endswith(EVIDENCE):
        largest = LARGEST_EVIDENCE
    too_large = stated.isdecimal() and int(stated) > largest
    seen = 0

    async def receive_some() -> Message:
        nonlocal seen
        if too_large:
            raise TooLarge
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > largest:
            raise TooLarge
        return message

    return receive_some
