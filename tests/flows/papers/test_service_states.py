"""Papers whose service is open are found every hour, and the list never waits for it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from domain.tables.attachment import OpenService
from flows.papers.open_services import WantedServices, open_services
from flows.papers.service_states import note_open_services
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import IN_CASE, REVIEWED, Story

DECIDED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide")


@pytest.fixture
def story(any_office: Office) -> Story:
    """A case that was decided: its notice and its decision wait for their service."""
    found = Story(any_office)
    found.walk(*DECIDED)
    return found


def _look(story: Story, *hours: int) -> None:
    for one in hours:
        note_open_services(story.office, story.now + timedelta(hours=one), lambda: True)


def _listed(story: Story) -> list[str]:
    with reading(story.office.engine) as session:
        viewer = Viewer(story.office, actor("handler"), story.now)
        return [one.document.kind for one in open_services(session, viewer, WantedServices())[0]]


def _noted(story: Story) -> int:
    with reading(story.office.engine) as session:
        return len(session.exec(select(OpenService)).all())


def test_a_look_changes_nothing_of_the_list(story: Story) -> None:
    before = _listed(story)
    assert before == ["penalty_notice", "penalty_decision"]

    _look(story, 0)
    assert _noted(story) == 0, "what is under way is not looked at"
    _look(story, 1)

    assert (_listed(story), _noted(story)) == (before, 2)


def test_what_comes_after_a_look_is_listed_at_once(story: Story) -> None:
    _look(story, 0, 1)
    story.walk(*IN_CASE, "case.record_facts")
    story.does("case.order_correction")

    assert "correction_order" in _listed(story)
    _look(story, 2, 3)
    assert "correction_order" in _listed(story)
    assert _noted(story) == 3


def test_what_is_served_is_off_the_list_at_once_and_forgotten_at_the_next_look(
    story: Story,
) -> None:
    story.walk(*IN_CASE, "case.seize")
    _look(story, 0, 1)
    noted = _noted(story)
    assert "seizure_decision" in _listed(story)

    story.does(
        "case.serve_other",
        other_document="seizure_decision",
        other_way="notice",
        announce_reason="登记住所已无人办公",
        announced_in="本机关门户网站",
    )

    assert "seizure_decision" not in _listed(story)
    _look(story, 2)
    assert _noted(story) == noted - 1


def test_the_papers_of_an_archived_clue_are_listed_again_when_it_is_taken_up_again(
    story: Story,
) -> None:
    story.walk("case.serve", "case.pay", "case.record_publication", "case.enforce", "case.close")
    story.walk("close")
    open_before = _listed(story)
    story.walk("archive")
    _look(story, 0, 1, 2)
    assert open_before and (_listed(story), _noted(story)) == ([], 0)

    story.does("reopen", reopen_ground="new_facts", reason="发现新的违法事实")

    assert _listed(story) == open_before
    _look(story, 3, 4)
    assert (_listed(story), _noted(story)) == (open_before, len(open_before))
