"""`yisong rules`: the lifecycles drawn, and citations that want checking again."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.drawing import draw_lifecycles
from domain.lookup.stale_citations import stale_citations
from domain.rulebook.crosscheck_limits import unwatched_limits
from domain.rulebook.rulebook_reading import load_rulebook

rules = typer.Typer(help="规则库：画出流程、列出待核对的依据。", no_args_is_help=True)
DRAWING = Path("docs/lifecycle.md")


@rules.command("draw")
def draw(
    out: Annotated[Path, typer.Option("-o", "--out", help="写到哪个文件")] = DRAWING,
    check: Annotated[bool, typer.Option("--check", help="只核对是否最新，不写")] = False,
) -> None:
    """把全部流程写成表格和 Mermaid 图。"""
    text = draw_lifecycles(load_rulebook())
    if check:
        fresh = out.is_file() and out.read_text(encoding="utf-8") == text
        if not fresh:
            typer.echo(f"{out} 不是最新的，请运行 yisong rules draw", err=True)
            raise typer.Exit(1)
        typer.echo(f"{out} 是最新的。")
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    typer.echo(f"已写入 {out}")


@rules.command("stale")
def stale(
    on: Annotated[str | None, typer.Option(metavar="DATE", help="以哪一天为准（默认今天）")] = None,
) -> None:
    """列出一年未核对、待法制核对或者已失效的依据，以及哪些时限和操作引用了它们。"""
    day = date.fromisoformat(on) if on else date.today()  # noqa: DTZ011 - the officer's own day
    found = stale_citations(load_rulebook(), day)
    for one in found:
        typer.echo(str(one))
    typer.echo(f"共{len(found)}条需要处理。" if found else "没有需要处理的依据。")


@rules.command("unwatched")
def unwatched() -> None:
    """列出系统不计时的时限和理由：须由本单位自行掌握。"""
    book = load_rulebook()
    found = unwatched_limits(book)
    for key, why in found.items():
        typer.echo(f"{book.deadlines[key].label}（{key}）：{why}")
    typer.echo(f"共{len(found)}项时限系统不计时，其余都由操作起算或者在办理时核对。")
