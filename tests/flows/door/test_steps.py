"""What one step leaves behind: numbers, bytes, events, messages and work for the flows."""

import hashlib
from datetime import datetime

import pytest
from sqlmodel import Session, col, select

from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA
from domain.tables.record import Event, IssuedDocument
from domain.tables.work import FollowUp, InboxMessage
from flows.door.steps import Command, perform, perform_in
from flows.site.office import Office
from flows.site.store import transaction
from tests.helpers.filled_forms import filled
from tests.helpers.office import snapshot
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, CONCLUDED, REVIEWED, Story


def _numbers(office: Office, kind: str) -> list[str | None]:
    with Session(office.engine) as session:
        query = select(IssuedDocument.number).where(col(IssuedDocument.kind) == kind)
        return list(session.exec(query.order_by(col(IssuedDocument.id))))


def test_numbers_run_one_two_three(office: Office) -> None:
    story = Story(office)
    for _ in range(3):
        story.walk("register", "dispatch")

    assert _numbers(office, "dispatch_slip") == [f"示热线转〔2026〕{n}号" for n in (1, 2, 3)]


def test_every_organ_and_series_counts_for_itself(office: Office) -> None:
    story = Story(office)
    story.walk("register", "dispatch", "return")
    story.does("dispatch", lead="shili-urban")
    story.does("return", by="urban", competent="shili-health")

    assert _numbers(office, "dispatch_slip") == ["示热线转〔2026〕1号", "示热线转〔2026〕2号"]
    market, urban = _numbers(office, "return_letter")
    assert (market, urban) == (
        "示市监退〔2026〕1号",
        f"{str(urban).partition('退')[0]}退〔2026〕1号",
    )
    assert market != urban


def test_numbers_begin_anew_with_the_year(office: Office) -> None:
    story = Story(office, now=datetime(2026, 12, 31, 14, 0, tzinfo=CHINA))
    story.walk("register", "dispatch")
    story.waits_until("2027-01-04T08:00")
    story.walk("register", "dispatch")

    assert _numbers(office, "dispatch_slip") == ["示热线转〔2026〕1号", "示热线转〔2027〕1号"]
    assert story.row().no == "XS2027000001"


def test_the_year_of_a_number_is_chinas(office: Office) -> None:
    """At half past midnight in China it is still last year in Greenwich."""
    story = Story(office, now=datetime(2026, 12, 31, 23, 30, tzinfo=CHINA))

    story.walk("register", "dispatch")

    assert story.row().no == "XS2027000001"
    assert _numbers(office, "dispatch_slip") == ["示热线转〔2027〕1号"]


def test_a_refused_step_uses_up_no_number(office: Office) -> None:
    story = Story(office)
    story.walk(*CONCLUDED, "refer")
    story.refused("referral.approve", lead_officer="niemand")

    story.does("referral.approve")

    assert _numbers(office, "crime_transfer") == ["示市监涉罪移〔2026〕1号"]


def test_the_bytes_on_the_shelf_are_the_ones_on_record(story: Story) -> None:
    story.walk(*APPROVED)

    for paper in story.papers():
        content = story.office.shelf.get(paper.sha256)
        assert hashlib.sha256(content).hexdigest() == paper.sha256
        assert content[:2] == b"PK"
        assert paper.facts
        assert len(paper.template_sha256) == 64


def test_the_event_names_form_basis_clocks_and_documents(story: Story) -> None:
    story.walk("register", "dispatch")

    with Session(story.office.engine) as session:
        event = session.exec(select(Event).where(col(Event.action) == "dispatch")).one()
    slip = story.papers("dispatch_slip")[0]
    assert event.actor_id == "desk"
    assert event.detail["form"]["lead"] == "shili-market"
    assert event.detail["basis"] == ["gb-10", "sdyj-13", "wh-16"]
    assert event.detail["stopped"] == ["triage"]
    assert [one.split()[0] for one in event.detail["opened"]] == ["sign_for", "sd12_return"]
    assert event.detail["documents"] == [
        {"title": slip.title, "number": slip.number, "sha256": slip.sha256}
    ]


