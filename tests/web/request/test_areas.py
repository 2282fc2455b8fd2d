"""What a city handles is on no page of a county's, in whichever chairs somebody sits there."""

import pytest
from sqlmodel import col, select

from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.undertaking import Undertaking
from flows.site.store import reading, transaction
from tests.helpers.filled_forms import filled
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.story import CONCLUDED
from tests.web.conftest import Workbench
from tests.web.request.test_access_table import PUBLIC, WITH_KEY, _address, _routes

CHAIRS = ["handler", "department_head", "principal", "legal_reviewer", "supervisor", "arbiter"]
RULES = ("/law", "/help")
"""Pages of the rulebook and the manual: no clue is on them."""
SEARCHES = ("/find?q=鑫源", "/clues?q=奶粉", "/clues.xlsx?q=奶粉", "/find?q=XS2026000001")


@pytest.mark.slow
def test_no_page_of_a_county_tells_of_what_the_city_handles(workbench: Workbench) -> None:
    """Clues with twins, an inspection and a warning of the city's: walked by every route."""
    workbench.story.does("register")
    workbench.walk(*CONCLUDED)
    for story in (VisitStory, WarningStory):
        made = story(workbench.office)
        made.now = workbench.clock()
        made.begins()
    with reading(workbench.office.engine) as session:
        numbers = list(session.exec(select(Dossier.no).order_by(col(Dossier.id))))
        titles = [str(one.facts["title"]) for one in session.exec(select(Undertaking))]
    said = filled("clue", "register", workbench.clock())
    secret = [str(said["title"]), str(said["subject_name"]), *titles]
    assert len(numbers) == 4 and all(secret)
    with transaction(workbench.office.engine) as session:
        row = {"department_id": "shixian-market", "roles": CHAIRS}
        session.add(User(id="county_all", name="县某", **row))

    client = workbench.at("county_all")
    answered = []
    for path in [*_paths(workbench, numbers), *SEARCHES]:
        answer = client.get(path)
        told = [one for one in secret if one in answer.text]
        assert told == [], (path, answer.status_code)
        if not [one for one in numbers if one in path]:
            assert not [one for one in numbers if one in answer.text], path
        answered += [path] if answer.status_code == 200 else []
    assert len(answered) > 40, "pages were shown, not only refused"


def _paths(workbench: Workbench, numbers: list[str]) -> list[str]:
    found: list[str] = []
    for route in _routes(workbench):
        if (
            "GET" not in route.methods
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
