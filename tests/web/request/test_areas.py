"""What a city handles is on no page of a county's, in whichever chairs somebody sits there."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.undertaking import Undertaking
from flows.site.store import reading, transaction
from tests.helpers.circulars import CircularStory
from tests.helpers.filled_forms import filled
from tests.helpers.inspections.assessments import AssessmentStory
from tests.helpers.inspections.breaches import BreachStory
from tests.helpers.inspections.draws import DrawStory, fill_rosters
from tests.helpers.inspections.publications import PublicationStory
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.office import snapshot
from tests.helpers.story import CONCLUDED
from tests.web.conftest import Workbench
from tests.web.request.test_access_table import PUBLIC, WITH_KEY, _address, _routes

CHAIRS = ["handler", "department_head", "principal", "legal_reviewer", "supervisor", "arbiter"]
RULES = ("/law", "/help")
"""Pages of the rulebook and the manual: no clue is on them."""
SEARCHES = ("/find?q=鑫源", "/clues?q=奶粉", "/clues.xlsx?q=奶粉", "/find?q=XS2026000001")


EVERYBODYS = {"2026年度跨部门综合监管评估报告", "2026年度餐饮服务跨部门联合抽查第一批"}
"""Titles that the forms themselves propose to everybody."""
UNDERTAKINGS = (
    *(VisitStory, WarningStory, DrawStory, PublicationStory),
    *(AssessmentStory, BreachStory),
)


@pytest.mark.slow
def test_a_county_neither_reads_nor_touches_what_the_city_handles(
    workbench: Workbench, tmp_path: Path
) -> None:
    """Clues with twins and one of each undertaking of the city's, at every route and method."""
    workbench.story.does("register")
    workbench.walk(*CONCLUDED)
    fill_rosters(workbench.office, tmp_path)
    for story in UNDERTAKINGS:
        made = story(workbench.office)
        made.now = workbench.clock()
        made.begins()
    circular = CircularStory(workbench.office)
    circular.now = workbench.clock()
    circular.does("circular.draft")
    with reading(workbench.office.engine) as session:
        numbers = list(session.exec(select(Dossier.no).order_by(col(Dossier.id))))
        titles = [str(one.facts["title"]) for one in session.exec(select(Undertaking))]
    said = filled("clue", "register", workbench.clock())
    secret = [str(said["title"]), str(said["subject_name"]), *(set(titles) - EVERYBODYS)]
    assert len(numbers) == 3 + len(UNDERTAKINGS) and all(secret)
    with transaction(workbench.office.engine) as session:
        row = {"department_id": "shixian-market", "roles": CHAIRS}
        session.add(User(id="county_all", name="县某", **row))

    client = workbench.at("county_all")
    answered = []
    for path in [*_paths(workbench, "GET", numbers), *SEARCHES]:
        answer = client.get(path)
        told = [one for one in secret if one in answer.text]
        assert told == [], (path, answer.status_code)
        if not [one for one in numbers if one in path]:
            assert not [one for one in numbers if one in answer.text], path
        answered += [path] if answer.status_code == 200 else []
    assert len(answered) > 40, "pages were shown, not only refused"

    before = snapshot(workbench.office)
    of_the_city = [one for one in _paths(workbench, "POST", numbers) if _names(one, numbers)]
    assert len(of_the_city) > 90
    for path in of_the_city:
        answer = client.post(path, data={})
        # what one once wrote oneself is dropped even when its clue is out of sight by now
        own = path.endswith("/draft/drop")
        assert answer.status_code == (303 if own else 404), (path, answer.status_code)
        assert not [one for one in secret if one in answer.text], path
    assert snapshot(workbench.office) == before


def _names(path: str, numbers: list[str]) -> bool:
    return any(one in path for one in numbers)


def _paths(workbench: Workbench, method: str, numbers: list[str]) -> list[str]:
    found: list[str] = []
    for route in _routes(workbench):
        if (
            method not in route.methods
            or route.path in PUBLIC
            or route.path.startswith((*WITH_KEY, *RULES))
        ):
            continue
        address = _address(route)
        if "{number}" in route.path:
            mine = numbers[2:] if route.path.startswith("/undertakings") else numbers[1:2]
            found += [address.replace("XS2026000001", one) for one in mine]
        else:
            found.append(address)
    return found
