"""What goes back to the hotline: waiting, failed, stopped, sent; content, files, second chances."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from domain.tables.record import Event
from domain.tables.work import FollowUp
from flows.afterwards.outbox import Job
from flows.afterwards.write_back import write_back
from flows.site.store import reading, transaction
from tests.web.conftest import Workbench
from tests.web.helpers.plain_html import complaints

ORDER = {"outside_no": "GD202605110001"}


def arrived(workbench: Workbench, *more: str) -> str:
    """An order of the hotline that was dispatched."""
    workbench.story.does("register", **ORDER)
    return workbench.walk("dispatch", *more)


def change(workbench: Workbench, **values: object) -> int:
    """The newest write-back with other values; its id."""
    with transaction(workbench.office.engine) as session:
        query = select(FollowUp).where(col(FollowUp.task) == "write_back")
        row = session.exec(query.order_by(col(FollowUp.id).desc())).first()
        assert row is not None
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        return row.id or 0


def stopped(workbench: Workbench) -> int:
    """A write-back that was given up."""
    error = "12345平台未接收回写：HTTP 503"
    return change(workbench, parked_at=workbench.clock(), attempts=5, last_error=error)


def test_waiting_write_back_tells_what_it_will_say(workbench: Workbench) -> None:
    arrived(workbench)

    text = workbench.at("desk").get("/write-backs").text

    assert "GD202605110001" in text
    assert "分办转办" in text
    assert "等待回写" in text
    assert "示例市市场监督管理局" in text
    assert "每日文件，由平台取走" in text
    assert complaints(text) == []


@pytest.mark.parametrize("chair", ["handler", "head", "supervisor", "administrator", "police"])
def test_only_the_hotline_desk_sees_them(workbench: Workbench, chair: str) -> None:
    number = arrived(workbench) and change(workbench)
    client = workbench.at(chair)

    assert client.get("/write-backs").status_code == 403
    assert client.post(f"/write-backs/{number}/retry").status_code == 403
    assert client.get("/write-backs/files/2026-05-11.jsonl").status_code == 403


def test_failure_tells_error_attempts_and_the_next_try(workbench: Workbench) -> None:
    arrived(workbench)
    again = workbench.clock() + timedelta(minutes=30)
    change(workbench, attempts=2, last_error="连接超时", not_before=again)

    text = workbench.at("desk").get("/write-backs?state=failing").text

    assert "连接超时" in text
    assert "试过2次" in text
    assert f"{again:%H:%M} 再试" in text
    assert "还可自动重试3次" in text


def test_stopped_write_back_gets_a_second_chance_on_record(workbench: Workbench) -> None:
    arrived(workbench)
    number = stopped(workbench)
    client = workbench.at("desk")

    assert f"/write-backs/{number}/retry" in client.get("/write-backs?state=parked").text
    answer = client.post(f"/write-backs/{number}/retry")
    after = client.get(answer.headers["location"]).text

    assert answer.status_code == 303
    assert "已重新列入回写" in after
    with reading(workbench.office.engine) as session:
        row = session.get_one(FollowUp, number)
        last = session.exec(select(Event).order_by(col(Event.seq).desc())).first()
    assert row.parked_at is None
    assert last is not None
    assert (last.action, last.actor_id) == ("retry_follow_ups", "desk")
    assert workbench.story.chain_holds()


def test_what_has_not_stopped_is_not_tried_again(workbench: Workbench) -> None:
    arrived(workbench)
    number = change(workbench)

    answer = workbench.at("desk").post(f"/write-backs/{number}/retry")

    assert answer.headers["location"].endswith("retried=no")


def test_other_follow_ups_cannot_be_retried_here(workbench: Workbench) -> None:
    arrived(workbench)
    with reading(workbench.office.engine) as session:
        query = select(FollowUp.id).where(col(FollowUp.task) != "write_back")
        other = session.exec(query).first()

    assert other is not None
    assert workbench.at("desk").post(f"/write-backs/{other}/retry").status_code == 404


def test_sent_write_backs_lie_in_the_file_of_their_day(workbench: Workbench) -> None:
    arrived(workbench)
    number = change(workbench, done_at=workbench.clock())
    with reading(workbench.office.engine) as session:
        row = session.get_one(FollowUp, number)
        job = Job.model_validate(row, from_attributes=True)
    write_back(workbench.office, job, workbench.clock())
    client = workbench.at("desk")

    text = client.get("/write-backs?state=sent").text
    answer = client.get("/write-backs/files/2026-05-11.jsonl")

    assert "已回写" in text
    assert "2026-05-11.jsonl" in text
    assert "GD202605110001" in answer.text
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["2026-05-12.jsonl", "..%2F..%2Fkeys.json", "keys.json"])
def test_no_other_file_is_given_out(workbench: Workbench, name: str) -> None:
    arrived(workbench)

    assert workbench.at("desk").get(f"/write-backs/files/{name}").status_code == 404


def test_answers_due_first_are_shown(workbench: Workbench) -> None:
    arrived(workbench)

    text = workbench.at("desk").get("/write-backs").text
    due = text.split('id="due"')[1].split("</section>")[0]

    assert "GD202605110001" in due
    assert "届满" in due


def test_clues_of_other_channels_have_nothing_to_go_back(workbench: Workbench) -> None:
    workbench.story.does("register", channel="inspection")
    workbench.walk("dispatch")

    text = workbench.at("desk").get("/write-backs").text

    assert "还没有回写" in text