def test_messages_say_who_did_what_to_which_clue(story: Story) -> None:
    story.walk("register", "dispatch")

    with Session(story.office.engine) as session:
        message = session.exec(
            select(InboxMessage).where(col(InboxMessage.kind) == "clue.dispatch")
        ).one()
    for word in ("热小线", "分办转办", "XS2026000001", "《线索转办单》示热线转〔2026〕1号"):
        assert word in message.body
    assert message.created_at == story.now


def test_work_for_later_waits_until_its_limit(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")

    with Session(story.office.engine) as session:
        chase = session.exec(select(FollowUp).where(col(FollowUp.task) == "chase_payment")).one()
    assert chase.not_before == story.running("cx72").due_at
    assert chase.clue_no == "XS2026000001"


def test_work_for_now_is_due_at_once(story: Story) -> None:
    story.walk("register", "dispatch")

    with Session(story.office.engine) as session:
        found = session.exec(select(FollowUp)).all()
    assert {one.not_before for one in found} == {story.now}


def test_every_step_raises_the_version(story: Story) -> None:
    story.does("register")
    seen = [story.row().version]
    for action in ("dispatch", "accept", "verify"):
        story.does(action)
        seen.append(story.row().version)

    assert seen == [1, 2, 3, 4]


def test_many_rows_in_one_transaction_come_all_or_not_at_all(office: Office) -> None:
    now = Story(office).now
    before = snapshot(office)
    good = Command("register", form=filled("clue", "register", now))
    bad = Command("register", form={**good.form, "title": ""})

    with pytest.raises(Refused), transaction(office.engine) as session:
        perform_in(session, office, good, actor("desk"), now)
        perform_in(session, office, bad, actor("desk"), now)

    assert snapshot(office) == before


def test_many_rows_in_one_transaction_are_numbered_in_order(office: Office) -> None:
    now = Story(office).now
    command = Command("register", form=filled("clue", "register", now))

    with transaction(office.engine) as session:
        found = [perform_in(session, office, command, actor("desk"), now) for _ in range(3)]

    assert [one.clue_no for one in found] == [f"XS2026{n:06d}" for n in (1, 2, 3)]
    assert Story(office, clue=1).chain_holds()


def test_a_clue_that_is_not_there_is_an_error_of_the_caller(office: Office) -> None:
    with pytest.raises(LookupError, match="没有编号为7的线索"):
        perform(office, Command("accept", clue=7), actor("handler"), Story(office).now)


def test_an_action_that_is_not_there_is_an_error_of_the_caller(story: Story) -> None:
    story.does("register")

    with pytest.raises(LookupError, match="没有「fly」这一操作"):
        perform(story.office, Command("fly", clue=1), actor("desk"), story.now)


def test_labels_stand_for_names_in_forms(story: Story) -> None:
    story.does("register")
    form = {
        "主办部门": "示例市市场监督管理局",
        "转办理由": "属市场监管职责",
        "监管事项": story.office.rules.matters["food_sales"].name,
    }

    perform(story.office, Command("dispatch", clue=1, form=form), actor("desk"), story.now)

    assert (story.row().department_id, story.row().matter_id) == ("shili-market", "food_sales")


def test_amounts_come_with_commas_and_never_with_three_decimals(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", planned_fine="10,000.50")
    story.does("case.record_statement")

    assert "最多两位小数" in story.refused("case.decide", fine="100.005")
    assert "应为金额" in story.refused("case.decide", fine="一万")
    assert "不小于0" in story.refused("case.decide", fine="-1")
    story.does("case.decide", fine="10,000.50")
    assert story.processes("case")[0].facts["fine"] == "10000.50"


def test_what_is_too_long_is_refused_with_its_length(story: Story) -> None:
    reasons = story.refused("register", title="长" * 501)

    assert "不能超过500个字，现有501个字" in reasons


def test_nobody_lays_a_new_clue_on_the_desk_of_others(story: Story) -> None:
    assert "desk" in story.refused("register", desk="shili-market")


def test_a_master_without_a_register_of_its_own_stays_untouched(story: Story) -> None:
    """Acting on one clue leaves the rows of all others as they were."""
    story.walk(*ACCEPTED)
    first = story.row()
    other = story.does("register").clue_id
    story.does("dispatch")

    story.clue = first.id
    assert story.row() == first
    assert other != first.id
