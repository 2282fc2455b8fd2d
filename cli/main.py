"""The `yisong` command: every subcommand, and the options they share."""

import errno

import typer
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from cli.clues.attachment import attachment
from cli.clues.bundle import bundle
from cli.clues.circular import circular
from cli.clues.clue import do, list_, show
from cli.clues.duplicates import duplicates
from cli.clues.intake import intake
from cli.clues.routing import routing
from cli.inspection.assessment import assessment
from cli.inspection.breach import breach
from cli.inspection.draw import draw
from cli.inspection.exchange import exchange
from cli.inspection.publication import publication
from cli.inspection.roster import roster
from cli.inspection.visit import visit
from cli.inspection.warnings import warnings
from cli.law.check import check
from cli.law.discretion import discretion
from cli.law.due import due
from cli.law.rules import rules
from cli.papers.case_review import case_review
from cli.papers.document import document
from cli.papers.template import template
from cli.running.demo import demo
from cli.running.run import deploy
from cli.running.run import run as run_site
from cli.running.serve import serve
from cli.running.steps import steps
from cli.terminal.chinese import ChineseGroup
from cli.terminal.context import BAD_USE
from cli.terminal.document_output import page, pdf
from cli.terminal.options import site
from cli.upkeep.access_tokens import token
from cli.upkeep.audit import audit
from cli.upkeep.departments import department, departments
from cli.upkeep.doctor import doctor
from cli.upkeep.example import example
from cli.upkeep.export import export_register
from cli.upkeep.follow_ups import follow_ups
from cli.upkeep.init import init
from cli.upkeep.keeping import backup, migrate, move, restore, verify
from cli.upkeep.status import status
from cli.upkeep.users import list_users, user
from cli.upkeep.webhook import webhook
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from documents.templates.engine import BadTemplate
from domain.shapes.yaml_source import BadConfig
from flows.site.keys import WrongKeys

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
"""What an operator mends, and no fault of the program: its command may be run again."""
FROM_BACKUP = "损坏或者丢失的从备份恢复，见运维手册"

app = typer.Typer(
    name="yisong",
    cls=ChineseGroup,
    help="移送：问题线索转办与行刑衔接。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


app.callback()(site)
app.command("due")(due)
app.command("check")(check)
app.command("intake")(intake)
app.command("example")(example)
app.command("init")(init)
app.command("serve")(serve)
app.command("run")(run_site)
app.command("deploy")(deploy)
app.command("follow-ups")(follow_ups)
app.command("steps")(steps)
app.command("demo")(demo)
app.command("status")(status)
app.command("doctor")(doctor)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("verify")(verify)
app.command("migrate")(migrate)
app.command("move")(move)
app.command("list")(list_)
app.command("show")(show)
app.command("do")(do)
app.add_typer(circular, name="circular")
app.add_typer(routing, name="routing")
app.add_typer(duplicates, name="duplicates")
app.add_typer(roster, name="roster")
app.add_typer(draw, name="draw")
app.add_typer(warnings, name="warnings")
app.add_typer(publication, name="publication")
app.add_typer(visit, name="visit")
app.add_typer(assessment, name="assessment")
app.add_typer(breach, name="breach")
app.command("exchange")(exchange)
app.add_typer(rules, name="rules")
app.add_typer(discretion, name="discretion")
app.add_typer(audit, name="audit")
document.command("pdf")(pdf)
document.command("page")(page)
app.add_typer(document, name="document")
app.add_typer(template, name="template")
app.add_typer(attachment, name="attachment")
app.command("bundle")(bundle)
app.command("case-review")(case_review)
app.command("export")(export_register)
app.command("departments")(departments)
app.command("users")(list_users)
app.add_typer(user, name="user")
app.add_typer(department, name="department")
app.add_typer(token, name="token")
app.add_typer(webhook, name="webhook")


def run() -> None:
    """The entry point: what is wrong in the files of the site is told, each with its place."""
    try:
        app()
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
