"""Who handles what: a handler named or replaced after signing, and how much everybody has."""

from tests.helpers.story import ACCEPTED
from tests.web.conftest import Workbench


def test_the_head_of_a_section_gives_a_clue_to_another_who_then_has_it(
    workbench: Workbench,
) -> None:
    workbench.story.walk(*ACCEPTED)
    number = workbench.walk("reassign")
    section = workbench.at("section")

    lines = section.get("/workload").text
    of_colleague = section.get("/clues?department=shili-market&handler=colleague").text

    assert number in workbench.at("colleague").get("/").text
    assert number not in workbench.at("handler").get("/").text
    assert "承办人 李协办" in workbench.at("handler").get(f"/clues/{number}").text
    assert "原承办人出差" in section.get(f"/clues/{number}").text
    assert "handler=colleague" in lines and number in of_colleague
    assert "承办人：李协办" in of_colleague
    assert workbench.at("desk").get("/workload").status_code == 403


def test_a_handler_of_another_organ_or_the_same_one_is_refused(workbench: Workbench) -> None:
    number = workbench.walk(*ACCEPTED)
    path = f"/clues/{number}/do/clue/reassign"
    section = workbench.at("section")

    for who, told in (("health", "应为本部门在用的人员"), ("handler", "不必更换")):
        answer = section.post(path, data={"f.handler_user": who, "f.reassign_reason": "出差"})
        assert (answer.status_code, told in answer.text) == (422, True), answer.text
        assert '<a href="#f-handler_user">' in answer.text
    assert workbench.at("handler").get(path).text.count("现在不能办理") == 1


def test_a_suspected_duplicate_is_merged_in_two_clicks_from_the_list(workbench: Workbench) -> None:
    first = workbench.walk("register")
    workbench.story.clue = None
    second = workbench.walk("register")

    text = workbench.at("desk").get("/").text

    assert f'href="/clues/{second}/do/clue/merge?f.master={first}">并入' in text
