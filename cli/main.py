"""The `yisong` command: every subcommand, and the options they share."""

import typer

from cli.attachment import attachment
from cli.audit import audit
from cli.bundle import bundle
from cli.check import check
from cli.chinese import ChineseGroup
from cli.clue import do, list_, show
from cli.context import BAD_USE
from cli.demo import demo
from cli.document import document
from cli.document_output import page, pdf
from cli.due import due
from cli.export import export_register
from cli.follow_ups import follow_ups
from cli.intake import intake
from cli.rules import rules
from cli.run import deploy
from cli.run import run as run_site
from cli.serve import serve
from cli.site import site
from cli.status import status
from cli.template import template
from cli.token import token
from cli.users import user
from cli.webhook import webhook
from domain.rulebook import RulebookError
from flows.keys import WrongKeys

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
app.command("serve")(serve)
app.command("run")(run_site)
app.command("deploy")(deploy)
app.command("follow-ups")(follow_ups)
app.command("demo")(demo)
app.command("status")(status)
app.command("list")(list_)
app.command("show")(show)
app.command("do")(do)
app.add_typer(rules, name="rules")
app.add_typer(audit, name="audit")
document.command("pdf")(pdf)
document.command("page")(page)
app.add_typer(document, name="document")
app.add_typer(template, name="template")
app.add_typer(attachment, name="attachment")
app.command("bundle")(bundle)
app.command("export")(export_register)
app.add_typer(user, name="user")
app.add_typer(token, name="token")
app.add_typer(webhook, name="webhook")


def run() -> None:
    """The entry point: a rulebook that does not hold together stops with every problem."""
    try:
        app()
    except RulebookError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from error
    except WrongKeys as error:
        typer.echo(f"错误：{error}", err=True)
        raise SystemExit(BAD_USE) from error
