"""The rulebook in the browser: for everybody signed in, every value with article and mark."""

from xml.etree import ElementTree

import pytest

from tests.web.conftest import Workbench
from tests.web.helpers.plain_html import complaints

pytestmark = pytest.mark.early

PAGES = (
    "/rules",
    "/rules?q=移送&process=referral&evidence=text",
    "/rules?stale=true",
    "/rules/due",
    "/rules/stale?on=2028-01-01",
    "/rules/articles",
    "/rules/articles/so310",
    "/rules/limits/cx64",
    "/rules/limits/jdtl27",
    "/rules/limits/ts_old31",
    "/rules/lifecycles",
    "/rules/lifecycles/case",
    "/rules/discretion",
    "/rules/checklists",
    "/rules/checklists/referral",
    "/offences",
    "/offences/fake_goods",
    "/offences/unsafe_food",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("chair", ["handler", "police", "administrator"])
def test_every_page_is_plain_html_for_everybody(
    workbench: Workbench, chair: str, path: str
) -> None:
    answer = workbench.at(chair).get(path)

    assert answer.status_code == 200
    assert complaints(answer.text) == []


@pytest.mark.parametrize(
    "path",
    [
        "/rules/limits/none",
        "/rules/articles/none",
        "/rules/lifecycles/none",
        "/rules/checklists/none",
        "/offences/none",
    ],
)
def test_what_does_not_exist_is_not_found(workbench: Workbench, path: str) -> None:
    assert workbench.at("legal").get(path).status_code == 404


def test_every_limit_article_offence_and_lifecycle_has_its_page(workbench: Workbench) -> None:
    client, rules = workbench.at("legal"), workbench.office.rules
    paths = [f"/rules/limits/{one}" for one in rules.deadlines]
    paths += [f"/rules/articles/{one}" for one in rules.instruments]
    paths += [f"/offences/{one}" for one in rules.offences]

    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_search_finds_a_limit_by_word_and_by_article(workbench: Workbench) -> None:
    client = workbench.at("legal")

    by_word = client.get("/rules?q=先行登记保存").text
    by_article = client.get("/rules?q=国务院令第310号 第八条").text

    assert "/rules/limits/cf56" in by_word
    assert "/rules/limits/310_review" in by_article
    assert "/rules/limits/310_approve" not in by_article


def test_limit_told_with_mark_ladder_and_the_actions_that_touch_it(workbench: Workbench) -> None:
    text = workbench.at("legal").get("/rules/limits/cx18").text

    assert "已见原文" in text
    assert "15个工作日" in text
    assert "在流程中" in text
    assert "/rules/lifecycles/clue#" in text


def test_calculator_tells_the_due_date_day_by_day(workbench: Workbench) -> None:
    text = workbench.at("handler").get("/rules/limits/cx18?start=2026-09-25T10:00&extend=1").text

    assert "起算日，不计" in text
    assert "第15日" in text
    assert "国庆节" in text
    assert "届满" in text


def test_calculator_leaves_out_pauses(workbench: Workbench) -> None:
    client = workbench.at("handler")
    start = "start=2026-03-02T10:00"

    text = client.get(f"/rules/limits/cx64?{start}&from0=2026-03-10&to0=2026-03-12&why0=检验").text

    assert "暂停（检验），不计" in text
    assert "（检验）已扣除" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("start=gestern", "应写作 2026-09-25"),
        ("start=2026-09-25&extend=x", "延长次数"),
        ("start=2026-09-25&from0=2026-10-02&to0=2026-10-01", "A 不晚于 B"),
        ("start=1800-01-01", "alert-danger"),
        ("start=99999-01-01", "alert-danger"),
    ],
)
def test_calculator_says_what_would_be_right(workbench: Workbench, query: str, said: str) -> None:
    answer = workbench.at("handler").get(f"/rules/limits/cx64?{query}")

    assert answer.status_code == 200
    assert said in answer.text


