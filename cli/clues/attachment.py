"""`yisong attachment`: files of a clue or a circular: added, listed, fetched, recognised."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import in_china, terminal
from cli.terminal.context import acting_user, fail, moment_of_act, office, write_out
from cli.terminal.refusal import chinese_errors
from domain.situation.evidence_files import too_large
from flows.door.attachments import (
    Evidence,
    Upload,
    add_attachment,
    find_attachment,
    list_attachments,
    recognition_in_words,
    tied_in_words,
)
from flows.lists.undertaking_sheet import find_dossier
from flows.papers.recognition import recognise
from flows.site.office import Office
from flows.site.store import reading

attachment = typer.Typer(help="附件：线索的证据材料，情况通报的附件。", no_args_is_help=True)
WHOSE = "线索编号、外部编号，或者情况通报编号"
AsUser = Annotated[str, typer.Option("--as", metavar="USER", help="办理人")]
At = Annotated[
    str | None, typer.Option(metavar="TIME", help="办理时间（只在演示环境中可以指定，默认现在）")
]


@attachment.command("add")
def add(
    ctx: typer.Context,
    clue: Annotated[str, typer.Argument(metavar="CLUE", help=WHOSE)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="文件", exists=True, dir_okay=False)],
    as_user: AsUser,
    title: Annotated[str, typer.Option(help="名称，如 现场检查照片")],
    kind: Annotated[str, typer.Option(help="证据种类，如 documentary，情况通报的附件用 other")],
    pages: Annotated[int, typer.Option(min=0, help="页数；PDF和图片自动计数")] = 0,
    incoming: Annotated[int, typer.Option(help="是哪一件收文的扫描件：收文登记序号")] = 0,
    receipt_of: Annotated[int, typer.Option(help="是哪一份文书的送达回证：文书编号")] = 0,
    tied_to: Annotated[
        str,
        typer.Option(
            metavar="KEY",
            help="属于本部门哪一份核查意见、哪一项物品，如 61、157/白酒；写错的列出可选的",
        ),
    ] = "",
    at: At = None,
) -> None:
    """上传一份附件；类型、大小不合要求的列出全部理由。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    largest = found.rules.attachments.largest_megabytes << 20
    if file.stat().st_size > largest:
        raise fail(too_large(file.stat().st_size, found.rules.attachments))
    upload = Upload(file.name, file.read_bytes(), title, kind, receipt_of, incoming, pages, tied_to)
    with chinese_errors():
        with reading(found.engine) as session:
            dossier = find_dossier(session, clue)
        row = add_attachment(found, dossier, upload, actor, moment_of_act(found, at))
    typer.echo(f"已上传第{row.id}号附件：{row.title}（{row.size:,}字节，SHA-256 {row.sha256}）")


@attachment.command("list")
def list_all(
    ctx: typer.Context,
    clue: Annotated[str, typer.Argument(metavar="CLUE", help=WHOSE)],
) -> None:
    """列出线索、情况通报的附件，以及哪些部门认可了它们。"""
    found = office(ctx)
    table = Table("编号", "名称", "种类", "大小", "上传部门", "时间", "证据互认")
    with chinese_errors(), reading(found.engine) as session:
        evidence = list_attachments(session, find_dossier(session, clue))
    for one in evidence:
        row = one.attachment
        table.add_row(
            str(row.id),
            f"{row.title}{row.suffix}" + "".join(f"（{told}）" for told in _shows(found, one)),
            found.rules.attachments.kinds.get(row.kind, row.kind),
            f"{row.size:,}字节",
            found.rules.departments[row.department_id].name,
            in_china(row.added_at),
            recognition_in_words(found, one).removeprefix("证据互认：") or "—",
        )
    terminal().print(table if evidence else "没有附件。")


def _shows(found: Office, one: Evidence) -> Iterator[str]:
    """Of which clue's evidence it was given, and whose opinion or which goods it shows."""
    yield from filter(None, (one.source, tied_in_words(found, one)))


@attachment.command("get")
def get(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="附件编号，见 attachment list")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="写到哪个文件")],
) -> None:
    """取出一份附件，内容与上传时逐字节相同。"""
    found = office(ctx)
    with chinese_errors(), reading(found.engine) as session:
        row = find_attachment(session, number)
    write_out(out, found.shelf.get(row.sha256))
    typer.echo(f"{row.title}{row.suffix} → {out}")


@attachment.command("recognise")
def recognise_one(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="附件编号，见 attachment list")],
    as_user: AsUser,
    opinion: Annotated[str, typer.Option(help="认可意见")],
    at: At = None,
) -> None:
    """证据互认：本部门认可其他部门取得的证据。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    with chinese_errors():
        row = recognise(found, number, opinion, actor, moment_of_act(found, at))
    organ = found.rules.departments[row.department_id].name
    typer.echo(f"{organ}已认可第{number}号附件。")
