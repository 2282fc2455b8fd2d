"""Who handles what, and what a list offers to do at once."""

from datetime import timedelta

import pytest

from flows.reminders.sweep import sweep
from flows.watch import kept_figures
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


def test_on_a_long_record_the_loads_tell_of_when_they_are(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_figures, "LONG", 1)
    workbench.walk(*ACCEPTED)
    first = workbench.at("section").get("/workload").text
    workbench.clock.now += timedelta(minutes=5)

    again = workbench.at("section").get("/workload").text

    assert "数字统计于" not in first
    assert "数字统计于" in again and "handler=handler" in again


def test_a_suspected_duplicate_is_merged_in_two_clicks_from_the_list(workbench: Workbench) -> None:
    first = workbench.walk("register")
    workbench.story.clue = None
    second = workbench.walk("register")

    text = workbench.at("desk").get("/").text

    assert f'href="/clues/{second}/do/clue/merge?f.master={first}">并入' in text


def test_a_handler_is_replaced_after_signing_and_both_are_told(workbench: Workbench) -> None:
    number = workbench.walk(*ACCEPTED)
    section, form = workbench.at("section"), f"/clues/{number}/do/clue/reassign"

    same = section.post(form, data={"f.handler_user": "handler", "f.reassign_reason": "出差"})
    foreign = section.post(form, data={"f.handler_user": "health", "f.reassign_reason": "出差"})
    moved = section.post(form, data={"f.handler_user": "colleague", "f.reassign_reason": "出差"})

    assert "不必更换" in same.text and "本部门在用的人员" in foreign.text
    assert moved.status_code == 303
    assert number in section.get("/clues?department=shili-market&handler=colleague").text
    assert number not in section.get("/clues?department=shili-market&handler=handler").text
    for told in ("handler", "colleague"):
        assert "指定、更换承办人" in workbench.at(told).get("/messages").text
    assert "指定、更换承办人" not in workbench.at("legal").get("/messages").text


def test_messages_of_a_clue_stand_together_and_settled_reminders_fade(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch")
    due = workbench.story.running("sign_for").due_at
    sweep(workbench.office, due - timedelta(hours=1))
    workbench.clock.now = due - timedelta(minutes=50)

    before = workbench.at("handler").get("/messages?only=unread").text
    workbench.story.now = workbench.clock.now
    workbench.walk("accept")
    handler = workbench.at("handler")
    after = handler.get("/messages").text

    assert before.count(f'<a href="/clues/{number}">') == 1 and "要办" in before
    assert "期限已了结" not in before and "期限已了结" in after
    assert "签收" not in handler.get("/messages?only=unread").text.partition("<h1>")[2]
