"""`yisong discretion`: a standard entered from a spreadsheet, confirmed by another person."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from flows.site.office import Office

TABLE = "档次,适用情形,罚款下限,罚款上限,计算基数,其他处罚种类\n从轻,初次违法,100,200,,警告\n"
SET = (
    *(
        "--set",
        "违法行为=占道经营",
        "--set",
        "title=示例市裁量基准",
        "--set",
        "issued_on=2026-01-01",
    ),
    *("--set", "evidence=text", "--set", "from_day=2099-01-01"),
)


def test_a_standard_is_entered_from_a_table_and_confirmed(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    home, matter = str(office.settings.home), next(iter(office.rules.matters))
    table = tmp_path / "degrees.csv"
    table.write_text(TABLE, encoding="utf-8")

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["--home", home, "discretion", *words])
        return " ".join(done.output.split())

    assert "违法行为" in run("enter", "--as", "legal")
    told = run(
        "enter", "--as", "legal", "--degrees", str(table), "--set", f"matters={matter}", *SET
    )
    assert "已登记为第1号（shili-market-1）" in told
    assert "登记人以外的另一名" in run("confirm", "1", "--as", "legal")
    assert "最早自2099-01-01起适用" in run("confirm", "1", "--as", "head")
    assert "已经确认，不能改动" in run("reject", "1", "--as", "head", "--reason", "改")
    assert "shili-market-1" in run("list", "--department", "shili-market")
    assert "请填写「依据的文件名称」" in run("end", "shili-market-1", "--as", "legal")
