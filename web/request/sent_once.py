"""Forms of pages are carried out once: a second click is led where the first one led.

Every form that a page sends bears a number (those of actions have their own, see
`flows.door.steps`). It is taken before the work and kept where the answer leads on to another page;
an answer that shows the form again, a file or a fault gives it back.
"""

import re
import time
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from fastapi import Request
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.tables.session import SentForm
from flows.site.office import Office
from flows.site.sent_forms import is_usable, take, what_came_of
from flows.site.store import reading, transaction

FIELD = "form_number"
FORM = re.compile(r'<form\b(?![^>]*\bid="action-form")[^>]*\bmethod="post"[^>]*>')
DONE = 303
PATIENCE, LOOKS = 0.1, 30
"""Seconds between looks whether the first click is done, and how many."""


class SentAlready(Exception):
    """The form was carried out already; `led` is the page the first click came to, if known."""

    def __init__(self, led: str) -> None:
        super().__init__("这张表单已经提交过，没有再办一次；请打开相应页面查看结果")
        self.led = led


@dataclass(frozen=True)
class Taken:
    """A form's number while its work is under way."""

    office: Office
    user_id: str
    number: str

    def settle(self, led: str) -> None:
        """The work is done and led to a page."""
        with transaction(self.office.engine) as session:
            session.get_one(SentForm, (self.user_id, self.number)).outcome = {"led": led}

    def give_back(self) -> None:
        """Nothing came of it: the form may be sent again."""
        mine = col(SentForm.user_id) == self.user_id, col(SentForm.nonce) == self.number
        with transaction(self.office.engine) as session:
            session.connection().execute(delete(SentForm).where(*mine))


def numbered(text: str) -> str:
    """A page in which every form that sends bears a number of its own."""
    return FORM.sub(_with_number, text)


def take_number(request: Request, office: Office, user_id: str, now: datetime) -> None:
    """Takes the number of the form that was sent, if it bears one.

    Raises SentAlready for one that was carried out. One under way is waited for; where nothing came
    of it, this one is carried out.
    """
    number = getattr(request.state, FIELD, "")
    if not is_usable(number):
        return
    for _ in range(LOOKS):
        if _took(office, user_id, number, now):
            request.state.taken_form = Taken(office, user_id, number)
            return
        with reading(office.engine) as session:
            outcome = what_came_of(session, number, user_id)
        if outcome:
            raise SentAlready(str(outcome["led"]))
        time.sleep(PATIENCE)
    raise SentAlready("")


def _took(office: Office, user_id: str, number: str, now: datetime) -> bool:
    try:
        with transaction(office.engine) as session:
            take(session, number, user_id, now)
    except IntegrityError:
        return False
    return True


def _with_number(found: re.Match[str]) -> str:
    return f'{found[0]}<input type="hidden" name="{FIELD}" value="{token_urlsafe()}">'


class SentOnce:
    """Settles the number of a form by the answer to it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the program does."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def settle(message: Message) -> None:
            taken: Taken | None = None
            if message["type"] == "http.response.start":
                taken = state.pop("taken_form", None)
            if taken and message["status"] == DONE:
                led = Headers(scope=message).get("location", "")
                await run_in_threadpool(taken.settle, led)
            elif taken:
                await run_in_threadpool(taken.give_back)
            await send(message)

        try:
            await self.app(scope, receive, settle)
        finally:
            if left := state.pop("taken_form", None):
                await run_in_threadpool(left.give_back)
