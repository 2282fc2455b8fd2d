"""A web process, alone or among several: the application of the site in the environment."""

import gc

from fastapi import FastAPI

from flows.site.logs import begin_log, watch_statements
from flows.site.office import open_office
from flows.site.store import bound_statements
from web.app import create_app

LONGEST_STATEMENT = 120
"""Seconds that one question of a page may take a database server."""


def app() -> FastAPI:
    """The application; its tables were brought up to date by who started the processes."""
    office = open_office()
    begin_log(office.settings.log)
    watch_statements(office.engine)
    bound_statements(office.engine, LONGEST_STATEMENT)
    made = create_app(office)
    keep_what_is_loaded()
    return made


def keep_what_is_loaded() -> None:
    """Takes what the process has loaded for good out of Python's search for garbage.

    Rules, pages and libraries are some 360,000 objects: to look through them all, which Python does
    once in some hundred pages, stops every page of the process for a fifth of a second.
    """
    gc.freeze()
