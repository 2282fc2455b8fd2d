"""A step goes past the session: who has read its rows there before sees what became of them."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from domain.tables.process import Clock, Clue
from domain.tables.record import IssuedDocument
from flows.door.steps import perform_in
from flows.rows.statements import ask
from flows.site.event_chain import EVENTS
from flows.site.numbering import next_serials
from flows.site.office import Office
from flows.site.store import transaction
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, Story


def test_what_a_session_read_and_changed_before_a_step_is_as_the_step_leaves_it(
    any_office: Office,
) -> None:
    story = Story(any_office)
    story.walk("register", "dispatch")
    command, now = story.command("accept"), story.now + timedelta(hours=1)

    with transaction(any_office.engine) as session:
        clue = session.get_one(Clue, story.clue)
        clock = session.exec(select(Clock).where(Clock.rule == "sign_for")).one()
        clock.next_rung = 3
        perform_in(session, any_office, command, actor("handler"), now)
        assert clue.state == "accepted"
        assert clock.ended_at == now

    assert story.state() == "accepted"
    [kept] = story.clocks("sign_for")
    assert (kept.next_rung, kept.ended_at) == (3, now)
    assert story.chain_holds()


def test_what_the_driver_refuses_is_told_as_sqlalchemy_tells_it(any_office: Office) -> None:
    Story(any_office).does("register")
    row: dict[str, object] = dict.fromkeys(
        ("process_kind", "action", "from_state", "to_state", "actor_id", "department_id"), "举报人"
    )
    row |= {"seq": 1, "clue_id": None, "process_id": 0, "detail": {}, "previous": "", "hash": ""}

    with pytest.raises(IntegrityError) as told, transaction(any_office.engine) as session:
        ask(session.connection(), (EVENTS, {**row, "at": Story(any_office).now}))

    assert "举报人" not in str(told.value)


def test_each_new_paper_and_limit_of_a_step_knows_which_row_is_its_own(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*CONCLUDED, "refer")

    issued = story.does("referral.approve").documents

    assert len(issued) == 5
    with any_office.engine.connect() as connection:
        kept = connection.execute(select(IssuedDocument.id, IssuedDocument.code)).all()
    assert {(one.id, one.code) for one in issued} <= set(kept)
    assert [one.id for one in issued] == sorted(one.id or 0 for one in issued)


def test_numbers_of_one_series_follow_one_another_within_a_step(any_office: Office) -> None:
    one, other = ("fgj", "移送", 2026), ("fgj", "物清", 2026)

    with transaction(any_office.engine) as session:
        assert next_serials(session, [one, other, one]) == [1, 1, 2]
        assert next_serials(session, []) == []
    with transaction(any_office.engine) as session:
        assert next_serials(session, [other, one]) == [2, 3]
