"""The three warnings: who is behind each number, and who is not."""

from collections.abc import Mapping

from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from flows.watch.crime_warnings import KINDS, Warned, Warnings
from tests.helpers.people import actor
from tests.helpers.story import APPROVED, CONCLUDED, IN_CASE, Story

CRIME: dict[str, object] = {
    "quantities": {"sales_amount": "86000"},
    "screened": ["fake_goods"],
}
"""Sales above the threshold of 50,000 yuan."""


def found(story: Story, chair: str = "supervisor") -> Mapping[str, tuple[Warned, ...]]:
    with reading(story.office.engine) as session:
        found = Warnings(session, Viewer(story.office, actor(chair), story.now))
        told = {one.id: found.of(one.id) for one in KINDS}
        assert {kind: len(rows) for kind, rows in told.items()} == {
            one.id: found.count(one.id) for one in KINDS
        }
        return told


def counts(story: Story, chair: str = "supervisor") -> tuple[int, int, int]:
    told = found(story, chair)
    return len(told["unreferred"]), len(told["untaken"]), len(told["fined"])


def _threshold_met(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.record_facts", **CRIME)


def _reviewed(story: Story) -> None:
    _threshold_met(story)
    story.walk("case.report", "case.send_for_review", "case.pass_review")


def test_an_ordinary_case_warns_of_nothing(story: Story) -> None:
    story.walk(*IN_CASE, "case.record_facts")

    assert counts(story) == (0, 0, 0)


def test_a_threshold_met_without_a_referral_is_a_case_not_referred(any_office: Office) -> None:
    story = Story(any_office)
    _threshold_met(story)
    story.waits(days=3)

    [one] = found(story)["unreferred"]

    assert counts(story) == (1, 0, 0)
    assert one.clue.id == story.clue
    assert one.reasons[0] == "没有提出移送"
    assert "86000" in one.reasons[1].replace(",", "")
    assert one.days == 3


def test_a_crime_found_by_verification_and_not_referred_warns_too(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*CONCLUDED[:-1])
    story.does("conclude", finding="criminal")

    [one] = found(story)["unreferred"]

    assert one.reasons == ("核查结论为涉嫌犯罪，没有提出移送",)


def test_a_finding_that_was_changed_or_revoked_stays_before_the_supervisor(story: Story) -> None:
    _threshold_met(story)
    lowered = {**CRIME, "quantities": {"sales_amount": "8600"}}
    grounds = {"lowering_reason": "计入了退货", "lowering_evidence": "退货单12份"}
    story.does("case.record_facts", **lowered, **grounds)
    [one] = found(story)["unreferred"]
    assert one.reasons[0] == "没有提出移送" and "曾达到标准，后更正" in one.reasons[1]

    story.does("crime_revocation.revoke")

    [one] = found(story)["unreferred"]
    assert "撤销涉嫌犯罪认定：原登记计入了退货" in one.reasons[0]


def test_a_referral_under_way_in_time_warns_of_nothing(story: Story) -> None:
    _threshold_met(story)
    story.does("refer")

    assert counts(story) == (0, 0, 0)


def test_an_approval_that_is_overdue_is_a_case_not_referred(story: Story) -> None:
    _threshold_met(story)
    story.does("refer")
    story.waits(days=6)

    [one] = found(story)["unreferred"]

    assert one.reasons[0].startswith("移送审批已逾期")
    assert "主要负责人" in one.awaited


def test_a_limit_of_hours_that_ran_out_today_is_late_without_a_figure_of_days(story: Story) -> None:
    story.walk(*APPROVED)
    story.waits(hours=25)

    [one] = found(story)["unreferred"]

    assert one.reasons[0] == "批准后移送公安已逾期"


def test_a_delivered_referral_without_a_receipt_is_hard_to_hand_over(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*APPROVED, "referral.deliver")
    assert counts(story) == (0, 0, 0)

    story.waits(days=5)

    [one] = found(story)["untaken"]
    assert one.reasons[0].startswith("公安机关签收回执已逾期")


def test_police_that_do_not_decide_in_time_are_told_of(story: Story) -> None:
    story.walk(*APPROVED, "referral.deliver", "referral.receipt")
    story.waits(days=10)

    [one] = found(story)["untaken"]

    assert one.reasons[0].startswith("公安立案审查已逾期")


def test_a_refusal_is_told_with_its_ground_until_the_referral_ends(story: Story) -> None:
    story.walk(*APPROVED, "referral.deliver", "referral.receipt")
    story.does("referral.refuse", refusal_ground="情节显著轻微")
    [one] = found(story)["untaken"]
    assert one.reasons[0] == "公安机关不予立案：情节显著轻微"

    story.does("referral.close")

    assert counts(story) == (0, 0, 0)


def test_a_filed_referral_warns_of_nothing(story: Story) -> None:
    _threshold_met(story)
    story.walk("refer", "referral.approve", "referral.deliver", "referral.receipt", "referral.file")

    assert counts(story) == (0, 0, 0)


def test_a_fine_after_the_principal_declined_is_a_fine_instead_of_a_referral(
    any_office: Office,
) -> None:
    story = Story(any_office)
    _reviewed(story)
    story.does("refer")
    story.does("referral.decline")
    assert counts(story) == (1, 0, 0)

    story.does("case.notice", planned_fine="50000")
    story.waits(days=10)
    story.does("case.decide", fine="50000")

    [one] = found(story)["fined"]
    assert counts(story) == (0, 0, 1)
    assert one.reasons[:2] == ("罚款50,000元", "主要负责人决定不批准移送")


def test_any_penalty_instead_of_a_referral_warns_as_a_fine_does(story: Story) -> None:
    _reviewed(story)
    story.walk("refer", "referral.decline")
    story.does("case.notice", planned_kinds=["warning"], planned_fine=None)
    story.waits(days=10)
    story.does("case.decide", penalty_kinds=["warning"], fine=None, publish="exempt")

    [one] = found(story)["fined"]

    assert one.reasons[0] == "已作出处罚：警告"


def test_a_fine_after_the_police_refused_is_lawful(story: Story) -> None:
    _reviewed(story)
    story.walk("refer", "referral.approve", "referral.deliver", "referral.receipt")
    story.walk("referral.refuse", "referral.close")
    story.walk("case.report", "case.send_for_review", "case.pass_review", "case.notice")
    story.waits(days=10)
    story.does("case.decide")

    assert counts(story) == (0, 0, 0)


def test_a_head_sees_the_warnings_of_his_own_department(story: Story) -> None:
    _threshold_met(story)

    assert counts(story, "head") == (1, 0, 0)
    assert counts(story, "health_head") == (0, 0, 0)
