"""A long queue of suspected duplicates begins as it would if all of it were read."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import delete

from domain.tables.matching import Suspicion
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.workbench import duplicate_lines
from flows.workbench.duplicate_lines import OLDEST, Wanted
from flows.workbench.duplicate_queue import Queue, queue
from tests.helpers.people import actor
from tests.helpers.story import Story


def test_the_second_page_of_a_long_queue_is_read_along_its_order_too(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(any_office)
    clues = [_registered(story) for _ in range(12)]
    with transaction(any_office.engine) as session:
        session.execute(delete(Suspicion))
        for minutes, (one, other) in enumerate(zip(clues[::2], clues[1::2], strict=True)):
            at = story.now + timedelta(minutes=minutes)
            session.add(Suspicion(clue_id=other, other_id=one, score=1, reason="", raised_at=at))
    for name, number in (("FULL", 2), ("MANY", 5)):
        monkeypatch.setattr(duplicate_lines, name, number)
    viewer = Viewer(any_office, actor("desk"), story.now)

    with reading(any_office.engine) as session:
        near = [queue(session, viewer, Wanted(), number) for number in (1, 2)]
        monkeypatch.setattr(duplicate_lines, "NEAR", 0)
        whole = [queue(session, viewer, Wanted(), number) for number in (1, 2)]

    assert [one.blocks for one in near] == [one.blocks for one in whole]
    assert [len(one.blocks) for one in near] == [2, 2]
    assert [one.total for one in near] == [5, 5] and whole[1].total == 6


@pytest.mark.parametrize("sort", ["", OLDEST])
def test_the_first_page_of_a_long_queue_is_what_reading_all_would_show(
    any_office: Office, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(any_office)
    clues = [_registered(story) for _ in range(12)]
    _suspect(story, clues)
    monkeypatch.setattr(duplicate_lines, "FULL", 2)

    whole = _first(story, "desk", sort)
    monkeypatch.setattr(duplicate_lines, "MANY", 6)
    begun = _first(story, "desk", sort)

    assert whole.total == 10 and begun.total == 6, "counted no further"
    assert [len(one.pairs) for one in whole.blocks] == ([5] if sort == OLDEST else [1, 4])
    assert begun.blocks == whole.blocks
    assert not whole.is_last and not begun.is_last
    assert _first(story, "handler", sort) == Queue((), 0, True), "another department's"


def test_every_pair_stands_on_one_page_of_the_queue(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(any_office)
    _suspect(story, [_registered(story) for _ in range(12)])
    monkeypatch.setattr(duplicate_lines, "FULL", 2)
    viewer = Viewer(any_office, actor("desk"), story.now)

    with reading(any_office.engine) as session:
        whole = [queue(session, viewer, Wanted(), number) for number in (1, 2, 3)]
        monkeypatch.setattr(duplicate_lines, "MANY", 6)
        pages = [queue(session, viewer, Wanted(), number) for number in (1, 2, 3)]

    assert [one.blocks for one in pages] == [one.blocks for one in whole]
    shown = [pair.id for page in pages for block in page.blocks for pair in block.pairs]
    assert len(shown) == len(set(shown)) == 10
    assert [one.is_last for one in pages] == [False, True, True]


def _registered(story: Story) -> int:
    story.clue = None
    story.walk("register")
    return story.clue or 0


def _suspect(story: Story, clues: list[int]) -> None:
    """Five pairs in a row, four in a ring raised between them, and one by itself that is newest."""
    row = list(pairwise(clues[:6]))
    lone = [(clues[6], clues[7]), (clues[8], clues[9]), (clues[6], clues[8])]
    pairs = [row[0], lone[0], row[1], lone[1], row[2], lone[2], row[3], row[4]]
    pairs += [(clues[7], clues[9]), (clues[10], clues[11])]
    with transaction(story.office.engine) as session:
        session.execute(delete(Suspicion))
        # The last pair once more, raised the other way round: it comes once.
        for minutes, (one, other) in enumerate([*pairs, (clues[11], clues[10])]):
            at = story.now + timedelta(minutes=minutes)
            session.add(Suspicion(clue_id=other, other_id=one, score=1, reason="", raised_at=at))


def _first(story: Story, chair: str, sort: str) -> Queue:
    viewer = Viewer(story.office, actor(chair), story.now)
    with reading(story.office.engine) as session:
        return queue(session, viewer, Wanted(sort=sort))
