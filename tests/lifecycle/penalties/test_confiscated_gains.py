"""Confiscated gains are owed, chased and enforced like the fine; a fine may be put off."""

from datetime import date

from domain.tables.process import Process
from flows.site.store import transaction
from tests.helpers.story import REVIEWED, Story

GAINS = {"planned_kinds": ["illegal_gains"], "planned_fine": None, "planned_confiscated": "80000"}
BOTH = {"planned_kinds": ["fine", "illegal_gains"], "planned_confiscated": "80000"}


def _served(story: Story, planned: dict[str, object]) -> None:
    """Decided as told and served on 11 May: due on 26 May."""
    decided = {
        "penalty_kinds": planned.get("planned_kinds", ["fine"]),
        "fine": planned.get("planned_fine", "10000"),
        "confiscated": planned.get("planned_confiscated"),
    }
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="statement", **planned)
    story.does("case.record_statement", hearing_waived=True)
    story.does("case.decide", **decided)
    story.does("case.serve")


def _plan(*parts: tuple[str, str]) -> dict[str, object]:
    rows = [{"due_on": day, "amount": amount} for day, amount in parts]
    return {"payment_plan": rows, "paid_until": parts[-1][0]}


def test_gains_alone_are_owed_and_paid_like_a_fine(story: Story) -> None:
    """处罚法第二十八条第二款、第七十四条第二款: unpaid gains are not 执行完毕."""
    _served(story, GAINS)

    assert story.due("cx72") == "2026-05-26T23:59"
    assert "尚有80,000.00元未缴纳" in story.refused("case.enforce")
    story.does("case.pay", paid="80000")
    assert story.does("case.enforce").state == "enforced"


def test_a_paid_fine_does_not_settle_the_gains(story: Story) -> None:
    _served(story, BOTH)

    assert "应缴余额为90,000.00元" in story.refused("case.pay", paid="10000")
    story.does("case.pay_part", paid="10000")

    assert "尚有80,000.00元未缴纳" in story.refused("case.enforce")


def test_late_gains_grow_no_surcharge_a_late_fine_does(story: Story) -> None:
    """处罚法第七十二条第一款第（一）项 speaks of the fine only."""
    _served(story, BOTH)
    story.waits_until("2026-05-28T10:00")

    assert "应缴余额为90,600.00元" in story.refused("case.pay", paid="1")


def test_the_demand_and_the_application_name_the_gains(story: Story) -> None:
    _served(story, GAINS)
    story.waits_until("2026-05-27T10:00")
    story.does("case.urge_payment")
    assert "没收违法所得：80,000.00元" in story.text("demand_notice")
    assert "应缴合计：80,000.00元" in story.text("demand_notice")

    story.waits(days=200)
    story.does("case.apply_for_enforcement")

    text = story.text("enforcement_application")
    assert "没收违法所得80,000.00元" in text
    assert text.startswith("示例市市场监督管理局")
    assert "示例市示例区人民法院：" in text


def test_confiscated_goods_are_in_hand_before_the_case_counts_as_enforced(story: Story) -> None:
    goods = {"planned_kinds": ["fine", "illegal_goods"], "planned_goods_value": "500"}
    story.walk(*REVIEWED)
    for said in (None, "没收涉案物品", "同时责令改正违法行为"):
        assert "没收哪些财物" in story.refused("case.notice", **goods, planned_penalty=said)
    story.does("case.notice", **goods, planned_penalty="没收过期奶粉36罐")
    story.does("case.record_statement")
    decided = {"penalty_kinds": goods["planned_kinds"], "goods_value": "500"}
    assert "没收哪些财物" in story.refused("case.decide", **decided)
    more = story.refused("case.decide", **decided, penalty="没收过期奶粉36罐、冷藏车一辆")
    assert "冷藏车一辆" in more and "告知书没有写" in more
    story.does("case.decide", **decided, penalty="没收过期奶粉36罐")
    assert "没收过期奶粉36罐" in story.text("penalty_decision")
    story.walk("case.serve", "case.pay")

    assert "请确认「没收的财物已经收缴」" in story.refused("case.enforce")
    assert story.does("case.enforce", goods_taken=True).state == "enforced"


def test_a_fine_put_off_grows_no_surcharge_before_its_days(story: Story) -> None:
    """处罚法第六十六条第二款: what is not due yet grows nothing; what falls late does."""
    _served(story, {})
    parts = (("2026-06-30", "4000"), ("2026-07-31", "6000"))
    story.does("case.put_off_payment", **_plan(*parts))

    assert story.due("cf66") == "2026-07-31T23:59"
    assert "cx72" not in story.open_rules()
    text = story.text("put_off_notice")
    assert "2026年6月30日" in text and "4,000.00" in text
    assert "未到期的部分不加处罚款" in text
    story.waits_until("2026-06-29T10:00")
    assert "应缴余额为10,000.00元" in story.refused("case.pay", paid="1")
    story.waits_until("2026-07-02T10:00")
    assert "应缴余额为10,240.00元" in story.refused("case.pay", paid="1")


def test_parts_paid_in_time_settle_the_fine_without_surcharge(story: Story) -> None:
    _served(story, {})
    parts = (("2026-06-30", "4000"), ("2026-07-31", "6000"))
    story.does("case.put_off_payment", **_plan(*parts))
    story.waits_until("2026-06-30T10:00")
    story.does("case.pay_part", paid="4000")
    story.waits_until("2026-07-31T10:00")
    assert "缴款期限尚未届满" in story.refused("case.urge_payment")

    story.does("case.pay", paid="6000")

    assert story.does("case.enforce").state == "enforced"


def test_surcharge_grown_before_the_plan_stays_owed(story: Story) -> None:
    _served(story, {})
    story.waits_until("2026-05-28T10:00")
    story.does("case.put_off_payment", **_plan(("2026-06-30", "10000")))

    assert "600.00元仍应缴纳" in story.text("put_off_notice")
    assert "应缴余额为10,600.00元" in story.refused("case.pay", paid="1")


def test_a_plan_comes_to_the_unpaid_fine_on_days_ahead(story: Story) -> None:
    _served(story, {})

    reasons = story.refused(
        "case.put_off_payment", **_plan(("2026-05-01", "4000"), ("2026-07-31", "5000"))
    )
    assert "各期到期日应当在今天之后" in reasons
    assert "合计等于未缴罚款10,000.00元，现为9,000.00元" in reasons
    unlike = {**_plan(("2026-07-31", "10000")), "paid_until": date(2026, 8, 31).isoformat()}
    assert "最后一期到期日应当与计划一致" in story.refused("case.put_off_payment", **unlike)


def test_gains_cannot_be_put_off(story: Story) -> None:
    _served(story, GAINS)

    reasons = story.refused("case.put_off_payment", **_plan(("2026-07-31", "80000")))

    assert "没收违法所得不能延期、分期缴纳" in reasons
    assert "第六十六条第二款" in reasons


def test_a_case_left_served_by_an_older_version_with_unpaid_gains_is_paid_first(
    story: Story,
) -> None:
    """There 登记缴清 took the fine alone for everything; the way on is to pay the rest."""
    _served(story, BOTH)
    story.does("case.pay_part", paid="10000")
    with transaction(story.office.engine) as session:
        row = session.get_one(Process, story.processes("case")[-1].id)
        row.facts = {**row.facts, "paid_up": True}
        session.add(row)

    assert "尚有80,000.00元未缴纳" in story.refused("case.enforce")
    story.does("case.pay", paid="80000")
    assert story.does("case.enforce").state == "enforced"
