"""What the command line itself says is Chinese, and a wrong call ends with exit code 2."""

import re

import pytest
from typer.testing import CliRunner

from cli.main import app

ENGLISH = re.compile(
    r"Usage|Error|Missing|Option[s ]|Try |Show this|Commands|Arguments|Invalid|Input"
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("due",), "缺少参数 RULE"),
        (("do", "XS1", "accept"), "缺少选项 --as"),
        (("due", "cx18", "2026-09-01", "--extend=abc"), "选项 --extend 后面不写值"),
        (("list", "--limit"), "选项 --limit 后面要写值"),
        (("list", "--limit", "many"), "--limit：应为整数"),
        (("list", "--limit", "0"), "--limit：不能小于1"),
        (("list", "--limits", "1"), "没有 --limits 这一选项，相近的有：--limit"),
        (("list", "more"), "多写了参数：more"),
        (("lst",), "没有「lst」这一命令，相近的有：list"),
        (("template", "chek"), "没有「chek」这一命令，相近的有：check"),
        (
            ("document", "render", "x", "--facts", "none.json", "-o", "x"),
            "没有「none.json」这个文件",
        ),
        (("--db", "foo://x", "list"), "数据库地址（--db 或者 YISONG_DATABASE_URL）应为 sqlite:///"),
        (("--db", "postgresql://127.0.0.1:1/x", "list"), "数据库打不开"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(words: tuple[str, ...], told: str) -> None:
    found = CliRunner().invoke(app, words)

    assert found.exit_code == 2
    assert told in found.output
    assert not ENGLISH.search(found.output)


@pytest.mark.parametrize("words", [(), ("due",), ("document",), ("document", "void"), ("token",)])
def test_help_is_chinese(words: tuple[str, ...]) -> None:
    found = CliRunner().invoke(app, [*words, "--help"])

    assert found.exit_code == 0
    assert "用法：" in found.output
    assert "显示本说明后退出" in found.output
    assert not ENGLISH.search(found.output)
