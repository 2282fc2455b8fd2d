"""How often a subject was inspected in a year: properties that hold for any entries."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.visits.frequency import Entry, frequency_of

ENTRIES = st.lists(
    st.builds(
        Entry,
        day=st.integers(0, 360).map(lambda one: date(2026, 1, 1) + timedelta(days=one)),
        department=st.sampled_from(("market", "health", "fire")),
        visit=st.integers(1, 6).map(lambda one: f"JC{one}"),
        kind=st.sampled_from(("daily", "single")),
        counts=st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(ENTRIES)
def test_each_door_counts_once_whoever_went_and_in_whatever_order(
    entries: list[Entry],
) -> None:
    found = frequency_of(entries, "market")
    mixed = sorted(entries, key=lambda one: (one.kind, one.visit, one.day))

    assert frequency_of(mixed, "market").own == found.own
    assert found.doors == len({one.visit for one in entries})
    assert found.own <= found.doors
    assert found.own == len({o.visit for o in entries if o.department == "market" and o.counts})
    assert [one.day for one in found.entries] == sorted(one.day for one in entries)
    assert frequency_of([*entries, *entries], "market").own == found.own
