"""Disputes over jurisdiction: who coordinates, who decides, and who alone designates."""

import pytest

from tests.helpers.story import ACCEPTED, IN_CASE, Story

COORDINATING = ("register", "dispatch", "dispute", "dispute.ask_coordination")


# --- justice coordinates, the government decides (行政执法监督条例第十三条) ---


def test_justice_coordinates_and_does_not_designate(story: Story) -> None:
    """行政处罚法第二十五条第二款: only the common superior designates."""
    story.walk(*COORDINATING)
    assert story.told("dispute.ask_coordination") == {("shili-justice", "arbiter")}

    assert "双方共同的上一级机关" in story.refused("dispute.assign", by="arbiter")
    story.does("dispute.coordinate")

    text = story.text("coordination_opinion")
    assert "建议由示例市城市管理局承办" in text
    assert "示例市市场监督管理局认为：" in text
    assert "应由示例市城市管理局管辖。示例市城市管理局未予同意" in text
    assert "本部门" not in text
    assert "本意见不是指定管辖" in text
    assert "《行政执法监督条例》第十三条" in text
    assert "行政处罚法" not in text
    assert story.state() == "disputed"


def test_the_sides_agree_to_what_justice_suggests(story: Story) -> None:
    story.walk(*COORDINATING, "dispute.coordinate")

    story.does("dispute.agree", by="urban_head")

    assert (story.state(), story.row().department_id) == ("dispatched", "shili-urban")


def test_the_government_decides_on_a_proposal_and_the_decision_binds(story: Story) -> None:
    story.walk(*COORDINATING, "dispute.coordinate", "dispute.propose")
    assert story.told("dispute.propose") == {("shili-government", "arbiter")}
    assert "示例市人民政府" in story.text("jurisdiction_proposal")
    assert "本级人民政府操作" in story.refused("dispute.decide", by="arbiter")

    story.does("dispute.decide")

    text = story.text("jurisdiction_decision")
    assert "现决定由示例市城市管理局承办" in text
    assert "示例市人民政府" in text
    assert "示例市人民政府办公室" not in text
    assert story.papers("jurisdiction_proposal")[-1].number in text
    assert story.row().binding
    story.does("accept", by="urban")
    assert "指定（商定）管辖" in story.refused("transfer_on", by="urban_head", lead="shili-market")


def test_nobody_decides_what_was_not_proposed(story: Story) -> None:
    story.walk(*COORDINATING)

    assert "当前状态为「协调中」" in story.refused("dispute.decide")


def test_the_staffing_office_is_asked_about_duties_and_its_answer_is_quoted(story: Story) -> None:
    story.walk(*COORDINATING, "dispute.ask_staffing")
    assert story.told("dispute.ask_staffing") == {("shili-staffing", "arbiter")}

    story.walk("dispute.give_duties_opinion", "dispute.coordinate")

    assert "三定规定明确占道经营由城管负责" in story.text("coordination_opinion")


def test_duties_are_coordinated_by_the_staffing_office_not_by_justice(story: Story) -> None:
    """鲁政办发〔2023〕14号三（一）1: 编办 coordinates or the government determines."""
    story.walk("register", "dispatch")
    story.does("dispute", route="duties")
    story.does("dispute.ask_coordination")

    assert story.told("dispute.ask_coordination") == {("shili-staffing", "arbiter")}
    assert "协调管辖争议的机关" in story.refused("dispute.coordinate", by="arbiter")
    assert "双方共同的上一级机关" in story.refused("dispute.assign", by="staffing")
    assert story.does("dispute.coordinate", by="staffing").state == "coordinated"
    assert "行政执法监督条例" not in story.text("coordination_opinion")


# --- the common superior designates (行政处罚法第二十五条第二款) ---


def test_the_common_superior_of_two_departments_is_the_government(story: Story) -> None:
    story.walk("register", "dispatch", "dispute", "dispute.submit")
    assert story.told("dispute.submit") == {("shili-government", "arbiter")}
    assert "示例市人民政府" in story.text("designation_request")

    story.does("dispute.assign")

    text = story.text("jurisdiction_designation")
    assert "现指定示例市城市管理局管辖" in text
    assert "行政执法监督条例" not in text
    assert story.row().binding


def test_the_superior_may_designate_without_being_asked(story: Story) -> None:
    """行政处罚法第二十五条第二款: 也可以直接由共同的上一级行政机关指定管辖."""
    story.walk("register", "dispatch", "dispute")

    assert story.does("dispute.assign").state == "assigned"


