"""A published table of caps binds by itself: from its day, in its version, for what it names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from domain.shapes.inspection import Cap
from flows.site.office import Office
from flows.site.store import reading
from flows.visits.caps import CapInForce, caps_in_force, caps_read
from flows.visits.near_caps import near_caps
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.publications import PublicationStory
from tests.helpers.inspections.visits import ENTERED, VisitStory

MARKET, HEALTH = "示例市市场监督管理局", "示例市卫生健康委员会"
ROW = {"检查机关": MARKET, "检查事项": "全部检查", "检查对象": "同一企业", "年度上限": "1"}


def _text(*rows: Mapping[str, str]) -> str:
    lines = ["；".join(f"{name}：{said}" for name, said in row.items()) for row in rows]
    return "\n".join(["各机关每年对同一对象检查的次数不超过下列上限。", *lines])


@pytest.fixture
def story(office: Office, tmp_path: Path) -> VisitStory:
    """A roster of ten firms and six officers."""
    fill_rosters(office, tmp_path)
    return VisitStory(office)


def _published(story: VisitStory, *rows: Mapping[str, str], **more: object) -> PublicationStory:
    """A table of caps of the market bureau, in force at once unless a day is named."""
    own = PublicationStory(story.office)
    own.now = story.now
    since = more.pop("since", f"{story.now.date()}")
    form = {"kind": "caps", "title": "行政检查频次上限", "items": None, "co_departments": None}
    own.does("publication.draft", **{**form, "content": _text(*rows), **more})
    if more.get("co_departments"):
        own.walk("publication.consult", "publication_opinion.agree")
    else:
        own.does("publication.go_on_alone")
    own.does("publication.approve")
    own.does("publication.publish", in_force_on=since)
    story.now = own.now
    return own


def _caps(story: VisitStory, day: date | None = None) -> list[CapInForce]:
    """The caps of a day, without the one that the demonstration's site entered."""
    with reading(story.office.engine) as session:
        found = caps_in_force(session, story.office, day or story.now.date())
    return [one for one in found if one.row.organ != "shili-culture"]


def test_a_published_cap_refuses_from_its_day_on_and_its_version_is_named(
    story: VisitStory,
) -> None:
    """四十一问第二十一问：公布的年度频次上限."""
    story.walk(*ENTERED)
    first = _published(story, ROW).publication()

    story.does("visit.propose")
    reached = story.refused("visit.approve", over_cap_reason="群众反映强烈")

    told = (
        f"已公布的上限为1次（《行政检查频次上限》{first.no}第1版，",
        f"{story.now.year}年{story.now.month}月{story.now.day}日起施行）",
        "不再批准日常检查、专项检查",
    )
    assert [one for one in told if one not in reached] == []
    with Session(story.office.engine) as session:
        [line] = near_caps(session, story.office, None, story.now.date()).lines
    assert (line.organ, line.counted, line.cap) == (MARKET, 1, 1)


def test_a_new_version_takes_the_place_from_its_own_day_and_a_withdrawn_one_binds_nobody(
    story: VisitStory,
) -> None:
    first = _published(story, ROW)
    number = first.publication().no
    later = date(story.now.year, story.now.month, story.now.day).replace(month=12)
    second = _published(story, {**ROW, "年度上限": "3"}, replaces=number, since=f"{later}")

    assert [one.row.yearly for one in _caps(story)] == [1]
    assert [one.row.yearly for one in _caps(story, later)] == [3]
    assert "第2版" in _caps(story, later)[0].published
    second.does("publication.withdraw", reason="上级另有规定")
    assert _caps(story, later) == []


def test_a_cap_on_some_matters_counts_only_inspections_of_them(story: VisitStory) -> None:
    _published(story, {**ROW, "检查事项": "餐饮服务"})
    [cap] = _caps(story)
    [other] = [one for one in story.office.rules.matters if one not in cap.row.matters][:1]
    story.walk(*ENTERED)

    story.does("visit.propose")
    reached = story.refused("visit.approve")
    assert "已检查1次（餐饮服务、同一企业）" in reached
    story.does("visit.refuse")
    story.does("visit.propose", matters=[other])
    assert "达到上限" not in story.refused("visit.approve")  # another inspection is open
    story.does("visit.approve", over_cap_reason="事项不同，分别进行")
    assert "餐饮服务" not in story.text("visit_approval").partition("频次上限")[2][:40]


def test_what_a_row_leaves_open_binds_nobody_and_is_told(story: VisitStory) -> None:
    rows = (
        {**ROW, "检查机关": HEALTH},
        {**ROW, "检查机关": "某机关"},
        {**ROW, "检查事项": "重点领域"},
        {**ROW, "检查对象": "重点单位"},
        {**ROW, "年度上限": "若干"},
        {**ROW, "检查事项": ""},
        {**ROW, "检查对象": "经营主体"},
    )
    own = _published(story, *rows)
    read = caps_read(story.office, own.publication())

    assert [one.row.scope for one in _caps(story)] == ["经营主体"]
    kinds = story.office.rules.rosters.kinds
    assert read.rows[0].kinds == {key for key, one in kinds.items() if one.coded}
    told = (
        "没有向其征求意见", "不是本系统登记的部门全称", "不是全部检查", "不是名录中的类别",
        "年度上限不是整数", "没有填写",
    )  # fmt: skip
    assert len(read.unclear) == len(rows) - 1
    assert [one for one in told if not any(one in text for text in read.unclear)] == []


def test_a_cap_of_another_department_binds_once_its_opinion_was_asked(story: VisitStory) -> None:
    _published(story, {**ROW, "检查机关": HEALTH}, co_departments=["shili-health"])
    assert [one.row.organ for one in _caps(story)] == ["shili-health"]


def test_what_is_published_here_goes_before_what_the_site_entered(story: VisitStory) -> None:
    caps = {key: Cap(yearly=9, published="旧文") for key in ("shili-market", "shili-health")}
    inspection = story.office.rules.inspection.model_copy(update={"caps": caps})
    story.office = replace(story.office, rules=replace(story.office.rules, inspection=inspection))
    _published(story, {**ROW, "检查对象": "检查对象"})
    assert [(one.row.organ, one.row.yearly) for one in _caps(story)] == [
        ("shili-market", 1),
        ("shili-health", 9),
    ]
