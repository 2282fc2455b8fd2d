"""裁量基准: a fine within the organ's own degrees, or a reason and a discussion behind it."""

import pytest

from domain.situation.discretion import DEGREE
from flows.site.office import Office
from tests.helpers.no_crime import no_crime
from tests.helpers.story import IN_CASE, REVIEWED, Story


def fined(fine: str, **more: object) -> dict[str, object]:
    return {"planned_fine": fine, "planned_penalty": f"罚款{fine}元", **more}


@pytest.fixture
def driver(office: Office) -> Story:
    """A case about a car without a licence, reviewed and ready for the notice."""
    return reviewed(office, "passenger_transport", {"illegal_income": "900"})


def reviewed(office: Office, matter: str, sums: dict[str, str]) -> Story:
    story = Story(office)
    story.walk(*IN_CASE)
    story.does(
        "case.record_facts", matter=matter, quantities=sums, answers=no_crime(office, matter)
    )
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    return story


def test_where_there_is_a_standard_a_notice_names_its_degree(driver: Story) -> None:
    told = driver.refused("case.notice", **fined("8000"))

    assert "未取得营运证件从事客运经营" in told
    assert "请选择裁量档次" in told


def test_a_fine_in_its_degree_is_told_and_decided(driver: Story) -> None:
    driver.does("case.notice", **fined("8000", discretion_degree="passenger_service.light"))
    driver.waits(days=8)
    driver.does("case.decide", fine="8000", penalty="罚款8000元")

    assert driver.state("case") == "decided"
    assert driver.processes("case")[-1].facts[DEGREE] == "passenger_service.light"


def test_a_fine_off_its_degree_is_refused_with_the_range(driver: Story) -> None:
    chosen = {"discretion_degree": "passenger_service.light"}

    told = driver.refused("case.notice", **fined("12000", **chosen))

    assert "罚款12,000.00元不在「从轻」的幅度内（5,000.00元以上10,000.00元以下）" in told


def test_with_a_reason_it_is_told_and_decided_after_a_discussion(driver: Story) -> None:
    reason = {"off_degree_reason": "两辆车同时查获，分别从轻仍显不足"}
    driver.does(
        "case.notice", **fined("12000", discretion_degree="passenger_service.light", **reason)
    )
    driver.waits(days=8)

    told = driver.refused("case.decide", fine="12000", penalty="罚款12000元")
    assert "须先经负责人集体讨论" in told

    driver.does("case.discuss")
    driver.does("case.decide", fine="12000", penalty="罚款12000元")
    assert driver.state("case") == "decided"


def test_a_lighter_decision_off_its_degree_is_discussed_and_the_supervisor_is_told(
    driver: Story,
) -> None:
    """处罚法34, 57②, 75②: a head lightens within the degree; below it others decide too."""
    driver.does("case.notice", **fined("8000", discretion_degree="passenger_service.light"))
    driver.waits(days=8)
    driver.does("case.decide", fine="8000", penalty="罚款8000元")
    driver.walk("case.serve")
    alone = {"amend_discussion": None}

    told = driver.refused("case.amend_decision", fine="3000", **alone)
    assert "罚款3,000.00元不在「从轻」的幅度内" in told
    reason = {"off_degree_reason": "案发前已经停止营运，没有收入"}
    told = driver.refused("case.amend_decision", fine="3000", **reason, **alone)
    assert "须经负责人集体讨论" in told and "「变更的集体讨论情况」" in told
    driver.does(
        "case.amend_decision", fine="3000", **reason, amend_discussion="8月1日讨论，一致同意"
    )
    assert ("shili-justice", "supervisor") in driver.told("case.amend_decision")
    assert driver.state("case") == "decided"


def test_a_lighter_decision_in_its_degree_needs_no_discussion(driver: Story) -> None:
    """处罚法57②, 75②: what was not discussed and stays in its degree a head amends."""
    driver.does("case.notice", **fined("8000", discretion_degree="passenger_service.light"))
    driver.waits(days=8)
    driver.does("case.decide", fine="8000", penalty="罚款8000元")
    driver.walk("case.serve")
    driver.does("case.amend_decision", fine="6000", amend_discussion=None)
    assert driver.state("case") == "decided"


def test_multiples_are_of_what_the_case_recorded(office: Office) -> None:
    story = reviewed(office, "agricultural_inputs", {"sales_amount": "28600"})
    usual = {"discretion_degree": "inferior_inputs.usual"}

    assert "28,600.00元以上57,200.00元以下" in story.refused(
        "case.notice", **fined("9000", **usual)
    )
    story.does("case.notice", **fined("28600", **usual))
    assert story.state("case") == "noticed"


def test_without_the_sum_that_is_multiplied_the_facts_come_first(office: Office) -> None:
    story = reviewed(office, "agricultural_inputs", {"direct_loss": "100"})

    told = story.refused("case.notice", **fined("9000", discretion_degree="inferior_inputs.usual"))

    assert "本案没有登记销售金额" in told


def test_a_degree_of_another_matter_is_no_degree(driver: Story) -> None:
    told = driver.refused("case.notice", **fined("9000", discretion_degree="inferior_inputs.usual"))

    assert "不是本监管事项现行的裁量基准" in told


def test_a_matter_without_a_standard_asks_for_no_degree(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice")

    assert story.state("case") == "noticed"
    assert story.processes("case")[-1].facts["planned_fine"] == "10000"
