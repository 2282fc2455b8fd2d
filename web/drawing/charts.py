"""Charts as places and lengths: what a template draws as SVG, with the figures in words beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH = 400.0
PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM = 36.0, 384.0, 16.0, 160.0
COLUMN_SHARE = 0.55
NARROWEST_NAME = 27.0
"""Where columns stand closer than this, not every one can bear its name and figure."""
BAR_LEFT, BAR_RIGHT, BAR_STEP, BAR_THICK = 92.0, 330.0, 26.0, 15.0


@dataclass(frozen=True)
class Point:
    """One figure: its name, its value where there is one, how it reads, and a short name."""

    label: str
    value: float | None
    reads: str
    short: str = ""


@dataclass(frozen=True)
class Box:
    """A figure drawn: a rectangle, and where its name and its value stand."""

    point: Point
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float
    value_x: float
    value_y: float
    is_named: bool = True

    @property
    def reads(self) -> str:
        """The figure without the decimals that a narrow column has no room for."""
        return self.point.reads.replace(".0%", "%")


@dataclass(frozen=True)
class Line:
    """A line of the grid with its figure."""

    y: float
    reads: str


@dataclass(frozen=True)
class Chart:
    """A chart in its own coordinates; `told` says all of it in words."""

    title: str
    told: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    grid: tuple[Line, ...] = ()


def columns(title: str, points: Sequence[Point], top: float, *, is_share: bool) -> Chart:
    """A column for every point, up to `top`."""
    step = (PLOT_RIGHT - PLOT_LEFT) / max(len(points), 1)
    every = ceil(NARROWEST_NAME / step)
    boxes = []
    for place, point in enumerate(points):
        height = (PLOT_BOTTOM - PLOT_TOP) * _part(point, top)
        left, y = PLOT_LEFT + step * place, PLOT_BOTTOM - height
        x, width = left + step * (1 - COLUMN_SHARE) / 2, step * COLUMN_SHARE
        middle = left + step / 2
        named = (len(points) - 1 - place) % every == 0
        box = Box(point, x, y, width, height, middle, PLOT_BOTTOM + 16, middle, y - 4, named)
        boxes.append(box)
    marks = (0.0, 0.5, 1.0)
    grid = tuple(
        Line(PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * one, _mark(one * top, is_share=is_share))
        for one in marks
    )
    return Chart(title, _told(points), WIDTH, PLOT_BOTTOM + 24, tuple(boxes), grid)


def bars(title: str, points: Sequence[Point], top: float) -> Chart:
    """A bar for every point, one below the other, up to `top`."""
    boxes = []
    for place, point in enumerate(points):
        y = 4 + BAR_STEP * place
        width = (BAR_RIGHT - BAR_LEFT) * _part(point, top)
        middle = y + BAR_THICK - 3
        beside = BAR_LEFT + width + 5
        boxes.append(
            Box(point, BAR_LEFT, y, width, BAR_THICK, BAR_LEFT - 6, middle, beside, middle)
        )
    return Chart(title, _told(points), WIDTH, 8 + BAR_STEP * len(points), tuple(boxes))


def _part(point: Point, top: float) -> float:
    return min((point.value or 0) / top, 1.0) if top else 0.0


def _mark(value: float, *, is_share: bool) -> str:
    return f"{value:.0%}" if is_share else f"{value:.1f}"


def _told(points: Sequence[Point]) -> str:
    return "；".join(f"{one.label}{one.reads}" for one in points)


@dataclass(frozen=True)
class Dot:
    """A point of a trend: where it stands, and its name and value in words."""

    x: float
    y: float
    label: str
    reads: str


@dataclass(frozen=True)
class Trend:
    """A line over time; `pieces`: its unbroken parts as SVG points; `told`: all of it in words."""

    title: str
    told: str
    pieces: tuple[str, ...]
    dots: tuple[Dot, ...]
    grid: tuple[Line, ...]
    first: str
    last: str


TREND_LEFT, TREND_RIGHT, TREND_TOP, TREND_BOTTOM = 34.0, 250.0, 10.0, 78.0


def trend(title: str, points: Sequence[Point], top: float, *, is_share: bool) -> Trend:
    """A line through every point that has a value, up to `top`; broken where one has none."""
    step = (TREND_RIGHT - TREND_LEFT) / max(len(points) - 1, 1)
    pieces: list[list[Dot]] = [[]]
    for place, point in enumerate(points):
        if point.value is None:
            pieces.append([])
            continue
        y = TREND_BOTTOM - (TREND_BOTTOM - TREND_TOP) * _part(point, top)
        pieces[-1].append(Dot(TREND_LEFT + step * place, y, point.label, point.reads))
    grid = tuple(
        Line(TREND_BOTTOM - (TREND_BOTTOM - TREND_TOP) * one, _mark(one * top, is_share=is_share))
        for one in (0.0, 1.0)
    )
    return Trend(
        title,
        _told(points),
        tuple(" ".join(f"{one.x:.1f},{one.y:.1f}" for one in piece) for piece in pieces if piece),
        tuple(one for piece in pieces for one in piece),
        grid,
        points[0].short or points[0].label if points else "",
        points[-1].short or points[-1].label if points else "",
    )
