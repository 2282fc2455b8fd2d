"""Screening: cases near or over a threshold with the figures behind them; a calculator."""

from urllib.parse import urlencode

import pytest

from tests.helpers.office import snapshot
from tests.helpers.story import IN_CASE
from tests.web.conftest import Workbench
from tests.web.helpers.plain_html import complaints

SCREENERS = ("legal", "handler", "head", "principal", "supervisor")
OVER = {"quantities": {"sales_amount": "62000"}, "screened": ["fake_goods"]}
NEAR = {"quantities": {"sales_amount": "42000"}, "screened": ["fake_goods"]}


def in_case(workbench: Workbench, **facts: object) -> str:
    """A case whose facts were recorded."""
    workbench.story.walk(*IN_CASE)
    workbench.story.does("case.record_facts", **facts)
    return workbench.walk()


def calculated(workbench: Workbench, **asked: object) -> str:
    """The calculator's page for a form."""
    query = urlencode({"offender": "unit", **asked}, doseq=True)
    return workbench.at("legal").get(f"/screening/calculator?{query}").text


@pytest.mark.parametrize("chair", SCREENERS)
def test_pages_are_plain_html_for_who_screens(workbench: Workbench, chair: str) -> None:
    number = in_case(workbench, **OVER)
    client = workbench.at(chair)

    for path in ("/screening", f"/screening/{number}", "/screening/calculator"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert complaints(answer.text) == [], path


@pytest.mark.parametrize("chair", ["desk", "police", "procuratorate", "administrator", "auditor"])
def test_other_chairs_do_not_screen(workbench: Workbench, chair: str) -> None:
    number = in_case(workbench, **OVER)

    for path in ("/screening", f"/screening/{number}", "/screening/calculator"):
        assert workbench.at(chair).get(path).status_code == 403, path


def test_case_over_a_threshold_tells_figures_articles_and_what_is_blocked(
    workbench: Workbench,
) -> None:
    number = in_case(workbench, **OVER)

    text = workbench.at("legal").get(f"/screening/{number}").text

    assert "62,000元" in text
    assert "50,000元" in text
    assert "124%" in text
    assert "已达到" in text
    assert "以下操作现在不能进行" in text
    assert "处罚告知、作出处罚决定、作出不予处罚决定" in text
    assert "第十一条第一款" in text


def test_case_near_a_threshold_blocks_nothing(workbench: Workbench) -> None:
    number = in_case(workbench, **NEAR)

    text = workbench.at("handler").get(f"/screening/{number}").text

    assert "84%" in text
    assert "接近" in text
    assert "移送问题没有妨碍以下操作" in text


def test_clue_without_a_case_leads_to_the_calculator(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")

    text = workbench.at("handler").get(f"/screening/{number}").text

    assert "没有登记违法事实" in text
    assert "/screening/calculator" in text


def test_list_has_the_gravest_first_and_leaves_out_what_is_far(workbench: Workbench) -> None:
    far = in_case(workbench, quantities={"sales_amount": "900"}, screened=["fake_goods"])
    near = in_case(workbench, **NEAR)
    over = in_case(workbench, **OVER)

    text = workbench.at("legal").get("/screening").text

    assert far not in text
    assert text.index(over) < text.index(near)
    assert "没有提出移送" in text


def test_other_departments_see_nothing_of_it(workbench: Workbench) -> None:
    number = in_case(workbench, **OVER)
    client = workbench.at("health_legal")

    assert number not in client.get("/screening").text
    assert client.get(f"/screening/{number}").status_code == 404


def test_calculator_weighs_figures_and_changes_nothing(workbench: Workbench) -> None:
    client = workbench.at("legal")
    before = snapshot(workbench.office)

    text = client.get(
        "/screening/calculator?offender=unit&offence=fake_goods&kind0=sales_amount&amount0=62,000"
    ).text

    assert "124%" in text
    assert "已达到" in text
    assert snapshot(workbench.office) == before


def test_calculator_derives_sales_and_unsold_together(workbench: Workbench) -> None:
    text = calculated(
        workbench,
        offence="fake_goods",
        kind0="sales_amount",
        amount0="42000",
        kind1="unsold_value",
        amount1="30000",
    )

    assert "156,000元" in text
    assert "（推算）" in text


def test_calculator_asks_and_heeds_answers(workbench: Workbench) -> None:
    question = workbench.office.rules.offences["toxic_food"].questions[0]

    asked = calculated(workbench, offence="toxic_food")
    yes = calculated(workbench, offence="toxic_food", **{f"answer.{question}": "yes"})
    no = calculated(workbench, offence="toxic_food", **{f"answer.{question}": "no"})

    assert "○ 未答" in asked
    assert "✓ 是" in yes
    assert "已达到" in yes
    assert "✗ 否" in no
    assert "未达到" in no


def test_eighty_percent_suffices_after_repeated_penalties(workbench: Workbench) -> None:
    rules = workbench.office.rules
    key, way = next(
        (key, way)
        for key, one in rules.offences.items()
        if one.eighty_percent and one.nature == "threshold"
        for way in one.in_force(workbench.clock().date())
        if way.all and not way.provided and not way.after_penalty and way.by == "anyone"
    )
    quantity, floor = next(iter(way.all.items()))
    figures = {f"kind{n}": one for n, one in enumerate(way.all)}
    figures |= {f"amount{n}": str(amount * 85 / 100) for n, amount in enumerate(way.all.values())}

    once = calculated(workbench, offence=key, **figures)
    again = calculated(workbench, offence=key, penalties="2025-09-01 2026-02-01", **figures)

    assert "85%" in once
    assert "▲</span> 已达到" not in once
    assert "▲</span> 已达到" in again
    assert quantity in rules.quantities
    assert floor > 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "请选择监管事项或者罪名"),
        ({"offence": "fake_goods", "kind0": "sales_amount", "amount0": "-1"}, "第1行数额"),
        ({"offence": "fake_goods", "kind1": "", "amount1": "5"}, "第2行数额"),
        ({"offence": "fake_goods", "kind0": "sales_amount", "amount0": "1e999"}, "第1行数额"),
        ({"offence": "fake_goods", "penalties": "neulich"}, "受处罚日期“neulich”"),
        ({"offence": "fake_goods", "day": "heute"}, "判断之日"),
    ],
)
def test_calculator_says_what_would_be_right(
    workbench: Workbench, asked: dict[str, object], said: str
) -> None:
    text = calculated(workbench, **asked)

    assert said in text
    assert 'role="alert"' in text


def test_a_day_before_the_standard_was_in_force_says_so(workbench: Workbench) -> None:
    text = calculated(
        workbench,
        offence="illegal_business_food",
        day="2015-01-01",
        kind0="illegal_income",
        amount0="60000",
    )

    assert "规则库没有2015-01-01有效的数额标准" in text


def test_a_clue_is_chosen_by_its_number(workbench: Workbench) -> None:
    number = in_case(workbench, **NEAR)

    found = workbench.at("legal").get(f"/screening?clue={number}")
    hidden = workbench.at("health_legal").get(f"/screening?clue={number}")

    assert found.headers["location"] == f"/screening/{number}"
    assert hidden.status_code == 200
    assert "或者您无权查看" in hidden.text
