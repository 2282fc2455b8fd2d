"""行政处罚法第七十五条第二款: what is wrong in a decision on the spot is put right by its organ.

A slip is corrected, a fine that is too high is lowered; only what is heavier is revoked first.
"""

import pytest

from tests.helpers.story import ACCEPTED, Story

PUNISHED = (*ACCEPTED, "penalise_on_spot", "spot_penalty.file_record")


def test_a_fine_on_the_spot_is_lowered_and_due_anew_from_the_service(story: Story) -> None:
    story.walk(*PUNISHED)
    before = story.due("cx72")
    story.waits(days=10)

    story.does("spot_penalty.amend_decision")

    told = story.text("amendment_decision")
    assert story.papers("spot_decision")[-1].number in told
    assert "壹佰元整" in told
    assert "应当先自收到本决定书之日起六十日内" in told
    assert "六个月" not in told
    assert not story.open_rules() & {"cx72", "fy20", "cx76_court"}
    assert "变更决定书尚未送达" in story.refused("spot_penalty.close")

    story.does("spot_penalty.serve")

    assert story.due("cx72") > before
    assert {"fy20", "cx76_court"} <= story.open_rules()
    assert "cf61" not in story.open_rules()
    assert "应缴余额为100.00元" in story.refused("spot_penalty.pay")
    story.does("spot_penalty.pay", paid="100")
    assert story.does("spot_penalty.close").state == "closed"


def test_a_fine_is_lowered_again_before_the_first_change_is_served(story: Story) -> None:
    """行政处罚法第七十五条第二款: the second change is served in its own seven days."""
    story.walk(*PUNISHED, "spot_penalty.amend_decision")
    before = story.due("cf61")
    story.waits(days=3)

    story.does("spot_penalty.amend_decision", fine="50")

    assert story.due("cf61") > before
    story.does("spot_penalty.serve")
    assert "应缴余额为50.00元" in story.refused("spot_penalty.pay")


def test_what_was_paid_beyond_the_lowered_fine_goes_back_after_the_end(story: Story) -> None:
    story.walk(*PUNISHED, "spot_penalty.pay", "spot_penalty.close", "close")

    story.does("spot_penalty.amend_decision")

    assert (story.state(), story.state("spot_penalty")) == ("on_spot", "decided")
    story.does("spot_penalty.serve")
    assert "100.00元应当退还" in story.refused("spot_penalty.close")
    story.does("spot_penalty.return_payment", returned="100")
    story.walk("spot_penalty.close", "close")
    assert story.state() == "closed"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"fine": "300"}, "罚款数额300.00元，原决定是200.00元"),
        ({"penalty_kinds": ["warning"], "fine": "100"}, "应当选择「罚款」"),
        (
            {"penalty_kinds": ["warning", "illegal_goods"], "fine": None, "goods_value": None},
            "原决定没有没收非法财物",
        ),
    ],
)
def test_nothing_heavier_takes_the_place_of_it(
    story: Story, form: dict[str, object], told: str
) -> None:
    story.walk(*PUNISHED)

    refusal = story.refused("spot_penalty.amend_decision", **form)

    assert told in refusal
    if "原决定" in told:
        assert "「自行撤销当场处罚决定」" in refusal


def test_the_party_turns_to_review_first_after_an_amendment_too(story: Story) -> None:
    """行政复议法23①(一): it stays what was decided on the spot."""
    story.walk(*PUNISHED, "spot_penalty.amend_decision", "spot_penalty.serve")

    assert "应当先申请行政复议" in story.refused("remedy.register_suit")
    story.walk("remedy.register_review", "remedy.answer")
    assert story.papers("amendment_decision")[-1].number in story.text("review_answer")
    story.does("remedy.conclude_review", outcome="revoked")
    assert story.state("spot_penalty") == "revoked"


def test_no_surcharge_grows_before_the_amendment_is_served(story: Story) -> None:
    story.walk(*PUNISHED)
    story.waits(days=20)
    assert "应缴余额为2" in story.refused("spot_penalty.pay", paid="1")

    story.does("spot_penalty.amend_decision")
    story.waits(days=5)

    assert "应缴余额为100.00元" in story.refused("spot_penalty.pay", paid="1")
    assert "没有未缴的罚没款" in story.refused("spot_penalty.urge_payment")


def test_a_slip_is_corrected_and_its_notice_served(story: Story) -> None:
    story.walk(*PUNISHED)

    story.does("spot_penalty.correct_decision")

    told = story.text("correction_notice")
    assert story.papers("spot_decision")[-1].number in told
    assert "海滨路21号" in told
    paper = story.papers("correction_notice")[-1]
    story.does("service.record", paper=paper.id)
    assert "补正（更正）通知书" in story.text("service_receipt")
    assert story.state("spot_penalty") == "decided"


@pytest.mark.parametrize(
    ("wrong", "right", "touched"),
    [
        ("罚款贰佰元整（200.00元）", "罚款叁佰元整（300.00元）", "处罚数额"),
        ("价格法第四十二条", "价格法第十三条", "处罚依据"),
        ("警告", "罚款", "处罚种类"),
    ],
)
def test_a_correction_leaves_the_penalty_as_it_is(
    story: Story, wrong: str, right: str, touched: str
) -> None:
    story.walk(*PUNISHED)

    told = story.refused("spot_penalty.correct_decision", wrong_text=wrong, right_text=right)

    assert touched in told
    assert "「自行变更当场处罚决定」" in told
    assert "「自行撤销当场处罚决定」" in told


def test_the_notice_of_a_plan_is_served_beside_and_a_demand_by_its_own_act(story: Story) -> None:
    """行政强制法54: ten working days run from the service of a demand; a plan has no such limit."""
    story.walk(*PUNISHED, "spot_penalty.put_off_payment")
    story.does("service.record", paper=story.papers("put_off_notice")[-1].id)
    assert "准予延期（分期）缴纳罚款通知书" in story.text("service_receipt")

    story.waits(days=60)
    story.does("spot_penalty.urge_payment", demand_served_on=None, recipient=None)
    demand = story.papers("demand_notice")[-1].id
    assert "「登记催告书送达」" in story.refused("service.record", paper=demand)


def test_only_what_amends_is_served_once_more(story: Story) -> None:
    story.walk(*PUNISHED)
    assert "已经当场交付" in story.refused("spot_penalty.serve")
    story.walk("spot_penalty.amend_decision", "spot_penalty.serve")
    assert "不必再登记" in story.refused("spot_penalty.serve")
