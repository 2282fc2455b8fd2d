"""The text of hashes: what the standard library writes, whatever writes it."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.shapes import canonical
from domain.shapes.canonical import canonical_json
from tests.helpers.story import RECEIVED, Story

PLAIN_DATA: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda one: st.lists(one) | st.tuples(one, one) | st.dictionaries(st.text(), one),
    max_leaves=30,
)


@given(PLAIN_DATA)
@example({"数额": 1e16, "比例": 0.00001234, "多": [2**70, -0.0, 1.5]})
@example([1e-5, {"": 5e-324}, 123456789012345.0])
@example({"\x00\x1f\x7f\u2028": '"\\/\b\f\n\r\t', "é": "𠮷", "e": "e"})
@example({"Z": 1, "a": 2, "一": 3, "𠮷": 4, "\uffff": 5})
def test_a_hash_made_by_any_version_fits(data: object) -> None:
    """Codes and events that were made with the standard library's text are checked with this."""
    told = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert canonical_json(data) == told.encode()


def test_keys_that_are_no_text_are_written_as_before() -> None:
    assert canonical_json({"页": {1: "一", 2: "二"}}) == '{"页":{"1":"一","2":"二"}}'.encode()


def test_lists_within_lists_are_no_matter() -> None:
    deep: list[object] = []
    for _ in range(400):
        deep = [deep]

    assert canonical_json(deep) == b"[" * 401 + b"]" * 401


@pytest.mark.parametrize("value", [date(2026, 11, 30), datetime(2026, 11, 30, tzinfo=UTC), {1}])
def test_what_is_no_plain_data_makes_no_hash(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json({"facts": value})


def test_what_papers_and_events_say_is_written_the_quick_way(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A moment has a point in it, and is no fraction."""
    slow: list[object] = []

    def written(value: object) -> str:
        slow.append(value)
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    monkeypatch.setattr(canonical, "_written", written)

    story.walk(*RECEIVED)

    assert not slow
    assert story.chain_holds()
