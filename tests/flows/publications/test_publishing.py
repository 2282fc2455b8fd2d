"""Lists and plans from draft to the public page: opinions, disputes, filing, versions, clocks."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlmodel import Session

from domain.situation.situation import CHINA
from flows.publications.in_force import effect_told
from flows.publications.publishing import open_to_all, version_of
from flows.reminders.plan_calls import call_plans
from flows.site.office import Office
from flows.site.site_rules import in_force
from tests.helpers.inspections.filled_publications import ITEM, LIST, YEARLY
from tests.helpers.inspections.publications import PublicationStory

APPROVED = ("publication.consult", "publication_opinion.agree", "publication.approve")


@pytest.fixture
def story(office: Office) -> PublicationStory:
    """A list or plan of the market bureau."""
    return PublicationStory(office)


def test_a_list_is_agreed_approved_published_and_replaced_by_its_next_version(
    story: PublicationStory,
) -> None:
    """威海办法第八条；渭南方案附件1."""
    law_only = {**ITEM, "设定依据": "食品安全法", "监管对象": ""}
    refused = story.refused("publication.draft", items=[law_only])
    assert "事项第1行没有填写监管对象；事项第1行的设定依据没有写明第几条" in refused
    assert "请填写「事项」" in story.refused("publication.draft", items=None)
    assert "不填写「正文」" in story.refused("publication.draft", content="另有说明")

    story.walk("publication.draft")
    assert "应当先征求其意见" in story.refused("publication.go_on_alone")
    story.walk(*APPROVED)
    request = story.text("opinion_request")
    assert "示例市卫生健康委员会：" in request
    assert "2026年5月18日" in request
    story.does("publication.publish", in_force_on="2026-06-01")

    first = story.publication()
    assert (first.state, first.facts["version"]) == ("published", 1)
    assert "《中华人民共和国食品安全法》第一百零九条" in story.text("matter_list")
    rows = [{**ITEM, "检查方式": "现场检查、抽样检验"}, {**ITEM, "监管事项": "网络餐饮"}]
    assert "没有编号为GB2026000009" in story.refused("publication.draft", replaces="GB2026000009")
    story.does("publication.draft", items=rows, replaces=first.no)
    story.walk(*APPROVED)
    story.does("publication.publish", in_force_on="2026-07-01")
    with Session(story.office.engine) as session:
        shown = open_to_all(session, story.office, date(2026, 7, 1))
        version = version_of(session, story.office, story.publication())
        told = {
            day: [effect_told(session, one, date.fromisoformat(day)) for one in reversed(shown)]
            for day in ("2026-06-30", "2026-07-01")
        }
        in_june = open_to_all(session, story.office, date(2026, 6, 30))
    assert [one.state for one in shown] == ["published", "superseded"]
    assert [one.state for one in in_june] == ["superseded", "published"]
    assert told == {
        "2026-06-30": [
            "现行有效，2026年7月1日起由GB2026000002代替", "尚未施行，2026年7月1日起施行",
        ],
        "2026-07-01": ["已由新版代替（2026年7月1日起由GB2026000002代替）", "现行有效"],
    }  # fmt: skip
    assert version.change is not None
    assert version.change.added == ("网络餐饮",)
    assert version.change.changed == (
        ("餐饮服务", (("检查方式", "现场检查", "现场检查、抽样检验"),)),
    )
    assert "第2版，代替GB2026000001" in story.text("matter_list")
    assert version.file is not None
    assert version.file.sha256 == story.papers("matter_list")[-1].sha256
    assert story.chain_holds()


def test_an_objection_is_settled_by_whom_the_question_is_for(story: PublicationStory) -> None:
    """国办发〔2023〕1号（五）；渭南方案三（二）."""
    story.does("publication.draft", co_departments=["shili-health", "shili-urban"])
    story.walk("publication.consult", "publication_opinion.object")
    assert story.publication().state == "consulting"
    assert "答复期限还没有届满" in story.refused("publication_opinion.deem")
    story.waits(days=10)
    story.does("publication_opinion.deem")
    assert story.publication().state == "disputed"

    wrong = story.refused("publication.refer", arbiters=["shili-justice"])
    assert "请改选协调机关" in wrong
    story.walk("publication.refer")
    assert story.publication().state == "settling"
    story.walk("publication_ruling.rule", "publication.adapt", "publication.approve")
    assert story.publication().state == "approved"


def test_who_objected_may_agree_to_the_next_wording(story: PublicationStory) -> None:
    story.walk("publication.draft", "publication.consult", "publication_opinion.object")

    story.walk("publication.revise", "publication.consult", "publication_opinion.agree")

    assert story.publication().state == "agreed"
    assert "没有协调意见" in story.refused("publication.adapt")


@pytest.mark.parametrize(
    ("region", "due", "stops_at"),
    [("shandong", "2026-03-31", "file"), ("weihai", "2026-04-30", "publish")],
)
def test_a_yearly_plan_has_its_regions_day_from_the_first_of_january(
    story: PublicationStory, region: str, due: str, stops_at: str
) -> None:
    """鲁政办发〔2023〕14号三（一）第4项；威海办法第十一条."""
    rules = story.office.rules
    story.office = replace(story.office, region=rules.regions[region])
    clock = rules.regions[region].plan_clock
    assert "请写明年度" in story.refused("publication.draft", **{**YEARLY, "year": None})

    story.waits_until("2026-02-02T09:00")
    story.does("publication.draft", **{**YEARLY, "co_departments": None})

    assert story.due(clock)[:10] == due
    assert f"{story.running(clock).started_at.astimezone(CHINA):%Y-%m-%d}" == "2026-01-01"
    story.walk("publication.go_on_alone", "publication.approve")
    assert "须先报备案" in story.refused("publication.publish", in_force_on="2026-06-01")
    story.does("publication.file", filed_on="2026-02-02")
    assert (clock in story.open_rules()) == (stops_at == "publish")
    assert "双随机、一公开监管工作联席会议：" in story.text("filing_report")
    story.does("publication.publish", in_force_on="2026-06-01")
    assert story.open_rules() == set()
    assert "不低于3%，全年一次" in story.text("annual_plan")


def test_who_published_a_plan_is_called_for_the_next_one_in_january(
    story: PublicationStory,
) -> None:
    story.does("publication.draft", **{**YEARLY, "co_departments": None})
    story.walk("publication.go_on_alone", "publication.approve")
    story.does("publication.file", filed_on="2026-05-11")
    story.does("publication.publish", in_force_on="2026-06-01")
    january = datetime(2027, 1, 1, 6, tzinfo=CHINA)
    with Session(story.office.engine) as session:
        plan = story.publication()
        assert effect_told(session, plan, date(2026, 12, 31)) == "现行有效"
        assert effect_told(session, plan, january.date()) == "2026年度已经结束"

    assert call_plans(story.office, january) == 1
    assert call_plans(story.office, january) == 0

    story.clue, story.now = (story.clue or 0) + 1, january
    plan = story.publication()
    assert (plan.state, plan.title) == ("called", "2027年度抽查检查计划")
    story.walk("publication.take_up")
    assert story.publication().facts["version"] == 1
    assert LIST["title"] != story.publication().title


def test_a_published_row_is_a_matter_from_its_day_on(story: PublicationStory) -> None:
    """国办发〔2023〕1号（四）: routing, forms and draws know it by what the list says."""
    fresh = {**ITEM, "监管事项": "预制菜加工配送", "牵头部门": "示例市卫生健康委员会"}
    story.does(
        "publication.draft", items=[fresh, {**ITEM, "监管事项": "餐饮服务与网络订餐监督检查"}]
    )
    story.walk(*APPROVED)
    story.does("publication.publish", in_force_on="2026-06-01")
    before = in_force(story.office, datetime(2026, 5, 31, 9, tzinfo=CHINA)).rules
    rules = in_force(story.office, datetime(2026, 6, 1, 9, tzinfo=CHINA)).rules
    names = {one.name: one for one in rules.matters.values()}
    assert "预制菜加工配送" not in {one.name for one in before.matters.values()}
    assert names["预制菜加工配送"].lead == rules.departments["shili-health"].function
    assert rules.matters["catering"].objects == "餐饮服务经营者"
    assert rules.matters["catering"].keywords == before.matters["catering"].keywords

    unknown = [{**fresh, "牵头部门": "某某局"}]
    story.does("publication.draft", items=unknown)
    story.walk(*APPROVED)
    refused = story.refused("publication.publish", in_force_on="2026-06-01")
    assert "牵头部门“某某局”不是本系统登记的部门全称" in refused
