"""联合行政处罚: separate decisions, one proceeding, and one fine for one act."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from flows.acting.whole_steps import act
from flows.door.attachments import Upload, add_attachment, list_attachments
from flows.door.steps import Outcome
from flows.site.office import Office
from tests.helpers.health_story import HealthStory
from tests.helpers.inspections.joint import PARTY, JointStory
from tests.helpers.people import actor
from tests.helpers.story import IN_CASE, Story

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
REVIEWED = ("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")
ACT = "餐饮具未消毒"
HEALTH = "无健康证明上岗"
APART = {"行为一": HEALTH, "行为二": ACT, "区别": "前者是人员没有健康证明，后者是餐饮具没有消毒"}


def _case(story: Story) -> str:
    """A case against the party, investigated; the number of its clue."""
    story.does("register", subject_name=PARTY, title=f"反映{PARTY}")
    story.walk(*IN_CASE[1:])
    return story.row().no


def _acts(story: JointStory, ours: str, theirs: str, act_name: str = ACT) -> list[object]:
    first, second = story.command("joint_proceeding.discuss").form["acts"]  # type: ignore[misc]
    return [{**first, "拟罚款": ours}, {**second, "拟罚款": theirs, "违法行为": act_name}]


def _whole(story: Story, action: str, **form: object) -> Outcome:
    """A step of a case as pages carry it out."""
    command = story.command(action, **form)
    return act(story.office, command, actor(story._usual(action)), story.now)


@pytest.fixture
def cases(office: Office) -> tuple[Story, HealthStory, JointStory]:
    """A case of the market bureau, one of the health commission, and a desk to join them at."""
    ours = Story(office)
    _case(ours)
    theirs = HealthStory(office, ours.now)
    _case(theirs)
    return ours, theirs, JointStory(office, theirs.now)


def test_what_departments_write_to_each_other_names_no_secret_reporter(office: Office) -> None:
    """食品安全法115②, 药品管理法106: neither the own reporter nor the other department's."""
    ours = Story(office)
    ours.does("register", subject_name=PARTY, title=f"反映{PARTY}", confidential=True)
    ours.walk(*IN_CASE[1:])
    theirs = HealthStory(office, ours.now)
    _case(theirs)
    joint = JointStory(office, theirs.now)
    number = ours.row().no

    told = joint.refused("joint_proceeding.propose", common_facts="刘小民举报的同一事实")
    assert "「涉及的事实」写有要求保密的举报人" in told

    joint.does("joint_proceeding.propose", clue_no=number)
    declined = joint.refused("joint_case.decline", reason="与刘小民所述不符")
    assert "「不参加的理由」写有要求保密的举报人" in declined
    joint.does("joint_case.join", clue_no=theirs.row().no)
    discussed = joint.refused("joint_proceeding.discuss", common_facts="刘小民当日买到")
    assert "「共同查明的事实」" in discussed


