"""`yisong publication`: rows by file, tried and taken in; the corrected rest joins the draft."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from flows.site.office import Office
from tests.helpers.inspections.filled_publications import PLAN
from tests.helpers.rosters import write_csv

Yisong = Callable[..., Result]
NEW = ("--kind", "annual_plan", "--title", "2026年度抽查检查计划", "--year", "2026")


@pytest.fixture
def yisong(office: Office, monkeypatch: pytest.MonkeyPatch) -> Yisong:
    """The command in a test office."""
    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    home = str(office.settings.home)
    return lambda *words: CliRunner().invoke(app, ["--home", home, "publication", *map(str, words)])


def test_a_plan_is_drafted_from_a_file_and_its_corrected_rows_join_it(
    yisong: Yisong, tmp_path: Path
) -> None:
    """渭南方案附件2."""
    wrong = {**PLAN, "计划名称": "消防联合抽查", "检查数量": "150%"}
    path, rest = write_csv(tmp_path / "计划.csv", [PLAN, wrong]), tmp_path / "更正.csv"

    tried = yisong("import", path, "--as", "handler", *NEW, "--dry-run")
    nothing = yisong("list", "--as", "handler")
    unnamed = yisong("import", path, "--as", "handler")
    done = yisong("import", path, "--as", "handler", *NEW, "--with", "shili-health",
                  "--aside", rest)  # fmt: skip

    assert "没有拟稿" in tried.output and "没有清单、计划。" in nothing.output
    assert "annual_plan 年度抽查检查计划" in unnamed.output
    assert "新增1行，更改0行，与拟稿相同0行，需要更正1行" in done.output
    assert "GB2026000001：已拟稿" in done.output
    told = rest.read_text("utf-8-sig")
    assert "「检查数量」“150%”的比例超过100%，应为：比例在0%至100%之间" in told
    rest.write_text(told.replace("150%,", "15%,"), "utf-8-sig")
    joined = yisong("import", rest, "--as", "handler", "--to", "GB2026000001")
    assert "GB2026000001：已并入拟稿" in joined.output
    shown = yisong("show", "GB2026000001", "--as", "handler")
    assert "消防联合抽查" in shown.output and "餐饮服务联合抽查" in shown.output
    again = yisong("import", rest, "--as", "handler", "--to", "GB2026000001")
    assert "没有可以填入的行" in again.output
    refused = yisong("import", path, "--as", "police", *NEW)
    assert refused.exit_code == 1 and "拟稿" in refused.output


def test_a_file_that_is_none_is_told_with_its_columns(yisong: Yisong, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "x.csv", [{"甲": 1, "乙": 2}])

    found = yisong("import", path, "--as", "handler", *NEW)

    assert found.exit_code != 0
    assert "没有找到“计划名称”列；可用的列名：计划名称、牵头部门" in found.output
