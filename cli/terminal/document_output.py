"""`yisong document pdf` and `page`: a document as PDF, and the page that describes them all."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import col, select

from cli.terminal.context import acting_user, fail, moment, office, write_out
from documents.output.catalogue_page import draw_documents
from documents.output.pdf import NoPdf, PdfConverter, unavailable
from domain.rulebook.rulebook_reading import load_rulebook
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.door.reporter_reveal import paper_bytes
from flows.papers.seals import seal_of
from flows.people.actors import system_actor
from flows.people.visible_clues import sight_on
from flows.site.store import reading

PAGE = Path("docs/documents.md")
NAMES_REPORTER = (
    "写明举报人姓名，只有登记部门的热线专员、承办部门的经办人和负责人可以取出，请用 --as 写明是谁"
)
AsReader = Annotated[
    str | None, typer.Option("--as", metavar="USER", help="谁取出；写明举报人的文书须写明")
]


def pdf(
    ctx: typer.Context,
    which: Annotated[
        str, typer.Argument(metavar="ID|FILE", help="文书编号（见 yisong show）或者 DOCX 文件")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT.pdf", help="写到哪个文件")],
    as_user: AsReader = None,
) -> None:
    """把一份文书转换为 PDF；需要本机装有 LibreOffice。"""
    if reason := unavailable():
        raise fail(reason)
    path = Path(which)
    if not which.isdecimal() and not path.is_file():
        raise fail(f"没有文件 {which}；已制发的文书请写编号")
    word = issued(ctx, int(which), as_user)[1] if which.isdecimal() else path.read_bytes()
    try:
        content = PdfConverter().convert(word)
    except NoPdf as error:
        raise fail(str(error)) from error
    write_out(out, content)
    typer.echo(f"已写入 {out}（{len(content):,}字节）")


def issued(ctx: typer.Context, number: int, as_user: str | None) -> tuple[IssuedDocument, bytes]:
    """An issued document and its bytes; one that names a reporter only to who may reveal him."""
    found = office(ctx)
    with reading(found.engine) as session:
        query = select(IssuedDocument).where(col(IssuedDocument.id) == number)
        row = session.exec(query).one_or_none()
        if row is None:
            raise fail(f"没有编号为{number}的文书")
        kind = found.rules.documents[row.kind]
        if not kind.reporter_fact:
            return row, found.shelf.get(row.sha256)
        actor = acting_user(found, as_user) if as_user else system_actor(found.settings.desk)
        clue = session.get_one(Clue, row.clue_id)
        seen = sight_on(session, found, actor, clue)
        if not seen.shows_paper((row.process_kind, row.process_id), row.organ, kind):
            raise fail(f"《{row.title}》{NAMES_REPORTER}")
    return row, paper_bytes(found, row, actor, moment(found))


def sealed_content(ctx: typer.Context, document: IssuedDocument) -> bytes:
    """The sealed file of a document; ends the command with why there is none."""
    found = office(ctx)
    with reading(found.engine) as session:
        row = seal_of(session, document)
    if row is None or row.sealed_at is None:
        why = f"：{row.error}" if row and row.error else "，等待加盖" if row else ""
        raise fail(f"《{document.title}》{document.number or ''}没有加盖电子印章的文件{why}")
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
