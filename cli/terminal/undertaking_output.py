"""An undertaking on the terminal: who looks, which one he means, and its first lines."""

import typer
from rich.console import Console
from sqlmodel import Session

from cli.terminal.clue_sheet import print_actions, print_history, print_papers
from cli.terminal.context import acting_user, fail, moment, office
from domain.tables.undertaking import Undertaking
from flows.door.visible_undertakings import seen_undertaking
from flows.lists.undertaking_list import UndertakingLine, WantedUndertakings, undertakings
from flows.lists.undertaking_sheet import UndertakingSheet, undertaking_sheet
from flows.people.actors import system_actor
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou
from flows.site.store import reading


def viewer_of(ctx: typer.Context, as_user: str | None, at: str | None = None) -> Viewer:
    """The user named by --as, or else the site's desk, at a moment (now unless told)."""
    found = office(ctx)
    actor = acting_user(found, as_user) if as_user else system_actor(found.settings.desk)
    return Viewer(found, actor, moment(found, at))


def undertaking_meant(session: Session, viewer: Viewer, number: str) -> Undertaking:
    """The undertaking of a number; the command fails where it is not there for who looks."""
    try:
        return seen_undertaking(session, viewer.office, viewer.actor, number)
    except NotForYou as problem:
        raise fail(str(problem)) from problem


def lines_of(viewer: Viewer, kind: str) -> tuple[UndertakingLine, ...]:
    """The newest undertakings of a kind that the viewer may see."""
    with reading(viewer.office.engine) as session:
        return undertakings(session, viewer, WantedUndertakings(kind)).lines


def sheet_meant(viewer: Viewer, number: str) -> tuple[Undertaking, UndertakingSheet]:
    """The undertaking of a number with all that the viewer may see of it, or the command fails."""
    with reading(viewer.office.engine) as session:
        row = undertaking_meant(session, viewer, number)
        return row, undertaking_sheet(session, viewer, row)


def print_head(
    console: Console, row: Undertaking, sheet: UndertakingSheet, names: tuple[str, str]
) -> None:
    """Number, title, state and parts; `names`: what the department and its person are called."""
    department, person = names
    console.print(f"[bold]{row.no} {row.title}[/bold]")
    told = f"{department}：{sheet.holder}　{person}：{sheet.handler or '—'}"
    console.print(f"状态：{sheet.state}　{told}")
    for heading, text in sheet.parts:
        console.print(f"{heading}：{text}", markup=False)


def print_rest(console: Console, sheet: UndertakingSheet, viewer: Viewer, *, acts: bool) -> None:
    """What may be done, where it was asked for a user (`acts`); papers and history."""
    if acts:
        print_actions(console, sheet.allowed, viewer.actor, viewer.office)
    print_papers(console, sheet)
    print_history(console, sheet)
