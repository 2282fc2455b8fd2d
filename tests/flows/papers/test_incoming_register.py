"""The register of incoming papers is the same however the record is read for it."""

import pytest

from domain.limits.limit import at_shanghai
from flows.papers import incoming_query
from flows.papers.incoming_query import OLDEST, WantedPapers
from flows.papers.incoming_register import (
    IncomingLine,
    find_incoming,
    list_counted,
    list_incoming,
)
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import RECEIVED, Story

EVERY = WantedPapers()
LETTER, FILING, RECEIPT = "授权委托书", "立案决定书（立案告知）", "移送材料接收回执"


@pytest.mark.parametrize("few", [0, 1000], ids=["along the record", "by the processes"])
def test_what_an_organ_was_sent_and_what_it_entered_stand_in_one_order(
    any_office: Office, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming_query, "FEW", few)
    story = Story(any_office)
    story.walk(*RECEIVED)
    story.does("incoming_paper.register")
    story.does("referral.file")
    other = Story(any_office, story.now)
    other.walk(*RECEIVED)

    titles = [RECEIPT, FILING, LETTER, RECEIPT]
    assert [one.paper.title for one in _read(other, "handler")] == titles
    assert [one.paper.title for one in _read(other, "supervisor")] == titles
    assert [
        one.paper.title for one in _read(other, "handler", WantedPapers(sort=OLDEST))
    ] == titles[::-1]
    narrowed = _read(other, "supervisor", WantedPapers("示例市公安局", organ="shili-market"))
    assert [one.paper.title for one in narrowed] == [RECEIPT, FILING, RECEIPT]
    for chair in ("desk", "urban", "health"):
        assert _read(other, chair) == (), chair
    assert _read(other, "supervisor", WantedPapers(organ="shili-health")) == ()


def test_pages_of_the_register_go_on_from_the_last_number(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*RECEIVED)
    story.does("incoming_paper.register")
    story.does("referral.file")
    viewer = Viewer(any_office, actor("handler"), story.now)

    with reading(any_office.engine) as session:
        first, older = list_incoming(session, viewer, WantedPapers(), 2)
        rest, none_left, total = list_counted(session, viewer, WantedPapers(before=older), 300)
        assert list_counted(session, viewer, WantedPapers(), 2)[2] == 2, "counted no further"

    assert [one.paper.title for one in (*first, *rest)] == [FILING, LETTER, RECEIPT]
    assert (older, none_left, total) == (first[-1].no, 0, 3)


@pytest.mark.parametrize("few", [0, 1000], ids=["along the record", "by the processes"])
def test_days_words_and_organ_narrow_the_register_together(
    any_office: Office, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming_query, "FEW", few)
    story = Story(any_office)
    story.walk(*RECEIVED)
    story.waits(days=2)
    story.does("incoming_paper.register")
    day = at_shanghai(story.now).date()
    story.waits(days=2)
    story.does("referral.file")

    for chair in ("handler", "supervisor"):
        since, until = WantedPapers(since=day), WantedPapers(until=day)
        assert [one.paper.title for one in _read(story, chair, since)] == [FILING, LETTER]
        assert [one.paper.title for one in _read(story, chair, until)] == [LETTER, RECEIPT]
        of_police = WantedPapers("示例市公安局", organ="shili-market", until=day, sort=OLDEST)
        assert [one.paper.title for one in _read(story, chair, of_police)] == [RECEIPT]
        of_two = WantedPapers("授权 委托书", since=day, until=day)
        assert [one.paper.title for one in _read(story, chair, of_two)] == [LETTER]


def test_a_paper_is_found_by_its_number_by_who_sees_it(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*RECEIVED)
    [line] = _read(story, "handler")

    with reading(any_office.engine) as session:
        for chair in ("handler", "supervisor"):
            viewer = Viewer(any_office, actor(chair), story.now)
            assert find_incoming(session, viewer, line.no) == line
        for chair, number in (("health", line.no), ("handler", line.no - 1)):
            with pytest.raises(LookupError, match=f"没有第{number}号"):
                find_incoming(session, Viewer(any_office, actor(chair), story.now), number)


def _read(story: Story, chair: str, wanted: WantedPapers = EVERY) -> tuple[IncomingLine, ...]:
    viewer = Viewer(story.office, actor(chair), story.now)
    with reading(story.office.engine) as session:
        lines, _, total = list_counted(session, viewer, wanted, 300)
    assert len(lines) == total
    return lines
