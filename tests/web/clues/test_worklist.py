"""Lists, words and sight mean the same on both databases."""

from dataclasses import replace

import pytest
from sqlmodel import select

from domain.tables.process import Clue
from flows.lists.list_filters import Wanted
from flows.lists.work_lines import WorkLine
from flows.lists.worklist import read_page
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.rows.statements import numbers
from flows.site.office import Office
from flows.site.store import reading
from flows.workbench.menu_counts import clues_waiting
from tests.helpers.people import CHAIRS, actor
from tests.helpers.story import RECEIVED, REVIEWED, Story

pytestmark = pytest.mark.early


def _numbers(story: Story, chair: str, wanted: Wanted) -> list[str]:
    found: list[str] = []
    viewer = Viewer(story.office, actor(chair), story.now)
    with reading(story.office.engine) as session:
        while True:
            page = read_page(session, viewer, wanted, size=1)
            found += [one.clue.no for one in page.lines]
            if not page.older:
                return found
            wanted = replace(wanted, after=page.older)


@pytest.fixture
def story(any_office: Office) -> Story:
    """Two clues: one at the desk, one under joint verification."""
    found = Story(any_office)
    found.does("register", title="华信食品过期奶粉", outside_no=None)
    found.does("register", title="霓虹灯扰民", subject_name=None, outside_no=None)
    found.walk("dispatch", "accept")
    found.does("verify", cooperating=["shili-health"])
    return found


def test_every_chair_finds_what_waits_for_it(story: Story) -> None:
    waiting = {chair: _numbers(story, chair, Wanted(view="waiting")) for chair in CHAIRS}

    assert waiting["desk"] == ["XS2026000001"]
    assert waiting["handler"] == waiting["health"] == ["XS2026000002"]
    assert waiting["police"] == waiting["administrator"] == waiting["urban"] == []


def test_the_menu_counts_what_the_list_shows_for_every_chair(story: Story) -> None:
    for chair in CHAIRS:
        viewer = Viewer(story.office, actor(chair), story.now)
        with reading(story.office.engine) as session:
            [counted] = numbers(session.connection(), clues_waiting(viewer))
        assert counted == len(_numbers(story, chair, Wanted(view="waiting"))), chair


def test_open_list_is_ordered_by_due_moment_over_all_pages(story: Story) -> None:
    assert _numbers(story, "supervisor", Wanted()) == ["XS2026000001", "XS2026000002"]
    assert _numbers(story, "health", Wanted()) == ["XS2026000002"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("华信", ["XS2026000001"]), ("霓虹 扰民", ["XS2026000002"]), ("0002", ["XS2026000002"])],
)
def test_words_are_found(story: Story, words: str, found: list[str]) -> None:
    assert _numbers(story, "desk", Wanted(text=words)) == found


def test_mine_leaves_out_what_colleagues_handle(story: Story) -> None:
    mine = Wanted(view="waiting", whose="mine")

    assert _numbers(story, "handler", mine) == ["XS2026000002"]
    assert _numbers(story, "colleague", mine) == []


def test_late_ones_are_found_by_their_light(story: Story) -> None:
    story.waits(days=60)

    assert _numbers(story, "desk", Wanted(light="red")) == ["XS2026000001", "XS2026000002"]


def test_referral_is_seen_by_the_police_once_delivered(story: Story) -> None:
    story.walk("part.submit", "conclude", "refer", "referral.approve")
    before = _seen(story, "police"), _seen(story, "procuratorate")

    story.walk("referral.deliver")

    assert before == ([], [])
    assert _seen(story, "police") == _seen(story, "procuratorate") == ["XS2026000002"]
    assert _seen(story, "county_police") == []
    assert _numbers(story, "police", Wanted(view="waiting")) == ["XS2026000002"]


def test_disputes_wait_for_the_arbiter_of_their_kind(story: Story) -> None:
    story.does("register", title="职责不清", outside_no=None)
    story.walk("dispatch")
    story.does("dispute", route="duties", opponent="shili-urban")
    story.walk("dispute.ask_coordination")

    waiting = Wanted(view="waiting")
    assert _numbers(story, "staffing", waiting) == ["XS2026000003"]
    assert _numbers(story, "arbiter", waiting) == []
    assert _numbers(story, "government", waiting) == []


def test_a_proposal_waits_for_the_government_of_the_area(story: Story) -> None:
    story.does("register", title="职责不清", outside_no=None)
    story.walk("dispatch", "dispute", "dispute.ask_coordination", "dispute.propose")

    waiting = Wanted(view="waiting")
    assert _numbers(story, "government", waiting) == ["XS2026000003"]
    assert _numbers(story, "arbiter", waiting) == []


def test_a_dispute_within_one_system_waits_for_the_bureau_above_both(story: Story) -> None:
    story.does("register", title="职责不清", outside_no=None)
    story.walk("dispatch")
    story.does("dispute", route="same_system", opponent="shixian-market")
    story.walk("dispute.submit")

    waiting = Wanted(view="waiting")
    assert _numbers(story, "province_market", waiting) == ["XS2026000003"]
    assert _numbers(story, "government", waiting) == []


def test_arbiter_sees_the_limit_of_his_own_opinion(story: Story) -> None:
    story.does("register", title="职责不清", outside_no=None)
    story.walk("dispatch")
    story.does("dispute", route="enforcement", opponent="shili-urban")
    story.walk("dispute.ask_coordination")

    [line] = _lines(story, "arbiter", Wanted(view="waiting"))

    assert line.clock is not None
    assert line.clock.rule == "dispute_coordination"
    assert [(kind, state) for kind, state, _ in line.here] == [("dispute", "coordinating")]


def test_what_waits_is_placed_by_the_limit_that_ones_own_step_ends(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*REVIEWED[:-1])

    [waiting] = _lines(story, "legal", Wanted(view="waiting"))
    [opened] = _lines(story, "legal", Wanted())

    assert waiting.clock is not None
    assert waiting.clock.rule == "cx55"
    assert opened.clock is not None
    assert opened.clock.due_at <= waiting.clock.due_at


@pytest.mark.parametrize("chair", ["police", "procuratorate", "head", "supervisor"])
@pytest.mark.parametrize("view", ["open", "waiting"])
def test_the_limits_shown_are_in_the_order_of_the_list(
    any_office: Office, chair: str, view: str
) -> None:
    """A clue in which one has no limit stands last and shows nobody else's."""
    story = Story(any_office)
    for more in (("referral.file",), (), ("referral.file", "referral.hand_over"), ()):
        story.walk(*RECEIVED, *more)
    viewer = Viewer(any_office, actor(chair), story.now)

    lines = _lines(story, chair, Wanted(view=view))

    due = [one.clock.due_at for one in lines if one.clock]
    assert due == sorted(due)
    assert all(one.clock for one in lines[: len(due)])
    if viewer.owner is not None:
        owner = any_office.rules.departments[viewer.owner].name
        assert {one.clock.owner for one in lines if one.clock} <= {owner}


def _lines(story: Story, chair: str, wanted: Wanted) -> tuple[WorkLine, ...]:
    with reading(story.office.engine) as session:
        return read_page(session, Viewer(story.office, actor(chair), story.now), wanted).lines


def _seen(story: Story, chair: str) -> list[str]:
    with reading(story.office.engine) as session:
        return list(session.exec(select(Clue.no).where(visible(story.office, actor(chair)))))
