"""A web process, alone or among several: the application of the site in the environment."""

import gc
import sys

from fastapi import FastAPI

from flows.site.logs import begin_log, watch_statements
from flows.site.office import open_office
from flows.site.store import bound_statements
from web.app import create_app
from web.request.render import compile_templates

LONGEST_STATEMENT = 120
"""Seconds that one question of a page may take a database server."""
LONGEST_HOLD = 0.0005
"""Seconds for which a thread that computes keeps the interpreter while others want it.

Python's own five milliseconds are paid anew at each answer of the database and each change of
thread, some twenty times a page, by whoever reads a short page while a long one is being made.
"""


def app() -> FastAPI:
    """The application; its tables were brought up to date by who started the processes."""
    office = open_office()
    begin_log(office.settings.log)
    watch_statements(office.engine)
    bound_statements(office.engine, LONGEST_STATEMENT)
    made = create_app(office)
    compile_templates()
    tune_interpreter()
    return made


def tune_interpreter() -> None:
    """Lets threads take turns more often, and spares what is loaded the search for garbage.

    Rules, pages and libraries are some 360,000 objects: to look through them all, which Python does
    once in some hundred pages, stops every page of the process for a fifth of a second.
    """
    sys.setswitchinterval(LONGEST_HOLD)
    gc.freeze()
