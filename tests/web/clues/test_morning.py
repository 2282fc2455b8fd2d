"""Each chair's morning: a few numbers that lead to what is behind them, and nobody's is empty."""

import re

from tests.helpers.story import APPROVED, IN_CASE
from tests.web.conftest import Workbench


def _figures(text: str) -> dict[str, tuple[str, str]]:
    found = re.findall(r'<a href="([^"]+)"><strong>([^<]+)</strong> ([^<]+)</a>', text)
    return {label: (value, url.replace("&amp;", "&")) for url, value, label in found}


def test_the_handler_sees_what_is_late_due_and_new_and_each_number_leads_there(
    workbench: Workbench,
) -> None:
    late = workbench.walk("register", "dispatch")
    workbench.story.clue = None
    workbench.clock.pass_(days=30)
    workbench.story.now = workbench.clock.now
    fresh = workbench.walk("register", "dispatch")
    handler = workbench.at("handler")

    told = _figures(handler.get("/").text)

    assert (told["逾期"][0], told["新到（一日内）"][0]) == ("1", "1")
    behind = handler.get(told["逾期"][1]).text
    assert late in behind and fresh not in behind
    assert fresh in handler.get(told["新到（一日内）"][1]).text
    menu = handler.get("/").text.partition("我的待办<span")[2][:60]
    assert ">2</span>" in menu


def test_what_waits_for_others_is_a_number_of_its_own(workbench: Workbench) -> None:
    workbench.story.walk(*IN_CASE)
    workbench.story.does("refer")
    number = workbench.walk()
    colleague = workbench.at("section")

    told = _figures(colleague.get("/").text)

    assert told["等别人"][0] == "1"
    assert number in colleague.get(told["等别人"][1]).text


def test_every_chair_with_work_of_its_own_begins_with_it(workbench: Workbench) -> None:
    workbench.story.walk(*IN_CASE)
    workbench.story.does("refer")
    workbench.walk()
    expected = {
        "principal": ("待审批", "1"),
        "desk": ("待分办", "0"),
        "legal": ("待审核", "0"),
        "supervisor": ("全部逾期", "0"),
        "administrator": ("搁置的后续事项", "0"),
        "auditor": ("三十日内查看举报人信息", "0"),
    }

    for chair, (label, value) in expected.items():
        assert _figures(workbench.at(chair).get("/").text)[label][0] == value, chair
    assert "待审批<span" in workbench.at("principal").get("/messages").text


def test_the_police_find_what_waits_for_them_before_what_waits_for_others(
    workbench: Workbench,
) -> None:
    number = workbench.walk(*APPROVED, "referral.deliver")
    police = workbench.at("police")

    home = police.get("/").text

    assert _figures(home)["等本机关"] == ("1", "/referrals?waiting=true")
    assert number in home
    assert number in police.get("/referrals?waiting=true").text
    workbench.story.does("referral.receipt")
    workbench.walk()
    assert number in workbench.at("police").get("/").text
    assert number not in workbench.at("handler").get("/referrals?waiting=true").text


def test_papers_that_wait_for_service_and_looks_at_reporters_are_numbers_that_lead_there(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk(*IN_CASE)
    story.does("case.seize")
    workbench.walk()
    workbench.at("desk").post(
        f"/clues/{story.row().no}/reveal", data={"reason": "核对回访电话需要"}
    )

    for chair in ("handler", "legal"):
        told = _figures(workbench.at(chair).get("/").text)
        listed = workbench.at(chair).get(told["送达待办"][1]).text
        assert int(told["送达待办"][0]) == listed.count("没有上传<br>") > 0, chair
    looked = _figures(workbench.at("auditor").get("/").text)["三十日内查看举报人信息"]
    assert looked[0] == "1"
    assert story.row().no in workbench.at("auditor").get(looked[1]).text
    assert "三类预警" in _figures(workbench.at("head").get("/").text)
