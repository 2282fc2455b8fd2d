"""Beside the form of a penalty: the degrees of the matter, where the fine lies, like cases."""

import pytest

from tests.helpers.no_crime import no_crime
from tests.helpers.story import ACCEPTED, IN_CASE, REVIEWED
from tests.web.conftest import Workbench
from tests.web.helpers.plain_html import complaints

HTMX = {"HX-Request": "true"}
DRIVER = {"matter": "passenger_transport", "quantities": {"illegal_income": "900"}}


def with_a_case(workbench: Workbench, company: str = "示例市安达客运有限公司") -> str:
    workbench.story.does("register", subject_name=company, subject_code=None)
    workbench.walk(*IN_CASE[1:])
    answers = no_crime(workbench.office, "passenger_transport")
    workbench.story.does("case.record_facts", answers=answers, **DRIVER)
    return workbench.walk("case.report", "case.send_for_review", "case.pass_review")


@pytest.fixture
def number(workbench: Workbench) -> str:
    return with_a_case(workbench)


def test_the_form_offers_the_degrees_with_their_sums_and_factors(
    workbench: Workbench, number: str
) -> None:
    shown = workbench.at("head").get(f"/clues/{number}/do/case/notice").text

    assert complaints(shown) == []
    assert '<option value="passenger_service.light">从轻</option>' in shown
    assert "罚款5,000.00元以上10,000.00元以下" in shown
    assert "初次违法；主动停止经营" in shown
    assert "本级约定：裁量基准" in shown


@pytest.mark.parametrize(
    ("fine", "told"), [("8000", "罚款在此幅度内"), ("12000", "罚款不在此幅度内")]
)
def test_while_one_types_it_tells_whether_the_fine_lies_in_the_degree(
    workbench: Workbench, number: str, fine: str, told: str
) -> None:
    sent = {"f.planned_kinds": "fine", "f.planned_fine": fine}
    sent |= {"f.discretion_degree": "passenger_service.light"}

    shown = workbench.at("head").post(
        f"/clues/{number}/do/case/notice/preview", data=sent, headers=HTMX
    )

    light = shown.text.partition("从轻")[2].partition("</li>")[0]
    assert told in light


def test_the_decision_shows_what_the_organ_decided_in_like_cases(
    workbench: Workbench, number: str
) -> None:
    degree = "passenger_service.light"
    story = workbench.story
    told = {"planned_fine": "8000", "planned_penalty": "罚款8000元", "discretion_degree": degree}
    story.does("case.notice", **told)
    story.waits(days=8)
    story.does("case.decide", fine="8000", penalty="罚款8000元")
    second = with_a_case(workbench, "示例市顺风客运有限公司")

    shown = workbench.at("head").get(f"/clues/{second}/do/case/notice").text

    like = shown.partition("本机关同类案件")[2].partition("</ul>")[0]
    assert number in like
    assert "罚款8,000.00元" in like
    assert "违法所得900元" in like
    assert "未取得营运证件从事客运经营：从轻" in like


def test_where_no_standard_is_entered_the_form_says_who_enters_one(workbench: Workbench) -> None:
    number = workbench.walk(*REVIEWED)

    shown = workbench.at("head").get(f"/clues/{number}/do/case/notice").text

    assert '由本机关法制人员在<a href="/rules/discretion">规则库·裁量基准</a>登记' in shown


def test_on_the_spot_the_degrees_are_shown_and_measured_while_one_types(
    workbench: Workbench,
) -> None:
    workbench.story.does("register")
    workbench.story.does("dispatch", matter="agricultural_inputs")
    number = workbench.walk(*ACCEPTED[2:])
    page = f"/clues/{number}/do/clue/penalise_on_spot"
    sent = {"f.penalty_kinds": "fine", "f.fine": "400"}
    sent |= {"f.quantities.0.kind": "sales_amount", "f.quantities.0.amount": "300"}
    sent |= {"f.discretion_degree": "inferior_inputs.light"}

    shown = workbench.at("handler").get(page).text
    typed = workbench.at("handler").post(f"{page}/preview", data=sent, headers=HTMX).text

    assert complaints(shown) == []
    assert '<option value="inferior_inputs.light">从轻</option>' in shown
    light = typed.partition("从轻")[2].partition("</li>")[0]
    assert "罚款150.00元以上300.00元以下" in light
    assert "罚款不在此幅度内" in light
    assert "是否使生产遭受较大损失" in shown
    sent["f.quantities.0.amount"] = "60000"
    assert 'hx-target="#f-discretion_degree"' in shown
    other = {"f.matter": "passenger_transport", "f.discretion_degree": "inferior_inputs.light"}
    options = workbench.at("handler").post(f"{page}/degrees", data=other, headers=HTMX).text
    assert "inferior_inputs" not in options
    own = {**other, "f.matter": "agricultural_inputs"}
    options = workbench.at("handler").post(f"{page}/degrees", data=own, headers=HTMX).text
    assert '<option value="inferior_inputs.light" selected>从轻</option>' in options
    criminal = workbench.at("handler").post(f"{page}/preview", data=sent, headers=HTMX).text
    assert "销售金额60,000元（起点50,000元），已达到" in criminal
