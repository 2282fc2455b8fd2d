"""Joint verification: nobody is forgotten, dissent is heard, and testing stops the limit."""

import pytest

from tests.helpers.story import ACCEPTED, CONCLUDED, Story

JOINT = {"cooperating": ["shili-health", "shili-urban"]}


def _joint(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.does("verify", **JOINT)


def test_every_department_asked_gets_its_part_and_its_limit(story: Story) -> None:
    _joint(story)

    parts = story.processes("part")
    assert [part.department_id for part in parts] == ["shili-health", "shili-urban"]
    assert {part.parent_id for part in parts} == {story.processes("verification")[0].id}
    assert {clock.owner_id for clock in story.clocks("part_reply")} == {
        "shili-health",
        "shili-urban",
    }
    assert story.told("part.ask") == {("shili-health", "handler"), ("shili-urban", "handler")}
    assert "核实是否销售过期奶粉" in story.text("joint_verification_notice")
    assert ("verification", "ask_parts") in story.followups()


def test_a_part_may_have_a_day_of_its_own_but_not_after_the_whole(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "不能晚于本线索核查期限（2026年6月1日）" in story.refused(
        "verify", part_limit="2026-06-02", **JOINT
    )
    assert "不能早于今天" in story.refused("verify", part_limit="2026-05-10", **JOINT)

    story.does("verify", part_limit="2026-05-20", **JOINT)
    assert [f"{clock.due_on}" for clock in story.clocks("part_reply")] == ["2026-05-20"] * 2


def test_the_lead_does_not_co_operate_with_itself(story: Story) -> None:
    story.walk(*ACCEPTED)

    reasons = story.refused("verify", cooperating=["shili-market", "shili-health"])

    assert "协办部门不能包括主办部门" in reasons


def test_dissent_stands_in_the_report_word_for_word(story: Story) -> None:
    _joint(story)
    words = "本部门认为现场未见二次喷印，不同意认定为改换生产日期；理由见附件三。"
    assert "请写明不同意见" in story.refused("part.submit", agrees="dissents")
    story.does("part.submit", agrees="dissents", dissent=words)
    story.does("part.decline", by="urban")

    story.does("conclude")

    report = story.text("verification_report")
    assert words in report
    assert "说明无关：未涉及本部门职责" in report
    assert story.state("verification") == "concluded"


def test_the_report_names_who_verified_and_not_who_was_only_suggested(story: Story) -> None:
    story.walk("register")
    story.does("dispatch", cooperating=["shili-health", "shili-urban"])
    story.does("accept")
    story.does("verify", cooperating=["shili-health"], scope="核查生产日期是否改动")
    story.does("part.submit")
    story.does("conclude")

    report = story.text("verification_report")
    assert "会同示例市卫生健康委员会对线索" in report
    assert "城市管理" not in report


def test_a_verification_done_alone_is_reported_as_done_alone(story: Story) -> None:
    story.walk("register")
    story.does("dispatch", cooperating=["shili-health", "shili-urban"])
    story.walk("accept", "verify", "conclude")

    assert "会同" not in story.text("verification_report")


def test_a_silent_department_needs_a_reason_that_is_recorded(story: Story) -> None:
    _joint(story)
    story.does("part.submit")

    reasons = story.refused("conclude")
    assert "城市管理" in reasons
    assert "卫生健康" not in reasons

    story.does("conclude", silent_reason="两次催促未反馈，期限将至")
    assert "两次催促未反馈，期限将至" in story.text("verification_report")
    assert [part.state for part in story.processes("part")] == ["submitted", "passed_over"]
    assert all(clock.ended_at for clock in story.clocks("part_reply"))
    assert story.told("part.pass_over") == {("shili-justice", "supervisor")}


def test_a_silent_department_and_a_running_test_are_named_together(story: Story) -> None:
    _joint(story)
    story.does("send_for_testing")

    reasons = story.refused("conclude")

    assert "检测检验鉴定尚未出具结论" in reasons
    assert "尚未反馈核查意见" in reasons


def test_only_the_department_asked_answers(story: Story) -> None:
    _joint(story)

    assert "您所在部门不是" in story.refused("part.submit", by="handler")


def test_the_silent_are_urged_and_nobody_else(story: Story) -> None:
    _joint(story)
    story.does("part.submit")

    story.does("verification.urge")

    assert story.told("verification.urge") == {("shili-urban", "handler")}


def test_opinions_are_gathered_when_the_last_one_is_in(story: Story) -> None:
    _joint(story)
    story.does("part.submit")
    assert "尚未反馈：示例市" in story.refused("verification.draft")
    story.does("part.submit", by="urban")

    story.does("verification.draft")

    assert story.state("verification") == "drafted"
    assert "均已反馈" in story.refused("verification.urge") or "当前状态" in story.refused(
        "verification.urge"
    )


def test_a_department_is_asked_once(story: Story) -> None:
    _joint(story)

    assert "已经交办过" in story.refused("verification.ask")
    story.does("verification.ask", cooperating=["shili-fire"])
    assert len(story.processes("part")) == 3


def test_evidence_shows_who_recognised_it(story: Story) -> None:
    _joint(story)
    story.does("part.submit")

    story.does("part.recognise", by="urban")
    story.does("part.recognise", by="handler")

    recognised = story.processes("part")[0].facts["recognised_by"]
    assert recognised == ["shili-market", "shili-urban"]
    assert "参与核查的部门" in story.refused("part.recognise", by="county")


def test_the_same_subject_is_verified_together_or_the_reason_is_given(story: Story) -> None:
    story.walk(*ACCEPTED, "verify", *ACCEPTED)

    assert "已在核查中（XS2026000001）" in story.refused("verify")
    assert story.does("verify", same_subject_reason="两起线索事实不同").state == "verifying"


def test_testing_does_not_count(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.waits_until("2026-05-13T09:00")
    story.does("send_for_testing")
    assert story.running("cx18").paused
    assert story.running("cx18").next_rung_at is None

    story.waits_until("2026-05-27T09:00")
    story.does("receive_test_result")

    assert story.due("cx18") == "2026-06-15T23:59"
    assert not story.running("cx18").paused


def test_an_extension_is_for_the_head_once_and_in_time(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    assert "只能由机关负责人操作" in story.refused("extend_verification", by="handler")

    story.does("extend_verification")

    assert story.due("cx18") == "2026-06-23T23:59"
    assert "不得再次延长" in story.refused("extend_verification")


def test_nothing_is_extended_after_it_expired(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.waits_until("2026-06-02T09:00")

    assert "届满后不得延长" in story.refused("extend_verification")


def test_a_conclusion_comes_late_but_stays_late_on_record(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.waits_until("2026-06-05T09:00")

    story.walk("conclude", "file_case")

    [clock] = story.clocks("cx18")
    assert clock.ended_at is not None
    assert clock.ended_at > clock.breach_at


@pytest.mark.parametrize("action", ["dismiss", "govern"])
def test_what_deserves_a_case_ends_without_one_on_a_legal_ground_only(
    story: Story, action: str
) -> None:
    """处罚法第三十三条; 程序规定第二十条."""
    story.walk(*CONCLUDED)

    told = story.refused(action, no_filing_kind=None, no_filing_ground="不立案更好")
    assert "应当「立案」" in told
    assert "「不予立案的情形」" in told
    assert "请填写「不予立案依据」" in story.refused(action, no_filing_kind="other")
    # 处罚法33: what a case would have to show is shown where there is none.
    assert "「危害后果的情况」" in story.refused(action, harm=None)
    assert "「初次违法的核查情况」" in story.refused(action, no_filing_kind="first")
    assert "没有主观过错的证据" in story.refused(action, no_filing_kind="no_fault")

    story.does(action)
    assert story.state() == "closed"


def test_what_was_minor_is_dismissed_on_its_ground_too(story: Story) -> None:
    """处罚法33①: 情节轻微 is what no penalty asks to be shown."""
    story.walk(*CONCLUDED[:-1])
    story.does("conclude", finding="minor")
    assert "「不予立案的情形」" in story.refused("dismiss", no_filing_kind=None)

    story.does("dismiss")

    assert "危害后果的情况：没有售出，没有危害后果" in story.text("refusal_to_file")


def test_the_answer_to_what_was_unfounded_cites_no_article_on_slight_offences(story: Story) -> None:
    """程序规定第二十条 is about slight offences; where nothing was done there is none."""
    story.walk(*CONCLUDED[:-1])
    story.does("conclude", finding="unfounded")

    assert "没有违法行为" in story.refused("dismiss", no_filing_kind="slight")
    story.does("dismiss", no_filing_kind=None, no_filing_ground="反映问题不属实")

    assert "第二十条" not in story.text("result_reply")


def test_the_answer_to_a_slight_offence_cites_its_ground(story: Story) -> None:
    story.walk(*CONCLUDED, "dismiss")

    assert "《市场监督管理行政处罚程序规定》第二十条" in story.text("result_reply")
    assert "违法行为轻微并及时改正" in story.text("refusal_to_file")
