"""A site below a path of its host (`YISONG_BASE_URL` = https://host/path), behind a proxy.

Pages and code know their paths from `/` on. What comes in loses the path in front, whether the
proxy left it or took it off; addresses that go out – in pages, redirections, cookies – get it.
"""

import re
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ADDRESS = re.compile(rb"""(\s(?:href|src|action|formaction|hx-[a-z-]+)=")(/(?!/)[^"]*)""")
"""An attribute with an address of ours, as the templates write it."""
TARGETS = ("location", "hx-redirect", "hx-location", "hx-push-url", "hx-replace-url")
COOKIE_PATH = re.compile(r"(?i)(;\s*path=)/")


def prefix_of(base_url: str) -> str:
    """The path in front, without a stroke at its end; empty for a site that has its host alone."""
    return urlsplit(base_url).path.rstrip("/")


class Incoming:
    """Takes the path in front off every request that has it."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on with the path that the program knows."""
        path = str(scope.get("path", ""))
        if self.prefix and (path == self.prefix or path.startswith(f"{self.prefix}/")):
            shorter = path[len(self.prefix) :] or "/"
            scope = {**scope, "path": shorter, "raw_path": shorter.encode()}
        await self.app(scope, receive, send)


class Outgoing:
    """Puts the path in front of every address of ours in an answer."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the program does, with other addresses."""
        if not self.prefix or scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Answer(send, self.prefix).send)


class _Answer:
    """An answer on its way; a page is kept until it is whole, everything else passes through."""

    def __init__(self, send: Send, prefix: str) -> None:
        self.forward, self.prefix = send, prefix
        self.start: Message | None = None
        self.page = bytearray()

    async def send(self, message: Message) -> None:
        """Passes a message on, or keeps it until the page is whole."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._readdress(headers)
            if headers.get("content-type", "").startswith("text/html"):
                self.start = message
                return
        elif message["type"] == "http.response.body" and self.start is not None:
            self.page += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page()
            return
        await self.forward(message)

    async def _send_page(self) -> None:
        assert self.start is not None
        body = ADDRESS.sub(self._with_prefix, bytes(self.page))
        MutableHeaders(scope=self.start)["content-length"] = str(len(body))
        await self.forward(self.start)
        await self.forward({"type": "http.response.body", "body": body})

    def _with_prefix(self, found: re.Match[bytes]) -> bytes:
        return found[1] + self._address(found[2].decode()).encode()

    def _address(self, address: str) -> str:
        is_ours = address.startswith("/") and not address.startswith("//")
        if not is_ours or address == self.prefix or address.startswith(f"{self.prefix}/"):
            return address
        return f"{self.prefix}{address}"

    def _readdress(self, headers: MutableHeaders) -> None:
        for name in TARGETS:
            if name in headers:
                headers[name] = self._address(headers[name])
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
            for one in cookies:
                headers.append("set-cookie", COOKIE_PATH.sub(rf"\1{self.prefix}/", one))
