"""「不属公安机关管辖」: the police say so in time, and the organ goes on (公安程序规定180③)."""

from tests.helpers.story import ACCEPTED, APPROVED, IN_CASE, Story

NOT_POLICE = {"competent": "not_police"}
DELIVERED = (*APPROVED, "referral.deliver")
CASE_DELIVERED = (
    *IN_CASE,
    "case.record_facts",
    "refer",
    "referral.approve",
    "referral.deliver",
)


def test_the_police_send_it_back_naming_the_organ_that_is_competent(story: Story) -> None:
    story.walk(*DELIVERED)
    story.does("referral.receipt", **NOT_POLICE)

    story.does("referral.send_elsewhere")

    referral = story.processes("referral")[0]
    assert (referral.state, story.state()) == ("outside_police", "concluded")
    assert referral.facts["proper_organ"] == "示例海警局"
    assert "310_review" not in story.open_rules()
    assert ("shili-market", "department_head") in story.told("referral.send_elsewhere")


def test_the_case_goes_on_where_it_stood_with_the_police(story: Story) -> None:
    story.walk(*CASE_DELIVERED)
    story.does("referral.receipt", **NOT_POLICE)
    assert story.running("cx64").paused

    story.does("referral.send_elsewhere")

    assert (story.state(), story.state("case")) == ("in_case", "investigating")
    assert not story.running("cx64").paused


def test_reason_organ_and_files_are_asked_for(story: Story) -> None:
    story.walk(*DELIVERED)
    story.does("referral.receipt", **NOT_POLICE)

    reasons = story.refused("referral.send_elsewhere", proper_organ=None, outside_ground=None)
    assert "应当移送的主管机关" in reasons
    assert "不属公安机关管辖的理由" in reasons

    assert "案卷材料已退回" in story.refused("referral.send_elsewhere", files_returned=None)


def test_who_said_it_is_nobodys_of_the_police_neither_files_nor_forwards(story: Story) -> None:
    story.walk(*DELIVERED)
    story.does("referral.receipt", **NOT_POLICE)

    for action in ("referral.refuse", "referral.file"):
        assert "「通知向其他主管机关移送」" in story.refused(action)
    assert "不能转送" in story.refused("referral.forward")


def test_an_environmental_case_comes_back_within_a_day(story: Story) -> None:
    """环境办法第九条: 二十四小时内."""
    story.walk(*DELIVERED[:-2])
    story.does("referral.decline")
    story.does("refer", offences=["pollution"])
    story.walk("referral.approve", "referral.deliver")
    story.does("referral.receipt", **NOT_POLICE)

    back = story.running("hj9_return")

    assert (back.due_at - back.started_at).total_seconds() == 24 * 3600
    assert back.owner_id == "shili-police"


def test_what_the_police_sent_back_is_still_no_ground_for_a_mere_penalty(story: Story) -> None:
    """310号令第十一条第一款: a fine does not replace another organ's inquiry."""
    story.walk(*IN_CASE)
    story.does("case.record_facts", quantities={"sales_amount": "86000"}, screened=["fake_goods"])
    story.walk("refer", "referral.approve", "referral.deliver")
    story.does("referral.receipt", **NOT_POLICE)
    story.does("referral.send_elsewhere")

    assert "不得以行政处罚代替移送" in story.refused("case.terminate")


def test_a_crime_of_which_the_police_said_not_ours_does_not_end_as_a_trifle(story: Story) -> None:
    """公安程序规定180③: the police name the organ that is competent; the crime goes there."""
    story.walk(*DELIVERED)
    story.does("referral.receipt", **NOT_POLICE)
    story.does("referral.send_elsewhere")

    for ending in ("dismiss", "govern", "penalise_on_spot"):
        assert "涉嫌的犯罪还没有处理" in story.refused(ending)
    story.does("refer")
    story.does("referral.decline")

    assert story.does("dismiss").state == "closed"


def test_a_crime_that_is_not_the_polices_goes_to_the_organ_that_they_name(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="criminal")
    story.walk("refer", "referral.approve", "referral.deliver")
    story.does("referral.receipt", **NOT_POLICE)
    story.does("referral.send_elsewhere")

    assert story.does("transfer_on").state == "dispatched"
