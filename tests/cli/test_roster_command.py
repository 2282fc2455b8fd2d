"""`yisong roster`: a file tried, taken in, and listed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from flows.site.office import Office
from tests.helpers.rosters import code_of, firm, write_csv

Yisong = Callable[..., Result]


@pytest.fixture
def yisong(office: Office, monkeypatch: pytest.MonkeyPatch) -> Yisong:
    """The command in a test office."""
    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    home = str(office.settings.home)
    return lambda *words: CliRunner().invoke(app, ["--home", home, "roster", *map(str, words)])


def test_a_file_is_tried_taken_in_and_listed(yisong: Yisong, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "名录.csv", [firm(1), firm(2, 标签="不明")])

    tried = yisong("import", path, "--as", "handler", "--dry-run")
    before = yisong("list", "--as", "handler")
    done = yisong("import", path, "--as", "handler")
    after = yisong("list", "--as", "handler", "--tag", "catering")

    assert "会新增1行，调整0行，与名录相同0行，不予登记1行" in tried.output
    assert "共0个" in before.output
    assert "已新增1行" in done.output
    assert code_of(1) in after.output


def test_only_those_who_keep_the_rosters_may_import(yisong: Yisong, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "名录.csv", [firm(1)])

    found = yisong("import", path, "--as", "police")

    assert found.exit_code != 0
    assert "名录由线索经办人、机关负责人、督办员维护" in found.output
