"""A lifecycle drawn: its states as boxes, and what leads on from each as pills between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.shapes.lifecycles import Lifecycle, Transition
from web.drawing.layering import Box, Edge, Point, arrange

STATE_HEIGHT, PILL_HEIGHT = 34.0, 24.0
STATE_LETTER, PILL_LETTER = 15.0, 13.0
PADDING = 22.0
MARGIN = 14.0
FEW = 3
"""From more states than this, a pill names how many and no lines lead to it."""


@dataclass(frozen=True)
class DrawnBox:
    """A state or an action in its place."""

    id: str
    label: str
    x: float
    y: float
    width: float
    height: float
    is_action: bool
    is_end: bool = False
    is_caused: bool = False

    @property
    def left(self) -> float:
        """The left side."""
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        """The upper side."""
        return round(self.y - self.height / 2, 1)


@dataclass(frozen=True)
class DrawnLine:
    """A line as an SVG path; one that leads back to an earlier state says so."""

    path: str
    is_back: bool
    has_arrow: bool


@dataclass(frozen=True)
class Drawing:
    """A lifecycle as a picture, and in words for who cannot see it."""

    width: int
    height: int
    boxes: tuple[DrawnBox, ...]
    lines: tuple[DrawnLine, ...]
    told: str


def draw(lifecycle: Lifecycle) -> Drawing:
    """The picture of a lifecycle; actions that change no state are left to the table."""
    moves = {name: one for name, one in lifecycle.actions.items() if one.to != "same"}
    boxes = [
        Box(key, _width(one.label, STATE_LETTER), STATE_HEIGHT)
        for key, one in lifecycle.states.items()
    ]
    labels = {name: _label(one) for name, one in moves.items()}
    boxes += [Box(f"!{name}", _width(labels[name], PILL_LETTER), PILL_HEIGHT) for name in moves]
    edges = [edge for name, one in moves.items() for edge in _edges(name, one)]
    found = arrange(boxes, edges, list(_hints(moves)))
    sizes = {one.id: one for one in boxes}
    drawn = [
        DrawnBox(
            id=key.removeprefix("!"),
            label=labels[key[1:]] if key.startswith("!") else lifecycle.states[key].label,
            x=x + MARGIN,
            y=y + MARGIN,
            width=sizes[key].width,
            height=sizes[key].height,
            is_action=key.startswith("!"),
            is_end=not key.startswith("!") and lifecycle.states[key].ended,
            is_caused=key.startswith("!") and "consequence" in moves[key[1:]].by,
        )
        for key, (x, y) in found.places.items()
    ]
    lines = [
        DrawnLine(_path(course), edge in found.backward, not edge[1].startswith("!"))
        for edge, course in found.courses.items()
    ]
    size = (round(found.width + 2 * MARGIN), round(found.height + 2 * MARGIN))
    return Drawing(*size, tuple(drawn), tuple(lines), _told(lifecycle, moves))


def _label(action: Transition) -> str:
    many = len(action.from_) > FEW
    return f"{action.label}（{len(action.from_)}种状态下）" if many else action.label


def _edges(name: str, action: Transition) -> list[Edge]:
    pill = f"!{name}"
    if len(action.from_) > FEW:
        return [(pill, action.to)]
    return [*((one, pill) for one in action.from_ if one != "none"), (pill, action.to)]


def _hints(moves: Mapping[str, Transition]) -> Iterator[Edge]:
    """A pill to which no lines lead still lies below the states it is open in."""
    for name, one in moves.items():
        if len(one.from_) > FEW:
            yield from ((state, f"!{name}") for state in one.from_)


def _width(label: str, letter: float) -> float:
    return sum(letter if ord(one) > 255 else letter * 0.6 for one in label) + PADDING


def _path(course: Sequence[Point]) -> str:
    points = [(x + MARGIN, y + MARGIN) for x, y in course]
    (x, y), rest = points[0], points[1:]
    found = [f"M{x:.1f} {y:.1f}"]
    for then_x, then_y in rest:
        middle = (y + then_y) / 2
        found.append(f"C{x:.1f} {middle:.1f} {then_x:.1f} {middle:.1f} {then_x:.1f} {then_y:.1f}")
        x, y = then_x, then_y
    return "".join(found)


def _told(lifecycle: Lifecycle, moves: Mapping[str, Transition]) -> str:
    def label(state: str) -> str:
        return lifecycle.states[state].label if state in lifecycle.states else "新建"

    said = [
        f"{one.label}：{'、'.join(label(state) for state in one.from_)}→{label(one.to)}"
        for one in moves.values()
    ]
    return f"{lifecycle.label}共{len(lifecycle.states)}种状态。" + "；".join(said) + "。"
