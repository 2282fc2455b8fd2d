"""Draws per second, against sorting the same objects and against the file that stands alone."""

from pathlib import Path

from benchmarks.effort import Effort
from benchmarks.report import spread, table
from benchmarks.rounds import Stopwatch, race
from domain.draws.draw_record import Opened, full_record, outcome_of
from domain.draws.frame import Frame
from domain.draws.verify_draw import differences

TITLE = "Draws"
SEAL = "ours, sealing the frame"
OURS = "ours, drawing"
SORT = "sorting the objects by name"
ALONE = "replaying with verify_draw.py"
OPENED = Opened("5e" * 32, ("12", "7", "30"))
ITEM = "market|catering"
STRATA = "ABCD"


def measure(effort: Effort, folder: Path) -> str:
    """The section on draws; one in twenty of every class is drawn, forty officers go."""
    frame = _frame(effort.objects)
    record = full_record("CQ1", frame, OPENED)
    names = [one for one, _, _ in frame.places]
    if differences(record):
        raise RuntimeError("the two programs do not agree on a draw")

    def seal(watch: Stopwatch) -> None:
        fresh = _frame(effort.objects)
        with watch.lap():
            assert fresh.sha

    def ours(watch: Stopwatch) -> None:
        with watch.lap():
            outcome_of(frame, OPENED)

    def sort(watch: Stopwatch) -> None:
        with watch.lap():
            sorted(names)

    def alone(watch: Stopwatch) -> None:
        with watch.lap():
            differences(record)

    contest = race({OURS: ours, SEAL: seal, SORT: sort, ALONE: alone}, effort.draw_rounds)
    times = spread(contest.ratio(OURS, SORT, "cpu"))
    return (
        f"### {effort.objects:,} objects\n\n{table(contest, OURS)}\n"
        f"- A draw takes {times} times as long as sorting its objects.\n"
    )


def _frame(number: int) -> Frame:
    places = tuple((f"91370000{one:010d}", ITEM, STRATA[one % 4]) for one in range(number))
    quotas = {ITEM: dict.fromkeys(STRATA, number // 80)}
    return Frame(places, quotas, {f"SL{one:06d}": "market" for one in range(40)})
