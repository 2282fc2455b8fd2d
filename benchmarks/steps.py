"""One step through the door, against its rows alone and against empty steps of other engines.

What its further papers cost at the least is put together of what is measured here: a step with one
paper, the rows that the other step writes beyond it, and the further papers rendered and deflated.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
from benchmarks.report import aim, spread, table
from benchmarks.rounds import Contender, Contest, Spread, Stopwatch, race
from benchmarks.shadow import Shadow, Write
from documents.output.kept_facts import typed_facts
from documents.templates.kinds import Template, load_template
from documents.templates.package import QUICK
from documents.values.codes import CODE
from domain.tables.record import IssuedDocument
from flows.door.steps import perform
from flows.site.office import Office
from flows.site.store import open_store
from tests.helpers.office import build_office
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, USUAL_CHAIR, Story

TITLE = "One step"
ROAD = (*CONCLUDED, "refer", "referral.approve")
PLAIN, WITH_DOCUMENT, WITH_FIVE = "accept", "conclude", "referral.approve"
OURS = {
    PLAIN: "step without a document (签收)",
    WITH_DOCUMENT: "step with a document (核查情况报告)",
    WITH_FIVE: "step with five documents (批准移送)",
}
BARE = {
    PLAIN: "bare transaction, rows of 签收",
    WITH_DOCUMENT: "bare transaction, rows of 核查办结",
    WITH_FIVE: "bare transaction, rows of 批准移送",
}
PAPERS, MOST = 5, 1.6
"""So many has the last of them, and the aim: how many times a step with one they may cost."""
A_PAPER = "one of those five, rendered and deflated alone"
Alone = tuple[Template, Mapping[str, object]]


@dataclass
class Lane:
    """Clues brought before one action, the action taken, and its rows written again barely.

    `papers`: those of the action, as they were made last.
    """

    office: Office
    shadow: Shadow
    action: str
    width: int
    written: list[list[Write]]
    clues: Callable[[], int]
    papers: list[Alone] = field(default_factory=list)

    def ours(self, watch: Stopwatch) -> None:
        """Every clue takes the action; only that is timed."""
        stories = [self._brought() for _ in range(self.width)]
        for story in stories:
            command = story.command(self.action)
            who = actor(USUAL_CHAIR.get(self.action, "handler"))
            with watch.lap():
                done = perform(self.office, command, who, story.now)
            self.written.append(self.shadow.take())
            self.papers = [_alone(one) for one in done.documents]

    def bare(self, watch: Stopwatch) -> None:
        """The rows of those actions, each in a bare transaction."""
        for writes in self.written:
            with watch.lap():
                self.shadow.write(writes)
        self.written.clear()

    def alone(self, watch: Stopwatch) -> None:
        """The papers of the action filled and deflated as often, and nothing else."""
        with watch.lap(len(self.papers) * self.width):
            for _ in range(self.width):
                for template, facts in self.papers:
                    for text in template.texts(facts).values():
                        zlib.compress(text, QUICK)

    def _brought(self) -> Story:
        story, number = Story(self.office), self.clues()
        story.does(
            "register", outside_no=f"{number:06d}", subject_name=f"示例市第{number}食品有限公司"
        )
        story.walk(*ROAD[1 : ROAD.index(self.action)])
        self.shadow.follow()
        return story


def _alone(one: IssuedDocument) -> Alone:
    template = load_template(one.kind)
    return template, typed_facts(template.form, one.facts) | {CODE: one.code}


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
    ours[A_PAPER] = lane.alone
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
        f"- step without a document / its bare rows: {cost:.1f}\n{_of_five(contest)}"
    )


def _of_five(contest: Contest) -> str:
    """What a step with five papers costs of one with one, the aim, and the least it could be."""
    found = contest.ratio(OURS[WITH_FIVE], OURS[WITH_DOCUMENT])
    told = aim("step with five documents / with one, at most 1.6", found, found.median <= MOST)
    least = spread(_least(contest.wall)), spread(_least(contest.cpu))
    return told + (
        "- the least that could be, with all else for nothing (a step with one document, the rows "
        "that the other writes beyond its own, four more documents rendered and deflated) / "
        f"step with one document: {least[0]}, CPU {least[1]}\n"
    )


def _least(figures: Mapping[str, Sequence[float]]) -> Spread:
    """Round by round: one step, the other's further rows, and its further papers."""
    told = (OURS[WITH_DOCUMENT], BARE[WITH_DOCUMENT], BARE[WITH_FIVE], A_PAPER)
    return Spread.of(
        [
            (one + more_rows - rows + (PAPERS - 1) * paper) / one
            for one, rows, more_rows, paper in zip(*(figures[name] for name in told), strict=True)
        ]
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
