"""Screening: cases near or over a threshold with the figures behind them; a calculator."""

from urllib.parse import urlencode

import pytest

from tests.helpers.filled_forms import ANSWERS
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
    asked = calculated(workbench, offence="toxic_food")
    yes = calculated(workbench, offence="toxic_food", **{"answer.toxic_food.toxic": "yes"})
    no = calculated(workbench, offence="toxic_food", **{"answer.toxic_food.toxic": "no"})

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
        for tier, way in one.in_force(workbench.clock().date())
        if tier.repeat and tier.repeat.share and way.all and not tier.question
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
        ({"offence": "fake_goods", "day": "heute"}, "行为终了之日"),
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


def test_a_matter_without_offences_says_who_found_none(workbench: Workbench) -> None:
    text = calculated(workbench, matter="parking")

    assert "无对应罪名（规则库制作者（待法制核对）" in text


def test_both_standards_are_shown_where_the_act_is_older_than_the_present_one(
    workbench: Workbench,
) -> None:
    text = calculated(
        workbench,
        offence="trademark_labels",
        day="2025-01-01",
        kind0="labels",
        amount0="15000",
        **{"answer.trademark_labels.suspicion": "no"},
    )

    assert (
        "从旧兼从轻（《中华人民共和国刑法》第十二条〔待法制核对〕）：按行为时（2025-01-01）" in text
    )
    assert "的标准未达到，按现行标准已达到" in text
    assert "行为时的追诉标准和登记数额（从旧兼从轻）" in text


def test_a_clue_is_chosen_by_its_number(workbench: Workbench) -> None:
    number = in_case(workbench, **NEAR)

    found = workbench.at("legal").get(f"/screening?clue={number}")
    hidden = workbench.at("health_legal").get(f"/screening?clue={number}")

    assert found.headers["location"] == f"/screening/{number}"
    assert hidden.status_code == 200
    assert "或者您无权查看" in hidden.text


# --- told at once --------------------------------------------------------------------------------

STEP = "办案人员办理「提出涉罪移送」，主要负责人自接到书面报告之日起3日内决定"


def foreseen(workbench: Workbench, number: str, **form: str) -> str:
    """What the form of the facts says beside itself while it is being filled in."""
    case = workbench.story.processes("case")[-1].id
    sent = {f"f.{key}": value for key, value in form.items()}
    path = f"/clues/{number}/do/case/record_facts/{case}/preview"
    return workbench.at("handler").post(path, data=sent, headers={"HX-Request": "true"}).text


def test_a_threshold_met_shows_while_the_facts_are_typed(workbench: Workbench) -> None:
    workbench.story.walk(*IN_CASE)
    number = workbench.walk()
    before = workbench.story.events()

    text = foreseen(
        workbench, number, **{"quantities.0.kind": "sales_amount", "quantities.0.amount": "62000"}
    )

    assert "按现在填写的内容，已达涉嫌犯罪标准" in text
    assert "销售金额62,000元（起点50,000元），已达到" in text
    assert STEP in text
    assert workbench.story.events() == before
    assert "screening" not in workbench.story.processes("case")[-1].facts


def test_a_clue_over_a_threshold_says_so_with_the_next_step(workbench: Workbench) -> None:
    number = in_case(workbench, **OVER)

    assert STEP in workbench.at("handler").get(f"/clues/{number}").text
    workbench.story.does("refer")
    assert (
        "由主要负责人自接到报告之日起3日内决定"
        in workbench.at("principal").get(f"/clues/{number}").text
    )
    workbench.story.does("referral.decline")
    assert "已达涉嫌犯罪标准" not in workbench.at("handler").get(f"/clues/{number}").text


def test_a_figure_nobody_saw_in_the_text_warns_and_blocks_nothing(workbench: Workbench) -> None:
    suspicion = {"offence": "selling_counterfeit", "tier": "suspicion", "answer": "否"}
    number = in_case(
        workbench,
        quantities={"illegal_income": "30000"},
        screened=["selling_counterfeit"],
        answers=[suspicion, *ANSWERS],
    )
    text = workbench.at("handler").get(f"/clues/{number}").text
    workbench.story.walk("case.report", "case.send_for_review", "case.pass_review")

    assert "可能达到涉嫌犯罪标准（待法制核对）" in text
    assert "由法制人员核对条文" in text
    assert workbench.story.does("case.notice").state == "noticed"


def test_the_questions_of_a_case_are_answered_in_its_form(workbench: Workbench) -> None:
    workbench.story.walk(*IN_CASE)
    number = workbench.walk()
    case = workbench.story.processes("case")[-1].id
    path = f"/clues/{number}/do/case/record_facts/{case}"
    client = workbench.at("handler")
    shown = client.get(path).text
    answers = {
        f"f.answers.{place}.{column}": value
        for place, row in enumerate(ANSWERS)
        for column, value in row.items()
    }
    sent = {
        "f.facts_found": "销售过期奶粉",
        "f.offender": "unit",
        "f.nothing_measured": "是",
        **answers,
    }

    done = client.post(path, data=sent, follow_redirects=False)

    assert "是否在食品中掺入有毒、有害的非食品原料" in shown
    assert done.status_code == 303
    assert workbench.story.processes("case")[-1].facts["screening"] == []


def test_a_case_without_a_matter_says_where_to_choose_one(workbench: Workbench) -> None:
    story = workbench.story
    story.does("register")
    story.does("dispatch", matter=None)
    story.walk("accept", "verify", "conclude")
    story.does("file_case", no_offence_reason="占道停放，没有对应罪名")
    story.does("case.assign_officers")
    story.does("case.record_facts", answers=None)

    text = workbench.at("handler").get(f"/screening/{story.row().no}").text

    assert "无对应罪名：王科长，2026-05-11：占道停放，没有对应罪名" in text


def test_who_said_that_a_matter_has_no_offence_stands_beside_the_form(workbench: Workbench) -> None:
    """310号令第三条: that nothing criminal is looked for has a name and a day, 待法制核对."""
    story = workbench.story
    story.does("register")
    story.does("dispatch", matter="parking")
    story.walk("accept", "verify", "conclude", "file_case")
    number = workbench.walk()

    shown = workbench.at("handler").get(f"/clues/{number}/do/case/record_facts").text

    assert "无对应罪名：「" in shown
    assert "待法制核对），2026-" in shown
