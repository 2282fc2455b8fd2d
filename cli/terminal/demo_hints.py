"""How to go on by hand after the rehearsal: commands that work as they are printed."""

import shlex
from datetime import datetime

import typer

from cli.terminal.called import called
from flows.site.office import Office

WITH_THE_POLICE = ("XS2026000065", "police-liaison")
"""A referral that the rehearsal leaves with the police, late; and who may answer it."""
FINE_RUNNING = ("XS2026000040", "copyright-handler-1")
"""A case whose fine is to be paid within a limit that is running; and who keeps it."""


def tell_how_to_go_on(office: Office, now: datetime) -> None:
    """Prints what may be typed next, in the shell and the folder that the rehearsal began in."""
    where = ["--home", str(office.settings.home)]
    if office.settings.database_url:
        where += ["--db", office.settings.database_url]
    filing = {
        "filing_no": "示公立字〔2026〕99号",
        "filed_on": f"{now:%Y-%m-%d}",
        "filing_notice_at": f"{now:%Y-%m-%dT%H:%M}",
    }
    police, liaison = WITH_THE_POLICE
    fine, handler = FINE_RUNNING
    typer.echo("接着手工办理（留有几件在办）：")
    for words in (
        ["list"],
        ["show", fine, "--as", handler],
        ["show", police, "--as", liaison],
        ["do", police, "referral.file", "--as", liaison]
        + [word for key, value in filing.items() for word in ("--set", f"{key}={value}")],
        ["serve"],
    ):
        typer.echo(f"  {called()} {shlex.join([*where, *words])}")
