"""Rendering: one environment of templates, its filters, and `page`, which every page ends with."""

from hashlib import sha256

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session

from domain.situation.situation import Actor
from flows.people.viewer import Viewer
from flows.rows.statements import numbers
from flows.site.moment import read_mark
from flows.site.office import Office
from flows.site.store import reading
from web.request import words
from web.request.menu import Menu, counted_in, current, menu_for, told
from web.request.paths import STATIC, TEMPLATES
from web.request.sent_once import numbered
from web.request.unread import unread_count


def _version() -> str:
    """A name for the static files that changes whenever one of them does."""
    digest = sha256()
    for path in sorted(one for one in STATIC.rglob("*") if one.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


VERSION = _version()


def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= words.FILTERS
    found.globals |= {"static": f"/static/{VERSION}"}
    return found


ENVIRONMENT = _environment()


def compile_templates() -> None:
    """Has every template ready, so that no reader waits for it: a second for all of them."""
    for name in ENVIRONMENT.list_templates():
        ENVIRONMENT.get_template(name)


def fragment(template: str, **context: object) -> str:
    """A template as text."""
    return ENVIRONMENT.get_template(template).render(**context)


def page(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """A whole page: the template, by its path under `web/templates`, with `context`.

    Menu, person, office, rules, path, moment and unread messages are at hand in every template; a
    name that is missing is an error.
    """
    # An error page is made even when the database does not answer.
    office: Office = getattr(request.state, "office", request.app.state.office)
    actor: Actor | None = getattr(request.state, "actor", None)
    menu = menu_for(actor, office.settings, request.app.state.menu) if actor else []
    now = getattr(request.state, "now", None)
    unread, menu_counts = _told(request, office, actor, menu) if actor else (0, {})
    text = fragment(
        template,
        menu_counts=menu_counts,
        request=request,
        path=request.url.path,
        request_id=request.state.request_id,
        actor=actor,
        rules=office.rules,
        menu=menu,
        here=current(request.url.path, menu),
        demonstrates=read_mark(office) is not None,
        now=now,
        unread=unread,
        **context,
    )
    return HTMLResponse(numbered(text) if actor else text, status)


def _told(request: Request, office: Office, actor: Actor, menu: Menu) -> tuple[int, dict[str, str]]:
    """The actor's unread messages and what waits behind his menu, by path: asked for in one go.

    A page of errors, which has no session any more, tells of the messages alone.
    """
    unread = unread_count(office, actor)
    held: Session | None = getattr(request.state, "session", None)
    if held is None:
        with reading(office.engine) as session:
            return numbers(session.connection(), unread)[0], {}
    asked = counted_in(Viewer(office, actor, request.state.now), menu)
    first, *others = numbers(held.connection(), unread, *asked.values())
    return first, {path: told(one) for path, one in zip(asked, others, strict=True) if one}
