"""`yisong document void`, `reissue`, `stale`, `verify`: the life of a document after its issue."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.context import acting_user, fail, moment_of_act, office
from cli.terminal.refusal import REFUSED, chinese_errors
from documents.values.codes import shown_code
from flows.lists.clue_sheet import find_clue
from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue, void
from flows.papers.current_facts import list_stale
from flows.papers.genuineness import WORDS, Verdict, verify_code, verify_file
from flows.site.store import reading

DocumentId = Annotated[int, typer.Argument(metavar="ID", help="文书编号，见 yisong show")]
AsUser = Annotated[str, typer.Option("--as", metavar="USER", help="办理人")]
At = Annotated[
    str | None, typer.Option(metavar="TIME", help="办理时间（只在演示环境中可以指定，默认现在）")
]


def void_one(
    ctx: typer.Context,
    number: DocumentId,
    as_user: AsUser,
    reason: Annotated[str, typer.Option(help="作废理由")],
    at: At = None,
) -> None:
    """作废一份文书：文号不再使用，原文留存；由法制人员或者签发人的上级负责人办理。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    with chinese_errors():
        row = void(found, number, Correction(actor, moment_of_act(found, at), reason))
    typer.echo(f"已作废：《{row.title}》{row.number or ''}（第{row.id}号）。")


def reissue_one(
    ctx: typer.Context,
    number: DocumentId,
    as_user: AsUser,
    reason: Annotated[str, typer.Option(help="作废原文书的理由；原文书已作废的不必写")] = "",
    at: At = None,
) -> None:
    """按今天的事实重新制发，编新号；原文书未作废的同时作废。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    with chinese_errors():
        row = reissue(found, number, Correction(actor, moment_of_act(found, at), reason))
    typer.echo(
        f"已重新制发：《{row.title}》{row.number or ''}（第{row.id}号，代替第{row.replaces_id}号）"
        f"，校验码{shown_code(row.code)}。"
    )


def stale(
    ctx: typer.Context,
    clue: Annotated[str, typer.Argument(metavar="CLUE", help="线索编号或外部编号")],
) -> None:
    """列出制发后所载事实有变动的文书；有变动时退出码为1。"""
    found = office(ctx)
    with chinese_errors(), reading(found.engine) as session:
        changed = list_stale(session, found, find_clue(session, clue))
    for one in changed:
        typer.echo(f"{one.document.id} 《{one.document.title}》{one.document.number or ''}")
        for change in one.changes:
            was, now = in_words(change.was), in_words(change.now)
            typer.echo(f"    {change.fact}：文书载明「{was}」，现为「{now}」")
    if changed:
        raise typer.Exit(REFUSED)
    typer.echo("全部文书所载事实与现在一致。")


def in_words(value: object) -> str:
    """A kept fact in Chinese: rows one after the other, each with its columns."""
    if isinstance(value, list | tuple):
        return "；".join(map(in_words, value)) or "无"
    if isinstance(value, Mapping):
        return "，".join(f"{name}：{in_words(one)}" for name, one in value.items() if one)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if value not in (None, "") else "无"


def verify(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="FILE|CODE", help="文书文件，或者8位校验码")],
) -> None:
    """核验一份文书：真实有效的退出码为0，其余为1；不显示案情。"""
    found = office(ctx)
    path = Path(what)
    if not path.is_file() and path.suffix:
        raise fail(f"没有「{what}」这个文件")
    with reading(found.engine) as session:
        if path.is_file():
            verdicts: tuple[Verdict, ...] = (verify_file(session, found, path.read_bytes()),)
        else:
            verdicts = verify_code(session, found, what)
    for one in verdicts:
        _tell(one)
    if not all(one.holds for one in verdicts):
        raise typer.Exit(REFUSED)


def _tell(verdict: Verdict) -> None:
    note = f"：{verdict.note}" if verdict.note else ""
    typer.echo(f"{WORDS[verdict.outcome]}{note}", err=not verdict.holds)
    if verdict.issued_on is not None:
        typer.echo(f"  文书：《{verdict.title}》")
        typer.echo(f"  文号：{verdict.number or '（无文号）'}")
        typer.echo(f"  制发机关：{verdict.organ}")
        typer.echo(f"  制发日期：{verdict.issued_on.isoformat()}")
        typer.echo(f"  制发时的校验值（SHA-256）：{verdict.sha256}")
