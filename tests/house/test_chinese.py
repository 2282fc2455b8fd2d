"""What the command line itself says is Chinese, and a wrong call ends with exit code 2."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from typer._click import Command
from typer.main import get_command
from typer.testing import CliRunner

from cli.main import app
from cli.terminal.chinese_text import breaks
from tests.house.commands_below import commands_below

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


def _commands(command: Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group, by the words that call it."""
    yield words
    for name, one in commands_below(command).items():
        yield from _commands(one, (*words, name))


def _found(words: tuple[str, ...]) -> Command:
    found = ROOT
    for word in words:
        found = commands_below(found)[word]
    return found


def _squeezed(text: str) -> str:
    """Without blanks, lines and frames: what is said, however it was broken."""
    return re.sub(r"[\s│╭╮╰╯─]+", "", text)


ROOT = get_command(app)
COMMANDS = list(_commands(ROOT))
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_chinese_and_whole_on_a_narrow_screen(words: tuple[str, ...]) -> None:
    found = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "80"})
    command = _found(words)
    shown = [one for one in command.params if not getattr(one, "hidden", False)]
    told = [command.help, *(getattr(one, "help", None) for one in shown)]
    told += [one.help for one in commands_below(command).values()]

    assert found.exit_code == 0
    assert "用法：" in found.output
    assert "显示本说明后退出" in found.output
    assert not ENGLISH.search(found.output)
    assert not re.search(r"<\w+|\b[A-Z]+ RANGE|[a-z]+ [a-z]+ [a-z]+ [a-z]+", found.output)
    said = _squeezed(found.output)
    for text in told:
        assert text and CHINESE.search(text), f"{words}: {text}"
        assert _squeezed(text.partition("\n\n")[0]) in said


def test_a_wrong_option_is_told_in_chinese() -> None:
    """As the help of the command is."""
    found = CliRunner().invoke(app, ["serve", "--help"])
    wrong = CliRunner().invoke(app, ["serve", "--port", "many"])

    assert "用法：" in found.output
    assert "1至65535" in found.output
    assert not ENGLISH.search(found.output)
    assert (wrong.exit_code, "--port：应为整数" in wrong.output) == (2, True)
    assert not ENGLISH.search(wrong.output)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("打开工作台", 20, ["打开工作台"]),
        ("打开工作台，关闭。", 10, ["打开工作", "台，关闭。"]),
        ("写作 yisong run 另行", 12, ["写作 yisong", "run 另行"]),
        ("甲（乙）", 4, ["甲", "（乙", "）"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("数据 sqlite:///var/x.sqlite3 或", 12, ["数据", "sqlite:///va", "r/x.sqlite3", "或"]),
        ("", 4, [""]),
    ],
)
def test_lines_break_between_characters_and_never_before_a_stop(
    text: str, width: int, lines: list[str]
) -> None:
    places = [0, *breaks(text, width), len(text)]

    assert [text[start:end].strip() for start, end in pairwise(places)] == lines
