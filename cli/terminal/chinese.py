"""Typer's own words in Chinese: usage, help and what is wrong with a call. Exit codes stay."""

import re
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from types import ModuleType
from typing import Any

import typer
from typer._click import Command, Context, HelpFormatter
from typer._click.exceptions import ClickException, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperGroup

HELP = "显示本说明后退出"
TITLES: Mapping[str, str] = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
    "ENVVAR_STRING": "[环境变量：{}]",
    "RANGE_STRING": "",
}
"""What `typer.rich_utils` prints around our own texts."""
KINDS: Mapping[str, str] = {"int": "整数", "float": "数字", "file": "文件", "path": "文件"}
"""What is to be written, by the type of a parameter; anything else is text."""
SENTENCES: tuple[tuple[str, str], ...] = (
    (r"No such command '(.+?)'\.?(?: Did you mean .+)?", r"没有「\1」这一命令"),
    (r"Missing command\.", "没有写明命令"),
    (r"Got unexpected extra argument\(?s?\)? \((.+)\)", r"多写了参数：\1"),
    (r"Option '(.+)' does not take a value\.", r"选项 \1 后面不写值"),
    (r"Option '(.+)' requires an argument\.", r"选项 \1 后面要写值"),
    (r"Argument '(.+)' takes (\d+) values\.", r"参数 \1 要写\2个值"),
    (r"Input should be a valid integer.*", "应为整数"),
    (r"Input should be a valid number.*", "应为数字"),
    (r"Input should be greater than or equal to (\S+)", r"不能小于\1"),
    (r"Input should be less than or equal to (\S+)", r"不能大于\1"),
    (r"(?:file|path|File|Path) '(.+)' does not exist\.", r"没有「\1」这个文件"),
    (r"(?:dir|Directory) '(.+)' does not exist\.", r"没有「\1」这个文件夹"),
    (r"(?:\w+) '(.+)' is a directory\.", r"「\1」是文件夹，不是文件"),
    (r"(?:\w+) '(.+)' is a file\.", r"「\1」是文件，不是文件夹"),
    (r"(?:\w+) '(.+)' is not readable\.", r"「\1」不能读取"),
    (r"(?:\w+) '(.+)' is not writable\.", r"「\1」不能写入"),
)
"""What is wrong, as Typer says it and as we say it; one that is not here stays as it is."""


class Formatter(HelpFormatter):
    """Usage and help; only when some are shown, not at every start, the panels are named."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        panels = sys.modules.get("typer.rich_utils")
        if panels is not None:
            for name, title in TITLES.items():
                setattr(panels, name, title)
            _set_as_chinese(panels)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how a command is called."""
        super().write_usage(prog, args, prefix or "用法：")


def _set_as_chinese(panels: ModuleType) -> None:
    """Lets the texts of the panels wrap as Chinese does; otherwise their ends are left out."""
    make = panels._make_rich_text
    if getattr(make, "is_ours", False):
        return
    # The panels themselves load this library, and only when help is shown.
    from cli.terminal.chinese_text import as_chinese  # noqa: PLC0415

    def ours(**given: Any) -> Any:
        return as_chinese(make(**given))

    ours.is_ours = True  # type: ignore[attr-defined]
    panels._make_rich_text = ours  # type: ignore[attr-defined]


class ChineseGroup(TyperGroup):
    """The command whose own messages, and those of all its commands, are Chinese."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        Context.formatter_class = Formatter
        self.options_metavar, self.subcommand_metavar = "[选项]", "命令 [参数]..."

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command, with all below it."""
        found = super().get_command(ctx, cmd_name)
        for one in _with_all_below(found) if found else ():
            _translate(one)
        return found

    def get_help_option(self, ctx: Context) -> Any:
        """The option --help, explained."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = HELP
            found.display_type_rich = partial(_placeholder, found)  # type: ignore[method-assign]
        return found

    def main(self, *args: Any, **more: Any) -> Any:
        """Runs the command; what is wrong with the call is told in Chinese."""
        alone = more.get("standalone_mode", True)
        more["standalone_mode"] = False
        if not alone:
            return super().main(*args, **more)
        try:
            code = super().main(*args, **more)
        except ClickException as error:
            _tell(error)
            sys.exit(error.exit_code)
        except typer.Abort:
            typer.echo("已取消。", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


def in_chinese(error: ClickException) -> str:
    """What is wrong with a call; a sentence nobody translated stays as it is."""
    if isinstance(error, MissingParameter):
        kind = "选项" if _name_of(error).startswith("-") else "参数"
        return f"缺少{kind} {_name_of(error)}"
    if isinstance(error, NoSuchOption):
        near = "、".join(sorted(error.possibilities or ()))
        return f"没有 {error.option_name} 这一选项" + (f"，相近的有：{near}" if near else "")
    name = _name_of(error)
    return (f"{name}：" if name else "") + _sentence(error.message)


def _sentence(message: str) -> str:
    for pattern, ours in SENTENCES:
        found = re.fullmatch(pattern, message.strip(), re.DOTALL)
        if found:
            meant = re.findall(r"'(.+?)'", message.partition("Did you mean")[2])
            return found.expand(ours) + (f"，相近的有：{'、'.join(meant)}" if meant else "")
    return message


def _name_of(error: ClickException) -> str:
    """The parameter that is wrong, as it is typed."""
    param = getattr(error, "param", None)
    if param is None:
        return ""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    return "/".join(param.opts)


def _tell(error: ClickException) -> None:
    ctx = error.ctx if isinstance(error, UsageError) else None
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message(), err=True)
        return
    if ctx is not None:
        typer.echo(ctx.get_usage(), err=True)
    typer.echo(f"错误：{in_chinese(error)}", err=True)
    if ctx is not None:
        typer.echo(f"说明见 {ctx.command_path} --help", err=True)


def _with_all_below(command: Command) -> Iterator[Command]:
    yield command
    if isinstance(command, TyperGroup):
        for one in command.commands.values():
            yield from _with_all_below(one)


def _translate(command: Command) -> None:
    command.options_metavar = "[选项]"
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = "命令 [参数]..."
    for param in command.params:
        param.display_type_rich = partial(_placeholder, param)  # type: ignore[attr-defined]
    option = command.get_help_option(Context(command))
    if option is not None:
        option.help = HELP
        option.display_type_rich = partial(_placeholder, option)  # type: ignore[method-assign]


def _placeholder(param: Any, ctx: Context) -> str | None:
    """What is to be written for a parameter; nothing for a switch, or where its name says it."""
    is_switch = getattr(param, "is_flag", False) or getattr(param, "count", False)
    if param.param_type_name == "argument" or is_switch:
        return None
    if param.metavar is not None:
        return str(param.metavar)
    kind = param.type_descriptor
    if kind.is_ranged:
        return _range(param.min, param.max)
    if kind.is_choice:
        return str(param.display_type(ctx)).strip("<>")
    told = kind.path_type if kind.is_path else param.bare_type()
    return KINDS.get(told, "文字")


def _range(least: float | None, most: float | None) -> str:
    """The figures between which a parameter lies."""
    if least is None:
        return f"至多{most}"
    return f"至少{least}" if most is None else f"{least}至{most}"