def test_two_departments_handle_one_act_and_only_one_of_them_fines(
    cases: tuple[Story, HealthStory, JointStory],
) -> None:
    """威海市跨部门综合监管办法第十二条；行政处罚法第二十九条."""
    ours, theirs, joint = cases
    assert "请参加的部门不包括本部门" in joint.refused(
        "joint_proceeding.propose", departments=["shili-market"]
    )
    assert "由本部门立案的线索" in joint.refused("joint_proceeding.propose", clue_no="XS1")
    joint.does("joint_proceeding.propose")
    assert joint.proceeding().no == "LF2026000001"
    assert "joint_answer" in joint.open_rules()
    assert "尚未答复是否参加" in joint.refused("joint_proceeding.discuss")
    assert "由本部门立案的线索" in joint.refused("joint_case.join", clue_no=ours.row().no)
    joint.does("joint_case.join", clue_no=theirs.row().no)
    assert "已经参加联合行政处罚LF2026000001" in joint.refused("joint_proceeding.propose")
    assert joint.proceeding().facts["party"] == PARTY
    assert theirs.processes("case")[-1].facts["joint_with"] == "示例市市场监督管理局"

    _shares_and_discusses(ours, theirs, joint)
    for story in (ours, theirs):
        story.now = joint.now
        story.walk(*REVIEWED)
    assert "还没有同意共同讨论的意见" in ours.refused("case.notice")
    joint.now = theirs.now
    joint.does("joint_case.agree", process=joint.member("shili-health"))
    joint.does("joint_case.agree", "head", process=joint.member("shili-market"))
    fined = {"planned_kinds": ["fine"], "planned_fine": "2000"}
    assert f"“{ACT}”由示例市市场监督管理局罚款" in theirs.refused("case.notice", **fined)
    more = ours.refused("case.notice", planned_kinds=["fine"], planned_fine="8000")
    assert "本部门拟罚款的6,000.00元" in more
    ours.now = theirs.now = joint.now

    _told_and_decided(ours, {"planned_kinds": ["fine"], "planned_fine": "6000"})
    decision = ours.text("penalty_decision")
    assert (
        "本案与示例市卫生健康委员会办理的案件就同一事实共同办理（编号：LF2026000001）" in decision
    )
    assert joint.proceeding().state == "running"
    joint.now = ours.now
    again = joint.refused(
        "joint_proceeding.discuss", acts=_acts(joint, "", "2000"), higher_reason="已经处罚"
    )
    assert "示例市市场监督管理局已经作出决定，罚款6,000.00元" in again and "第二十九条" in again
    _told_and_decided(theirs, {"planned_kinds": ["warning"], "planned_fine": None})
    states = [one.facts["decision"] for one in joint.processes("joint_case")]
    assert all(one.startswith("《行政处罚决定书》") for one in states)
    assert joint.proceeding().state == "ended"
    assert joint.chain_holds()


def _shares_and_discusses(ours: Story, theirs: Story, joint: JointStory) -> None:
    report = add_attachment(
        ours.office, theirs.clue or 0, Upload("r.pdf", PDF, "检验报告", "appraisal"),
        actor("health"), joint.now,
    )  # fmt: skip
    joint.does("joint_case.share_evidence", evidence_ids=str(report.id))
    with Session(ours.office.engine) as session:
        [given] = list_attachments(session, ours.clue or 0)
    assert (given.attachment.source_id, given.attachment.sha256) == (report.id, report.sha256)

    discuss = "joint_proceeding.discuss"
    spelt = joint.refused(discuss, acts=_acts(joint, "6000", "2000", f" {ACT}。"))
    assert "同一违法行为不得给予两次以上罚款" in spelt
    assert "高于该行的罚款上限" in joint.refused(discuss, acts=_acts(joint, "60000", ""))
    twice = joint.refused(discuss, acts=_acts(joint, "6000", "2000"))
    assert "同一违法行为不得给予两次以上罚款" in twice
    assert "第二十九条" in twice
    lower = joint.refused(discuss, acts=_acts(joint, "", "2000"))
    assert "罚款上限不是最高的" in lower
    wrong = [{"违法行为": ACT, "部门": "示例市城市管理局", "依据": "", "罚款上限": "五万"}]
    faults = joint.refused(discuss, acts=wrong)
    told = ("不是参加部门", "没有填写依据", "“五万”不是金额", "没有写明示例市市场监督管理局")
    assert [one for one in told if one not in faults] == []
    joint.does(discuss)
    paper = joint.text("joint_discussion")
    told = (PARTY, ACT, "示例市卫生健康委员会", "50000", "6000", "各自以本机关名义作出决定")
    assert [one for one in told if one not in paper] == []


def _told_and_decided(story: Story, planned: dict[str, object]) -> None:
    story.does("case.notice", **planned)
    story.waits(days=14)
    decided = {name.replace("planned_", "").replace("kinds", "penalty_kinds"): value
               for name, value in planned.items()}  # fmt: skip
    _whole(story, "case.decide", **decided)


