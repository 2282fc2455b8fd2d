"""`yisong rules`: the lifecycles drawn, the law audited, and citations that want checking again."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.audit_tables import audit_tables
from cli.terminal.context import rules_in_files
from cli.terminal.drawing import draw_lifecycles
from cli.terminal.loading import BAD_USE
from domain.lookup.stale_citations import stale_citations
from domain.rulebook.crosscheck_limits import unwatched_limits

rules = typer.Typer(help="规则库：画出流程、核对法律要求、列出待核对的依据。", no_args_is_help=True)
DRAWING, AUDIT = Path("docs/lifecycle.md"), Path("docs/law-audit.md")


@rules.command("draw")
def draw(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--out", help="写到哪个文件")] = DRAWING,
    check: Annotated[bool, typer.Option("--check", help="只核对是否最新，不写")] = False,
) -> None:
    """把全部流程写成表格和 Mermaid 图。"""
    _written(draw_lifecycles(rules_in_files(ctx)), out, "draw", check=check)


@rules.command("audit")
def audit(
    ctx: typer.Context,
    statute: Annotated[
        list[str] | None, typer.Option(help="只列这些法律的核对表，如 penalty（可以多次）")
    ] = None,
    process: Annotated[
        list[str] | None, typer.Option(help="只列这些流程，如 case（可以多次）")
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="写到哪个文件")] = None,
    check: Annotated[bool, typer.Option("--check", help="只核对文件是否最新，不写")] = False,
) -> None:
    """逐条列出法律的要求由什么承担，以及每项操作的依据、时限、文书和岗位。"""
    found = rules_in_files(ctx)
    everything = not (statute or process)
    statutes = _known(statute, found.checklists, "核对表", everything=everything)
    processes = _known(process, found.lifecycles, "流程", everything=everything)
    text = audit_tables(found, statutes, processes)
    if out is None and not check:
        typer.echo(text)
        return
    _written(text, out or AUDIT, "audit", check=check)


def _known(
    asked: list[str] | None, known: Mapping[str, object], what: str, *, everything: bool
) -> list[str]:
    """What was asked for, or everything there is; a name that there is not ends the command."""
    strange = [one for one in asked or [] if one not in known]
    if strange:
        typer.echo(f"没有{what} {'、'.join(strange)}；可以写：{'、'.join(known)}", err=True)
        raise typer.Exit(BAD_USE)
    return list(known) if everything else asked or []


def _written(text: str, out: Path, command: str, *, check: bool) -> None:
    """The text in a file, or whether the file says so already."""
    if check:
        fresh = out.is_file() and out.read_text(encoding="utf-8") == text
        if not fresh:
            typer.echo(f"{out} 不是最新的，请运行 yisong rules {command} --out {out}", err=True)
            raise typer.Exit(1)
        typer.echo(f"{out} 是最新的。")
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    typer.echo(f"已写入 {out}")


@rules.command("stale")
def stale(
    ctx: typer.Context,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="以哪一天为准（默认今天）")] = None,
) -> None:
    """列出一年未核对、待法制核对或者已失效的依据，以及哪些时限和操作引用了它们。"""
    day = date.fromisoformat(on) if on else date.today()  # noqa: DTZ011 - the officer's own day
    found = stale_citations(rules_in_files(ctx), day)
    for one in found:
        typer.echo(str(one))
    typer.echo(f"共{len(found)}条需要处理。" if found else "没有需要处理的依据。")


@rules.command("unwatched")
def unwatched(ctx: typer.Context) -> None:
    """列出系统不计时的时限和理由：须由本单位自行掌握。"""
    book = rules_in_files(ctx)
    found = unwatched_limits(book)
    for key, why in found.items():
        typer.echo(f"{book.deadlines[key].label}（{key}）：{why}")
    typer.echo(f"共{len(found)}项时限系统不计时，其余都由操作起算或者在办理时核对。")
