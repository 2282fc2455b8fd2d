"""Who has to stand aside acts no more; who reported is told where the law says so, and rewarded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.lifecycle.plan import Refused
from flows.door.steps import perform
from flows.site.office import Office
from tests.helpers.health_story import HealthStory
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, REVIEWED, Story


def test_who_has_to_avoid_a_case_does_nothing_more_in_it(story: Story) -> None:
    """处罚法第四十三条."""
    story.walk(*IN_CASE, "recusal.apply", "recusal.grant")

    told = story.refused("case.record_facts", by="colleague")

    assert "李协办已决定回避" in told
    assert "《中华人民共和国行政处罚法》第四十三条" in told
    assert "不再办理本案" in story.text("recusal_decision")


def test_the_investigation_goes_on_until_it_is_decided_and_nothing_else(story: Story) -> None:
    """处罚法第四十三条第三款."""
    story.walk(*IN_CASE, "recusal.apply")

    story.does("case.record_facts", by="colleague")
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    told = story.refused("case.decide_no_penalty")
    assert "回避申请还没有决定" in told
    assert "第四十三条" in told
    story.does("recusal.refuse")
    assert story.does("case.decide_no_penalty").state == "decided"


def test_a_case_goes_on_with_other_officers(story: Story) -> None:
    story.walk(*IN_CASE, "case.record_facts", "recusal.apply", "recusal.grant")

    assert "请先办理「更换办案人员」" in story.refused("case.report")
    told = story.refused("case.replace_officers", case_officers=["handler", "colleague"])
    assert "李协办已决定回避，不能作为办案人员" in told
    story.walk("case.replace_officers", "case.report")
    story.walk("case.send_for_review", "case.pass_review")
    story.does("recusal.apply", avoids="handler")
    story.does("recusal.grant")
    assert "请先办理「更换办案人员」" in story.refused("case.decide_no_penalty")


def test_who_has_to_avoid_a_clue_is_on_no_team_and_takes_no_measure(story: Story) -> None:
    """处罚法第四十三条: the referral's two officers and those of a measure are officers too."""
    story.walk(*CONCLUDED, "recusal.apply", "recusal.grant")

    team = story.refused("refer", officers=["handler", "colleague"])
    taken = story.refused("measure.seize_on_spot", measure_officers=["handler", "colleague"])

    assert "李协办已决定回避，不能作为核实人员" in team
    assert "李协办已决定回避，不能作为实施人员" in taken


@pytest.mark.parametrize(
    ("action", "field", "cannot"),
    [
        ("file_case", "case_officers", "不能作为办案人员"),
        ("refer", "officers", "不能作为专案组人员"),
        ("measure.seize_on_spot", "measure_officers", "不能实施"),
    ],
)
def test_everything_against_the_officers_is_told_at_once(
    story: Story, action: str, field: str, cannot: str
) -> None:
    story.walk(*CONCLUDED)

    told = story.refused(action, **{field: ["legal", "health"]})

    assert f"钱法制没有执法证号，{cannot}" in told
    assert "不是本部门人员" in told


def test_a_refused_application_changes_nothing(story: Story) -> None:
    story.walk(*IN_CASE, "recusal.apply", "recusal.refuse")

    story.does("case.record_facts", by="colleague")
    assert "驳回回避申请" in story.text("recusal_decision")


