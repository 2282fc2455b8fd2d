"""Refusals on the command line: every reason with its basis, exit code 1; a wrong name, code 2."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from cli.terminal.context import fail
from domain.lifecycle.plan import Refused

REFUSED = 1


def print_refusal(refused: Refused) -> None:
    """Prints every reason with its article, numbered, on the error output."""
    typer.echo(f"{refused.heading}：", err=True)
    for number, reason in enumerate(refused.reasons, start=1):
        typer.echo(f"  {number}. {reason.text}", err=True)
        typer.echo(f"     依据：{reason.article}", err=True)


@contextmanager
def chinese_errors() -> Iterator[None]:
    """Whatever is refused or not found inside is printed in Chinese and ends the command."""
    try:
        yield
    except Refused as refused:
        print_refusal(refused)
        raise typer.Exit(REFUSED) from refused
    except LookupError as error:
        raise fail(str(error)) from error
