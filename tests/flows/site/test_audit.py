"""The record that nobody alters unseen."""

import pytest
from sqlalchemy import text

from domain.tables.record import Event
from flows.site.event_chain import Verdict, verify
from flows.site.keys import load_keys
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.story import CONCLUDED, Story


@pytest.fixture
def kept(any_office: Office) -> Office:
    """An office with a record of more than ten events."""
    Story(any_office).walk(*CONCLUDED, "file_case", "case.assign_officers")
    return any_office


def _verdict(office: Office) -> Verdict:
    with reading(office.engine) as session:
        return verify(session, office.keys.chain)


def _tamper(office: Office, *statements: str) -> Verdict:
    with transaction(office.engine) as session:
        for statement in statements:
            session.connection().execute(text(statement))
    return _verdict(office)


def test_an_untouched_record_holds(kept: Office) -> None:
    found = _verdict(kept)

    assert found.holds
    assert found.events >= 10


@pytest.mark.parametrize(
    "change",
    [
        "actor_id = 'niemand'",
        "department_id = 'shili-urban'",
        "to_state = 'closed'",
        "from_state = 'closed'",
        "action = 'dismiss'",
        "process_kind = 'case'",
        "process_id = 99",
        "clue_id = NULL",
        "at = '2026-05-01 00:00:00'",
        "detail = '{}'",
        "previous = 'x'",
        "hash = 'x'",
    ],
)
def test_an_altered_event_is_found_at_its_number(kept: Office, change: str) -> None:
    found = _tamper(kept, f"UPDATE event SET {change} WHERE seq = 5")

    assert (found.broken_at, found.events) == (5, 4)
    assert "第5条" in found.reason


def test_a_deleted_event_is_found_at_its_number(kept: Office) -> None:
    found = _tamper(kept, "DELETE FROM event WHERE seq = 4")

    assert found.broken_at == 4
    assert "缺少第4条" in found.reason


def test_the_first_event_is_missed_too(kept: Office) -> None:
    assert _tamper(kept, "DELETE FROM event WHERE seq = 1").broken_at == 1


def test_two_events_that_changed_places_are_found(kept: Office) -> None:
    found = _tamper(
        kept,
        "UPDATE event SET seq = 900 WHERE seq = 6",
        "UPDATE event SET seq = 6 WHERE seq = 7",
        "UPDATE event SET seq = 7 WHERE seq = 900",
    )

    assert found.broken_at == 6


def test_an_event_slipped_in_at_the_end_is_found(kept: Office) -> None:
    last = _verdict(kept).events
    with transaction(kept.engine) as session:
        row = session.get_one(Event, last)
        copy = Event(**{**row.model_dump(), "seq": last + 1, "previous": row.hash})
        session.add(copy)

    assert _verdict(kept).broken_at == last + 1


def test_an_event_slipped_in_between_is_found(kept: Office) -> None:
    last = _verdict(kept).events
    shift = [f"UPDATE event SET seq = {seq + 1} WHERE seq = {seq}" for seq in range(last, 4, -1)]
    _tamper(kept, *shift)
    with transaction(kept.engine) as session:
        row = session.get_one(Event, 4)
        session.add(Event(**{**row.model_dump(), "seq": 5, "previous": row.hash}))

    assert _verdict(kept).broken_at == 5


def test_a_record_cut_short_is_found(kept: Office) -> None:
    last = _verdict(kept).events

    found = _tamper(kept, f"DELETE FROM event WHERE seq > {last - 2}")

    assert found.broken_at == last - 1
    assert f"应有{last}条" in found.reason


@pytest.mark.parametrize("cut", ["DELETE FROM chain_head", "UPDATE chain_head SET seq = 3"])
def test_a_head_that_was_removed_or_turned_back_is_found(kept: Office, cut: str) -> None:
    assert not _tamper(kept, cut).holds


def test_a_record_emptied_with_its_head_is_found(kept: Office) -> None:
    assert not _tamper(kept, "DELETE FROM event", "UPDATE chain_head SET seq = 3").holds


def test_without_the_key_nobody_writes_a_record_that_holds(
    kept: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = load_keys(tmp_path_factory.mktemp("other") / "keys.json")

    with reading(kept.engine) as session:
        assert verify(session, other.chain).broken_at == 1


def test_long_records_are_walked_to_the_end(kept: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.site.event_chain.BATCH", 3)

    assert _verdict(kept).events >= 10
    assert _tamper(kept, "UPDATE event SET action = 'x' WHERE seq = 8").broken_at == 8
