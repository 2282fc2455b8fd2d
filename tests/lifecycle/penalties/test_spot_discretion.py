"""裁量基准 on the spot: the same degrees; outside of them a reason, and the head's look at it.

处罚法34 (standards), 51 (certain facts, small fines), 52 (filed with the organ), 57(2) (discussion
of what is complex or grave, in the ordinary procedure), 75(2) (the organ puts errors right).
"""

import pytest

from tests.helpers.no_crime import no_crime
from tests.helpers.story import Story

LIGHT = {"discretion_degree": "inferior_inputs.light"}
REASON = {"off_degree_reason": "当事人为残疾人，已经主动召回"}


def sold(story: Story, sales: str | None = "300") -> dict[str, object]:
    """Bad seed sold by a shop, in which nothing is criminal."""
    answers = no_crime(story.office, "agricultural_inputs")
    figures = {"sales_amount": sales} if sales else None
    return {"offender": "unit", "quantities": figures, "answers": answers}


@pytest.fixture
def accepted(story: Story) -> Story:
    """A clue that two officers look into, standing before the shop."""
    story.does("register")
    story.does("dispatch", matter="agricultural_inputs")
    story.does("accept")
    return story


def test_a_penalty_on_the_spot_names_its_degree_and_keeps_to_it(accepted: Story) -> None:
    assert "请选择裁量档次" in accepted.refused("penalise_on_spot", **sold(accepted))
    told = accepted.refused("penalise_on_spot", **sold(accepted), **LIGHT, fine="400")
    assert "罚款400.00元不在「从轻」的幅度内（150.00元以上300.00元以下）" in told
    assert "由机关负责人在结案前核对" in told
    assert "集体讨论" not in told
    unmeasured = sold(accepted, sales=None)
    assert "请填写「涉案数额」" in accepted.refused("penalise_on_spot", **unmeasured, **LIGHT)

    accepted.does("penalise_on_spot", **sold(accepted), **LIGHT)

    assert "本机关裁量基准的档次：销售不合格农业投入品：从轻" in accepted.text("spot_decision")
    assert "不需要核对" in accepted.refused("spot_penalty.check_discretion")
    accepted.walk("spot_penalty.file_record", "spot_penalty.pay", "spot_penalty.close")


def test_outside_of_its_degree_it_states_why_and_its_head_finds_it_right(accepted: Story) -> None:
    accepted.does("penalise_on_spot", **sold(accepted), **LIGHT, **REASON, fine="100")
    assert "当事人为残疾人，已经主动召回" in accepted.text("spot_decision")
    accepted.does("spot_penalty.file_record")
    accepted.does("spot_penalty.pay", paid="100")

    assert "请机关负责人先办理「核对超出裁量基准的当场处罚」" in accepted.refused(
        "spot_penalty.close"
    )
    accepted.does("spot_penalty.check_discretion")
    assert "已经核对" in accepted.refused("spot_penalty.check_discretion")
    accepted.walk("spot_penalty.close", "close")
    assert accepted.state() == "closed"
    accepted.does("spot_penalty.revoke_decision")
    assert (accepted.state(), accepted.state("spot_penalty")) == ("on_spot", "revoked")


def test_what_its_head_finds_wrong_he_revokes_and_what_was_paid_goes_back(
    accepted: Story,
) -> None:
    accepted.does("penalise_on_spot", **sold(accepted), **REASON, fine="100")
    accepted.does("spot_penalty.pay", paid="100")
    accepted.walk("spot_penalty.file_record", "spot_penalty.revoke_decision")

    assert "中华人民共和国行政处罚法》第七十五条" in accepted.text("revocation_decision")
    assert accepted.papers("spot_decision")[0].number in accepted.text("revocation_decision")
    assert "尚有100.00元" in accepted.refused("spot_penalty.close")
    accepted.does("spot_penalty.return_payment", returned="100")
    accepted.walk("spot_penalty.close", "close")
    assert accepted.open_rules() <= {"sd12_do"}

    accepted.does("reopen")
    accepted.walk("verify", "conclude")
    assert accepted.does("file_case").state == "in_case"


def test_what_was_revoked_before_it_was_filed_is_filed_and_its_cash_is_banked(
    accepted: Story,
) -> None:
    """处罚法52, 71: a revocation ends neither duty, and no clock of theirs is left to nobody."""
    cash = {"pay_by": "cash", "cash_ground": "small", "receipt_no": "SLFK0001", "fine": "100"}
    accepted.does("penalise_on_spot", **sold(accepted), **REASON, **cash)
    accepted.does("spot_penalty.revoke_decision")
    assert {"cx70", "cf71"} <= accepted.open_rules()

    accepted.walk("spot_penalty.hand_in", "spot_penalty.bank", "spot_penalty.file_record")
    accepted.does("spot_penalty.return_payment", returned="100")
    accepted.walk("spot_penalty.close", "close")

    assert accepted.open_rules() <= {"sd12_do"}
