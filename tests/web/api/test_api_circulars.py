"""Circulars over the interface: read, judged and acted on as clues are."""

from datetime import timedelta

import pytest

from tests.helpers.circulars import CircularStory
from tests.web.conftest import Workbench
from tests.web.helpers.callers import token

ONE = "/api/v1/undertakings/TB2026000001"


@pytest.fixture
def circulated(workbench: Workbench) -> CircularStory:
    """A circular that was issued to two departments."""
    story = CircularStory(workbench.office)
    story.does("circular.draft", answer_due="2026-05-20")
    story.does("circular.issue")
    workbench.clock.now = story.now + timedelta(minutes=1)
    return story


def test_an_addressees_system_reads_signs_and_answers(
    workbench: Workbench, circulated: CircularStory
) -> None:
    key = {"Authorization": f"Bearer {token(workbench, 'health').secret}"}
    client = workbench.nobody()

    [line] = client.get("/api/v1/undertakings", headers=key).json()["items"]
    assert (line["no"], line["label"]) == ("TB2026000001", "情况通报")
    whole = client.get(ONE, headers=key)
    told = whole.json()
    assert told["contents"]["通报标题"] == "关于近期坚果礼盒以次充好问题的情况通报"
    assert [one["department"] for one in told["processes"]] == ["示例市卫生健康委员会"]
    offered = client.get(f"{ONE}/actions", headers=key).json()["items"]
    [sign] = [one for one in offered if one["allowed"]]
    assert sign["action"] == "sign_for_answer"

    versioned = {**key, "If-Match": whole.headers["ETag"]}
    done = client.post(sign["url"], json={"process_id": sign["process_id"]}, headers=versioned)
    assert done.status_code == 200, done.text
    assert done.json()["state"]["id"] == "awaiting_answer"
    stale = client.post(f"{ONE}/actions/circular_receipt/answer", json={}, headers=versioned)
    assert (stale.status_code, "情况通报现为第" in stale.text) == (412, True)
    form = {"form": {"answer": "未发现"}}
    answered = client.post(f"{ONE}/actions/circular_receipt/answer", json=form, headers=key)
    assert answered.json()["state"]["id"] == "answered"
    assert circulated.receipts()["shili-health"] == "answered"


def test_what_is_not_addressed_to_a_systems_person_is_not_there(
    workbench: Workbench, circulated: CircularStory
) -> None:
    key = {"Authorization": f"Bearer {token(workbench, 'county').secret}"}
    client = workbench.nobody()

    assert client.get("/api/v1/undertakings", headers=key).json()["items"] == []
    assert client.get(ONE, headers=key).status_code == 404
    assert client.get(f"{ONE}/actions", headers=key).status_code == 404
    assert client.post(f"{ONE}/actions/circular/issue", json={}, headers=key).status_code == 404


def test_an_action_of_a_clue_is_none_of_a_circular_and_the_other_way_round(
    workbench: Workbench, circulated: CircularStory
) -> None:
    number = workbench.walk("register", "dispatch")
    key = {"Authorization": f"Bearer {token(workbench, 'handler').secret}"}
    client = workbench.nobody()

    for path in (f"{ONE}/actions/clue/accept", f"/api/v1/clues/{number}/actions/circular/issue"):
        assert client.post(path, json={}, headers=key).status_code == 404
