"""What a person sets for himself: how he is told, and the words he writes often."""

from datetime import timedelta

from flows.reminders.sweep import sweep
from tests.web.conftest import Workbench

EVERYTHING_QUIET = {one: "quiet" for one in ("step", "note")} | {"reminder": "desk"}


def test_steps_may_be_left_uncounted_but_no_reminder_of_a_limit(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    handler = workbench.at("handler")
    assert number in handler.get("/messages?only=unread").text

    wrong = handler.post("/account/notices", data={"reminder": "quiet", "quiet_from": "22"})
    kept = handler.post("/account/notices", data=EVERYTHING_QUIET | {"digest_hour": "8"})

    assert wrong.status_code == 422 and kept.status_code == 303
    assert "至少在站内显示，不能关闭" in wrong.text and "起止时间请都填写" in wrong.text
    assert '<option value="8" selected>' in handler.get("/account/notices").text
    assert number not in handler.get("/messages?only=unread").text
    assert number in handler.get("/messages").text
    due = workbench.story.running("sign_for").due_at
    sweep(workbench.office, due - timedelta(hours=1))
    workbench.clock.now = due - timedelta(minutes=50)
    assert number in workbench.at("handler").get("/messages?only=unread").text


def test_phrases_are_a_persons_own_or_his_departments(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    handler, legal = workbench.at("handler"), workbench.at("legal")

    handler.post("/phrases", data={"text": "现场检查时当事人在场。"})
    refused = handler.post("/phrases", data={"text": "部门的话", "whose": "department"})
    legal.post("/phrases", data={"text": "经审核，事实清楚。", "whose": "department"})
    again = legal.post("/phrases", data={"text": "经审核，事实清楚。", "whose": "department"})

    form = handler.get(f"/clues/{number}/do/clue/verify").text
    assert "现场检查时当事人在场。" in form and "经审核，事实清楚。" in form
    assert "现场检查时" not in workbench.at("colleague").get("/phrases/list").text
    assert "经审核" not in workbench.at("health").get("/phrases/list").text
    assert "由科室负责人" in refused.text and "已有相同的常用语" in again.text
    assert handler.post("/phrases/2/drop").status_code == 404
    assert legal.post("/phrases/2/drop").status_code == 303
    assert "经审核" not in handler.get("/phrases").text
