"""Every route and every action, walked by every chair, and held against the access table."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.routing import APIRoute
from sqlmodel import Session, select

from documents.output.pdf import unavailable
from domain.lifecycle.plan import NEW, Refused
from domain.situation.situation import CONSEQUENCE, SYSTEM
from domain.tables.process import Clue
from flows.acting.whole_steps import act
from flows.door.possible_actions import possible_actions
from flows.door.situations import load_situation
from flows.people.visible_clues import NotForYou, sight_on, visible
from flows.site.store import reading
from tests.helpers.people import CHAIRS, actor
from tests.web.conftest import Workbench
from web.app import create_app, page_routes
from web.request.desk import Desk
from web.views.form_finding import form_of

WEB = Path(__file__).parents[3] / "web"
DOOR = {"flows.acting.whole_steps", "flows.door.steps"}
STEP = {"act", "act_in", "perform", "perform_in"}
Named = tuple[str, str]
"""A kind of process and an action of it."""
GONE = "not there"
STATUS = {"unseen": 404, "hidden": 404, "refused": 409, "open": 422}

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


@dataclass(frozen=True)
class Table:
    """What every chair finds of every action of one clue, as its page offers them."""

    bench: Workbench
    number: str
    found: Mapping[str, tuple[bool, set[str], set[Named]]]

    def verdict(self, chair: str, named: Named) -> str:
        """`unseen`: not even the clue is there for the person; `hidden`: the action is not."""
        sees_the_clue, shown, allowed = self.found[chair]
        lifecycle = self.bench.office.rules.lifecycles[named[0]]
        nobodys = set(lifecycle.actions[named[1]].by) <= {CONSEQUENCE, SYSTEM}
        if not sees_the_clue:
            return "unseen"
        if nobodys or lifecycle.root != "clue" or named[0] not in shown:
            return "hidden"
        return "open" if named in allowed else "refused"

    def actions(self) -> list[Named]:
        """Every action of every lifecycle."""
        lifecycles = self.bench.office.rules.lifecycles
        return [(kind, name) for kind, one in lifecycles.items() for name in one.actions]


@pytest.fixture
def table(workbench: Workbench) -> Iterator[Table]:
    """A clue that two verify together; nothing that was refused has moved it."""
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"])
    number = workbench.walk()
    yield Table(workbench, number, {chair: _judged(workbench, chair) for chair in CHAIRS})
    assert story.state() == "verifying"
    assert story.state("part") == "asked"


@pytest.mark.slow
def test_form_and_door_judge_every_action_for_every_chair_as_the_access_table_says(
    table: Table,
) -> None:
    """Not there for who may not see it, refused for who may not act, else the form is read.

    The form is found by `form_of`, which every address of an action asks (below). The door tells
    every reason that the form tells.
    """
    for chair in CHAIRS:
        with reading(table.bench.office.engine) as session:
            for named in table.actions():
                verdict = table.verdict(chair, named)
                found = _answered(table, chair, session, named)
                assert found == (GONE if verdict in {"unseen", "hidden"} else verdict), named


def _answered(table: Table, chair: str, session: Session, named: Named) -> str:
    office, now = table.bench.office, table.bench.clock()
    path = f"/clues/{table.number}/do/{named[0]}/{named[1]}"
    request = Request({"type": "http", "method": "POST", "path": path, "headers": []})
    try:
        form = form_of(Desk(request, office, actor(chair), session, now), table.number, named, NEW)
    except NotForYou:
        return GONE
    with pytest.raises(Refused) as refused:
        act(office, form.command({}), actor(chair), now)
    assert set(form.standing) <= set(refused.value.reasons), (chair, named)
    return "refused" if form.standing else "open"


@pytest.mark.slow
def test_every_address_of_an_action_answers_as_the_form_was_judged(table: Table) -> None:
    """Every action is sent by one person of each verdict, by everybody in turn."""
    clients = {chair: table.bench.at(chair) for chair in CHAIRS}
    sent: set[str] = set()
    for place, named in enumerate(table.actions()):
        alike: dict[str, list[str]] = defaultdict(list)
        for chair in CHAIRS:
            alike[table.verdict(chair, named)].append(chair)
        for verdict, chairs in alike.items():
            chair = chairs[place % len(chairs)]
            sent.add(chair)
            answer = clients[chair].post(f"/clues/{table.number}/do/{named[0]}/{named[1]}", data={})
            assert answer.status_code == STATUS[verdict], (chair, named)

    assert sent == set(CHAIRS)


def test_every_address_of_an_action_asks_the_one_judgement() -> None:
    """Who finds the form otherwise judges otherwise: only one's own draft goes unasked."""
    routes = [one for one in page_routes() if isinstance(one, APIRoute) and "{action}" in one.path]
    asking = {one.path for one in routes if "form_of" in one.endpoint.__code__.co_names}

    assert len(routes) > 20
    assert {one.path for one in routes} - asking == {
        one.path for one in routes if one.path.endswith("/draft/drop")
    }


def test_steps_are_taken_by_those_pages_only_that_are_walked_here() -> None:
    """A page that calls the door is a way of its own into the record."""
    to_the_door = {
        path.relative_to(WEB).as_posix()
        for path in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module in DOOR
        if STEP & {one.name for one in node.names}
    }

    assert to_the_door == {
        "api/actions.py",
        "pages/clues/action.py",
        "pages/clues/bulk.py",
        "pages/undertakings/visits.py",
    }


def _judged(workbench: Workbench, chair: str) -> tuple[bool, set[str], set[Named]]:
    """Whether the person sees the clue, which kinds of processes, and what stands open to him."""
    office, who = workbench.office, actor(chair)
    with reading(office.engine) as session:
        query = select(Clue).where(visible(office, who))
        clue = session.exec(query).one_or_none()
        if clue is None:
            return False, set(), set()
        situation = load_situation(session, office, clue, who, workbench.clock())
        found = possible_actions(situation, office.rules)
        sight = sight_on(session, office, who, clue)
    own = {kind: situation.of_kind(kind) for kind in office.rules.lifecycles}
    shown = {
        kind
        for kind, processes in own.items()
        if any(sight.shows(kind, one.id) for one in processes) or sight.shows(kind, 0)
    }
    return True, shown, {(one.process.kind, one.action) for one in found if not one.reasons}
