"""Several processes at once, and one that is killed: nothing doubled, nothing half done."""

import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest
from sqlmodel import Session, col, select

from domain.tables.process import Clue
from domain.tables.record import Counter, Event, IssuedDocument
from domain.tables.work import FollowUp
from flows.site.event_chain import verify
from flows.site.office import Office
from tests.helpers import workers
from tests.helpers.story import Story
from tests.helpers.workers import PATIENCE, SPAWN, Crowd, Site


@pytest.fixture(scope="module")
def crowd() -> Iterator[Crowd]:
    """Four processes that have read the rulebook and wait."""
    with ProcessPoolExecutor(4, SPAWN) as pool:
        yield Crowd(pool)


def _assert_whole(office: Office) -> None:
    """Numbers without gaps or doubles, bytes for every document, events for every state."""
    with Session(office.engine) as session:
        _assert_numbers_run(session, office)
        clues = session.exec(select(Clue).order_by(col(Clue.no))).all()
        assert [clue.no for clue in clues] == [f"XS2026{n:06d}" for n in range(1, len(clues) + 1)]
        told: dict[int | None, str] = {}
        for event in session.exec(select(Event).order_by(col(Event.seq))):
            if event.process_kind == "clue":
                told[event.clue_id] = event.to_state
        assert told == {clue.id: clue.state for clue in clues}
        assert verify(session, office.keys.chain).holds


def _assert_numbers_run(session: Session, office: Office) -> None:
    serials: dict[tuple[str, str | None, int | None], list[int]] = defaultdict(list)
    for paper in session.exec(select(IssuedDocument)):
        assert office.shelf.get(paper.sha256)
        if paper.serial is not None:
            serials[paper.organ, paper.series, paper.year].append(paper.serial)
    last = {(one.organ, one.series, one.year): one.last for one in session.exec(select(Counter))}
    for series, found in serials.items():
        assert sorted(found) == list(range(1, len(found) + 1))
        assert last[series] == len(found)  # type: ignore[index]


def test_numbers_have_neither_gaps_nor_doubles_under_contention(
    any_office: Office, crowd: Crowd
) -> None:
    crowd.at_once(any_office, workers.register_and_dispatch, ["6"] * 4)

    with Session(any_office.engine) as session:
        assert len(session.exec(select(Clue)).all()) == 24
    _assert_whole(any_office)


def test_of_two_officers_the_second_is_refused(any_office: Office, crowd: Crowd) -> None:
    story = Story(any_office)
    story.walk("register", "dispatch")

    found = crowd.at_once(any_office, workers.act_once, ["handler accept", "colleague return"])

    [refusal] = [one for one in found if one.startswith("refused")]
    assert "当前状态为「" in refusal
    assert story.state() in {"accepted", "registered"}
    _assert_whole(any_office)


def test_two_clues_are_not_merged_into_each_other(any_office: Office, crowd: Crowd) -> None:
    Story(any_office).walk("register", "register")

    found = crowd.at_once(any_office, workers.merge_first_two, ["1 2", "2 1"])

    assert sorted(one.partition(":")[0] for one in found) == ["merged", "refused"]
    _assert_whole(any_office)


def test_a_work_order_typed_in_again_is_refused(any_office: Office) -> None:
    story = Story(any_office)
    story.does("register", outside_no="GD1")

    assert "GD1已登记为线索XS2026000001" in story.refused("register", outside_no="GD1")
    _assert_whole(any_office)


def test_follow_ups_are_claimed_once(any_office: Office, crowd: Crowd) -> None:
    story = Story(any_office)
    for _ in range(10):
        story.walk("register", "dispatch")

    found = crowd.at_once(any_office, workers.claim_all, ["one", "two", "three"])

    with Session(any_office.engine) as session:
        waiting = session.exec(select(col(FollowUp.id))).all()
    assert sorted(job for jobs in found for job in jobs) == sorted(waiting)
    assert len(waiting) == 20


@pytest.mark.slow
def test_killed_processes_leave_nothing_half_done(any_office: Office) -> None:
    told, tells = SPAWN.Pipe(duplex=False)
    killed = [
        SPAWN.Process(target=workers.live_on, args=(Site.of(any_office), tells)) for _ in range(2)
    ]
    for worker in killed:
        worker.start()
    assert told.poll(PATIENCE)
    for worker, seconds in zip(killed, (0.53, 0.11), strict=True):
        time.sleep(seconds)
        assert worker.is_alive()
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.join(PATIENCE)

    _assert_whole(any_office)
    Story(any_office).walk("register", "dispatch", "accept")
    _assert_whole(any_office)
