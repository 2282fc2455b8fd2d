"""A call of the application as one piece of work of the loop: asked, answered, read to the end.

Starlette's own goes to the loop and back a dozen times for each call, so that an answer may be read
while it is made; that takes longer than many pages do.
"""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import unquote

import anyio
import httpx
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI

Message = MutableMapping[str, Any]
FROM = ("testclient", 50000)
PORTS = {"http": 80, "https": 443}


class WholeAnswers(httpx.BaseTransport):
    """Carries what a client asks to the application, in the loop that serves everybody."""

    def __init__(self, app: FastAPI, portal: BlockingPortal) -> None:
        self._app = app
        self._portal = portal

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The whole answer; what the application raises after it answered 500 is not heard."""
        return self._portal.call(_answered, self._app, request, request.read())


async def _answered(app: FastAPI, request: httpx.Request, body: bytes) -> httpx.Response:
    over = anyio.Event()
    asked = [{"type": "http.request", "body": body, "more_body": False}]
    said: list[Message] = []

    async def receive() -> Message:
        if asked:
            return asked.pop()
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            over.set()

    try:
        await app(_scope(request), receive, send)
    except Exception:
        if not said:
            raise
    start, *pieces = said
    content = b"" if request.method == "HEAD" else b"".join(one.get("body", b"") for one in pieces)
    return httpx.Response(
        start["status"],
        headers=start["headers"],
        stream=httpx.ByteStream(content),
        request=request,
    )


def _scope(request: httpx.Request) -> Message:
    url = request.url
    return {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "path": unquote(url.path),
        "raw_path": url.raw_path.split(b"?", 1)[0],
        "root_path": "",
        "scheme": url.scheme,
        "query_string": url.query,
        "headers": [(key.lower(), value) for key, value in request.headers.raw],
        "client": FROM,
        "server": (url.host, url.port or PORTS[url.scheme]),
        "extensions": {},
        "state": {},
    }
