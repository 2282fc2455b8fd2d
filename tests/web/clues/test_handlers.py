"""Who handles what, and what a list offers to do at once."""

from tests.helpers.story import ACCEPTED
from tests.web.conftest import Workbench


def test_a_department_sees_who_handles_how_much(workbench: Workbench) -> None:
    number = workbench.walk(*ACCEPTED)
    section = workbench.at("section")

    lines = section.get("/workload").text
    of_handler = section.get("/clues?department=shili-market&handler=handler").text

    assert "handler=handler" in lines and "handler=colleague" in lines
    assert number in of_handler and "承办人：张经办" in of_handler
    assert number not in section.get("/clues?department=shili-market&handler=colleague").text
    assert workbench.at("desk").get("/workload").status_code == 403


def test_a_suspected_duplicate_is_merged_in_two_clicks_from_the_list(workbench: Workbench) -> None:
    first = workbench.walk("register")
    workbench.story.clue = None
    second = workbench.walk("register")

    text = workbench.at("desk").get("/").text

    assert f'href="/clues/{second}/do/clue/merge?f.master={first}">并入' in text
