"""Facts in the database: in Chinese as they are written, and whatever wrote them is understood."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from domain.tables.columns import json_text, json_value
from flows.site.office import Office
from tests.helpers.story import Story

HALF = "\ud83d"
PLAIN_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    max_leaves=20,
)


@given(PLAIN_DATA)
def test_what_is_written_is_read_again_by_either_reader(data: object) -> None:
    told = json_text(data)

    assert json_value(told) == data
    assert json.loads(told) == data


@given(PLAIN_DATA | st.text(st.characters(exclude_categories=())))
def test_what_an_earlier_version_wrote_is_read_as_it_was(data: object) -> None:
    assert json_value(json.dumps(data)) == data


def test_half_a_character_is_kept_and_harms_no_row() -> None:
    told = json_text({"content": f"油烟{HALF}"})

    assert told.isascii()
    assert json_value(told) == {"content": f"油烟{HALF}"}


def test_a_very_deep_list_is_read_like_a_flat_one() -> None:
    deep: list[object] = []
    for _ in range(400):
        deep = [deep]

    assert json_value(json.dumps(deep)) == deep


@pytest.mark.parametrize("value", [date(2026, 11, 30), {1, 2}, b"x"])
def test_what_is_no_plain_data_is_an_error_and_not_a_text(value: object) -> None:
    with pytest.raises(TypeError):
        json_text({"facts": value})


def test_facts_stand_in_the_database_in_chinese(any_office: Office) -> None:
    Story(any_office).does("register", title="某食品店销售过期食品")

    with any_office.engine.connect() as connection:
        kept = connection.execute(text("SELECT CAST(facts AS text) FROM document")).scalars().all()
        said = connection.execute(text("SELECT CAST(detail AS text) FROM event")).scalars().all()

    assert kept
    assert said
    assert all(one == json_text(json.loads(one)) for one in (*kept, *said))
    assert any("某食品店" in one for one in said)
    assert not any("\\u" in one for one in (*kept, *said))