def test_who_dissents_leaves_or_is_let_go_decides_alone(
    cases: tuple[Story, HealthStory, JointStory],
) -> None:
    """行政处罚法第二十五条；本级约定：联合行政处罚的办理."""
    ours, theirs, joint = cases
    joint.does("joint_proceeding.propose")
    joint.does("joint_case.join", clue_no=theirs.row().no)
    joint.does("joint_proceeding.discuss")
    joint.does("joint_case.dissent", process=joint.member("shili-health"))
    assert ("shili-justice", "supervisor") in joint.told("joint_case.dissent")
    own = joint.member("shili-market")
    assert "发起部门不能单独退出" in joint.refused("joint_case.leave", "head", process=own)
    joint.does("joint_case.leave", process=joint.member("shili-health"))
    assert theirs.processes("case")[-1].facts["joint_no"] == ""
    assert "没有其他部门参加" in joint.refused("joint_proceeding.discuss")
    joint.does("joint_proceeding.dissolve")
    assert ours.processes("case")[-1].facts["joint_no"] == ""
    assert joint.proceeding().state == "dissolved"
    assert joint.open_rules() == set()


def test_who_leaves_takes_the_acts_along_that_it_was_to_fine(
    cases: tuple[Story, HealthStory, JointStory],
) -> None:
    """处罚法29: an act that nobody fines any more is discussed anew, or fined alone."""
    ours, theirs, joint = cases
    joint.does("joint_proceeding.propose")
    joint.does("joint_case.join", clue_no=theirs.row().no)
    acts = _acts(joint, "", "2000")
    joint.does("joint_proceeding.discuss", acts=acts, higher_reason="由专业部门处罚")
    joint.does("joint_case.agree", process=joint.member("shili-health"))
    joint.does("joint_case.agree", "head", process=joint.member("shili-market"))
    ours.now = theirs.now = joint.now
    for story in (ours, theirs):
        story.walk(*REVIEWED)
    fine = {"planned_kinds": ["fine"], "planned_fine": "2000"}
    assert f"“{ACT}”由示例市卫生健康委员会罚款" in ours.refused("case.notice", **fine)
    joint.now = theirs.now
    joint.does("joint_case.leave", process=joint.member("shili-health"))

    told = ours.refused("case.notice", **fine)

    assert "由示例市卫生健康委员会罚款" not in told
    assert "再次登记共同讨论" in told
    theirs.now = joint.now
    theirs.does("case.notice", **fine)
    joint.does("joint_proceeding.dissolve")
    ours.now = joint.now
    ours.does("case.notice", **fine)


def test_acts_that_were_told_apart_are_fined_by_each_organ(office: Office) -> None:
    """行政处罚法第二十九条: one fine for one act, and not one fine for one party."""
    ours = Story(office)
    _case(ours)
    theirs = HealthStory(office, ours.now)
    matter = ours.row().matter_id
    theirs.does("register", subject_name=PARTY, title=f"反映{PARTY}")
    theirs.does("dispatch", matter=matter)
    theirs.walk(*IN_CASE[2:])
    joint = JointStory(office, theirs.now)
    joint.does("joint_proceeding.propose")
    joint.does("joint_case.join", clue_no=theirs.row().no)
    acts = _acts(joint, "6000", "2000", HEALTH)
    told = joint.refused("joint_proceeding.discuss", acts=acts)
    assert f"示例市市场监督管理局罚款的“{ACT}”与示例市卫生健康委员会罚款的“{HEALTH}”" in told
    assert "第二十九条" in told
    for words in ("不同", "是两个不同的行为"):
        apart = [{"行为一": HEALTH, "行为二": ACT, "区别": words}]
        assert "不少于10个字" in joint.refused(
            "joint_proceeding.discuss", acts=acts, acts_apart=apart
        )
    strange = [{**APART, "行为一": "餐饮具破损"}]
    told = joint.refused("joint_proceeding.discuss", acts=acts, acts_apart=strange)
    assert "“餐饮具破损”不是上表中的违法行为" in told
    joint.does("joint_proceeding.discuss", acts=acts, acts_apart=[APART])
    assert APART["区别"] in joint.text("joint_discussion")
    joint.does("joint_case.agree", process=joint.member("shili-health"))
    joint.does("joint_case.agree", "head", process=joint.member("shili-market"))
    for story, fine in ((ours, "6000"), (theirs, "2000")):
        story.now = joint.now
        story.walk(*REVIEWED)
        _told_and_decided(story, {"planned_kinds": ["fine"], "planned_fine": fine})
        decision = story.text("penalty_decision")
        assert f"不是同一违法行为：{APART['区别']}。" in decision
    assert f"示例市卫生健康委员会罚款的“{HEALTH}”与本案罚款的“{ACT}”" in ours.text(
        "penalty_decision"
    )
    assert joint.proceeding().state == "ended"


