"""All kinds of documents mixed, and a case file of 200: against docxtpl and against the floor.

A round of the mix writes one document of every kind; the case file takes them in turn until it is
full. Its floor deflates and hashes the texts and writes no file.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.documents import FLOOR, OURS, THEIRS, Engine, _docxtpl, _floor, _sample, _text
from benchmarks.effort import Effort
from benchmarks.intake import _resident
from benchmarks.report import aim, rows, table
from benchmarks.rounds import Contender, Stopwatch, race
from documents.output.bundle import BundleFile, bundle, file_name
from documents.templates.kinds import Template, load_all

TITLE = "Documents, all kinds mixed"
LATER = 1_000
"""Documents between the two looks at the memory."""
CASE_FILE = 200
ROUNDS = 7
"""More rounds than this tell nothing new."""
Facts = Mapping[str, object]


def measure(effort: Effort, folder: Path) -> str:
    """The mix, the case file, and what a thousand documents leave in the memory."""
    kinds = list(load_all().values())
    facts = [_sample(one) for one in kinds]
    engines = enter(kinds)
    compare(kinds, engines, facts)
    rounds = min(effort.rounds, ROUNDS)
    return "\n".join(
        (
            f"### One of each of {len(kinds)} kinds\n\n" + _mix(engines, facts, rounds),
            f"### A case file of {CASE_FILE} documents\n\n" + _case(engines, facts, rounds),
            "### Memory\n\n" + _memory(engines[OURS], facts),
        )
    )


def enter(kinds: Sequence[Template]) -> Mapping[str, Sequence[Engine]]:
    """The contenders, each with an engine for every kind."""
    return {
        OURS: [one.render for one in kinds],
        THEIRS: [_docxtpl(one) for one in kinds],
        FLOOR: [_floor(one) for one in kinds],
    }


def compare(
    kinds: Sequence[Template], engines: Mapping[str, Sequence[Engine]], facts: Sequence[Facts]
) -> None:
    """Refuses to measure unless docxtpl writes the same text as we do."""
    for place, one in enumerate(kinds):
        ours, theirs = (_text(engines[name][place](facts[place])) for name in (OURS, THEIRS))
        if ours != theirs:
            raise RuntimeError(f"docxtpl writes another {one.kind} than we do")


def _mix(engines: Mapping[str, Sequence[Engine]], facts: Sequence[Facts], rounds: int) -> str:
    contest = race({name: _each(found, facts) for name, found in engines.items()}, rounds)
    times = contest.ratio(THEIRS, OURS, "cpu")
    over = contest.ratio(OURS, FLOOR, "cpu")
    return (
        table(contest, OURS)
        + aim("docxtpl / ours (CPU), at least 20", times, times.median >= 20)
        + aim("ours / floor (CPU), at most 1.5", over, over.median <= 1.5)
    )


def _each(engines: Sequence[Engine], facts: Sequence[Facts]) -> Contender:
    def run(watch: Stopwatch) -> None:
        with watch.lap(len(engines)):
            for engine, told in zip(engines, facts, strict=True):
                engine(told)

    return run


def _case(engines: Mapping[str, Sequence[Engine]], facts: Sequence[Facts], rounds: int) -> str:
    contest = race(
        {
            OURS: _filed(engines[OURS], facts),
            THEIRS: _filed(engines[THEIRS], facts),
            FLOOR: _hashed(engines[FLOOR], facts),
        },
        min(rounds, 3),
        warm_up=1,
    )
    times = contest.ratio(THEIRS, OURS, "cpu")
    over = contest.ratio(OURS, FLOOR, "cpu")
    return (
        table(contest, OURS)
        + aim("docxtpl / ours (CPU), at least 10", times, times.median >= 10)
        + aim("ours / floor (CPU), at most 2", over, over.median <= 2)
    )


def _filed(engines: Sequence[Engine], facts: Sequence[Facts]) -> Contender:
    def run(watch: Stopwatch) -> None:
        with watch.lap():
            bundle(
                BundleFile(file_name(place, "文书"), content)
                for place, content in enumerate(_written(engines, facts), 1)
            )

    return run


def _hashed(engines: Sequence[Engine], facts: Sequence[Facts]) -> Contender:
    def run(watch: Stopwatch) -> None:
        with watch.lap():
            for content in _written(engines, facts):
                hashlib.sha256(content).hexdigest()

    return run


def _written(engines: Sequence[Engine], facts: Sequence[Facts]) -> list[bytes]:
    places = [place % len(engines) for place in range(CASE_FILE)]
    return [engines[place](facts[place]) for place in places]


def _memory(engines: Sequence[Engine], facts: Sequence[Facts]) -> str:
    """What is resident after a hundred documents, and after a thousand more."""
    seen: list[tuple[int, float]] = []
    for upto in (100, 100 + LATER):
        for place in range(seen[-1][0] if seen else 0, upto):
            engines[place % len(engines)](facts[place % len(engines)])
        seen.append((upto, _resident()))
    grown = seen[1][1] - seen[0][1]
    told = rows(("documents written", "MB resident"), [(f"{n:,}", f"{mb:,.1f}") for n, mb in seen])
    return f"{told}- growth over {LATER:,} documents, at most 2 MB: **{grown:.1f} MB** – " + (
        "met.\n" if grown <= 2 else "missed.\n"
    )
