"""Every organ's own periods: 处罚法第六十条, 环境办法第十一条、第十六条、第二十四条、第三十八条."""

from collections.abc import Mapping

import pytest

from tests.helpers.story import IN_CASE, Story

ECOLOGY: Mapping[str, str] = {"handler": "ecology", "head": "ecology_head"}
OFFICERS = ["ecology", "ecology_second"]
HEALTH: Mapping[str, str] = {"handler": "health", "head": "health_head"}


def _accepted(story: Story, lead: str, by: str) -> Story:
    story.does("register")
    story.does("dispatch", lead=lead)
    story.does("accept", by=by, handler_user=None)
    return story


def _in_case(story: Story, lead: str, chairs: Mapping[str, str]) -> Story:
    handler, head = chairs["handler"], chairs["head"]
    officers = [handler, f"{handler}_second"]
    _accepted(story, lead, handler)
    story.does("verify", by=handler)
    story.does("conclude", by=handler)
    story.does("file_case", by=head, case_officers=officers)
    return story


def test_the_environment_files_within_its_fifteen_days(story: Story) -> None:
    """生态环境行政处罚办法第十八条 (secondary); the working days of others are not its own."""
    _accepted(story, "shili-ecology", "ecology")

    assert "verify_local" not in story.open_rules()
    assert story.due("hj_verify") == "2026-05-26T23:59"


def test_a_figure_that_nobody_saw_refuses_nothing(story: Story) -> None:
    _accepted(story, "shili-ecology", "ecology")
    story.waits(days=30)

    story.does("extend_verification", by="ecology_head")
    story.does("verify", by="ecology")
    story.does("conclude", by="ecology")
    story.does("file_case", by="ecology_head", case_officers=OFFICERS)

    assert "hj_verify" not in story.open_rules()


def test_a_figure_that_nobody_saw_bounds_no_other_departments_days(story: Story) -> None:
    _accepted(story, "shili-ecology", "ecology")

    story.does("verify", by="ecology", cooperating=["shili-health"], part_limit="2026-06-05")

    assert story.due("part_reply") == "2026-06-05T23:59"


def test_a_figure_that_nobody_saw_drafts_no_letter(story: Story) -> None:
    ladder = story.office.rules.ladders["unchecked"]

    assert [one.drafts for one in ladder.rungs] == [None, None, None]
    assert all("待法制核对" in one.label for one in ladder.rungs)
    unsure = ("hj_verify", "yb_verify", "ny_verify", "jt_verify")
    assert {story.office.rules.deadlines[one].ladder for one in unsure} == {"unchecked"}


def test_a_market_bureau_keeps_its_fifteen_working_days(story: Story) -> None:
    story.walk("register", "dispatch", "accept")

    assert "cx18" in story.open_rules()
    assert "hj_verify" not in story.open_rules()


def test_a_case_of_the_environment_is_extended_by_its_own_rule(story: Story) -> None:
    _in_case(story, "shili-ecology", ECOLOGY)
    assert story.due("hj_case") == "2026-08-09T23:59"

    story.does("case.extend", by="ecology_head")

    assert story.due("hj_case") == "2026-09-08T23:59"


def test_a_case_of_the_environment_stands_still_while_goods_are_tested(story: Story) -> None:
    _in_case(story, "shili-ecology", ECOLOGY)

    story.does("case.commission", by="ecology")

    assert story.running("hj_case").paused
    story.waits(days=20)
    story.does("case.record_result", by="ecology")
    assert story.due("hj_case") == "2026-08-28T23:59"


def test_a_case_of_the_environment_stands_still_while_the_police_have_it(story: Story) -> None:
    """环境办法第十六条: the time of a referral is not counted."""
    _in_case(story, "shili-ecology", ECOLOGY)
    story.does("refer", by="ecology", officers=OFFICERS)

    story.does("referral.approve", by="ecology_principal", lead_officer="ecology")

    assert story.running("hj_case").paused


def test_another_organ_extends_only_by_a_rule_that_it_names(story: Story) -> None:
    """处罚法第六十条 gives no extension itself: 法律、法规、规章另有规定的，从其规定."""
    _in_case(story, "shili-health", HEALTH)

    refusal = story.refused("case.extend", by="health_head")

    assert "「延期依据」和延长天数" in refusal
    assert "第六十条" in refusal
    story.does(
        "case.extend", by="health_head", days=30, extension_ground="本机关行政处罚程序规章第某条"
    )
    assert story.due("cf60") == "2026-09-08T23:59"
    assert "本机关行政处罚程序规章第某条" in story.text("matter_approval")


