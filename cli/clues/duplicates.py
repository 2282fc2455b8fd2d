"""`yisong duplicates`: the index by which clues are compared with each other."""

import typer
from rich.progress import track

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import office
from flows.workbench.duplicate_index import PORTION, index_anew, to_index

duplicates = typer.Typer(help="疑似重复：比对索引。", no_args_is_help=True)


@duplicates.command()
def index(ctx: typer.Context) -> None:
    """为以前版本登记的线索重建比对索引（升级后执行一次；分批进行，中断后可以再次执行）。"""
    found = office(ctx)
    waiting = to_index(found)
    if not waiting:
        typer.echo("全部线索的比对索引都是现在的，不必重建。")
        return
    portions = track(
        index_anew(found),
        f"重建{waiting}条线索的比对索引",
        total=-(-waiting // PORTION),
        console=terminal(),
        transient=True,
    )
    typer.echo(f"已重建{sum(portions)}条线索的比对索引；以后登记的线索可以与它们比对。")
