"""Who may see: chairs that see all see their area and below, and an organ outside what was sent."""

import pytest
from sqlmodel import select

from domain.lifecycle.plan import Refused
from domain.lifecycle.visibility import areas_below
from domain.situation.situation import Actor
from domain.tables.process import Clue
from flows.people.viewer import Viewer
from flows.people.visible_clues import sight_on, visible, ways_to_see
from flows.site.store import reading
from flows.watch.board import running
from tests.helpers.story import CONCLUDED, RECEIVED, Story


def chair(role: str, department: str) -> Actor:
    return Actor(f"{department}-{role}", "某人", frozenset({role}), department)


def sees(story: Story, who: Actor) -> bool:
    """Whether the story's clue is his to see: by the condition, and by each way along an index."""
    with reading(story.office.engine) as session:
        query = select(Clue.id).where(visible(story.office, who))
        found = set(session.exec(query))
        by_ways = {one for way in ways_to_see(story.office, who) for one in session.exec(way.ids)}
    assert found == by_ways
    return story.clue in found


@pytest.mark.parametrize("role", ["supervisor", "arbiter", "intake_clerk", "auditor"])
def test_who_sees_all_sees_his_area_and_below(story: Story, role: str) -> None:
    story.walk(*CONCLUDED)
    departments = story.office.rules.departments

    assert "shixian" in areas_below("shili", departments)
    assert areas_below("shixian", departments) == {"shixian"}
    assert sees(story, chair(role, "shili-justice"))
    assert sees(story, chair(role, "shandong-justice")), "of the area above"
    county = chair(role, "shixian-justice")
    assert not sees(story, county)
    limits = Viewer(story.office, county, story.now)
    assert role not in {"supervisor", "auditor"} or len(running(limits)) == 3, "narrowed as well"


def test_another_chair_at_the_police_sees_no_more_than_was_sent(story: Story) -> None:
    story.walk(*RECEIVED[:-2])
    handler = chair("handler", "shili-police")
    both = Actor("x", "某人", frozenset({"handler", "police_liaison"}), "shili-police")
    assert not sees(story, handler), "nothing was delivered yet"

    story.walk(*RECEIVED[-2:])

    for who in (handler, both):
        assert sees(story, who)
        with reading(story.office.engine) as session:
            clue = session.get_one(Clue, story.clue)
            seen = sight_on(session, story.office, who, clue)
        assert not seen.whole
        assert not seen.file
        assert not seen.shows("case", 1)


def test_a_reminder_opens_a_clue_to_nobody_who_has_no_part_in_it(story: Story) -> None:
    story.walk(*CONCLUDED)

    with pytest.raises(Refused) as found:
        story.does("supervision.urge", to_department="shili-education")

    reason = found.value.reasons[0]
    assert "示例市教育局没有承办、协办本线索" in reason.text
    assert reason.citation == "jdtl-20"
    story.does("supervision.urge", to_department="shili-market")
