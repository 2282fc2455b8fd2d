"""A reporter in clear: only with a reason, only for who needs him, always on record."""

from sqlmodel import Session, col, select

from domain.tables.record import Event
from tests.web.conftest import Workbench

REPORTER = "刘小民"


def test_reporter_is_masked_on_every_page(workbench: Workbench) -> None:
    workbench.story.does("register", reporter_name=REPORTER, reporter_phone="0000-7654321")
    number = workbench.walk("dispatch")

    text = workbench.at("handler").get(f"/clues/{number}").text

    assert "刘**" in text
    assert REPORTER not in text
    assert "0000-7654321" not in text


def test_reveal_shows_him_once_and_says_so_in_the_record(workbench: Workbench) -> None:
    workbench.story.does("register", reporter_name=REPORTER, reporter_phone="0000-7654321")
    number = workbench.walk("dispatch", "accept")
    client = workbench.at("handler")

    shown = client.post(f"/clues/{number}/reveal", data={"reason": "电话核实举报情况"})
    again = client.get(f"/clues/{number}")

    assert REPORTER in shown.text
    assert REPORTER not in again.text
    assert "查看举报人信息" in again.text
    assert "电话核实举报情况" in again.text
    event = _last_event(workbench)
    assert (event.action, event.actor_id) == ("reveal_reporter", "handler")
    assert REPORTER not in str(event.detail)
    assert workbench.story.chain_holds()


def test_no_reveal_without_a_reason(workbench: Workbench) -> None:
    workbench.story.does("register", reporter_name=REPORTER)
    number = workbench.walk("dispatch", "accept")

    answer = workbench.at("handler").post(f"/clues/{number}/reveal", data={"reason": "  "})

    assert answer.status_code == 422
    assert REPORTER not in answer.text
    assert _last_event(workbench).action != "reveal_reporter"


def test_other_departments_and_overseers_never_see_him(workbench: Workbench) -> None:
    workbench.story.does("register", reporter_name=REPORTER)
    workbench.story.walk("dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health"])
    number = workbench.walk()

    for chair in ("health", "supervisor", "auditor", "legal"):
        client = workbench.at(chair)
        answer = client.post(f"/clues/{number}/reveal", data={"reason": "想知道是谁举报的"})

        assert answer.status_code == 422, chair
        assert REPORTER not in answer.text


def _last_event(workbench: Workbench) -> Event:
    with Session(workbench.office.engine) as session:
        return session.exec(select(Event).order_by(col(Event.seq).desc()).limit(1)).one()