def test_a_remade_case_has_its_own_days_and_leaves_the_others_bound(
    cases: tuple[Story, HealthStory, JointStory],
) -> None:
    """处罚法29, 60: revoked and remade, it leaves the agreed sum; the act stays fined once."""
    ours, theirs, joint = cases
    joint.does("joint_proceeding.propose")
    joint.does("joint_case.join", clue_no=theirs.row().no)
    joint.does("joint_proceeding.discuss")
    joint.does("joint_case.agree", process=joint.member("shili-health"))
    joint.does("joint_case.agree", "head", process=joint.member("shili-market"))
    ours.now = joint.now
    ours.walk(*REVIEWED)
    _told_and_decided(ours, {"planned_kinds": ["fine"], "planned_fine": "6000"})
    ours.walk("case.serve", "case.revoke_and_remake")
    begun = ours.now

    assert ours.due("cx64")[:10] == (begun + timedelta(days=90)).date().isoformat()
    ours.walk(*REVIEWED[1:])
    more = {"planned_kinds": ["fine"], "planned_fine": "8000"}
    ours.does("case.notice", **more)
    ours.waits(days=120)
    decided = {"penalty_kinds": ["fine"], "fine": "8000", "remade_difference": "补充了进货台账"}
    assert "办案期限已于" in ours.refused("case.decide", **decided, late_reason=None)
    assert joint.member_state("shili-market") == "decided"
    theirs.now = ours.now
    theirs.walk(*REVIEWED)
    refusal = theirs.refused("case.notice", planned_kinds=["fine"], planned_fine="2000")
    assert f"“{ACT}”由示例市市场监督管理局罚款" in refusal and "第二十九条" in refusal
    _whole(ours, "case.decide", **decided, late_reason="等待补充检验")
    assert "捌仟元整" in ours.text("penalty_decision")


def test_an_act_with_the_police_is_fined_by_no_other_department(
    cases: tuple[Story, HealthStory, JointStory],
) -> None:
    """310号令3, 11①: what was agreed to be one act is not two acts by a sentence."""
    ours, theirs, joint = cases
    joint.does("joint_proceeding.propose")
    joint.does("joint_case.join", clue_no=theirs.row().no)
    joint.does(
        "joint_proceeding.discuss", acts=_acts(joint, "", "2000"), higher_reason="本部门移送"
    )
    joint.does("joint_case.agree", process=joint.member("shili-health"))
    joint.does("joint_case.agree", "head", process=joint.member("shili-market"))
    ours.now = joint.now
    ours.walk("case.record_facts", "refer", "referral.approve")
    theirs.now = ours.now
    theirs.walk(*REVIEWED)

    fine = {"planned_kinds": ["fine"], "planned_fine": "2000"}
    refusal = theirs.refused("case.notice", **fine, crime_relation="另一行为")

    assert f"“{ACT}”（{ours.row().no}）是同一违法行为" in refusal and "第十一条" in refusal
    warning = {"planned_kinds": ["warning"], "planned_fine": None}
    theirs.does("case.notice", **warning, crime_relation="警告不代替移送")
