"""The dependencies of a page: office, moment, a session that reads, and who is signed in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from domain.situation.situation import Actor
from flows.people.administrators import chairs_wanted
from flows.people.sign_in import arrive, whose_session
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.site_rules import in_force
from flows.site.store import reading
from web.request.sent_once import FIELD, take_number
from web.request.turns import turn

COOKIE = "yisong_session"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
MOST_FILES, MOST_FIELDS = 12, 6000
"""What a form may carry: a dozen photographs at once is the most that any page asks for."""
OWN_ACCOUNT = ("/account", "/account/password")
"""The pages that are open before a person has a password of his own."""
SECOND = "/account/second"
"""The page that is open before a person has the second factor that his chair needs."""


class SignInNeeded(Exception):
    """Nobody is signed in, or his session has timed out."""


class PasswordNeeded(Exception):
    """Somebody else chose the person's password: he chooses his own before anything else."""


class SecondNeeded(Exception):
    """The person's chair needs a second factor: he enrols one before anything else."""


class NotAllowed(Exception):
    """The page is for other chairs; says which."""


def office_of(request: Request) -> Office:
    """The office that the application serves, as it is in force at the request."""
    if not hasattr(request.state, "office"):
        request.state.office = in_force(request.app.state.office, now_of(request))
    found: Office = request.state.office
    return found


def now_of(request: Request) -> datetime:
    """The aware moment of the request, read once, so that a page shows one moment only."""
    if not hasattr(request.state, "now"):
        request.state.now = request.app.state.clock()
    found: datetime = request.state.now
    return found


def address_of(request: Request) -> str:
    """Where the request comes from, for the record of sign-ins."""
    return request.client.host if request.client else ""


async def read_session(request: Request) -> AsyncIterator[Session]:
    """A session that only looks, for as long as the page is made: the request's only one.

    What was sent has arrived by then: a slow sender waits on his own.
    """
    if request.headers.get("content-type", "").startswith(FORMS):
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
        request.state.form_number = str(form.get(FIELD) or "")
    async with turn():
        with reading(request.app.state.office.engine) as session:
            request.state.session = session
            try:
                yield session
            finally:
                del request.state.session
                await run_in_threadpool(session.close)


async def home(request: Request) -> Office:
    """`office_of` as a dependency: who is signed in has asked for it already."""
    if not hasattr(request.state, "office"):
        await run_in_threadpool(office_of, request)
    return office_of(request)


async def moment(request: Request) -> datetime:
    """`now_of` as a dependency: to ask another thread for it would take longer than to tell it."""
    return now_of(request)


Home = Annotated[Office, Depends(home)]
Now = Annotated[datetime, Depends(moment)]
Reading = Annotated[Session, Depends(read_session)]


def signed_in(request: Request, session: Reading, now: Now) -> Actor:
    """Who is signed in; SignInNeeded otherwise, which leads to the sign-in page."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        raise SignInNeeded
    found, held = arrive(request.app.state.office, session, token, now)
    if not hasattr(request.state, "office"):
        request.state.office = found
    office = office_of(request)
    if held is None:
        raise SignInNeeded
    request.state.actor = held.actor
    request.state.must_change = held.must_change
    if held.must_change and request.url.path not in OWN_ACCOUNT:
        raise PasswordNeeded
    if held.must_enrol and request.url.path not in (SECOND, *OWN_ACCOUNT):
        raise SecondNeeded
    take_number(request, office, held.actor.id, now)
    return held.actor


def recognise(request: Request) -> None:
    """Notes who is signed in for a page that is made without asking, as those of errors are.

    Nobody is noted where the database does not answer.
    """
    token = request.cookies.get(COOKIE, "")
    if not token or getattr(request.state, "actor", None) is not None:
        return
    office: Office = request.app.state.office
    try:
        with reading(office.engine) as session:
            held = whose_session(office, session, token, request.app.state.clock())
    except (DBAPIError, PoolTimeout):
        return
    if held is not None and not held.must_change and not held.must_enrol:
        request.state.actor = held.actor


async def sent_form(request: Request) -> AsyncIterator[FormData]:
    """The form as it was sent; read before the page is made, so that pages need not wait.

    Without zero bytes, which nobody sees and PostgreSQL keeps in no text.
    """
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        yield FormData(
            [
                (name, one.replace("\0", "") if isinstance(one, str) else one)
                for name, one in form.multi_items()
            ]
        )


Sent = Annotated[FormData, Depends(sent_form)]
Signed = Annotated[Actor, Depends(signed_in)]


def needs(*roles: str) -> Callable[[Actor, Office], Awaitable[Actor]]:
    """A dependency: somebody signed in who holds one of the chairs (ids of `roles.yaml`).

    Raises NotAllowed for others, which becomes a page with status 403.
    """

    async def holder(actor: Signed, office: Home) -> Actor:
        wanted = chairs_wanted(office.settings, roles)
        if not actor.roles & wanted:
            chairs = "、".join(
                one.label for key, one in office.rules.roles.items() if key in wanted
            )
            raise NotAllowed(f"本页面供{chairs}使用")
        return actor

    return holder


@dataclass(frozen=True)
class Desk:
    """Who looks at a page, in which office, when, and a session that he may read with.

    What he may see, every query has to ask for itself: `flows.people.visible_clues`.
    """

    request: Request
    office: Office
    actor: Actor
    session: Session
    now: datetime

    @property
    def viewer(self) -> Viewer:
        """Who looks, as lists and files know it."""
        return Viewer(self.office, self.actor, self.now)


async def desk(request: Request, actor: Signed, session: Reading, now: Now) -> Desk:
    """All of it together, for a page of a person who is signed in."""
    return Desk(request, office_of(request), actor, session, now)


AtDesk = Annotated[Desk, Depends(desk)]
