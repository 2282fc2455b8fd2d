"""The application: pages, static files and guards put together around one office."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from types import ModuleType

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute

import web.pages
from flows.site.moment import SteadyClock, now_at
from flows.site.office import Office
from web.api.app import create_api
from web.request.errors import install_errors
from web.request.head_requests import HeadAnswered
from web.request.menu import Entry
from web.request.middleware import Guarded
from web.request.render import VERSION
from web.request.sent_once import SentOnce
from web.request.sharing import Shared
from web.request.static_files import Assets
from web.request.subpath import Incoming, Outgoing, prefix_of
from web.request.turns import bounded_threads


def create_app(office: Office, clock: Callable[[], datetime] | None = None) -> FastAPI:
    """The workbench of an office; `clock` tells every request its moment, or the office does."""
    app = FastAPI(
        title="移送", docs_url=None, redoc_url=None, openapi_url=None, lifespan=bounded_threads
    )
    app.state.office = office
    app.state.clock = clock or partial(now_at, office)
    app.state.menu = _include_pages(app)
    app.mount(f"/static/{VERSION}", Assets(), name="static")
    app.mount("/api/v1", create_api(office, app.state.clock), name="api")
    install_errors(app)
    prefix = prefix_of(office.settings.base_url)
    app.add_middleware(SentOnce)
    app.add_middleware(Outgoing, prefix=prefix)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    steady = SteadyClock().amiss if clock is None else None
    app.add_middleware(Guarded, base_url=office.settings.base_url, amiss=steady)
    app.add_middleware(Incoming, prefix=prefix)
    app.add_middleware(HeadAnswered)
    app.add_middleware(Shared)
    return app


def _include_pages(app: FastAPI) -> tuple[Entry, ...]:
    """Every module of `web.pages`: its router, and its entries of the menu."""
    app.router.routes.extend(page_routes())
    return tuple(entry for one in _page_modules() for entry in getattr(one, "MENU", ()))


def page_routes() -> list[BaseRoute]:
    """The routes of all pages, each before those that would take its path for a parameter."""
    found: list[BaseRoute] = []
    for module in _page_modules():
        router: APIRouter = module.router
        found += router.routes
    return sorted(found, key=_fixed_first)


def _page_modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(web.pages.__path__, "web.pages.")
    names = sorted(one.name for one in found if not one.ispkg)
    return [importlib.import_module(name) for name in names]


def _fixed_first(route: BaseRoute) -> list[bool]:
    """`/clues/new` before `/clues/{number}`, whichever module they come from."""
    return [part.startswith("{") for part in getattr(route, "path", "").split("/")]
