"""Every route and every action, walked by every chair, and held against the access table."""

import re

import pytest
from fastapi.routing import APIRoute
from sqlmodel import select

from documents.output.pdf import unavailable
from domain.situation.situation import CONSEQUENCE, SYSTEM
from domain.tables.process import Clue
from flows.door.possible_actions import possible_actions
from flows.door.situations import load_situation
from flows.people.visible_clues import sight_on, visible
from flows.site.store import reading
from tests.helpers.people import CHAIRS, actor
from tests.web.conftest import Workbench
from web.app import create_app, page_routes

PUBLIC = {"/healthz", "/livez", "/readyz", "/metrics"} | {
    *("/signin", "/signin/code", "/signout", "/signin/unit", "/signin/unit/back"),
    *("/verify", "/v/{code}"),
    *("/public", "/public/results", "/public/draws", "/public/{number}", "/public/{number}/file"),
}
WITH_KEY = ("/calendar.ics", "/api/")
"""Doors of their own: who comes in here shows a key and no session."""
SAMPLES = {"number": "XS2026000001", "kind": "clue", "action": "accept"}


def _address(route: APIRoute) -> str:
    return re.sub(r"{(\w+)(?::\w+)?}", lambda one: SAMPLES.get(one[1], "1"), route.path)


def _routes(workbench: Workbench) -> list[APIRoute]:
    create_app(workbench.office)
    return [one for one in page_routes() if isinstance(one, APIRoute)]


def test_every_page_asks_who_is_there(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")
    nobody = workbench.nobody()
    open_doors = []
    for route in _routes(workbench):
        if route.path in PUBLIC or route.path.startswith(WITH_KEY):
            continue
        for method in route.methods:
            answer = nobody.request(method, _address(route))
            to_sign_in = answer.headers.get("location", "").startswith("/signin")
            if not (answer.status_code == 303 and to_sign_in):
                open_doors.append((method, route.path, answer.status_code))

    assert open_doors == []


def test_no_page_fails_for_any_chair(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch", "accept")
    pages = [_address(one) for one in _routes(workbench) if "GET" in one.methods]
    for one in ("/healthz", "/readyz"):
        pages.remove(one)  # says 503 of a database that no migration made
    pages.remove("/metrics")  # for machines
    if unavailable():
        pages.remove("/documents/1/pdf")  # says 503 where there is no LibreOffice
    for chair in ("desk", "handler", "head", "supervisor", "police", "administrator", "auditor"):
        client = workbench.at(chair)
        for path in pages:
            assert client.get(path).status_code < 500, (chair, path)


@pytest.mark.slow
@pytest.mark.parametrize("chair", sorted(CHAIRS))
def test_every_action_answers_as_the_access_table_says(workbench: Workbench, chair: str) -> None:
    """Not there for who may not see it, refused for who may not act, else the form is read."""
    workbench.story.walk("register", "dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health"])
    number = workbench.walk()
    shown, allowed = _judged(workbench, chair)
    client = workbench.at(chair)

    for kind, lifecycle in workbench.office.rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            answer = client.post(f"/clues/{number}/do/{kind}/{name}", data={})
            nobodys = set(action.by) <= {CONSEQUENCE, SYSTEM}
            elsewhere = lifecycle.root != "clue"
            expected = 422 if (kind, name) in allowed else 409
            hidden = nobodys or elsewhere or kind not in shown
            assert answer.status_code == (404 if hidden else expected), (kind, name)

    assert workbench.story.state() == "verifying"
    assert workbench.story.state("part") == "asked"


def _judged(workbench: Workbench, chair: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The kinds of processes that the person is shown, and every action that stands open to him."""
    office, who = workbench.office, actor(chair)
    with reading(office.engine) as session:
        query = select(Clue).where(visible(office, who))
        clue = session.exec(query).one_or_none()
        if clue is None:
            return set(), set()
        situation = load_situation(session, office, clue, who, workbench.clock())
        found = possible_actions(situation, office.rules)
        sight = sight_on(session, office, who, clue)
    own = {kind: situation.of_kind(kind) for kind in office.rules.lifecycles}
    shown = {
        kind
        for kind, processes in own.items()
        if any(sight.shows(kind, one.id) for one in processes) or sight.shows(kind, 0)
    }
    return shown, {(one.process.kind, one.action) for one in found if not one.reasons}
