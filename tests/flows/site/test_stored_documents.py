"""A document's bytes are committed with its row, carried to the shelf later, and never lost."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from documents.output.shelf import NotOnShelf
from domain.tables.attachment import DocumentBytes
from flows.audit.rounds import check_shelf, hourly
from flows.door.steps import perform
from flows.site.office import Office
from flows.site.stored_documents import carry_to_shelf
from flows.upkeep.health import health
from tests.helpers.office import on_the_shelf
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, Story


def _laid(office: Office) -> int:
    with office.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(DocumentBytes)).scalar_one()


def _files(office: Office) -> set[str]:
    return {one.name for one in Path(office.settings.shelf).rglob("*") if one.is_file()}


def test_a_document_is_read_alike_before_and_after_it_was_carried(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*ACCEPTED)
    names = {one.sha256 for one in story.papers()}
    before = {one: any_office.shelf.get(one) for one in names}
    assert _laid(any_office) == len(names) and not _files(any_office)
    assert all(any_office.shelf.has(one) for one in names)
    assert list(check_shelf(any_office)) == []

    places = {one.label: one.value for part in health(any_office, story.now) for one in part.lines}
    assert places["待存入文书存放"] == f"{len(names)}份"

    told = hourly(any_office, story.now, lambda: True)

    assert f"{len(names)}份文书存入文书存储" in told
    assert _laid(any_office) == 0 and _files(any_office) == names
    assert {one: any_office.shelf.get(one) for one in names} == before
    assert list(check_shelf(any_office)) == []


def test_who_dies_while_carrying_loses_nothing_and_goes_on(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(any_office)
    story.walk(*ACCEPTED)
    paper = story.papers()[0].sha256
    content = any_office.shelf.get(paper)
    taken = any_office.shelf.take

    def dies(kept: dict[str, bytes]) -> None:
        taken(kept)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(any_office.shelf, "take", dies)
        with pytest.raises(KeyboardInterrupt):
            carry_to_shelf(any_office.engine, any_office.shelf, lambda: True)
    assert any_office.shelf.get(paper) == content and _laid(any_office)

    on_the_shelf(any_office)

    assert any_office.shelf.get(paper) == content and not _laid(any_office)


def test_a_step_that_is_taken_back_leaves_no_bytes(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(any_office)
    story.walk("register")
    command, laid = story.command("dispatch"), _laid(any_office)

    def dies(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("flows.door.steps.append", dies)
        with pytest.raises(KeyboardInterrupt):
            perform(any_office, command, actor("desk"), story.now)

    assert _laid(any_office) == laid and not _files(any_office)
    with pytest.raises(NotOnShelf):
        any_office.shelf.get("0" * 64)