def test_calculator_asks_for_what_the_document_states(workbench: Workbench) -> None:
    client = workbench.at("handler")

    asked = client.get("/rules/limits/jdtl27?start=2026-09-25").text
    told = client.get("/rules/limits/jdtl27?start=2026-09-25&until=2026-10-15").text

    assert "请填写「文书载明的届满日期」" in asked
    assert "--until" not in asked
    assert "2026-10-15" in told


def test_a_region_has_its_own_reply_limit(workbench: Workbench) -> None:
    client = workbench.at("desk")

    text = client.get("/rules/due?rule=reply&region=shandong&start=2026-09-21T09:00").text
    none = client.get("/rules/due?rule=reply&region=weinan&start=2026-09-21T09:00").text

    assert "山东热线事项办理" in text
    assert "没有规定该期限" in none


def test_article_tells_everything_that_rests_on_it(workbench: Workbench) -> None:
    text = workbench.at("legal").get("/rules/articles/so310").text
    article = text.split('id="so310-5-2"')[1].split("</section>")[0]

    for place in (
        "/rules/limits/310_approve",
        "/rules/limits/310_deliver",
        "/rules/lifecycles/referral#approve",
    ):
        assert place in article
    assert "《" in article.split("文书")[1]


@pytest.mark.parametrize("kind", ["clue", "case", "referral", "supervision"])
def test_lifecycle_is_drawn_with_every_state_and_move(workbench: Workbench, kind: str) -> None:
    text = workbench.at("handler").get(f"/rules/lifecycles/{kind}").text
    lifecycle = workbench.office.rules.lifecycles[kind]
    drawing = "<svg" + text.split("<svg")[1].split("</svg>")[0] + "</svg>"
    root = ElementTree.fromstring(drawing)

    words = {one.text for one in root.iter("text")}
    assert {one.label for one in lifecycle.states.values()} <= words
    moves = [one for one in lifecycle.actions.values() if one.to != "same"]
    assert all(any(one.label in str(word) for word in words) for one in moves)
    assert root.find("title") is not None
    assert root.find("desc") is not None


def test_lifecycle_speaks_chinese_of_conditions(workbench: Workbench) -> None:
    text = workbench.at("handler").get("/rules/lifecycles/referral").text

    assert "受移送机关是同级、同地区的公安机关" in text
    assert "A case goes" not in text
    assert "由其他操作带出" in text


def test_stale_list_says_why_and_what_rests_on_it(workbench: Workbench) -> None:
    text = workbench.at("legal").get("/rules/stale?on=2026-05-11").text

    assert "未见条文原文，待法制核对" in text
    assert "引用之处" in text


def test_empty_search_says_so(workbench: Workbench) -> None:
    client = workbench.at("legal")

    for path in ("/rules?q=zzzz", "/rules/articles?q=zzzz", "/offences?q=zzzz"):
        assert 'class="empty"' in client.get(path).text


def test_a_limit_that_nobody_watches_says_so_and_why(workbench: Workbench) -> None:
    """Who reads the book is not to believe that somebody counts for him."""
    client = workbench.at("legal")

    listed = client.get("/rules?process=none&q=反向衔接").text
    told = client.get("/rules/limits/fx12").text
    watched = client.get("/rules/limits/cx18").text

    assert "系统不计时" in listed
    assert "检察机关内部的审查期限，移送机关无从登记" in listed
    assert "系统不计时：检察机关内部的审查期限，移送机关无从登记" in told
    assert "系统不计时" not in watched


def test_an_organs_own_limit_names_the_organ_and_the_general_one(workbench: Workbench) -> None:
    text = workbench.at("legal").get("/rules/limits/hj_verify").text

    assert "/rules/limits/verify_local" in text
    assert "待法制核对" in text
    assert "生态环境行政处罚办法" in text


def test_legal_staff_see_what_carries_each_demand_of_a_statute(workbench: Workbench) -> None:
    shown = workbench.at("legal").get("/rules/checklists/referral").text

    assert "以行政处罚代替移送" in shown
    assert "/rules/lifecycles/referral#approve" in shown
    assert "/rules/limits/310_approve" in shown
    assert "追究责任时线索的去向" in shown
