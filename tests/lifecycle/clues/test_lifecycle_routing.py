"""Finding the right department: returns, disputes, transfers, and an end to being passed round."""

from dataclasses import replace

from tests.helpers.story import ACCEPTED, Story


def _without_a_limit_of_its_own(story: Story) -> None:
    """The office in a region that has no limit for returning."""
    region = story.office.region.model_copy(update={"return_clock": None})
    story.office = replace(story.office, region=region)


def test_a_return_names_reason_ground_and_the_competent_department(story: Story) -> None:
    story.walk("register", "dispatch")

    story.does("return")

    text = story.text("return_letter")
    assert "现场为无照餐饮摊点" in text
    assert "示例市城市管理" in text
    assert "职责分工清单第12项" in text
    assert story.state() == "registered"
    assert story.row().department_id == "shili-hotline"
    assert story.state("transfer") == "returned"
    assert story.open_rules() == {"triage", "sd12_do"}
    assert story.told("clue.return") >= {("shili-hotline", None), ("shili-justice", "supervisor")}


def test_a_return_without_reasons_lists_everything_that_is_missing(story: Story) -> None:
    story.walk("register", "dispatch")

    reasons = story.refused("return", reason=None, competent=None, legal_ground=None)

    assert len(reasons.splitlines()) == 3
    assert all(name in reasons for name in ("退回理由", "建议主办部门", "退回依据"))


def test_nobody_proposes_himself(story: Story) -> None:
    story.walk("register", "dispatch")

    assert "不能是本部门" in story.refused("return", competent="shili-market")


def test_a_clue_is_not_returned_after_the_limit(story: Story) -> None:
    """本级约定: a region without a limit of its own for returning has that of signing for."""
    _without_a_limit_of_its_own(story)
    story.walk("register", "dispatch")
    story.waits_until("2026-05-13T08:30")

    assert "已超过退回期限（2026年5月12日" in story.refused("return")


def test_a_limit_whose_text_nobody_saw_refuses_no_return(story: Story) -> None:
    """山东热线退单 is known at second hand: its clock shows 待法制核对 and turns nobody away."""
    story.walk("register", "dispatch")
    assert story.due("sd12_return")[:10] == "2026-05-13"
    basis = next(iter(story.office.rules.deadlines["sd12_return"].values.values())).basis
    assert "待法制核对" in story.office.rules.cite(basis)
    story.waits_until("2026-05-14T08:30")

    assert story.does("return").state == "registered"


def test_a_clue_is_returned_on_the_last_day(story: Story) -> None:
    story.walk("register", "dispatch")
    story.waits_until("2026-05-13T20:00")

    assert story.does("return").state == "registered"


def test_a_clue_does_not_go_straight_back_to_who_returned_it(story: Story) -> None:
    story.walk("register", "dispatch", "return")

    assert "刚刚退回" in story.refused("dispatch")
    assert story.does("dispatch", lead="shili-urban").state == "dispatched"


def test_at_the_third_hop_a_department_disputes_instead_of_returning(story: Story) -> None:
    story.walk("register", "dispatch", "return")
    story.does("dispatch", lead="shili-urban")
    story.does("return", by="urban", competent="shili-market")
    story.does("dispatch", lead="shili-health")

    assert "第3次转办" in story.refused("return", by="health")
    assert story.does("dispute", by="health", opponent="shili-urban").state == "disputed"


def test_the_desk_takes_a_clue_back_before_it_is_signed_for(story: Story) -> None:
    story.walk("register", "dispatch", "withdraw")

    assert story.state("transfer") == "withdrawn"
    assert story.open_rules() == {"triage", "sd12_do"}
    assert story.told("clue.withdraw") == {("shili-market", "handler")}


def test_a_signed_clue_is_not_taken_back(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "当前状态为「已签收」" in story.refused("withdraw")


def test_silence_counts_as_signing_only_after_the_limit(story: Story) -> None:
    story.walk("register", "dispatch")
    assert "签收期限尚未届满" in story.refused("deem_accepted")

    story.waits_until("2026-05-13T00:30")
    story.does("deem_accepted")

    assert story.state("transfer") == "deemed_signed"
    assert story.due("cx18") == "2026-06-01T23:59"
    assert ("shili-justice", "supervisor") in story.told("clue.deem_accepted")


def test_nobody_but_the_program_deems_a_clue_signed(story: Story) -> None:
    story.walk("register", "dispatch")
    story.waits_until("2026-05-13T00:30")

    assert "只能由系统操作" in story.refused("deem_accepted", by="desk")


def test_a_dispute_is_settled_by_agreement_and_binds(story: Story) -> None:
    story.walk("register", "dispatch", "dispute")
    assert "占道经营" in story.text("dispute_letter")
    assert story.due("dispute_talks") == "2026-05-18T23:59"

    story.does("dispute.agree", by="urban_head")

    assert (story.state(), story.state("dispute")) == ("dispatched", "agreed")
    assert story.row().department_id == "shili-urban"
    assert "指定（商定）管辖" in story.refused("return", by="urban", competent="shili-market")
    assert "指定（商定）管辖" in story.refused("dispute", by="urban", opponent="shili-market")
    assert "指定（商定）管辖" in story.refused("withdraw", by="urban")
    assert ("shili-staffing", "arbiter") in story.told("dispute.agree")


def test_parties_agree_on_one_of_themselves(story: Story) -> None:
    story.walk("register", "dispatch", "dispute")

    assert "争议双方之一" in story.refused("dispute.agree", lead="shili-health")


def test_nobody_agrees_a_clue_onto_the_other_side(story: Story) -> None:
    story.walk("register", "dispatch", "dispute")

    assert "承接的一方" in story.refused("dispute.agree", by="head", lead="shili-urban")


def test_a_stranger_does_not_settle_a_dispute(story: Story) -> None:
    story.walk("register", "dispatch", "dispute")

    assert "您所在部门不是" in story.refused("dispute.agree", by="health")


def test_what_was_transferred_in_is_not_transferred_on(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("transfer_on")
    assert story.state("verification") == "abandoned"
    assert "经查属占道经营" in story.text("transfer_letter")
    assert "cx18" not in story.open_rules()

    story.does("accept", by="urban")

    reasons = story.refused("transfer_on", by="urban_head", lead="shili-health")
    assert "报请共同的上一级机关指定" in reasons


def test_only_the_head_transfers_a_clue_on(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "只能由机关负责人操作" in story.refused("transfer_on", by="handler")


def test_every_reason_is_named_at_once(story: Story) -> None:
    _without_a_limit_of_its_own(story)
    story.walk("register", "dispatch")
    story.waits(days=10)

    reasons = story.refused("return", by="legal", competent="shili-market", reason=None)

    assert "只能由" in reasons
    assert "已超过退回期限" in reasons
    assert "退回理由" in reasons
