"""Work orders pushed: registered, known already or rejected; the same call once."""

from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import select
from starlette.testclient import TestClient

from domain.tables.process import Clue
from domain.tables.record import Event
from flows.door.reporters import open_reporter
from flows.site.store import reading
from tests.web.conftest import Workbench
from tests.web.helpers.callers import system
from web.request.middleware import LARGEST_CALL

URL = "/api/v1/work-orders"
ORDER = {
    "outside_no": "GD1",
    "received_at": "2026-05-10T09:30:00+08:00",
    "content": "反映示例路12号示例食品有限公司销售过期食品，要求查处。",
    "place": "示例路12号",
    "subject_name": "示例食品有限公司",
    "reporter_name": "欧阳无名",
    "reporter_phone": "13800138000",
}


@pytest.fixture
def platform(workbench: Workbench) -> TestClient:
    """The hotline's platform."""
    return system(workbench, "desk")


def clues(workbench: Workbench) -> list[Clue]:
    with reading(workbench.office.engine) as session:
        return list(session.exec(select(Clue).order_by(Clue.id)))  # type: ignore[arg-type]


def test_order_becomes_a_clue_of_the_tokens_channel(
    workbench: Workbench, platform: TestClient
) -> None:
    answer = platform.post(URL, json=ORDER)

    (row,) = answer.json()["rows"]
    (clue,) = clues(workbench)
    assert answer.status_code == 200
    assert (row["result"], row["clue"]) == ("registered", clue.no)
    assert (clue.channel, clue.outside_no, clue.desk_id) == ("hotline", "GD1", "shili-hotline")
    assert row["suggestion"]["lead"]["name"]
    with reading(workbench.office.engine) as session:
        event = session.exec(select(Event).where(Event.clue_id == clue.id)).one()
    assert (event.action, event.actor_id) == ("register", "desk")


def test_reporter_is_sealed_and_never_answered(workbench: Workbench, platform: TestClient) -> None:
    answer = platform.post(URL, json=ORDER)
    (clue,) = clues(workbench)
    shown = platform.get(f"/api/v1/clues/{clue.no}")

    assert clue.reporter_sealed
    assert open_reporter(clue.reporter_sealed, workbench.office.keys).name == "欧阳无名"
    for text in (answer.text, shown.text):
        assert "无名" not in text and "13800138000" not in text


def test_bad_row_never_stops_the_others(workbench: Workbench, platform: TestClient) -> None:
    bad = {
        "outside_no": "GD2",
        "received_at": "2036-01-01",
        "reporter_phone": "12",
        "colour": "red",
        "title": ["x"],
    }
    orders: list[Any] = [ORDER, bad, "not an order", None, {**ORDER, "outside_no": "GD3"}]

    found = platform.post(URL, json=orders).json()

    assert (found["registered"], found["rejected"]) == (2, 3)
    assert [one["result"] for one in found["rows"]] == [
        "registered",
        "rejected",
        "rejected",
        "rejected",
        "registered",
    ]
    faults = {one["field"]: one["wrong"] for one in found["rows"][1]["errors"]}
    assert set(faults) == {"received_at", "colour", "title", "content"}
    assert "尚未到来" in faults["received_at"]
    assert all(one["right"] for one in found["rows"][1]["errors"])


def test_order_come_again_is_no_second_clue(workbench: Workbench, platform: TestClient) -> None:
    first = platform.post(URL, json=ORDER).json()["rows"][0]

    again = platform.post(URL, json=[ORDER, ORDER]).json()

    assert again["already_there"] == 2
    assert [one["clue"] for one in again["rows"]] == [first["clue"]] * 2
    assert len(clues(workbench)) == 1


def test_suspected_duplicates_are_told_with_score_and_reason(platform: TestClient) -> None:
    first = platform.post(URL, json=ORDER).json()["rows"][0]

    second = platform.post(URL, json={**ORDER, "outside_no": "GD2"}).json()["rows"][0]

    (twin,) = second["suspected"]
    assert twin["clue"] == first["clue"]
    assert twin["reason"] and 0 < twin["score"] <= 1


def test_same_key_and_words_get_the_same_answer(workbench: Workbench, platform: TestClient) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = platform.post(URL, json=ORDER, headers=key)
    second = platform.post(URL, json=ORDER, headers=key)

    assert first.content == second.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert first.json()["registered"] == 1


def test_same_key_with_other_words_is_refused(workbench: Workbench, platform: TestClient) -> None:
    key = {"Idempotency-Key": "k-1"}
    platform.post(URL, json=ORDER, headers=key)

    answer = platform.post(URL, json={**ORDER, "outside_no": "GD9"}, headers=key)

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#key-reused")
    assert len(clues(workbench)) == 1


def test_key_of_another_token_is_another_key(workbench: Workbench, platform: TestClient) -> None:
    key = {"Idempotency-Key": "k-1"}
    platform.post(URL, json=ORDER, headers=key)

    other = system(workbench, "desk").post(URL, json={**ORDER, "outside_no": "X"}, headers=key)

    assert other.json()["registered"] == 1


def test_key_is_forgotten_after_a_week(workbench: Workbench, platform: TestClient) -> None:
    key = {"Idempotency-Key": "k-1"}
    platform.post(URL, json=ORDER, headers=key)
    workbench.clock.pass_(days=7)

    answer = platform.post(URL, json={**ORDER, "outside_no": "GD9"}, headers=key)

    assert answer.json()["registered"] == 1


@pytest.mark.parametrize("orders", [[], [ORDER] * 201])
def test_list_has_bounds(platform: TestClient, orders: list[object]) -> None:
    answer = platform.post(URL, json=orders)

    assert answer.status_code == 422
    assert "200" in answer.json()["detail"]


def test_too_large_call_is_refused(platform: TestClient) -> None:
    answer = platform.post(URL, content=b" " * (LARGEST_CALL + 1))

    assert answer.status_code == 413
    assert "兆字节" in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b"1" * 5000, b""])
def test_what_is_not_json_is_told_so(platform: TestClient, body: bytes) -> None:
    answer = platform.post(URL, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def test_signs_that_no_database_keeps_do_no_harm(
    workbench: Workbench, platform: TestClient
) -> None:
    body = (
        rb'[{"outside_no":"GD\ud800 1\u0000","received_at":"2026-05-10",'
        rb'"content":"x\udfff\u0000y"},'
        rb'{"\ud800": 1, "outside_no": NaN, "received_at": 1e999, "content": 12345678901234567890}]'
    )
    answer = platform.post(URL, content=body, headers={"Content-Type": "application/json"})

    found = answer.json()
    assert answer.status_code == 200
    assert [one["result"] for one in found["rows"]] == ["registered", "rejected"]
    assert clues(workbench)[0].content == "xy"


def test_long_list_is_one_call(workbench: Workbench, platform: TestClient) -> None:
    orders = [
        {**ORDER, "outside_no": f"GD{n}", "content": f"第{n}件：{n * 7919}"} for n in range(40)
    ]

    assert platform.post(URL, json=orders).json()["registered"] == 40
    with reading(workbench.office.engine) as session:
        assert session.exec(select(func.count()).select_from(Clue)).one() == 40


def test_a_pushed_order_is_answered_with_the_broken_mapping(
    broken_mapping: str, platform: TestClient
) -> None:
    answer = platform.post(URL, json=ORDER)

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert broken_mapping in answer.json()["detail"]
