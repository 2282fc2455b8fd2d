"""A story played before is put back byte for byte; whatever differs is played in earnest."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import event, text

from domain.lifecycle.plan import Refused
from flows.door.steps import Command, Outcome, perform
from flows.site.office import Office
from tests.helpers.haste.replay import Step, taken_in_earnest
from tests.helpers.office import build_office, on_the_shelf, snapshot
from tests.helpers.story import REVIEWED, Story

Offices = tuple[Office, Office]


@dataclass
class Counted(Story):
    """A story that tells which actions were carried out and not only put back."""

    taken: list[str] = field(default_factory=list)

    def takes(self, step: Step, command: Command, chair: str) -> Outcome:
        def noted(office: Office, order: Command, *others: object) -> Outcome:
            self.taken.append(order.action)
            return perform(office, order, *others)  # type: ignore[arg-type]

        return super().takes(noted, command, chair)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Offices]:
    """Two new offices."""
    made = build_office(tmp_path / "one"), build_office(tmp_path / "other")
    yield made
    for one in made:
        one.engine.dispose()


def _shelf(office: Office) -> dict[str, bytes]:
    files = (one for one in Path(office.settings.shelf).rglob("*") if one.is_file())
    return {one.name: one.read_bytes() for one in files}


def _bytes(office: Office) -> list[bytes]:
    with office.engine.connect() as connection:
        found = connection.connection.driver_connection.serialize()  # type: ignore[union-attr]
    return [found[:24], found[28:92], found[96:]]  # but for the counters of changes


def test_what_was_played_before_is_there_again_byte_for_byte_and_goes_on(two: Offices) -> None:
    first, second = (Counted(office) for office in two)
    first.walk(*REVIEWED)
    second.walk(*REVIEWED[:4])
    for action in REVIEWED[4:]:
        done = second.does(action)

    assert second.taken == []
    assert (second.clue, second.now, done.state) == (first.clue, first.now, "reviewed")
    assert _bytes(second.office) == _bytes(first.office)
    assert snapshot(second.office) == snapshot(first.office)
    for one in (first, second):
        on_the_shelf(one.office)
    assert _shelf(second.office) == _shelf(first.office) != {}
    assert second.text("filing_approval") == first.text("filing_approval")

    second.does("case.notice")
    assert second.taken == ["notice"] and second.chain_holds()
    assert second.papers("penalty_notice") and not first.papers("penalty_notice")


def test_a_refusal_on_the_way_leaves_what_was_before_it(two: Offices) -> None:
    first, second = (Counted(office) for office in two)
    first.walk("register", "dispatch")
    with pytest.raises(Refused):
        second.walk("register", "dispatch", "dispatch")

    assert second.taken == ["dispatch"]
    assert snapshot(second.office) == snapshot(first.office)


def test_another_order_or_moment_is_played(two: Offices) -> None:
    first, second = (Counted(office) for office in two)
    first.walk("register", "dispatch")
    second.does("register")
    second.waits(minutes=1)
    second.does("dispatch")
    other = Counted(build_office(two[0].settings.home.with_name("third")))
    other.does("register", title="举报另一家店")
    other.office.engine.dispose()

    assert second.taken == ["dispatch"] and other.taken == ["register"]


def test_what_somebody_wrote_in_between_is_kept(two: Offices) -> None:
    first, second = (Counted(office) for office in two)
    first.walk("register", "dispatch")
    second.does("register")
    with second.office.engine.begin() as connection:
        connection.execute(text("UPDATE clue SET title = '改过的标题'"))
    second.does("dispatch")

    assert second.taken == ["dispatch"] and second.row().title == "改过的标题"


def test_a_paper_that_is_lost_is_not_brought_back_unseen(two: Offices) -> None:
    first, second = (Counted(office) for office in two)
    first.walk("register", "dispatch", "accept")
    second.walk("register", "dispatch")
    for one in on_the_shelf(second.office).rglob("*"):
        one.is_file() and one.unlink()
    second.does("accept")

    assert second.taken == ["accept"]


def test_in_a_house_that_was_altered_every_step_is_played(
    two: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    Counted(two[0]).does("register")

    def again(office: Office) -> list[str]:
        story = Counted(office)
        story.does("register", outside_no=None)
        return story.taken

    with taken_in_earnest():
        assert again(two[1]) == ["register"]
    home = two[0].settings.home
    own = build_office(home.with_name("own"))
    assert again(replace(own, rules=replace(own.rules))) == ["register"]
    own.engine.dispose()
    watched, heard = build_office(home.with_name("watched")), []
    event.listen(watched.engine, "before_cursor_execute", lambda *_: heard.append(1))
    assert again(watched) == ["register"] and heard
    watched.engine.dispose()
    monkeypatch.setenv("YISONG_TRIED", "1")
    altered = build_office(home.with_name("altered"))
    assert again(altered) == ["register"]
    altered.engine.dispose()
    monkeypatch.undo()
    last = build_office(home.with_name("last"))
    assert again(last) == []
    last.engine.dispose()
