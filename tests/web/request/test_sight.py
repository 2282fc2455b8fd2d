"""Who sees which clue: every list and every page asks the same."""

import pytest

from tests.web.conftest import Workbench


@pytest.mark.parametrize("chair", ["desk", "handler", "supervisor", "auditor"])
def test_parties_and_overseers_see_a_dispatched_clue(workbench: Workbench, chair: str) -> None:
    number = workbench.walk("register", "dispatch")
    client = workbench.at(chair)

    assert client.get(f"/clues/{number}").status_code == 200
    assert number in client.get("/clues").text


@pytest.mark.parametrize("chair", ["urban", "county", "police", "procuratorate", "administrator"])
def test_nobody_else_sees_it_anywhere(workbench: Workbench, chair: str) -> None:
    number = workbench.walk("register", "dispatch")
    client = workbench.at(chair)

    for path in (
        f"/clues/{number}",
        f"/clues/{number}/do/clue/accept",
        f"/clues/{number}/clocks/1",
        f"/clues/{number}/reveal",
        "/documents/1/view",
        "/documents/1/file",
    ):
        assert client.get(path).status_code == 404, path
    for path in ("/", "/clues", "/clues?view=ended", f"/clues?q={number}"):
        assert f"/clues/{number}" not in client.get(path).text, path


@pytest.mark.parametrize("chair", ["urban", "police", "administrator"])
def test_nobody_else_can_act_on_it(workbench: Workbench, chair: str) -> None:
    number = workbench.walk("register", "dispatch")

    answer = workbench.at(chair).post(f"/clues/{number}/do/clue/accept", data={})

    assert answer.status_code == 404
    assert workbench.story.state() == "dispatched"


def test_co_operating_department_sees_the_clue_once_it_is_asked(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    before = workbench.at("health").get(f"/clues/{number}").status_code

    workbench.story.does("verify", cooperating=["shili-health"])
    workbench.walk()

    assert before == 404
    assert workbench.at("health").get(f"/clues/{number}").status_code == 200


def test_police_see_a_referral_when_it_is_delivered_and_nothing_of_the_rest(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch", "accept", "verify", "conclude", "refer")
    assert workbench.at("police").get(f"/clues/{number}").status_code == 404

    workbench.walk("referral.approve", "referral.deliver")
    page = workbench.at("police").get(f"/clues/{number}")

    assert page.status_code == 200
    assert "公安签收回执" in page.text
    assert "《涉嫌犯罪案件移送书》" in page.text
    assert "线索核查情况报告" not in page.text
    assert "举报人" not in page.text
    assert workbench.at("county_police").get(f"/clues/{number}").status_code == 404


def test_procuratorate_of_the_area_sees_a_delivered_referral(workbench: Workbench) -> None:
    number = workbench.walk(
        "register", "dispatch", "accept", "verify", "conclude", "refer",
        "referral.approve",
    )  # fmt: skip
    assert workbench.at("procuratorate").get(f"/clues/{number}").status_code == 404

    workbench.walk("referral.deliver")

    assert workbench.at("procuratorate").get(f"/clues/{number}").status_code == 200


def test_inner_papers_are_not_for_the_police(workbench: Workbench) -> None:
    workbench.walk(
        "register", "dispatch", "accept", "verify", "conclude", "refer",
        "referral.approve", "referral.deliver",
    )  # fmt: skip
    police = workbench.at("police")

    for one in workbench.story.papers():
        status = police.get(f"/documents/{one.id}/file").status_code
        is_theirs = one.process_kind == "referral" and one.kind != "transfer_approval"
        assert status == (200 if is_theirs else 404), one.title


def test_menu_shows_each_chair_its_own_pages(workbench: Workbench) -> None:
    assert 'href="/clues/import"' in workbench.at("desk").get("/").text
    assert 'href="/clues/import"' not in workbench.at("handler").get("/").text


def test_pages_of_other_chairs_say_whose_they_are(workbench: Workbench) -> None:
    answer = workbench.at("handler").get("/clues/import")

    assert answer.status_code == 403
    assert "热线专员" in answer.text


def test_police_who_were_only_asked_for_help_see_nothing_of_a_referral_not_delivered(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch", "accept", "verify", "conclude")
    workbench.story.does("request.ask", to_department="shili-police")
    workbench.walk("refer", "referral.approve")
    police = workbench.at("police")
    [paper] = workbench.story.papers("crime_transfer")

    page = police.get(f"/clues/{number}")

    assert page.status_code == 200
    assert "涉嫌犯罪案件移送书" not in page.text
    assert "批准移送" not in page.text
    assert police.get(f"/documents/{paper.id}/file").status_code == 404
    workbench.walk("referral.deliver")
    assert workbench.at("police").get(f"/documents/{paper.id}/file").status_code == 200
