"""What is listed as possible is possible: an extension is judged once, for the list and the act."""

import pytest

from flows.door.possible_actions import possible_actions
from flows.door.situations import load_situation
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, IN_CASE, Story


def _listed(story: Story, action: str, by: str) -> str:
    """The reasons that the list of actions gives against an action; empty where it is offered."""
    office = story.office
    with reading(office.engine) as session:
        found = load_situation(session, office, story.row(), actor(by), story.now)
    [one] = [x for x in possible_actions(found, office.rules) if x.action == action]
    return "\n".join(map(str, one.reasons))


@pytest.mark.parametrize(
    ("way", "action", "after"),
    [
        (ACCEPTED, "extend_reply", "2026-12-31T09:00"),
        ((*IN_CASE, "case.seize"), "extend_seizure", "2026-07-31T09:00"),
    ],
)
def test_what_ended_is_not_offered_for_extension(
    story: Story, way: tuple[str, ...], action: str, after: str
) -> None:
    story.walk(*way)
    assert _listed(story, action, "head") == ""

    story.waits_until(after)

    assert "届满后不得延长" in _listed(story, action, "head")


def test_what_was_extended_is_not_offered_again(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize", "case.extend_seizure")

    listed = _listed(story, "extend_seizure", "head")

    assert "已延长1次，不得再次延长" in listed
    assert listed == story.refused("case.extend_seizure")


def test_a_pause_keeps_an_extension_possible(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize", "case.commission")
    story.waits_until("2026-07-31T09:00")

    assert _listed(story, "extend", "head") == ""
    assert story.does("case.record_result").state == "investigating"
