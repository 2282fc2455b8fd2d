"""Requests shared among web processes: a busy one lets its clients come again elsewhere."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Shared:
    """Ends the connection of whoever was answered beside another, once he has his answer.

    Several processes take connections from one socket, and the one that took the last is mostly the
    first to take the next: one process had all eight readers, or all that a proxy keeps open, while
    the other stood idle. A new connection is taken by whichever process has nothing to do.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app, self._at_work = app, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and self._at_work > 1:
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        self._at_work += 1
        try:
            await self.app(scope, receive, sent)
        finally:
            self._at_work -= 1
