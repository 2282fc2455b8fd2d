"""The first page tells in one reading what the lists find one after another, for every chair."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import bindparam
from sqlalchemy import text as sql
from sqlmodel import Session

from domain.situation.situation import Absent
from domain.tables.columns import UTCDateTime
from flows.lists.list_filters import MINE, OTHERS, Wanted
from flows.lists.worklist import count_of, read_page
from flows.people.viewer import Viewer
from flows.rows.statements import numbers
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.watch.board import board, how_many_lit
from flows.workbench import first_page as first_page_of
from flows.workbench.first_page import first_page, how_many_in, surely_for_others
from flows.workbench.waiting_limits import FIGURES
from tests.helpers.people import CHAIRS, actor
from tests.helpers.story import APPROVED, IN_CASE, RECEIVED, REVIEWED, Story

pytestmark = pytest.mark.early
WAITING = Wanted(view="waiting")


@pytest.fixture
def story(any_office: Office) -> Story:
    """Clues at every stage, of two handlers, some late, and one that ended."""
    found = Story(any_office)
    for way in (["register"], IN_CASE, APPROVED, REVIEWED, RECEIVED):
        found.walk(*way)
    found.walk("register", "dispatch", "accept", "verify")
    found.does("conclude", finding="minor")
    found.walk("govern", "archive")
    found.waits(days=60)
    found.walk("register", "dispatch")
    found.walk("register", "dispatch", "accept")
    found.does("verify", cooperating=["shili-health"])
    return found


def _found_by_lists(session: Session, viewer: Viewer, wanted: Wanted) -> object:
    page = read_page(session, viewer, wanted)
    others = Wanted(waits=OTHERS, department=viewer.actor.department)
    return (
        [one.clue.no for one in page.lines],
        {one: count_of(session, viewer, replace(wanted, light=one)) for one in FIGURES},
        count_of(session, viewer, others),
    )


def _found_at_once(session: Session, viewer: Viewer, wanted: Wanted) -> object:
    found = first_page(session, viewer, wanted, others=True)
    return [one.clue.no for one in found.page.lines], found.figures, found.others


@pytest.mark.parametrize("few", [first_page_of.FEW, 0])
@pytest.mark.parametrize("whose", ["", MINE])
def test_every_chair_is_told_at_once_what_its_lists_hold(
    story: Story, whose: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether few things wait for somebody, or so many that all limits are walked along."""
    monkeypatch.setattr(first_page_of, "FEW", few)
    wanted, told = replace(WAITING, whose=whose), []
    for chair in CHAIRS:
        viewer = Viewer(story.office, actor(chair), story.now)
        with reading(story.office.engine) as session:
            found = _found_at_once(session, viewer, wanted)
            assert found == _found_by_lists(session, viewer, wanted), chair
        told.append(found)

    assert len({str(one) for one in told}) > 5


@pytest.mark.parametrize("few", [first_page_of.FEW, 0])
def test_a_limit_over_by_one_reading_and_not_by_the_other_is_one_of_today(
    story: Story, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where its last day is a holiday, and legal staff have it end on the working day after."""
    monkeypatch.setattr(first_page_of, "FEW", few)
    viewer = Viewer(story.office, actor("handler"), story.now)
    told = []

    for later in ("", "UPDATE clock SET due_at = :due, breach_at = :breach WHERE rule = 'cx18'"):
        with transaction(story.office.engine) as session:
            if later:
                due, breach = (story.now + timedelta(hours=one) for one in (-1, 9 * 24))
                moments = (bindparam(one, type_=UTCDateTime()) for one in ("due", "breach"))
                session.connection().execute(
                    sql(later).bindparams(*moments), {"due": due, "breach": breach}
                )
        with reading(story.office.engine) as session:
            assert _found_at_once(session, viewer, WAITING) == _found_by_lists(
                session, viewer, WAITING
            )
            told.append(first_page(session, viewer, WAITING, others=False).figures["today"])

    assert told[1] > told[0]


def test_who_stands_in_finds_the_absent_colleagues_clues_too(story: Story) -> None:
    colleague = actor("colleague")
    standing_in = replace(colleague, acts_for=(Absent("handler", "张经办", colleague.roles),))
    mine, lines = replace(WAITING, whose=MINE), []

    for who in (colleague, standing_in):
        viewer = Viewer(story.office, who, story.now)
        with reading(story.office.engine) as session:
            found = _found_at_once(session, viewer, mine)
            assert found == _found_by_lists(session, viewer, mine)
            lines.append(len(found[0]))  # type: ignore[index]

    assert lines[0] < lines[1]


def test_who_comes_back_to_a_later_page_reads_on_there(story: Story) -> None:
    viewer = Viewer(story.office, actor("handler"), story.now)

    with reading(story.office.engine) as session:
        first = first_page(session, viewer, WAITING, others=False).page
        begun = read_page(session, viewer, WAITING, size=1)
        rest = first_page(session, viewer, replace(WAITING, after=begun.older), others=False).page

    assert begun.lines + rest.lines == first.lines
    assert len(rest.lines) > 1


def test_what_surely_waits_for_others_is_never_more_than_what_does(story: Story) -> None:
    told = []
    for chair in CHAIRS:
        viewer = Viewer(story.office, actor(chair), story.now)
        wanted = Wanted(waits=OTHERS, department=viewer.actor.department)
        with reading(story.office.engine) as session:
            short = surely_for_others(viewer.office, viewer.actor)
            [surely] = numbers(session.connection(), (short, {}))
            assert surely <= count_of(session, viewer, wanted), chair
        told.append(surely)

    assert max(told) > 1


def test_the_desk_is_told_how_many_are_to_be_sent(story: Story) -> None:
    desk, told = Viewer(story.office, actor("desk"), story.now), []

    with reading(story.office.engine) as session:
        for state in story.office.rules.lifecycles["clue"].states:
            told.append(how_many_in(session, desk, state))
            assert told[-1] == count_of(session, desk, Wanted(state=state)), state

    assert max(told) > 1


@pytest.mark.parametrize("chair", ["supervisor", "section", "head"])
def test_late_and_near_limits_are_as_many_as_on_the_board(story: Story, chair: str) -> None:
    story.waits(days=3)
    viewer = Viewer(story.office, actor(chair), story.now)

    with reading(story.office.engine) as session:
        sums = board(session, viewer).sums.total
        told = [how_many_lit(session, viewer, light, 300) for light in ("red", "yellow")]
        few = how_many_lit(session, viewer, "red", 2)

    assert told == [sums.red, sums.yellow]
    assert few == 2
    assert sums.red > 2
