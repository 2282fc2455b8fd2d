"""The `yisong` command: every subcommand by its name, and the options they share."""

import errno
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import typer
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from typer._click import Command, Context
from typer._click.exceptions import UsageError
from typer.main import get_group

from cli.terminal.chinese import ChineseGroup
from cli.terminal.loading import BAD_USE, loaded, not_carried
from cli.terminal.options import site
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from documents.templates.engine import BadTemplate
from domain.shapes.data_folders import NotCarried
from domain.shapes.yaml_source import BadConfig
from flows.site.keys import WrongKeys

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
"""What an operator mends, and no fault of the program: its command may be run again."""
FROM_BACKUP = "损坏或者丢失的从备份恢复，见运维手册"
COMMANDS: Mapping[str, str] = {
    "due": "cli.law.due:due",
    "check": "cli.law.check:check",
    "intake": "cli.clues.intake:intake",
    "example": "cli.upkeep.example:example",
    "init": "cli.upkeep.init:init",
    "serve": "cli.running.serve:serve",
    "run": "cli.running.run:run",
    "deploy": "cli.running.run:deploy",
    "follow-ups": "cli.upkeep.follow_ups:follow_ups",
    "steps": "cli.running.steps:steps",
    "demo": "cli.running.demo:demo",
    "status": "cli.upkeep.status:status",
    "doctor": "cli.upkeep.doctor:doctor",
    "backup": "cli.upkeep.keeping:backup",
    "restore": "cli.upkeep.keeping:restore",
    "verify": "cli.upkeep.keeping:verify",
    "migrate": "cli.upkeep.keeping:migrate",
    "move": "cli.upkeep.keeping:move",
    "list": "cli.clues.clue:list_",
    "show": "cli.clues.clue:show",
    "do": "cli.clues.clue:do",
    "circular": "cli.clues.circular:circular",
    "routing": "cli.clues.routing:routing",
    "duplicates": "cli.clues.duplicates:duplicates",
    "roster": "cli.inspection.roster:roster",
    "draw": "cli.inspection.draw:draw",
    "warnings": "cli.inspection.warnings:warnings",
    "publication": "cli.inspection.publication:publication",
    "visit": "cli.inspection.visit:visit",
    "assessment": "cli.inspection.assessment:assessment",
    "breach": "cli.inspection.breach:breach",
    "exchange": "cli.inspection.exchange:exchange",
    "rules": "cli.law.rules:rules",
    "discretion": "cli.law.discretion:discretion",
    "audit": "cli.upkeep.audit:audit",
    "document": "cli.papers.document:document",
    "template": "cli.papers.template:template",
    "attachment": "cli.clues.attachment:attachment",
    "bundle": "cli.clues.bundle:bundle",
    "case-review": "cli.papers.case_review:case_review",
    "export": "cli.upkeep.export:export_register",
    "departments": "cli.upkeep.departments:departments",
    "users": "cli.upkeep.users:list_users",
    "user": "cli.upkeep.users:user",
    "department": "cli.upkeep.departments:department",
    "token": "cli.upkeep.access_tokens:token",
    "webhook": "cli.upkeep.webhook:webhook",
}
"""Where each command or group of commands lies, in the order of the help."""


class Commands(ChineseGroup):
    """Loads a command only when it is called or explained: all together take a second more."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.suggest_commands = False  # it would know those alone that were loaded

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """The command that is called; for an unknown name, the names like it are told."""
        try:
            return super().resolve_command(ctx, args)
        except UsageError as error:
            near = ", ".join(map(repr, get_close_matches(args[0], COMMANDS)))
            error.message += f" Did you mean {near}?" if near else ""
            raise

    def list_commands(self, ctx: Context) -> list[str]:
        """The names of all, none of them loaded."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of that name, if there is one."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.commands[cmd_name] = _command(cmd_name, COMMANDS[cmd_name])
        return super().get_command(ctx, cmd_name)


def _command(name: str, place: str) -> Command:
    module, _, named = place.partition(":")
    found, holder = getattr(loaded(module), named), typer.Typer(add_completion=False)
    if isinstance(found, typer.Typer):
        holder.add_typer(found, name=name)
    else:
        holder.command(name)(found)
    return get_group(holder).commands[name]


app = typer.Typer(
    name="yisong",
    cls=Commands,
    help="移送：问题线索转办与行刑衔接。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.callback()(site)


def run() -> None:
    """The entry point: what is wrong in the files of the site is told, each with its place."""
    try:
        app()
    except NotCarried as problem:
        raise not_carried(problem) from problem
    except (BadConfig, BadTemplate) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from error
    except WrongKeys as error:
        typer.echo(f"错误：{error}", err=True)
        raise SystemExit(BAD_USE) from error
    except (NotOnShelf, DamagedOnShelf, DBAPIError, OSError) as error:
        told = to_mend(error)
        if not told:
            raise
        typer.echo(f"错误：{told}", err=True)
        raise SystemExit(1) from error


def to_mend(error: Exception) -> str:
    """What an operator has to mend before the command is run again; empty for our own faults."""
    if isinstance(error, NotOnShelf | DamagedOnShelf):
        return f"{error}；{FROM_BACKUP}"
    if type(error) in {OperationalError, DatabaseError}:
        told = str(getattr(error, "orig", "")).partition("\n")[0]
        return f"数据库不能读写（{told}）；请检查磁盘空间和权限，{FROM_BACKUP}"
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        place = f"{error.filename}：" if error.filename else ""
        return f"不能写入（{place}{error.strerror}）；请检查磁盘空间和权限，然后重新运行"
    return ""
