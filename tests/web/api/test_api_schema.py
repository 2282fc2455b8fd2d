"""Every operation, called with what fits its schema and what does not: no 5xx, as described.

What fits may still be against the law, and a bad row never stops the others: neither is a fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.helpers.circulars import CircularStory
from tests.helpers.office import build_office
from tests.helpers.story import Story
from tests.web.conftest import Clock, Workbench
from tests.web.helpers.callers import token
from web.app import create_app

pytestmark = pytest.mark.early

OPERATIONS = (
    ("POST", "/work-orders"),
    ("GET", "/clues"),
    ("GET", "/clues/{number}"),
    ("GET", "/clues/{number}/actions"),
    ("POST", "/clues/{number}/actions/{process}/{action}"),
    ("GET", "/clues/{number}/documents"),
    ("GET", "/undertakings"),
    ("GET", "/undertakings/{number}"),
    ("GET", "/undertakings/{number}/actions"),
    ("POST", "/undertakings/{number}/actions/{process}/{action}"),
    ("GET", "/documents/{document}"),
    ("GET", "/documents/{document}/sealed"),
    ("GET", "/exchange/{kind}"),
    ("POST", "/credit-classes"),
    ("GET", "/credit-classes"),
    ("GET", "/rules/due"),
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 15
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Site:
    """The interface of an office with two clues and a circular, and who calls it."""

    schema: BaseSchema
    secret: str
    real: dict[str, list[str]]

    def check(self, case: Case) -> None:
        """One call, held against the schema."""
        answer = case.call(headers={"Authorization": f"Bearer {self.secret}"})
        case.validate_response(answer, CHECKS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An interface whose calls nobody counts."""
    office = build_office(tmp_path_factory.mktemp("site"))
    uncounted = office.settings.model_copy(update={"api_calls_per_minute": 10**6})
    office = replace(office, settings=uncounted)
    workbench = Workbench(office, Clock(), Story(office))
    numbers = []
    for chain in (("register",), ("register", "dispatch", "accept")):
        workbench.story.clue = None
        numbers.append(workbench.walk(*chain))
    circular = CircularStory(office, workbench.story.now)
    circular.does("circular.draft", addressees=["shili-hotline"])
    circular.does("circular.issue")
    workbench.clock.now = circular.now
    numbers.append(circular.circular().no)
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", create_app(workbench.office, workbench.clock)
    )
    lifecycles = workbench.office.rules.lifecycles
    real = {
        "number": numbers,
        "document": ["1", "2"],
        "process": ["clue", "circular", "circular_receipt"],
        "rule": list(workbench.office.rules.deadlines),
        "action": [
            *lifecycles["clue"].actions,
            *lifecycles["circular"].actions,
            *lifecycles["circular_receipt"].actions,
        ],
    }
    yield Site(schema, token(workbench, "desk").secret, real)
    office.engine.dispose()


def test_no_operation_is_left_out(site: Site) -> None:
    found = {(one.ok().method.upper(), one.ok().path) for one in site.schema.get_all_operations()}

    assert found == set(OPERATIONS)


@pytest.mark.parametrize("mode", MODES, ids=lambda one: one.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_answers_are_as_described(site: Site, method: str, path: str, mode: GenerationMode) -> None:
    operation = site.schema[path][method]

    @BOUNDED
    @given(data=st.data())
    def call(data: st.DataObject) -> None:
        site.check(data.draw(operation.as_strategy(mode)))

    call()


@pytest.mark.parametrize(("method", "path"), [one for one in OPERATIONS if "{" in one[1]])
def test_answers_about_what_is_there_are_as_described(site: Site, method: str, path: str) -> None:
    operation = site.schema[path][method]
    named = [one for one in site.real if f"{{{one}}}" in path]

    @BOUNDED
    @given(data=st.data())
    def call(data: st.DataObject) -> None:
        place = {one: data.draw(st.sampled_from(site.real[one])) for one in named}
        site.check(data.draw(operation.as_strategy(path_parameters=place)))

    call()


def test_answers_about_real_limits_are_as_described(site: Site) -> None:
    operation = site.schema["/rules/due"]["GET"]

    @BOUNDED
    @given(data=st.data())
    def call(data: st.DataObject) -> None:
        rule = data.draw(st.sampled_from(site.real["rule"]))
        start = data.draw(st.sampled_from(["2026-09-25", "2026-11-20T10:00", "2040-01-01"]))
        site.check(data.draw(operation.as_strategy(query={"rule": rule, "start": start})))

    call()
