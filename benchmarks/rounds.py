"""Contenders take turns, so that a noisy minute is noisy for all; ratios are within a round."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles


@dataclass
class Stopwatch:
    """Wall and process CPU time of what is done between `lap`s, and how many units that was."""

    wall: float = 0.0
    cpu: float = 0.0
    units: int = 0

    @contextmanager
    def lap(self, units: int = 1) -> Iterator[None]:
        """Times the block; what lies outside a lap costs nothing."""
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu
        self.units += units


@dataclass(frozen=True)
class Spread:
    """The median of some figures, with their quartiles."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> "Spread":
        """The spread of any number of figures, one included."""
        if len(figures) == 1:
            return cls(figures[0], figures[0], figures[0])
        return cls(*quantiles(figures, n=4, method="inclusive"))


@dataclass(frozen=True)
class Contest:
    """The rounds of all contenders, in seconds per unit."""

    wall: Mapping[str, Sequence[float]]
    cpu: Mapping[str, Sequence[float]]

    def spread(self, name: str) -> Spread:
        """The seconds per unit that a contender took."""
        return Spread.of(self.wall[name])

    def ratio(self, name: str, base: str, kind: str = "wall") -> Spread:
        """How many times the base's time a contender took, round by round."""
        figures: Mapping[str, Sequence[float]] = getattr(self, kind)
        pairs = zip(figures[name], figures[base], strict=True)
        return Spread.of([one / other for one, other in pairs if other])


Contender = Callable[[Stopwatch], None]


def race(contenders: Mapping[str, Contender], rounds: int, warm_up: int = 2) -> Contest:
    """Lets everybody run once a round, after rounds that do not count."""
    wall: dict[str, list[float]] = {name: [] for name in contenders}
    cpu: dict[str, list[float]] = {name: [] for name in contenders}
    gc.collect()
    gc.freeze()  # what was there before is looked at no more, so that a collection is quick
    for number in range(warm_up + rounds):
        for name, run in contenders.items():
            watch = Stopwatch()
            gc.collect()
            run(watch)
            if number >= warm_up:
                wall[name].append(watch.wall / watch.units)
                cpu[name].append(watch.cpu / watch.units)
    gc.unfreeze()
    return Contest(wall, cpu)
