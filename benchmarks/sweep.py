"""The sweep of the reminder ladders: as many clocks due among few open ones and among very many."""

from datetime import timedelta
from pathlib import Path

from benchmarks.crowd import MORNING, Crowd
from benchmarks.databases import NewDatabase, databases
from benchmarks.effort import Effort
from benchmarks.report import aim, table
from benchmarks.rounds import Contender, Stopwatch, race
from flows.reminders.sweep import sweep
from flows.site.office import Office
from tests.helpers.office import build_office

TITLE = "Sweep of the reminder ladder"
WARM_UP = 1


def measure(effort: Effort, folder: Path) -> str:
    """The section on the sweep, on every kind of database."""
    with databases(folder, effort) as kinds:
        return "\n".join(
            _on(name, new, effort, folder / f"office-{place}")
            for place, (name, new) in enumerate(kinds.items())
        )


def _on(name: str, new: NewDatabase, effort: Effort, home: Path) -> str:
    offices: list[Office] = []
    contenders: dict[str, Contender] = {}
    for size in (effort.few, effort.many):
        office = build_office(home / str(size), new())
        Crowd(size, effort.due, effort.sweeps + WARM_UP).fill(office)
        contenders[f"a clock due, among {size:,} open"] = _Sweeper(office, effort.due)
        offices.append(office)
    few, many = contenders
    contest = race(contenders, effort.sweeps, WARM_UP)
    for office in offices:
        office.engine.dispose()
    growth = contest.ratio(many, few)
    return f"### {name}, {effort.due:,} clocks due in each sweep\n\n{table(contest, few)}\n" + aim(
        "time of a sweep, many open / few open, at most 1.5", growth, growth.median <= 1.5
    )


class _Sweeper:
    """Sweeps an office, each time a minute later, when as many clocks are due again."""

    def __init__(self, office: Office, due: int) -> None:
        self._office, self._due, self._minute = office, due, 0

    def __call__(self, watch: Stopwatch) -> None:
        now = MORNING + timedelta(minutes=self._minute)
        self._minute += 1
        with watch.lap(self._due):
            found = sweep(self._office, now)
        if found.fired != self._due or found.failed:
            raise RuntimeError(f"{self._due} clocks were due, but: {found}")
