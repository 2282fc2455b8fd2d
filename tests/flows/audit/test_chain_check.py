"""Checks of the record: from where the last one ended, every misfit, and ends noted before."""

import pytest
from sqlalchemy import text

from domain.tables.site import ChainCheck
from flows.audit.chain_check import Compared, compare, last_good, start_check
from flows.site.event_chain import GENESIS, head_of
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, Story


@pytest.fixture
def story(any_office: Office) -> Story:
    """An office with a record."""
    told = Story(any_office)
    told.walk(*CONCLUDED)
    return told


def checked(story: Story, *, whole: bool = False) -> ChainCheck:
    check_id = start_check(story.office, actor("auditor"), story.now, whole=whole)
    with reading(story.office.engine) as session:
        found = session.get_one(ChainCheck, check_id)
        assert found.ended_at is not None
        return found


def tamper(story: Story, *statements: str) -> None:
    with transaction(story.office.engine) as session:
        for one in statements:
            session.connection().execute(text(one))


def reasons(found: ChainCheck) -> list[str]:
    return [str(one["reason"]) for one in found.failures]


def compared(story: Story, noted: str) -> Compared:
    with reading(story.office.engine) as session:
        return compare(session, noted)


def test_a_check_goes_on_from_where_the_last_one_ended(story: Story) -> None:
    first = checked(story)
    story.walk("file_case")
    second = checked(story)

    assert (first.from_seq, first.failures) == (1, [])
    assert second.from_seq == first.to_seq + 1
    assert second.to_seq > first.to_seq
    assert checked(story, whole=True).from_seq == 1
    with reading(story.office.engine) as session:
        assert head_of(session).hash == second.head_hash


def test_nothing_new_is_no_misfit(story: Story) -> None:
    checked(story)

    again = checked(story)

    assert (again.from_seq, again.failures) == (again.to_seq + 1, [])


def test_every_misfit_is_told_with_its_place(story: Story) -> None:
    tamper(
        story,
        "UPDATE event SET actor_id = 'niemand' WHERE seq = 2",
        "DELETE FROM event WHERE seq = 4",
    )

    found = checked(story)

    assert reasons(found) == ["第2条被改动", "缺少第4条"]
    assert [one["seq"] for one in found.failures] == [2, 4]


def test_portions_join(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.audit.chain_check.BATCH", 2)

    assert checked(story).failures == []
    tamper(story, "DELETE FROM event WHERE seq IN (3, 4)")
    assert reasons(checked(story, whole=True)) == ["缺少第3至4条"]


def test_a_change_before_the_last_check_is_found_by_a_whole_one(story: Story) -> None:
    checked(story)
    tamper(story, "UPDATE event SET actor_id = 'niemand' WHERE seq = 2")

    assert checked(story).failures == []
    assert reasons(checked(story, whole=True)) == ["第2条被改动"]


def test_an_end_cut_off_together_with_its_head_is_found_by_earlier_checks(story: Story) -> None:
    last = checked(story).to_seq
    tamper(
        story,
        f"DELETE FROM event WHERE seq > {last - 2}",
        "UPDATE chain_head SET seq = (SELECT max(seq) FROM event)",
        "UPDATE chain_head SET hash = (SELECT hash FROM event ORDER BY seq DESC LIMIT 1)",
    )

    for whole in (False, True):
        assert any(f"第{last}条在第1次核验时无误，现在已不存在" in one
                   for one in reasons(checked(story, whole=whole)))  # fmt: skip


def test_a_head_that_does_not_fit_is_told(story: Story) -> None:
    tamper(story, "UPDATE chain_head SET hash = 'x'")

    assert "哈希与链尾不同" in reasons(checked(story))[0]


def test_a_failed_check_is_no_place_to_go_on_from(story: Story) -> None:
    good = checked(story)
    tamper(story, "UPDATE chain_head SET hash = 'x'")
    checked(story)

    with reading(story.office.engine) as session:
        found = last_good(session, story.office.keys.chain)
    assert found is not None
    assert found.id == good.id


def test_a_noted_end_is_found_again_or_missed(story: Story) -> None:
    with reading(story.office.engine) as session:
        noted = head_of(session)
    text_file = f"移送系统办理记录链尾\n{noted}\n记下时间：2026-05-11 08:00\n"
    story.walk("file_case")

    assert compared(story, text_file).holds
    assert "此后又有" in compared(story, str(noted)).words
    altered = compared(story, f"第{noted.seq}条 {'0' * 64}")
    assert not altered.holds
    assert "与记下时不同" in altered.words
    tamper(story, f"DELETE FROM event WHERE seq >= {noted.seq}")
    assert "末尾的记录被删除" in compared(story, text_file).words
    assert not compared(story, "nothing").holds
    assert not compared(story, f"{10**30} {GENESIS}").holds


def test_an_empty_record_holds(any_office: Office) -> None:
    found = checked(Story(any_office))

    assert (found.to_seq, found.failures) == (0, [])
