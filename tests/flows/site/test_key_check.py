"""A record is opened with its own keys only: never with new ones, never with another's."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from cli.main import app
from flows.site.key_check import keys_of
from flows.site.keys import load_keys
from flows.site.office import Office, UnknownSetting, open_office
from flows.site.settings import Settings
from flows.site.store import transaction
from tests.helpers.story import Story


def _recorded(office: Office) -> Path:
    Story(office).walk("register", "dispatch")
    return office.settings.keys


def test_a_new_site_gets_a_key_file(tmp_path: Path) -> None:
    office = open_office(Settings(home=tmp_path))

    office.engine.dispose()
    assert (tmp_path / "keys.json").exists()


def test_a_record_without_its_key_file_is_refused_and_gets_no_new_one(any_office: Office) -> None:
    file = _recorded(any_office)
    file.unlink()

    with pytest.raises(UnknownSetting, match="没有它的密钥") as refused:
        open_office(any_office.settings)

    assert str(file) in str(refused.value)
    assert "YISONG_KEY_FILE" in str(refused.value)
    assert not file.exists()


def test_another_records_keys_are_told_as_such_and_not_as_tampering(any_office: Office) -> None:
    file = _recorded(any_office)
    file.unlink()
    load_keys(file)

    with pytest.raises(UnknownSetting, match="与数据库不符"):
        open_office(any_office.settings)


def test_the_own_keys_open_a_record_whose_first_event_was_altered(any_office: Office) -> None:
    file = _recorded(any_office)
    with transaction(any_office.engine) as session:
        session.connection().execute(text("UPDATE event SET action = 'x' WHERE seq = 1"))

    assert keys_of(any_office.engine, file) == any_office.keys


@pytest.mark.parametrize("content", ["", "[]", '{"chain": 1}', "{}", '{"chain": "x"}'])
def test_a_damaged_key_file_is_told_and_left_as_it_is(office: Office, content: str) -> None:
    file = _recorded(office)
    file.write_text(content, encoding="utf-8")

    with pytest.raises(UnknownSetting, match=r"keys\.json"):
        open_office(office.settings)

    assert file.read_text(encoding="utf-8") == content


def test_a_kind_of_key_that_came_later_is_added(office: Office) -> None:
    file = _recorded(office)
    known = json.loads(file.read_text(encoding="utf-8"))
    del known["verify"]
    file.write_text(json.dumps(known), encoding="utf-8")

    opened = open_office(office.settings)

    opened.engine.dispose()
    assert opened.keys.chain == office.keys.chain


def test_a_command_tells_it_in_chinese(office: Office) -> None:
    _recorded(office).unlink()

    found = CliRunner().invoke(app, ["--home", str(office.settings.home), "audit", "verify"])

    assert found.exit_code == 2
    assert "没有它的密钥" in found.output
    assert "被改动" not in found.output
