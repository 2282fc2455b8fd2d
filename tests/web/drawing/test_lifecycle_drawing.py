"""Drawings in layers: nothing overlaps, what comes first is on top, equal in equal out."""

from itertools import combinations

import pytest

import domain.lifecycle.plan  # noqa: F401 - registers guards and conditions
from domain.guards.words import CONDITIONS, GUARDS
from domain.rulebook.named_functions import condition, guard
from domain.rulebook.rulebook_reading import load_rulebook
from web.drawing.layering import Box, arrange
from web.drawing.lifecycle_drawing import draw

KINDS = tuple(load_rulebook().lifecycles)


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_boxes_overlap(kind: str) -> None:
    boxes = draw(load_rulebook().lifecycles[kind]).boxes

    for one, other in combinations(boxes, 2):
        apart = abs(one.x - other.x) >= (one.width + other.width) / 2
        assert apart or abs(one.y - other.y) >= (one.height + other.height) / 2, (one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_lies_within_the_picture(kind: str) -> None:
    drawing = draw(load_rulebook().lifecycles[kind])

    for one in drawing.boxes:
        assert one.left >= 0
        assert one.top >= 0
        assert one.left + one.width <= drawing.width
        assert one.top + one.height <= drawing.height


def test_what_leads_on_lies_below_and_what_leads_back_is_marked() -> None:
    boxes = [Box(one, 40, 20) for one in "abc"]
    found = arrange(boxes, [("a", "b"), ("b", "c"), ("c", "a")])

    assert found.places["a"][1] < found.places["b"][1] < found.places["c"][1]
    assert found.backward == {("c", "a")}
    assert found.courses[("c", "a")][-1][1] <= found.courses[("c", "a")][0][1]


def test_hints_order_without_being_drawn() -> None:
    boxes = [Box(one, 40, 20) for one in "ab"]
    found = arrange(boxes, [], hints=[("a", "b")])

    assert found.places["a"][1] < found.places["b"][1]
    assert found.courses == {}


def test_equal_lifecycles_make_equal_drawings() -> None:
    lifecycle = load_rulebook().lifecycles["case"]

    assert draw(lifecycle) == draw(lifecycle)


def test_every_guard_and_condition_has_its_words() -> None:
    assert set(GUARDS) == guard.names()
    assert set(CONDITIONS) == condition.names()
