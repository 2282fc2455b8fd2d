"""Whatever people try, in whatever order, the record stays whole."""

import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from domain.tables.process import Clock, Clue, Process
from domain.tables.record import Event, IssuedDocument
from domain.tables.undertaking import Undertaking
from domain.tables.work import InboxMessage
from flows.site.event_chain import verify
from flows.site.office import Office
from tests.helpers.office import FILE, build_office
from tests.helpers.story import RECEIVED, REVIEWED, Story
from tests.helpers.walking.ambitions import AMBITIONS, Ambition
from tests.helpers.walking.wandering import Wanderer

WALKS, STEPS = 8, 700
LEAST_SHARE_OF_ACTIONS = 0.8
WALKED_BESIDE = {"circular"}
"""The processes without a clue that people of a walk begin: draws and publications are not."""
NOTICED = (*REVIEWED, "case.notice", "case.record_statement")
CLUES = select(Clue.id, Clue.ended_at)
PROCESSES = select(Process.kind, Process.id, Process.ended_at)
UNDERTAKINGS = select(Undertaking.kind, Undertaking.id, Undertaking.ended_at)
CLOCKS = select(*Clock.__table__.columns)  # type: ignore[attr-defined]
HALF_WAY = ((*NOTICED, "case.decide", "case.serve"), REVIEWED, RECEIVED)
"""Where some clues stand when a walk begins: punished, about to be, and with the police."""


def _check_new_events(session: Session, office: Office, after: int) -> int:
    """Every state was reached by a transition of its table, from where the process was."""
    last = after
    for event in session.exec(select(Event).where(col(Event.seq) > after).order_by(col(Event.seq))):
        transition = office.rules.lifecycles[event.process_kind].actions[event.action]
        assert event.from_state in transition.from_
        expected = event.from_state if transition.to == "same" else transition.to
        assert event.to_state == expected
        last = event.seq
    return last


def _check_states(session: Session) -> None:
    """The state of every process is the one its last event led to, and so was each before it."""
    states: dict[tuple[str, int], str] = {}
    for event in session.exec(select(Event).order_by(col(Event.seq))):
        at = (event.process_kind, event.process_id)
        if event.action not in {"register"}:
            assert event.from_state == states.get(at, "none")
        states[at] = event.to_state
    rows = {("clue", row.id): row.state for row in session.exec(select(Clue))}
    rows |= {(row.kind, row.id): row.state for row in session.exec(select(Process))}
    rows |= {(row.kind, row.id): row.state for row in session.exec(select(Undertaking))}
    assert rows == states


def _check_clocks(session: Session, office: Office) -> None:
    """Open clocks belong to open processes, one for each rule and process."""
    connection = session.connection()  # plain rows: this is asked after every step
    ended = {("clue", row.id): row.ended_at for row in connection.execute(CLUES)}
    for query in (PROCESSES, UNDERTAKINGS):
        ended |= {(row.kind, row.id): row.ended_at for row in connection.execute(query)}
    clocks = connection.execute(CLOCKS).all()
    running = [one for one in clocks if one.ended_at is None]
    left = [one for one in running if ended[one.process_kind, one.process_id] is not None]
    assert [(one.rule, one.process_kind) for one in left] == []
    assert len({(c.rule, c.process_kind, c.process_id) for c in running}) == len(running)
    for clock in clocks:
        assert clock.owner_id in office.rules.departments
        assert clock.rule in office.rules.deadlines
        assert (clock.next_rung_at is None) or (clock.ended_at is None and not clock.paused)


def _check_papers(session: Session, office: Office) -> None:
    """Every document has its bytes; every numbered one a number of its own, without gaps."""
    serials: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for paper in session.exec(select(IssuedDocument)):
        assert office.shelf.get(paper.sha256)
        assert bool(paper.number) == bool(office.rules.documents[paper.kind].series)
        if paper.serial is not None:
            serials[paper.organ, paper.series, paper.year].append(paper.serial)
    for found in serials.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def _check_messages(session: Session, office: Office) -> None:
    for message in session.exec(select(InboxMessage)):
        assert message.department_id in office.rules.departments
        assert message.body


def _version(watcher: sqlite3.Connection) -> int:
    """SQLite's own number of what others committed: the same as long as nobody changed anything."""
    return int(watcher.execute("PRAGMA data_version").fetchone()[0])


def _walk(office: Office, wanderer: Wanderer) -> set[str]:
    """A walk of many steps, watched all along; the actions that took place."""
    events = 0
    with closing(sqlite3.connect(office.settings.home / FILE)) as watcher:
        before = _version(watcher)
        for _ in range(STEPS):
            refused = wanderer.take(wanderer.next_attempt()) is None
            found = _version(watcher)
            assert (found == before) == refused
            before = found
            if not refused:
                with Session(office.engine) as session:
                    events = _check_new_events(session, office, events)
                    _check_clocks(session, office)
    assert sum(wanderer.refused.values()) > STEPS / 20
    with Session(office.engine) as session:
        _check_states(session)
        _check_papers(session, office)
        _check_messages(session, office)
        assert verify(session, office.keys.chain).holds
        pairs = session.exec(select(Event.process_kind, Event.action).distinct()).all()
    return {f"{kind}.{action}" for kind, action in pairs}


def _wanted_after(last: str) -> list[Ambition]:
    """What is wanted of a clue once an action was taken, as its form usually is."""
    return [one for one in AMBITIONS if last in one.actions[:-1] and last not in one.forms]


def begun(office: Office, dice: random.Random, number_of_walk: int) -> Wanderer:
    """A walk that finds some clues half way: what lies behind a decision is far from the desk."""
    first = number_of_walk * len(AMBITIONS) // WALKS
    wanderer = Wanderer(office, dice, first_ambition=first)
    for number, course in enumerate(HALF_WAY, start=1):
        story = Story(office, wanderer.now)
        story.does("register", subject_name=f"示例市第{number}食品店", subject_code=None)
        story.walk(*course[1:])
        assert story.clue is not None
        wanted = _wanted_after(course[-1])
        wanderer.found(story.clue, wanted[number_of_walk % len(wanted)], course[-1])
        wanderer.now = story.now
    return wanderer


@pytest.mark.slow
def test_no_walk_breaks_the_record(tmp_path_factory: pytest.TempPathFactory) -> None:
    reached: set[str] = set()
    seeds: list[int] = []
    known: set[str] = set()

    @settings(
        max_examples=WALKS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**32))
    def walk(seed: int) -> None:
        home: Path = tmp_path_factory.mktemp("walk")
        office = build_office(home)
        known.update(
            f"{kind}.{action}"
            for kind, lifecycle in office.rules.lifecycles.items()
            if lifecycle.root == "clue" or kind in WALKED_BESIDE
            for action in lifecycle.actions
        )
        wanderer = begun(office, random.Random(seed), len(seeds))
        seeds.append(seed)
        reached.update(_walk(office, wanderer))
        office.engine.dispose()

    walk()

    missed = sorted(known - reached)
    assert len(reached) >= LEAST_SHARE_OF_ACTIONS * len(known), missed
