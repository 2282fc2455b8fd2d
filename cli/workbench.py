"""`yisong serve` by itself: what a workbench needs, and nothing of the other commands."""

import typer

from cli.running.serve import serve
from cli.terminal.chinese import ChineseGroup
from cli.terminal.context import BAD_USE
from cli.terminal.options import site
from domain.shapes.yaml_source import BadConfig
from flows.site.keys import WrongKeys

app = typer.Typer(
    name="yisong",
    cls=ChineseGroup,
    help="移送：问题线索转办与行刑衔接。",
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.callback()(site)
app.command("serve")(serve)


def run() -> None:
    """Opens the workbench; a rulebook that does not hold together stops with every problem."""
    try:
        app()
    except BadConfig as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from error
    except WrongKeys as error:
        typer.echo(f"错误：{error}", err=True)
        raise SystemExit(BAD_USE) from error
