"""One step through the door, against its rows alone and against empty steps of other engines."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import SQLModel

from benchmarks.databases import NewDatabase, databases
from benchmarks.effort import Effort
from benchmarks.peers import (
    DBOS_ALONE,
    DBOS_OF_FIVE,
    dbos_contenders,
    is_sqlite,
    spiff_contender,
)
from benchmarks.report import aim, table
from benchmarks.rounds import Contender, Contest, Stopwatch, race
from benchmarks.shadow import Shadow, Write
from flows.door.steps import perform
from flows.site.office import Office
from flows.site.store import open_store
from tests.helpers.office import build_office
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, USUAL_CHAIR, Story

TITLE = "One step"
ROAD = (*CONCLUDED, "refer", "referral.approve")
PLAIN, WITH_DOCUMENT, WITH_FOUR = "accept", "conclude", "referral.approve"
OURS = {
    PLAIN: "step without a document (签收)",
    WITH_DOCUMENT: "step with a document (核查情况报告)",
    WITH_FOUR: "step with four documents (批准移送)",
}
BARE = {
    PLAIN: "bare transaction, rows of 签收",
    WITH_DOCUMENT: "bare transaction, rows of 核查办结",
    WITH_FOUR: "bare transaction, rows of 批准移送",
}


@dataclass
class Lane:
    """Clues brought before one action, the action taken, and its rows written again barely."""

    office: Office
    shadow: Shadow
    action: str
    width: int
    written: list[list[Write]]
    clues: Callable[[], int]

    def ours(self, watch: Stopwatch) -> None:
        """Every clue takes the action; only that is timed."""
        stories = [self._brought() for _ in range(self.width)]
        for story in stories:
            command = story.command(self.action)
            who = actor(USUAL_CHAIR.get(self.action, "handler"))
            with watch.lap():
                perform(self.office, command, who, story.now)
            self.written.append(self.shadow.take())

    def bare(self, watch: Stopwatch) -> None:
        """The rows of those actions, each in a bare transaction."""
        for writes in self.written:
            with watch.lap():
                self.shadow.write(writes)
        self.written.clear()

    def _brought(self) -> Story:
        story, number = Story(self.office), self.clues()
        story.does(
            "register", outside_no=f"{number:06d}", subject_name=f"示例市第{number}食品有限公司"
        )
        story.walk(*ROAD[1 : ROAD.index(self.action)])
        self.shadow.follow()
        return story


def measure(effort: Effort, folder: Path) -> str:
    """The section on steps, on every kind of database."""
    with databases(folder, effort) as kinds:
        return "\n".join(
            _on(name, new, effort, folder / f"office-{place}")
            for place, (name, new) in enumerate(kinds.items())
        )


def _on(name: str, new: NewDatabase, effort: Effort, home: Path) -> str:
    office = build_office(home, new())
    bare = build_office(home / "bare", new())
    shadow = Shadow(office.engine, bare.engine)
    peers = open_store(new())
    numbers = iter(range(1, 1_000_000))
    ours: dict[str, Contender] = {}
    for action, title in OURS.items():
        lane = Lane(office, shadow, action, effort.steps, [], lambda: next(numbers))
        ours |= {title: lane.ours, BARE[action]: lane.bare}
    with dbos_contenders(new()) as durable:
        contest = race(ours | spiff_contender(peers) | durable, effort.rounds)
    plain = ""
    if is_sqlite(new()):
        with dbos_contenders(new(), tuned=False) as durable:
            pair = {one: ours[one] for one in (OURS[WITH_DOCUMENT], BARE[WITH_DOCUMENT])}
            plain = _aims(race(pair | durable, effort.rounds), ", as DBOS comes (no WAL)")
    _must_be_equal(office, bare)
    for engine in (office.engine, bare.engine, peers):
        engine.dispose()
    cost = contest.ratio(OURS[PLAIN], BARE[PLAIN]).median
    return (
        f"### {name}\n\n{table(contest, OURS[WITH_DOCUMENT])}\n{_aims(contest)}{plain}"
        f"- step without a document / its bare rows: {cost:.1f}\n"
    )


def _aims(contest: Contest, how: str = "") -> str:
    step = OURS[WITH_DOCUMENT]
    alone = contest.ratio(step, DBOS_ALONE)
    amid = contest.ratio(step, DBOS_OF_FIVE)
    return aim(
        f"step with a document / DBOS's workflow of one empty step{how}, below 1",
        alone,
        alone.median < 1,
    ) + aim(
        f"step with a document / DBOS's empty step among five{how}, below 1",
        amid,
        amid.median < 1,
    )


def _must_be_equal(office: Office, bare: Office) -> None:
    """The bare transactions wrote the same rows as the steps did, or the figures mean nothing."""
    for each in SQLModel.metadata.sorted_tables:
        query = select(func.count()).select_from(each)
        with office.engine.connect() as ours, bare.engine.connect() as theirs:
            if ours.execute(query).scalar_one() != theirs.execute(query).scalar_one():
                raise RuntimeError(f"the bare transactions left other rows in {each.name}")
