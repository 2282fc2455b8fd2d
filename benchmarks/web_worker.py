"""One web process of the benchmark: the workbench at a fixed moment, its log kept in a file."""

import logging
import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from benchmarks.years import MOMENT
from flows.site.logs import JsonLines
from flows.site.office import open_office
from web.app import create_app
from web.request.render import compile_templates
from web.worker import tune_interpreter

FLOORS = "floors"
"""The folder of an office's home with pages to be answered as they are."""


def app() -> FastAPI:
    """The application of the site that the environment describes."""
    office = open_office()
    made = create_app(office, lambda: MOMENT)
    floor = _Floor(office.settings.home / FLOORS)
    made.add_api_route("/floor/{name}", floor.answer)
    _log_into(office.settings.home / f"access-{os.getpid()}.log")
    compile_templates()
    tune_interpreter()
    return made


class _Floor:
    """Pages read once and answered ever after."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages: dict[str, str] = {}

    def answer(self, name: str) -> Response:
        """The page as it was kept."""
        if name not in self._pages:
            self._pages[name] = (self._folder / name).read_text(encoding="utf-8")
        return HTMLResponse(self._pages[name])


def _log_into(file: Path) -> None:
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(JsonLines())
    log = logging.getLogger("yisong.web")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
