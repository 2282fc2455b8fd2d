"""`yisong document pdf` and `page`: a document as PDF, and the page that describes them all."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import col, select

from cli.terminal.context import fail, office, write_out
from documents.output.catalogue_page import draw_documents
from documents.output.pdf import NoPdf, PdfConverter, unavailable
from domain.rulebook.rulebook_reading import load_rulebook
from domain.tables.record import IssuedDocument
from flows.site.store import reading

PAGE = Path("docs/documents.md")


def pdf(
    ctx: typer.Context,
    which: Annotated[
        str, typer.Argument(metavar="ID|FILE", help="文书编号（见 yisong show）或者 DOCX 文件")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT.pdf", help="写到哪个文件")],
) -> None:
    """把一份文书转换为 PDF；需要本机装有 LibreOffice。"""
    if reason := unavailable():
        raise fail(reason)
    path = Path(which)
    if not which.isdecimal() and not path.is_file():
        raise fail(f"没有文件 {which}；已制发的文书请写编号")
    word = _issued(ctx, int(which)) if which.isdecimal() else path.read_bytes()
    try:
        content = PdfConverter().convert(word)
    except NoPdf as error:
        raise fail(str(error)) from error
    write_out(out, content)
    typer.echo(f"已写入 {out}（{len(content):,}字节）")


def _issued(ctx: typer.Context, number: int) -> bytes:
    found = office(ctx)
    with reading(found.engine) as session:
        query = select(IssuedDocument).where(col(IssuedDocument.id) == number)
        row = session.exec(query).one_or_none()
    if row is None:
        raise fail(f"没有编号为{number}的文书")
    return found.shelf.get(row.sha256)


def page(
    out: Annotated[Path, typer.Option("-o", "--out", help="写到哪个文件")] = PAGE,
    check: Annotated[bool, typer.Option("--check", help="只核对是否最新，不写")] = False,
) -> None:
    """把全部文书的制发、依据和事实写成一页。"""
    text = draw_documents(load_rulebook())
    if check:
        if not out.is_file() or out.read_text(encoding="utf-8") != text:
            typer.echo(f"{out} 不是最新的，请运行 yisong document page", err=True)
            raise typer.Exit(1)
        typer.echo(f"{out} 是最新的。")
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    typer.echo(f"已写入 {out}")
