"""`yisong rules audit`: what the statutes demand and what carries it."""

from pathlib import Path

from typer.testing import CliRunner

from cli.main import app

PAGE = Path(__file__).parents[2] / "docs" / "law-audit.md"


def test_one_statute_and_one_process_are_told_with_articles_and_carriers() -> None:
    asked = ["rules", "audit", "--statute", "referral", "--process", "referral"]

    found = CliRunner().invoke(app, asked)

    assert found.exit_code == 0, found.output
    assert "| 第五条第二款 | 正职负责人三日内决定 |" in found.output
    assert "| 批准移送 `approve` |" in found.output
    assert "行政处罚法" not in found.output.partition("## ")[2].partition("\n## ")[0]


def test_a_statute_without_a_checklist_is_named_with_those_that_have_one() -> None:
    found = CliRunner().invoke(app, ["rules", "audit", "--statute", "penalties"])

    assert found.exit_code == 2
    assert "没有核对表 penalties" in found.output
    assert "penalty" in found.output


def test_the_page_of_the_audit_is_up_to_date() -> None:
    found = CliRunner().invoke(app, ["rules", "audit", "--check", "--out", str(PAGE)])

    assert found.exit_code == 0, found.output
