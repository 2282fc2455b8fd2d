"""`yisong bundle`: the whole file of a clue as one ZIP that proves itself."""

from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.context import check_folder, fail, moment, office
from cli.terminal.refusal import chinese_errors
from documents.output.bundle import write_bundle
from documents.templates.package import TooLarge
from flows.afterwards.case_file import clue_papers
from flows.door.attachments import list_attachments
from flows.door.situations import load_situation
from flows.lists.clue_sheet import find_clue
from flows.papers.case_packing import packet_check, whole_file
from flows.people.actors import system_actor
from flows.site.store import reading


def bundle(
    ctx: typer.Context,
    clue: Annotated[str, typer.Argument(metavar="CLUE", help="线索编号或外部编号")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.zip", help="写到哪个文件")],
    at: Annotated[str | None, typer.Option(metavar="TIME", help="以该时间核对（默认现在）")] = None,
) -> None:
    """打包案卷：全部文书、附件、卷内目录、办理记录、材料核对和校验值。"""
    found = office(ctx)
    check_folder(out)
    now = moment(found, at)
    with chinese_errors(), reading(found.engine) as session:
        row = find_clue(session, clue)
        files = whole_file(session, found, row, now)
        try:
            sha256 = write_bundle(files, out)
        except TooLarge as error:
            raise fail(str(error)) from error
        actor = system_actor(found.settings.desk)
        situation = load_situation(session, found, row, actor, now)
        evidence = list_attachments(session, row.id or 0)
        papers = clue_papers(session, row.id or 0)
    typer.echo(f"线索{row.no}：{len(files) + 1}个文件 → {out}（SHA-256 {sha256}）")
    for line in packet_check(found, situation, evidence, papers):
        typer.echo(line)
