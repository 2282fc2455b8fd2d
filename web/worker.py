"""A web process, alone or among several: the application of the site in the environment."""

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
    return create_app(office)