def test_nobody_decides_on_himself(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("recusal.apply", avoids="head", applied_by="party")

    assert "不能决定自己是否回避" in story.refused("recusal.grant")
    story.does("recusal.grant", by="principal")
    assert "王科长已决定回避" in story.refused("close")


def test_the_principals_recusal_is_discussed_by_the_heads(story: Story) -> None:
    """程序规定第四条第一款."""
    story.walk(*IN_CASE)
    story.does("recusal.apply", avoids="principal", applied_by="party")

    told = story.refused("recusal.grant")

    assert "由负责人集体讨论决定" in told
    assert "《市场监督管理行政处罚程序规定》第四条" in told
    story.does("recusal.grant", recusal_discussion="5月11日，王科长、李局长参加，一致同意回避")
    assert "赵局长已决定回避" in story.refused("case.discuss")


def test_a_heads_recusal_is_the_principals_to_decide(story: Story) -> None:
    """程序规定第四条第一款: one head of lower rank does not decide on another."""
    story.walk(*IN_CASE)
    story.does("recusal.apply", avoids="head", applied_by="party")
    deputy = replace(actor("head"), id="deputy", name="副局长")

    with pytest.raises(Refused, match="王科长是本机关负责人，其回避由主要负责人决定"):
        perform(story.office, story.command("recusal.grant"), deputy, story.now)

    story.does("recusal.grant", by="principal")


def test_an_organ_outside_the_market_rules_has_its_head_decide(office: Office) -> None:
    """处罚法第四十三条: 行政机关负责人, and no more than that."""
    story = HealthStory(office)
    story.walk(*IN_CASE)
    story.does("recusal.apply", avoids="health_principal", applied_by="party")

    story.does("recusal.grant")


def test_a_reviewer_who_has_to_avoid_the_case_reviewed_nothing(story: Story) -> None:
    """处罚法第四十三条、第五十八条."""
    story.walk(*REVIEWED, "recusal.apply")
    story.does("recusal.refuse")
    story.does("recusal.apply", avoids="legal")
    story.does("recusal.grant")

    told = story.refused("case.notice")

    assert "审核人员钱法制已决定回避" in told
    story.does("case.send_for_review")
    assert "钱法制已决定回避，不得再办理" in story.refused("case.pass_review")


def test_who_has_to_avoid_the_case_presides_over_no_hearing(story: Story) -> None:
    """处罚法第四十三条、第六十四条第（四）项."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.walk("case.request_hearing")
    story.does("case.schedule_hearing", presider="section")
    story.walk("case.serve_hearing_notice")
    story.does("recusal.apply", avoids="section")
    story.does("recusal.grant")
    story.waits(days=30)

    held = story.refused("case.hold_hearing")
    again = story.refused("case.schedule_hearing", presider="section", hearing_members="魏科长")

    assert "听证主持人魏科长已决定回避" in held
    assert "魏科长已决定回避，不能作为听证主持人" in again
    assert "「听证员」中的魏科长已决定回避" in again
    assert "第四十三条" in again


@pytest.mark.parametrize(
    ("attendants", "sits"),
    [
        ("赵局长、钱法制", True),
        ("赵局长，法制科科长钱法制（列席）", True),
        ("赵局长和钱法制副科长", True),
        ("赵局长、钱法制明", False),
        ("赵局长、小钱法制", False),
    ],
)
def test_who_has_to_avoid_the_case_is_known_by_his_whole_name(
    story: Story, attendants: str, sits: bool
) -> None:
    """处罚法第四十三条: a colleague whose name holds his is somebody else."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement")
    story.does("recusal.apply", avoids="legal")
    story.does("recusal.grant")
    story.waits(days=10)

    # 讨论时间 in the future: both are refused, and only the one for who sits there.
    later = (story.now + timedelta(days=1)).isoformat()
    told = story.refused("case.discuss", attendants=attendants, discussed_on=later)

    assert ("「出席人员」中的钱法制已决定回避" in told) == sits


def test_who_has_to_avoid_the_case_discusses_it_with_nobody(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "case.record_statement")
    story.does("recusal.apply", avoids="legal")
    story.does("recusal.grant")

    told = story.refused("case.discuss")

    assert "「出席人员」中的钱法制已决定回避" in told
    story.does("case.discuss", attendants="赵局长、王科长")


def test_one_clue_is_not_another(story: Story) -> None:
    story.walk(*IN_CASE, "recusal.apply", "recusal.grant")

    story.walk("register", "dispatch")
    story.does("accept", by="colleague")


# --- what a reporter is told and given -----------------------------------------------------------


def test_a_reporter_is_told_in_writing_where_a_law_says_so(story: Story) -> None:
    """食品安全法第一百一十五条; 投诉举报处理办法第三十六条."""
    story.walk(*CONCLUDED)
    assert "请填写「告知依据」" in story.refused("tell_reporter", telling_law=None)

    story.does("tell_reporter")

    text = story.text("report_result_notice")
    assert "食品安全法第一百一十五条" in text
    assert "刘小民" in text, "a letter to 刘** is delivered to nobody"
    assert "13800001234" not in text
    assert story.papers("report_result_notice")[0].facts["举报人称谓"] == "刘**"


def test_who_left_no_name_cannot_be_told_or_rewarded(story: Story) -> None:
    story.does("register", reporter_name=None, reporter_phone=None)
    story.walk(*CONCLUDED[1:])

    assert "无从告知" in story.refused("tell_reporter")
    assert "无从告知" in story.refused("reward.propose")


def test_a_reward_is_proposed_approved_and_paid_as_approved(story: Story) -> None:
    """The site's own rule; the reporter stays masked."""
    story.walk(*CONCLUDED, "reward.propose")
    story.does("reward.approve", reward_granted="200")

    text = story.text("reward_approval")
    assert "示例市举报奖励规定第五条" in text
    assert "刘小民" not in text
    assert "批准的奖励金额为200.00元" in story.refused("reward.pay", rewarded="300")
    story.does("reward.pay", rewarded="200")
    assert story.state("reward") == "paid"


def test_a_reward_waits_until_the_report_is_borne_out(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "尚未查证属实" in story.refused("reward.propose")