def test_one_system_disputes_before_its_common_bureau(story: Story) -> None:
    story.walk("register", "dispatch")
    story.does("dispute", route="same_system", opponent="shixian-market")
    assert story.due("cx13") == "2026-05-20T23:59"
    assert "共同的上级主管部门指定" in story.refused("dispute.ask_coordination")
    story.does("dispute.submit")

    assert ("shandong-market", "arbiter") in story.told("dispute.submit")
    assert story.running("cx16").owner_id == "shandong-market"
    assert "双方共同的上一级机关" in story.refused("dispute.assign", by="government")
    story.does("dispute.assign", by="province_market", lead="shixian-market")
    assert story.row().department_id == "shixian-market"


@pytest.mark.parametrize(
    ("route", "opponent", "told"),
    [
        ("enforcement", "shixian-market", "双方属于同一系统"),
        ("same_system", "shili-urban", "双方不属于同一系统"),
    ],
)
def test_the_road_fits_the_two_sides(story: Story, route: str, opponent: str, told: str) -> None:
    story.walk("register", "dispatch")

    assert told in story.refused("dispute", route=route, opponent=opponent)


def test_the_days_of_market_regulation_bind_nobody_else(story: Story) -> None:
    """程序规定第十三条、第十六条: 两个以上市场监督管理部门."""
    story.walk("register", "dispatch")
    story.does("dispute", talks_until=None)
    assert not {"cx13", "dispute_talks"} & story.open_rules()

    story.does("dispute.submit")

    assert "cx16" not in story.open_rules()


# --- what lay before an organ under the old table ---


def test_a_dispute_that_was_laid_before_justice_goes_on(story: Story) -> None:
    """Rows in `submitted` may have been laid before justice: it proposes, and nothing is stuck."""
    story.walk("register", "dispatch", "dispute", "dispute.submit", "dispute.propose")

    assert story.does("dispute.decide").state == "decided"
    assert story.state() == "dispatched"


# --- when a case is filed already ---


def test_a_case_goes_on_where_its_organ_is_confirmed(story: Story) -> None:
    story.walk(*IN_CASE, "dispute", "dispute.ask_coordination", "dispute.propose")

    story.does("dispute.decide", lead="shili-market")

    assert (story.state(), story.state("case")) == ("in_case", "investigating")
    assert "cx64" in story.open_rules()


def test_a_case_ends_where_another_organ_is_to_have_it(story: Story) -> None:
    story.walk(*IN_CASE, "dispute", "dispute.assign")

    assert (story.state(), story.state("case")) == ("dispatched", "transferred")
    assert "cx64" not in story.open_rules()
    story.does("accept", by="urban")
    assert story.row().department_id == "shili-urban"


@pytest.mark.parametrize(
    ("took", "frees", "clock"),
    [
        ("case.seize", "case.release_seized", "cx38"),
        ("case.preserve", "case.release_preserved", "cf56"),
    ],
)
def test_goods_that_a_case_holds_are_released_by_who_took_them(
    story: Story, took: str, frees: str, clock: str
) -> None:
    """行政强制法25、28, 行政处罚法56: another organ has the matter, the days of the goods go on."""
    story.walk(*IN_CASE, took, "dispute", "dispute.assign")
    assert (story.state(), story.state("case")) == ("dispatched", "leaving")
    assert clock in story.open_rules()
    assert "cx64" not in story.open_rules()
    story.does("accept", by="urban")

    assert "物品未处理" in story.refused("case.leave")
    story.walk(frees, "case.leave")

    assert story.state("case") == "transferred"
    assert clock not in story.open_rules()
    assert story.row().department_id == "shili-urban"


def test_who_agrees_to_take_a_case_on_leaves_the_goods_to_their_holder(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize", "case.preserve", "dispute")
    story.does("dispute.agree", by="urban", lead="shili-urban")

    story.does("case.release_seized")
    assert "登记保存" in story.refused("case.leave")
    story.walk("case.release_preserved", "case.leave")

    assert story.state("case") == "transferred"


def test_a_verification_under_dispute_begins_anew(story: Story) -> None:
    story.walk(*ACCEPTED, "verify", "dispute")

    assert story.state("verification") == "abandoned"
    assert not {"cx18", "verify_local"} & story.open_rules()