def test_another_organs_days_run_on_unless_it_names_a_rule(story: Story) -> None:
    _in_case(story, "shili-health", HEALTH)
    story.does("case.commission", by="health")
    assert not story.running("cf60").paused
    story.does("case.record_result", by="health")

    story.does("case.commission", by="health", exclusion_ground="本机关行政处罚程序规章第某条")

    assert story.running("cf60").paused


def test_the_market_bureau_suspends_its_case_by_an_approval_when_it_is_referred(
    story: Story,
) -> None:
    """程序规定第六十四条 names no referral: the days stop for a suspension (第四十六条)."""
    story.walk(*IN_CASE, "refer", "referral.approve")

    assert [one["reason"] for one in story.running("cx64").pauses] == ["中止"]
    assert "中止调查（移送公安机关）" in story.text("matter_approval")
    assert "等待司法机关的处理结果" in story.text("matter_approval")


def test_labour_inspection_ends_its_inquiry_in_sixty_working_days(story: Story) -> None:
    """劳动保障监察条例第十七条, beside the ninety days of 处罚法第六十条."""
    _in_case(story, "shili-human", {"handler": "human", "head": "human_head"})
    assert {"ld17", "cf60"} <= story.open_rules()
    assert story.due("ld17") == "2026-08-04T23:59"

    story.does("case.extend_investigation", by="human_head")

    assert story.due("ld17") == "2026-09-15T23:59"


def test_no_other_organ_has_the_days_of_labour_inspection(story: Story) -> None:
    story.walk(*IN_CASE)

    assert "ld17" not in story.open_rules()


def _refused_environment(story: Story) -> Story:
    _in_case(story, "shili-ecology", ECOLOGY)
    story.does("refer", by="ecology", officers=OFFICERS, offences=["pollution"])
    story.does("referral.approve", by="ecology_principal", lead_officer="ecology")
    story.does("referral.deliver", by="ecology")
    story.does("referral.receipt")
    story.waits_until("2026-05-15T10:00")
    story.does("referral.refuse")
    return story


def test_the_environment_asks_for_reconsideration_within_three_working_days(story: Story) -> None:
    """环境办法第十一条: a notice of Friday is answered until Wednesday."""
    _refused_environment(story)
    assert story.due("hj_reconsider") == "2026-05-20T23:59"
    story.waits_until("2026-05-20T15:00")

    story.does("referral.reconsider", by="ecology_head")

    assert story.due("hj_reconsider_dec") == "2026-05-25T23:59"


def test_after_them_only_supervision_is_left(story: Story) -> None:
    _refused_environment(story)
    story.waits_until("2026-05-21T09:00")

    assert "提请复议期限已过（2026年5月20日）" in story.refused(
        "referral.reconsider", by="ecology_head"
    )


def test_other_organs_are_refused_by_the_generous_reading_only(story: Story) -> None:
    """310号令第九条 says 三日; 公安程序规定第一百八十一条 rolls a Sunday to Monday."""
    story.walk(*IN_CASE, "refer", "referral.approve", "referral.deliver", "referral.receipt")
    story.waits_until("2026-05-14T10:00")
    story.does("referral.refuse")
    assert story.due("310_reconsider") == "2026-05-17T23:59"
    story.waits_until("2026-05-18T10:00")

    story.does("referral.reconsider")

    assert story.state("referral") == "reconsidering"


def test_the_police_answer_the_environment_within_seven_days(story: Story) -> None:
    """环境办法第二十四条; the letter need state no day of its own."""
    _accepted(story, "shili-ecology", "ecology")

    story.does(
        "request.ask",
        by="ecology",
        to_department="shili-police",
        request_kind="consultation",
        request_due=None,
    )

    assert story.due("hj24_consult") == "2026-05-18T23:59"


@pytest.mark.parametrize("kind", ["assistance", "report"])
def test_other_requests_of_the_environment_state_their_day(story: Story, kind: str) -> None:
    _accepted(story, "shili-ecology", "ecology")

    assert "请填写请求答复期限" in story.refused(
        "request.ask",
        by="ecology",
        to_department="shili-police",
        request_kind=kind,
        request_due=None,
    )
