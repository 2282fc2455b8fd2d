"""Acts of a name are found whatever they were done to, the newest first, on both databases."""

import sqlalchemy
from sqlmodel import col, select

from domain.tables.record import Event
from flows.audit.acts_on_record import is_act
from flows.audit.event_log import Narrow, list_events
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.story import IN_CASE, Story


def test_an_act_of_several_kinds_is_listed_with_all_of_them_the_newest_first(
    any_office: Office,
) -> None:
    _closed(any_office)

    with reading(any_office.engine) as session:
        lines, older = list_events(session, any_office, Narrow(action="close"))
        query = select(Event.seq).where(col(Event.action) == "close")
        known = session.exec(query.order_by(col(Event.seq).desc())).all()

    assert {one.event.process_kind for one in lines} == {"case", "clue"}
    assert ([one.event.seq for one in lines], older) == (list(known), 0)


def test_its_pages_go_on_where_the_last_one_ended(any_office: Office) -> None:
    _closed(any_office)

    with reading(any_office.engine) as session:
        [last], before = list_events(session, any_office, Narrow(action="close"), 1)
        [first], end = list_events(session, any_office, Narrow(action="close", before=before), 1)

    assert (last.event.process_kind, first.event.process_kind, end) == ("clue", "case", 0)


def test_an_act_that_was_never_done_is_not_listed(any_office: Office) -> None:
    Story(any_office).does("register")

    with reading(any_office.engine) as session:
        assert list_events(session, any_office, Narrow(action="archive")) == ((), 0)


def test_acts_of_any_of_some_names_are_counted_in_an_empty_record_too(any_office: Office) -> None:
    count = sqlalchemy.select(sqlalchemy.func.count()).select_from(Event)
    told = count.where(is_act("close", "register"))
    with reading(any_office.engine) as session:
        before = session.execute(told).scalar_one()
    _closed(any_office)

    with reading(any_office.engine) as session:
        assert (before, session.execute(told).scalar_one()) == (0, 3)


def _closed(office: Office) -> None:
    """A clue whose case was closed, and then the clue."""
    story = Story(office)
    story.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")
    story.walk("case.pass_review", "case.notice", "case.record_statement", "case.decide")
    story.walk("case.serve", "case.pay", "case.record_publication", "case.enforce", "case.close")
    story.does("close")
