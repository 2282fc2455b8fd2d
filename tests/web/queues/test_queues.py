"""The queues of legal staff, principal and heads: what waits, by when, and the form to answer."""

import pytest

from flows.site.store import transaction
from tests.helpers.circulars import CircularStory
from tests.helpers.story import APPROVED, CONCLUDED, IN_CASE, REVIEWED
from tests.web.conftest import Workbench
from tests.web.helpers.plain_html import complaints

TO_REVIEW = REVIEWED[:-1]
PROPOSED = APPROVED[:-1]


def test_review_queue_tells_what_was_sent_by_when_and_what_to_read(workbench: Workbench) -> None:
    number = workbench.walk(*TO_REVIEW)

    text = workbench.at("legal").get("/review").text

    assert number in text
    assert "审核中" in text
    assert "案件审核、法制审核" in text
    assert "张经办送审" in text
    assert f"/clues/{number}/do/case/pass_review/" in text
    assert f"/clues/{number}/do/case/send_back/" in text
    assert "/view" in text
    assert complaints(text) == []


def test_review_ends_when_it_is_passed(workbench: Workbench) -> None:
    number = workbench.walk(*REVIEWED)

    assert number not in workbench.at("legal").get("/review").text


def test_who_investigated_is_told_why_he_does_not_review(workbench: Workbench) -> None:
    workbench.story.walk(*IN_CASE[:-1])
    workbench.story.does("case.assign_officers", case_officers=["handler", "head"])
    workbench.walk("case.record_facts", "case.report", "case.send_for_review")
    row = workbench.story.processes("case")[-1]

    with transaction(workbench.office.engine) as session:
        row.facts = {**row.facts, "case_officers": ["handler", "legal"]}
        session.merge(row)

    text = workbench.at("legal").get("/review").text

    assert "不得作为审核人员" in text
    assert "pass_review" not in text


def test_queue_is_filtered_by_process(workbench: Workbench) -> None:
    number = workbench.walk(*TO_REVIEW)
    client = workbench.at("legal")

    assert number in client.get("/review?kind=case").text
    assert number not in client.get("/review?kind=clue").text


@pytest.mark.parametrize("chair", ["handler", "police", "administrator", "supervisor"])
def test_other_chairs_have_no_queue_of_this_kind(workbench: Workbench, chair: str) -> None:
    for path in ("/review", "/approvals"):
        assert workbench.at(chair).get(path).status_code == 403


def test_principal_sees_the_report_its_three_days_and_both_answers(workbench: Workbench) -> None:
    number = workbench.walk(*PROPOSED)

    text = workbench.at("principal").get("/approvals").text

    assert number in text
    assert "移送审批" in text
    assert "第五条第二款" in text
    assert "《涉嫌犯罪案件情况的调查报告》" in text or "调查报告》" in text
    assert f"/clues/{number}/do/referral/approve/" in text
    assert f"/clues/{number}/do/referral/decline/" in text
    assert complaints(text) == []


def test_late_referral_is_red(workbench: Workbench) -> None:
    workbench.walk(*PROPOSED)
    workbench.clock.pass_(days=5)

    text = workbench.at("principal").get("/approvals").text

    assert "逾期" in text


def test_screening_figures_stand_beside_the_decision(workbench: Workbench) -> None:
    workbench.story.walk(*IN_CASE)
    workbench.story.does(
        "case.record_facts", quantities={"sales_amount": "62000"}, screened=["fake_goods"]
    )
    number = workbench.walk("refer")

    text = workbench.at("principal").get("/approvals").text

    assert "销售金额62,000元（起点50,000元）" in text
    assert f"/screening/{number}" in text


def test_head_decides_what_was_verified(workbench: Workbench) -> None:
    number = workbench.walk(*CONCLUDED)

    text = workbench.at("head").get("/approvals").text

    assert f"/clues/{number}/do/clue/file_case" in text
    assert f"/clues/{number}/do/clue/dismiss" in text


def test_principal_is_asked_to_discuss_a_heavy_penalty(workbench: Workbench) -> None:
    workbench.story.walk(*REVIEWED)
    workbench.story.does("case.notice", notice_right="hearing")
    workbench.story.waits(days=8)
    number = workbench.walk()

    before = workbench.at("principal").get("/approvals").text
    workbench.walk("case.discuss")
    after = workbench.at("principal").get("/approvals").text

    assert f"/clues/{number}/do/case/discuss/" in before
    assert number not in after


def test_queues_of_other_departments_are_empty(workbench: Workbench) -> None:
    number = workbench.walk(*PROPOSED)

    for chair, path in (("health_head", "/approvals"), ("health_legal", "/review")):
        text = workbench.at(chair).get(path).text
        assert number not in text
        assert 'class="empty"' in text


def test_what_is_due_first_is_on_top(workbench: Workbench) -> None:
    early = workbench.walk(*PROPOSED)
    workbench.story.waits(days=1)
    late = workbench.walk(*PROPOSED)

    text = workbench.at("principal").get("/approvals").text

    assert text.index(early) < text.index(late)
    assert "共2件" in text


def test_a_circular_that_waits_for_the_head_is_among_the_approvals(workbench: Workbench) -> None:
    CircularStory(workbench.office).does("circular.draft")
    head = workbench.at("head")

    text = head.get("/approvals").text

    assert "待审批的通报、检查等事项" in text
    assert "共1件" in text
    assert "/undertakings/TB2026000001/do/circular/issue" in text
    assert 'class="empty"' not in text
    assert "TB2026000001" not in head.get("/approvals?kind=case").text
    assert "TB2026000001" not in workbench.at("health_head").get("/approvals").text
    assert complaints(text) == []
