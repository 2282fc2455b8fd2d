"""裁量基准 of an organ's own (行政处罚法第三十四条): entered, confirmed, amended, ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.lifecycle.plan import Refused
from domain.limits.limit import day_of
from flows.audit.event_words import kind_label
from flows.people.user_keeping import Keeper
from flows.site.event_chain import verify
from flows.site.office import Office
from flows.site.site_rules import in_force
from flows.site.store import reading
from flows.upkeep.standard_form import read_standard
from flows.upkeep.standard_keeping import confirm, enter, reject
from flows.upkeep.standard_list import newest_of, version_lines
from tests.helpers.no_crime import no_crime
from tests.helpers.people import actor
from tests.helpers.story import IN_CASE, Story

MATTER = "passenger_transport"
FORM = {
    "conduct": "网约车无证营运",
    "matters": [MATTER],
    "title": "示例市市场监督管理局行政处罚裁量基准",
    "number": "示市监规〔2026〕1号",
    "article": "附件第3项",
    "issued_on": "2026-03-01",
    "evidence": "text",
    "from_day": "2026-05-11",
    "degrees": [
        {"label": "从轻", "factors": "初次违法；主动停止", "least": "3000", "most": "6000"},
        {
            **{"label": "一般", "factors": "没有从轻情形", "least": "2", "most": "4"},
            **{"times_of": "违法所得", "kinds": "警告；没收违法所得"},
        },
    ],
}


def fined(fine: str, degree: str = "", **more: object) -> dict[str, object]:
    chosen = {"discretion_degree": degree} if degree else {}
    return {"planned_fine": fine, "planned_penalty": f"罚款{fine}元", **chosen, **more}


def keeper(story: Story, chair: str) -> Keeper:
    return Keeper(in_force(story.office, story.now), actor(chair), story.now)


def entered(
    story: Story, standard: str = "", *, ends: bool = False, by: str = "legal", **more: object
) -> int:
    """The number of an entry that waits for a second person."""
    who = keeper(story, by)
    before = None
    given = {**FORM, **more}
    if standard:
        with reading(story.office.engine) as session:
            before = newest_of(session, standard, who.actor.department)
        given = {key: value for key, value in given.items() if key not in ("conduct", "matters")}
    if ends:
        given = {key: given[key] for key in ("title", "issued_on", "from_day", "reason")}
    read = read_standard(who.office.rules, given, day_of(story.now), before, ends=ends)
    return enter(who, read, standard).id or 0


def anew(story: Story) -> None:
    story.office = in_force(story.office, story.now)


@pytest.fixture
def driver(office: Office) -> Story:
    story = Story(office)
    story.walk(*IN_CASE)
    story.does(
        "case.record_facts",
        matter=MATTER,
        quantities={"illegal_income": "900"},
        answers=no_crime(office, MATTER),
    )
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    return story


def own(story: Story, **more: object) -> str:
    """The id of a standard of the organ that is in force."""
    number = entered(story, **{"from_day": day_of(story.now).isoformat(), **more})
    standard = confirm(keeper(story, "head"), number).standard
    anew(story)
    return standard


def test_what_an_organ_entered_stands_instead_of_the_shipped_once_a_second_person_confirmed_it(
    driver: Story,
) -> None:
    number = entered(driver)
    anew(driver)
    assert "未取得营运证件从事客运经营" in driver.refused("case.notice", **fined("2000"))
    with pytest.raises(Refused, match="登记人以外的另一名"):
        confirm(keeper(driver, "legal"), number)
    with pytest.raises(Refused, match="由登记机关的"):
        confirm(keeper(driver, "health_head"), number)

    standard = confirm(keeper(driver, "head"), number).standard
    anew(driver)

    told = driver.refused("case.notice", **fined("2000"))
    assert "网约车无证营运" in told
    assert "未取得营运证件从事客运经营" not in told
    told = driver.refused("case.notice", **fined("2000", f"{standard}.从轻"))
    assert "不在「从轻」的幅度内（3,000.00元以上6,000.00元以下）" in told
    kinds = {"planned_kinds": ["fine", "business_suspended"], "notice_right": "hearing"}
    told = driver.refused("case.notice", **fined("2000", f"{standard}.一般", **kinds))
    assert "「一般」没有列责令停产停业（所列为警告、没收违法所得）" in told
    driver.does("case.notice", **fined("2000", f"{standard}.一般"))
    with reading(driver.office.engine) as session:
        verify(session, driver.office.keys.chain)
    assert kind_label(driver.office.rules, "discretion") == "裁量基准"


def test_an_amendment_does_not_touch_what_was_told_before_it(driver: Story) -> None:
    standard = own(driver)
    driver.does("case.notice", **fined("5000", f"{standard}.从轻"))
    rows = [{"label": "从轻", "factors": "初次违法", "least": "100", "most": "200"}]
    later = (day_of(driver.now) + timedelta(days=2)).isoformat()
    amended = entered(driver, standard, degrees=rows, from_day=later)
    confirm(keeper(driver, "head"), amended)
    driver.waits(days=8)
    anew(driver)

    driver.does("case.decide", fine="5000", penalty="罚款5000元")

    assert driver.state("case") == "decided"
    table = driver.office.rules.discretion[standard]
    assert [one.degrees["从轻"].fine.most for one in table.values.values() if one.degrees] == [
        6000,
        200,
    ]


def test_an_ended_standard_asks_for_no_degree_and_the_shipped_does_not_return(
    driver: Story,
) -> None:
    standard = own(driver)
    today = day_of(driver.now).isoformat()
    ending = entered(driver, standard, ends=True, from_day=today, reason="文件已经废止")
    confirm(keeper(driver, "head"), ending)
    driver.waits(days=1)
    anew(driver)

    driver.does("case.notice", **fined("100"))

    assert driver.state("case") == "noticed"
    with reading(driver.office.engine) as session:
        lines = version_lines(session, "shili-market", day_of(driver.now))
    assert [one.state for one in lines] == ["已停用", "已被替代"]


def test_a_text_that_nobody_saw_refuses_nothing(driver: Story) -> None:
    standard = own(driver, evidence="secondary")

    driver.does("case.notice", **fined("100", f"{standard}.从轻"))

    shown = driver.office.rules.cite(
        driver.office.rules.discretion[standard].in_force(day_of(driver.now)).basis
    )  # type: ignore[union-attr]
    assert "〔待法制核对〕" in shown


def test_another_organ_is_bound_by_its_own_only(driver: Story) -> None:
    own(driver)
    other = driver.office.rules.discretion

    assert [one.organ for one in other.values() if one.organ] == ["shili-market"]
    with pytest.raises(LookupError, match="本机关没有"):
        entered(driver, next(key for key, one in other.items() if one.organ), by="health_legal")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"conduct": ""}, "请填写「违法行为」"),
        ({"issued_on": "2027-01-01"}, "「公布日期」不得晚于今天"),
        ({"from_day": "2026-01-01"}, "起始日期不得早于今天"),
        ({"degrees": [{"label": "从轻", "factors": "", "least": "1", "most": "2"}]}, "适用情形"),
        ({"degrees": [{"label": "轻", "factors": "无", "least": "3", "most": "2"}]}, "大于上限"),
        ({"degrees": [{"label": "轻", "factors": "无", "least": "-1", "most": "2"}]}, "不小于0"),
        (
            {"degrees": [{"label": "轻", "factors": "无", "least": "1", "most": "2"}] * 2},
            "已有名称为「轻」的档次",
        ),
        (
            {
                "degrees": [
                    {"label": "轻", "factors": "无", "least": "1", "most": "2", "times_of": "x"}
                ]
            },
            "没有「x」这一数额",
        ),
        ({"degrees": [{"label": "轻", "factors": "无", "kinds": "罚酒"}]}, "没有「罚酒」"),
    ],
)
def test_every_fault_of_the_form_is_told(story: Story, wrong: dict[str, object], told: str) -> None:
    with pytest.raises(Refused) as refused:
        entered(story, **wrong)

    assert any(told in one.text for one in refused.value.reasons)
    assert "裁量基准" in refused.value.reasons[0].article


def test_what_was_returned_is_entered_anew_and_the_same_is_not_entered_twice(story: Story) -> None:
    number = entered(story)
    with pytest.raises(Refused, match="已有裁量基准"):
        entered(story)
    with pytest.raises(Refused, match="请写明退回的理由"):
        reject(keeper(story, "head"), number, " ")

    reject(keeper(story, "head"), number, "上限与文件不符")

    with pytest.raises(Refused, match="已经退回"):
        confirm(keeper(story, "head"), number)
    assert entered(story) == number + 1
    with pytest.raises(Refused, match="由本机关法制人员登记"):
        enter(
            replace(keeper(story, "handler")),
            read_standard(story.office.rules, FORM, day_of(story.now)),
        )
