"""Inspections from proposal to public result: approved, announced, entered, found, put right."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from domain.shapes.inspection import Cap
from domain.tables.process import Clue
from domain.tables.roster import Subject, SubjectChange, SubjectTag
from domain.tables.undertaking import Undertaking
from flows.site.office import Office
from flows.site.store import reading
from flows.visits.near_caps import near_caps
from flows.visits.roster_changes import tags_left
from tests.helpers.inspections.draws import DrawStory, fill_rosters
from tests.helpers.inspections.filled_visits import BAD, FIRM, ITEM
from tests.helpers.inspections.visits import ENTERED, VisitStory


@pytest.fixture
def story(office: Office, tmp_path: Path) -> VisitStory:
    """A roster of ten firms and six officers."""
    fill_rosters(office, tmp_path)
    return VisitStory(office)


def _capped(story: VisitStory, yearly: int, published: str) -> None:
    caps = {"shili-market": Cap(yearly=yearly, published=published)}
    inspection = story.office.rules.inspection.model_copy(update={"caps": caps})
    story.office = replace(story.office, rules=replace(story.office.rules, inspection=inspection))


def test_an_inspection_is_approved_announced_entered_and_its_result_published(
    story: VisitStory,
) -> None:
    """四十一问第二十一问；威海办法第十三条；企业信息公示暂行条例第六条第二款."""
    assert "不能以非现场方式完成的理由" in story.refused("visit.propose", why_on_site=None)
    assert "没有证号M9" in story.refused("visit.propose", officers="M0 M9")
    assert "监管名录中没有“91X”" in story.refused("visit.propose", object="91X")
    story.does("visit.propose")
    assert story.visit().no == "JC2026000001"
    assert ("shili-market", "principal") in story.told("visit.propose")
    assert "只能由" in story.refused("visit.approve", by="head")
    story.does("visit.approve")
    approval = story.text("visit_approval")
    told = ("示例市1号餐饮有限公司", "0次", "需要查看后厨操作", "甲0", "本机关没有公布频次上限")
    assert [one for one in told if one not in approval] == []
    assert "不事先通知的情形" in story.refused("visit.notice", notice_way="at_door")
    story.does("visit.notice")
    notice = story.text("visit_notice")
    told = ("《中华人民共和国食品安全法》", "餐饮服务", "（不含本次）", "M1", "申请", "回避")
    assert [one for one in told if one not in notice] == []
    assert "补录理由" in story.refused("visit.enter", entered_at="2026-05-10T09:00")
    told = (story.now + timedelta(days=1)).isoformat()
    story.does("visit.postpone", visit_on=told, notice_way="ahead")
    early = story.refused("visit.enter")
    assert "「早于通知的时间进入的理由」" in early
    story.does("visit.enter", early_reason="对象来电请求当日检查")
    assert story.findings() == {"shili-market": "open"}
    assert "尚未录入检查结果" in story.refused("visit.tell")
    wrong = story.refused("finding.enter_result", items=[BAD])
    assert "检查结果为「未发现问题」，但餐饮具消毒不合格" in wrong
    story.does("finding.enter_result")
    assert story.visit().state == "gathered"
    assert story.open_rules() == {"publicity_qy6"}
    assert story.papers("check_record") == []
    story.does("visit.tell")
    assert "尚未公示" in story.refused("visit.close")
    story.does("finding.publish")
    assert story.open_rules() == set()
    public = story.text("visit_publicity")
    assert "未发现问题" in public
    assert "等级" not in public
    story.does("visit.close")
    assert story.visit().state == "closed"
    assert story.chain_holds()


def test_a_result_before_the_door_in_the_future_or_against_its_items_is_refused_at_once(
    story: VisitStory,
) -> None:
    """Section 8 of the design: every reason at once, and nothing is recorded."""
    story.walk("visit.propose", "visit.approve", "visit.notice")
    assert "待检查" in story.refused("finding.enter_result")
    story.does("visit.enter")
    later = story.now + timedelta(hours=3)
    unread = [{**ITEM, "检查事项": "", "结果": "良好"}, {**BAD, "发现问题": ""}]

    found = story.refused(
        "finding.enter_result",
        items=unread,
        finished_at=later.isoformat(),
        started_at=story.now.isoformat(),
    )

    assert "检查结束时间" in found
    before = (story.now - timedelta(hours=2)).isoformat()
    assert "「检查开始时间」不能早于进入时间" in story.refused(
        "finding.enter_result", started_at=before
    )
    refused = story.refused("finding.enter_result", items=unread)
    told = (
        "第1行没有填写检查事项",
        "现为“良好”",
        "第2行不合格，请写明发现的问题",
        "餐饮具消毒不合格",
    )
    assert [one for one in told if one not in refused] == []


def test_a_problem_is_put_right_or_becomes_a_clue_in_the_same_transaction(
    story: VisitStory,
) -> None:
    """行政处罚法第二十八条第一款；威海办法第十六条."""
    story.walk(*ENTERED)
    assert "还没有录入发现问题" in story.refused("visit_correction.order")
    story.does("finding.enter_result", items=[ITEM, BAD], outcome="ordered")
    story.does("visit_correction.order")
    order = story.text("correction_order")
    assert "示例市1号餐饮有限公司" in order
    assert "建立消毒记录" in order
    assert "visit_correction" in story.open_rules()
    story.walk("visit.tell", "finding.publish")
    assert "责令改正尚未复查" in story.refused("visit.close")
    story.walk("visit_correction.report", "visit_correction.recheck_fails")
    assert "复查不合格" in story.text("recheck_record")
    assert "尚未登记为线索" in story.refused("visit.close")
    story.does("finding.pass_on")
    with Session(story.office.engine) as session:
        clue = session.exec(select(Clue)).one()
    assert (clue.channel, clue.subject_name) == ("inspection", "示例市1号餐饮有限公司")
    assert "JC2026000001发现：" in clue.content
    assert clue.subject_code == story.visit().facts["subject_key"]
    assert "不重复登记" in story.refused("finding.pass_on")
    story.does("visit.close")


def test_a_crime_found_at_an_inspection_goes_on_as_a_clue(story: VisitStory) -> None:
    """310号令第三条: an order to correct, obeyed, does not stand in for the referral."""
    story.walk(*ENTERED)
    bad = {
        "items": [ITEM, {**BAD, "发现问题": "掺入罂粟壳，已销售900万元，涉嫌犯罪"}],
        "outcome": "ordered",
    }
    assert "请在「发现的问题是否涉嫌犯罪」" in story.refused(
        "finding.enter_result", **bad, crime_suspected=None
    )
    assert "应选“涉嫌犯罪”" in story.refused("finding.enter_result", **bad)
    story.does("finding.enter_result", **bad, crime_suspected="suspected")
    story.walk("visit_correction.order", "visit.tell", "finding.publish")
    story.walk("visit_correction.report", "visit_correction.recheck_passes")

    assert "不得以责令改正代替移送" in story.refused("visit.close")
    story.walk("finding.pass_on", "visit.close")


def test_the_times_a_year_are_counted_over_all_departments_and_a_published_cap_holds(
    story: VisitStory,
) -> None:
    _capped(story, 1, "示市监公〔2026〕3号")
    story.does("visit.propose", departments=["shili-health"])
    story.does("visit.approve")
    assert "示例市卫生健康委员会负责人尚未批准参加检查" in story.refused("visit.notice")
    assert "没有证号M0" in story.refused("finding.agree", officers="M0、M3")
    story.walk("finding.agree", "visit.notice", "visit.enter")
    first = story.visit()
    assert [one["证号"] for one in first.facts["team"]] == ["M0", "M1", "M3", "M4"]
    assert story.findings() == {"shili-market": "open", "shili-health": "open"}

    story.does("visit.propose")
    assert story.visit().facts["all_so_far"] == 1
    assert {one["部门"] for one in story.visit().facts["earlier"]} == {
        "示例市市场监督管理局",
        "示例市卫生健康委员会",
    }
    reached = story.refused("visit.approve", over_cap_reason="群众反映强烈")
    assert "已公布的上限为1次（示市监公〔2026〕3号）" in reached
    story.does("visit.refuse")

    story.does("visit.propose", kind="single", ground="线索XS2026000001")
    again = story.refused("visit.approve")
    assert "达到上限1次，请写明仍须进行的理由" in again
    story.does("visit.approve", over_cap_reason="线索反映使用过期食材")
    assert ("shili-justice", "supervisor") in story.told("visit.approve")
    assert "线索反映使用过期食材" in story.text("visit_approval")

    with reading(story.office.engine) as session:
        found = near_caps(session, story.office, None, story.now.date())
    [line] = found.lines  # the health commission has no cap
    assert (line.organ, line.counted, line.left) == ("示例市市场监督管理局", 1, 0)
    assert found.organs == 1

    _capped(story, 9, "")
    with reading(story.office.engine) as session:
        assert near_caps(session, story.office, None, story.now.date()).lines == ()
    story.does("visit.propose", superior_campaign=True, kind="special")
    meets = story.refused("visit.approve")
    assert f"示例市市场监督管理局{first.no}" in meets


def test_two_officers_with_valid_certificates_go_and_one_objected_to_waits_for_the_head(
    story: VisitStory,
) -> None:
    """行政处罚法第四十二条、第四十三条."""
    story.does("visit.propose", officers="M0")
    story.does("visit.approve")
    assert "能够派出的执法人员1名，至少2名" in story.refused("visit.notice")
    story.does("visit.cancel")
    story.walk("visit.propose", "visit.approve", "visit.notice", "visit.object_to_officer")
    assert "回避申请尚未决定" in story.refused("visit.enter")
    assert "检查人员中没有证号M7" in story.refused("visit.change_officer", certificate="M7")
    assert "已经是检查人员" in story.refused("visit.change_officer", replaced_by="M1")
    story.does("visit.change_officer", ground="avoids")
    assert [one["证号"] for one in story.visit().facts["team"]] == ["M2", "M1"]
    story.does("visit.postpone", visit_on="2027-03-01T09:00")
    assert len(story.papers("visit_notice")) == 2
    story.waits_until("2027-03-01T09:30")
    assert "执法证已于2027-01-01失效" in story.refused("visit.enter")


def test_what_papers_can_do_needs_no_door_and_counts_in_no_cap(story: VisitStory) -> None:
    """威海办法第十五条."""
    story.does("visit.propose", way="papers", why_on_site=None)
    story.does("visit.approve")
    assert "请办理「开始非现场检查」" in story.refused("visit.notice")
    story.walk("visit.begin_off_site")
    story.does("finding.enter_result", signed="none")
    story.does("visit.propose")
    assert story.visit().facts["all_so_far"] == 0


def test_an_urgent_inspection_is_approved_within_a_day_afterwards(story: VisitStory) -> None:
    """四十一问第二十一问; the hours are 本级约定."""
    story.does("visit.enter_urgent")
    assert story.open_rules() == {"late_approval"}
    story.does("finding.enter_result")
    assert story.visit().state == "urgent"
    story.does("visit.approve_late")
    assert "late_approval" not in story.open_rules()
    assert "燃气泄漏" in story.text("visit_approval")
    story.does("visit.tell")

    story.does("visit.enter_urgent")
    assert story.visit().facts["all_so_far"] == 1
    story.does("visit.deny_late")
    assert ("shili-justice", "supervisor") in story.told("visit.deny_late")
    assert set(story.findings().values()) == {"called_off"}


def test_a_released_draw_makes_one_inspection_for_each_object_and_keeps_it_in_step(
    story: VisitStory,
) -> None:
    """鲁政办发〔2023〕14号三（三）第12项."""
    draw = DrawStory(story.office, story.now)
    draw.drawn()
    draw.does("draw.release")
    drawn = [one["对象"] for one in draw.draw().facts["drawn"]]
    with Session(story.office.engine) as session:
        made = list(session.exec(select(Undertaking).where(Undertaking.kind == "visit")))
    assert [one.facts["object"] for one in made] == drawn
    assert {one.parent_id for one in made} == {draw.clue}
    first = made[0]
    row = draw.draw().facts["drawn"][0]
    assert [one["证号"] for one in first.facts["team"] if one["证号"] not in row["人员"]] == []
    assert "未分级" not in str(first.facts)

    draw.does("draw.replace_object", object=drawn[0])
    with Session(story.office.engine) as session:
        made = list(session.exec(select(Undertaking).where(Undertaking.kind == "visit")))
    assert made[0].state == "cancelled"
    draw.does("draw.void")
    with Session(story.office.engine) as session:
        made = list(session.exec(select(Undertaking).where(Undertaking.kind == "visit")))
    assert {one.state for one in made} == {"cancelled"}


def test_a_subject_that_does_not_do_it_bears_its_tag_no_longer(story: VisitStory) -> None:
    """鲁政办发〔2023〕14号三（一）第3项: rosters are adjusted as things change."""
    story.does("visit.propose", matters=["catering", "catering_fumes"])
    story.walk("visit.approve", "visit.notice", "visit.enter")

    story.does("finding.enter_result", outcome="not_operating")

    with Session(story.office.engine) as session:
        tags = session.exec(select(SubjectTag, Subject).where(SubjectTag.subject_id == Subject.id))
        own = {tag.tag: tag.until for tag, subject in tags if subject.key == FIRM}
        change = session.exec(select(SubjectChange).order_by(col(SubjectChange.id).desc())).first()
        left = tags_left(session, story.office, story.visit(), story.now.date())
    assert own["catering"] == story.now.date()
    assert own["public_place"] is None
    assert left == ()
    assert change is not None
    assert change.source == "检查JC2026000001：未发现开展相关经营活动"


def test_a_tag_that_stands_for_more_than_was_inspected_is_left_to_a_person_and_told(
    story: VisitStory,
) -> None:
    story.walk("visit.propose", "visit.approve", "visit.notice", "visit.enter")

    story.does("finding.enter_result", outcome="not_operating")

    with Session(story.office.engine) as session:
        left = tags_left(session, story.office, story.visit(), story.now.date())
    assert left == ("餐饮服务",)
    assert story.chain_holds()
