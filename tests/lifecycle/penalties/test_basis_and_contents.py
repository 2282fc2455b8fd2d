"""What a paper has to state is asked before it is issued, and its basis has an article."""

import pytest

from domain.penalties.legal_basis import rests_on_no_law
from domain.tables.process import Process
from flows.site.store import transaction
from tests.helpers.story import IN_CASE, REVIEWED, Story

WARNING = {
    "penalty_kinds": ["warning"],
    "fine": None,
    "publish": "exempt",
    "exemption": "仅给予警告，经批准不予公示",
}
NOTICED = (*REVIEWED, "case.notice", "case.record_statement")


def test_a_penalty_told_by_the_law_alone_is_refused(story: Story) -> None:
    """处罚法第四十四条: 依据 is an article, a title is none."""
    story.walk(*REVIEWED)

    reasons = story.refused("case.notice", penalty_ground="《中华人民共和国食品安全法》")

    assert "处罚依据「《中华人民共和国食品安全法》」没有写明第几条" in reasons
    assert "第四十四条" in reasons


def test_a_decision_may_not_fall_back_on_a_statute_alone(story: Story) -> None:
    """处罚法第五十九条第一款第（三）项."""
    story.walk(*NOTICED)

    reasons = story.refused("case.decide", penalty_ground="食品安全法")

    assert "没有写明第几条" in reasons
    assert "第五十九条" in reasons


def test_an_old_notice_without_an_article_is_told_again_and_then_decided(story: Story) -> None:
    """A case that an older version told by title alone has its way on."""
    story.walk(*NOTICED)
    with transaction(story.office.engine) as session:
        row = session.get_one(Process, story.processes("case")[-1].id)
        row.facts = {**row.facts, "penalty_ground": "食品安全法"}
        session.add(row)

    refused = story.refused("case.decide", penalty_ground=None)
    assert "请重新办理「处罚告知」" in refused

    story.does("case.notice", penalty_ground="食品安全法第一百二十四条第一款第（五）项")
    story.does("case.record_statement", hearing_waived=True)
    story.does("case.decide", penalty_ground=None)
    text = story.text("penalty_decision")
    assert "依据食品安全法第一百二十四条第一款第（五）项的规定" in text


def test_a_seizure_names_its_article(story: Story) -> None:
    """强制法第二十四条第二款第（二）项."""
    story.walk(*REVIEWED[: REVIEWED.index("case.report")])

    reasons = story.refused("case.seize", legal_ground="食品安全法")

    assert "查封扣押依据「食品安全法」没有写明第几条" in reasons
    assert "行政强制法" in reasons


def test_a_penalty_that_is_no_money_says_how_it_is_performed(story: Story) -> None:
    """处罚法第五十九条第一款第（四）项: no stroke stands for the way and the time."""
    story.walk(*REVIEWED)
    story.does("case.notice", planned_kinds=["warning"], planned_fine=None)
    story.does("case.record_statement")

    reasons = story.refused("case.decide", **WARNING, performance=None)

    assert "《行政处罚决定书》缺少「履行方式」" in reasons
    assert "第五十九条" in reasons
    assert "「行政处罚案件·作出处罚决定」" in reasons
    story.does("case.decide", **WARNING, performance="警告自送达之日起生效，不需另行履行。")
    assert "警告自送达之日起生效" in story.text("penalty_decision")


@pytest.mark.parametrize("blank", ["/", "——"])
def test_a_stroke_is_no_content(story: Story, blank: str) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", planned_kinds=["warning"], planned_fine=None)
    story.does("case.record_statement")

    reasons = story.refused("case.decide", **WARNING, performance=blank)

    assert "缺少「履行方式」" in reasons


@pytest.mark.parametrize(
    "ground",
    [
        "示例市市场监督管理局规定第三条",
        "本局规定第三条",
        "市局文件第五条",
        "《示例市食品安全工作通知》第二条第一款",
    ],
)
def test_a_paper_of_the_organ_itself_is_no_legal_basis(story: Story, ground: str) -> None:
    """处罚法16, 38; 强制法10, 11: only laws, regulations and rules."""
    story.walk(*IN_CASE)
    assert "不是法律、法规、规章" in story.refused("case.seize", legal_ground=ground)
    story.walk("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")

    assert "不是法律、法规、规章" in story.refused("case.notice", penalty_ground=ground)
    assert "不能以刑法为依据" in story.refused("case.notice", penalty_ground="刑法第一百四十条")
    beside = f"《食品安全法》第一百二十四条第一款第（五）项、{ground}"
    story.does("case.notice", penalty_ground=beside)


@pytest.mark.parametrize(
    "ground",
    [
        "《国家市场监督管理总局规章制定程序规定》第三条",
        "《示例市市容和环境卫生管理办法》第十二条",
        "《市场监督管理行政处罚程序规定》第十条",
        "《示例市养犬管理条例》第九条和第十条",
        "《互联网上网服务营业场所管理条例》第三十条",
        "治安管理处罚法第十条，刑法第一百四十条",
    ],
)
def test_rules_and_regulations_are_a_legal_basis(ground: str) -> None:
    assert not rests_on_no_law(ground)
