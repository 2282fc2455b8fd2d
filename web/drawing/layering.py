"""A drawing in layers: what comes first on top, few crossings, straight lines. Pure arithmetic.

Edges that lead back are turned round for the layout; an edge over several layers gets a bend in
each. Equal graphs make equal drawings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Edge = tuple[str, str]
Point = tuple[float, float]
SWEEPS = 24
STRAIGHT = 6.0
"""How much more a bend insists on lying in line than a box does."""
BEND_WIDTH = 12.0


@dataclass(frozen=True)
class Box:
    """Something to place, as large as it is."""

    id: str
    width: float
    height: float


@dataclass(frozen=True)
class Gaps:
    """The room between boxes of a layer, and between layers."""

    across: float = 18.0
    down: float = 26.0


CLOSE = Gaps()


@dataclass(frozen=True)
class Layout:
    """The middle of every box, and the points that every edge runs through, in its direction."""

    places: Mapping[str, Point]
    courses: Mapping[Edge, tuple[Point, ...]]
    backward: frozenset[Edge]
    width: float
    height: float


@dataclass
class _Graph:
    """Boxes and bends in layers, and the short edges between neighbouring layers."""

    layers: list[list[str]]
    above: dict[str, list[str]] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)
    chains: dict[Edge, list[str]] = field(default_factory=dict)


def arrange(
    boxes: Sequence[Box], edges: Sequence[Edge], hints: Sequence[Edge] = (), gaps: Gaps = CLOSE
) -> Layout:
    """Where every box and edge lies; the order of the boxes says what comes first.

    `hints` say what comes below what, and are not drawn.
    """
    sizes = {one.id: one for one in boxes}
    backward = _backward([one.id for one in boxes], [*edges, *hints])
    down = [(b, a) if (a, b) in backward else (a, b) for a, b in [*edges, *hints]]
    graph = _graph(_ranks([one.id for one in boxes], down), edges, backward)
    _order(graph)
    widths = {
        one: sizes[one].width if one in sizes else BEND_WIDTH
        for layer in graph.layers
        for one in layer
    }
    across = _across(graph, widths, gaps.across)
    heights = [
        max((sizes[one].height for one in layer if one in sizes), default=0.0)
        for layer in graph.layers
    ]
    return _placed(graph, sizes, backward, (across, widths, heights, gaps.down))


# --- layers --------------------------------------------------------------------------------------


def _backward(ids: Sequence[str], edges: Iterable[Edge]) -> frozenset[Edge]:
    """The edges that close a circle, walking from the first boxes on."""
    following: dict[str, list[str]] = {one: [] for one in ids}
    for start, end in edges:
        following[start].append(end)
    done: set[str] = set()
    open_: set[str] = set()
    found: set[Edge] = set()

    def walk(one: str) -> None:
        open_.add(one)
        for then in following[one]:
            if then in open_:
                found.add((one, then))
            elif then not in done:
                walk(then)
        open_.discard(one)
        done.add(one)

    for one in ids:
        if one not in done:
            walk(one)
    return frozenset(found)


def _ranks(ids: Sequence[str], down: Sequence[Edge]) -> dict[str, int]:
    """How far down each box lies: below all that leads to it, and near what it leads to."""
    ranks = dict.fromkeys(ids, 0)
    for _ in ids:
        moved = False
        for start, end in down:
            if ranks[end] < ranks[start] + 1:
                ranks[end], moved = ranks[start] + 1, True
        if not moved:
            break
    entered = {end for _, end in down}
    for one in ids:
        following = [ranks[end] for start, end in down if start == one]
        if one not in entered and following:
            ranks[one] = min(following) - 1
    return ranks


def _graph(ranks: Mapping[str, int], edges: Sequence[Edge], backward: frozenset[Edge]) -> _Graph:
    graph = _Graph([[] for _ in range(max(ranks.values(), default=0) + 1)])
    for one, rank in ranks.items():
        graph.layers[rank].append(one)
    for edge in dict.fromkeys(edges):
        top, bottom = reversed(edge) if edge in backward else edge
        chain = [top]
        for rank in range(ranks[top] + 1, ranks[bottom]):
            bend = f"{edge[0]}>{edge[1]}@{rank}"
            graph.layers[rank].append(bend)
            chain.append(bend)
        chain.append(bottom)
        for upper, lower in pairwise(chain):
            graph.below.setdefault(upper, []).append(lower)
            graph.above.setdefault(lower, []).append(upper)
        graph.chains[edge] = chain
    return graph


# --- order within a layer ------------------------------------------------------------------------


def _order(graph: _Graph) -> None:
    """Sorts every layer by where its neighbours lie, to and fro; keeps the best found."""
    best, fewest = [list(one) for one in graph.layers], _crossings(graph)
    for sweep in range(SWEEPS):
        from_top = sweep % 2 == 0
        layers = graph.layers[1:] if from_top else graph.layers[-2::-1]
        beside = graph.above if from_top else graph.below
        place = {one: at for layer in graph.layers for at, one in enumerate(layer)}
        for layer in layers:
            wanted = {
                one: _mean([place[n] for n in beside.get(one, [])], place[one]) for one in layer
            }
            layer.sort(key=lambda one: wanted[one])
            place.update({one: at for at, one in enumerate(layer)})
        now = _crossings(graph)
        if now < fewest:
            best, fewest = [list(one) for one in graph.layers], now
    graph.layers = best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(graph: _Graph) -> int:
    count = 0
    for upper, lower in zip(graph.layers, graph.layers[1:], strict=False):
        place = {one: at for at, one in enumerate(lower)}
        ends = [place[n] for one in upper for n in sorted(graph.below.get(one, []), key=place.get)]  # type: ignore[arg-type]
        count += sum(1 for at, end in enumerate(ends) for other in ends[at + 1 :] if other < end)
    return count


# --- places --------------------------------------------------------------------------------------


def _across(graph: _Graph, widths: Mapping[str, float], gap: float) -> dict[str, float]:
    """The middles from left to right: near the neighbours, never nearer to each other than fits."""
    found: dict[str, float] = {}
    for layer in graph.layers:
        edge = 0.0
        for one in layer:
            found[one] = edge + widths[one] / 2
            edge += widths[one] + gap
    for sweep in range(SWEEPS):
        layers = graph.layers if sweep % 2 == 0 else graph.layers[::-1]
        for layer in layers:
            wanted = [_wanted(graph, found, one) for one in layer]
            weights = [STRAIGHT if "@" in one else 1.0 for one in layer]
            apart = [(widths[a] + widths[b]) / 2 + gap for a, b in pairwise(layer)]
            found.update(zip(layer, _apart(wanted, weights, apart), strict=True))
    left = min((found[one] - widths[one] / 2 for one in found), default=0.0)
    return {one: at - left for one, at in found.items()}


def _wanted(graph: _Graph, found: Mapping[str, float], one: str) -> float:
    beside = [*graph.above.get(one, []), *graph.below.get(one, [])]
    return _mean([found[n] for n in beside], found[one])


def _apart(
    wanted: Sequence[float], weights: Sequence[float], apart: Sequence[float]
) -> list[float]:
    """The nearest places to those wanted that keep their order and distance."""
    shift = [0.0]
    for one in apart:
        shift.append(shift[-1] + one)
    blocks: list[list[float]] = []  # sum of weighted wishes, weight, how many
    for wish, weight, off in zip(wanted, weights, shift, strict=True):
        blocks.append([(wish - off) * weight, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    means = [block[0] / block[1] for block in blocks for _ in range(int(block[2]))]
    return [mean + off for mean, off in zip(means, shift, strict=True)]


_Measures = tuple[Mapping[str, float], Mapping[str, float], Sequence[float], float]


def _placed(
    graph: _Graph, sizes: Mapping[str, Box], backward: frozenset[Edge], measures: _Measures
) -> Layout:
    across, widths, heights, gap = measures
    places: dict[str, Point] = {}
    top = 0.0
    for layer, height in zip(graph.layers, heights, strict=True):
        places.update({one: (across[one], top + height / 2) for one in layer})
        top += height + gap
    courses = {
        edge: _course(chain, places, sizes, is_back=edge in backward)
        for edge, chain in graph.chains.items()
    }
    width = max((across[one] + widths[one] / 2 for one in across), default=0.0)
    boxes = {one: places[one] for one in sizes}
    return Layout(boxes, courses, backward, width, max(top - gap, 0.0))


def _course(
    chain: Sequence[str], places: Mapping[str, Point], sizes: Mapping[str, Box], *, is_back: bool
) -> tuple[Point, ...]:
    (first_x, first_y), (last_x, last_y) = places[chain[0]], places[chain[-1]]
    points = [
        (first_x, first_y + sizes[chain[0]].height / 2),
        *(places[one] for one in chain[1:-1]),
        (last_x, last_y - sizes[chain[-1]].height / 2),
    ]
    return tuple(reversed(points)) if is_back else tuple(points)
