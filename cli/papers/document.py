"""`yisong document`: documents rendered from facts, and issued ones fetched."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.papers.issued import reissue_one, stale, verify, void_one
from cli.terminal.context import acting_user, fail, moment_of_act, office, write_out
from cli.terminal.document_output import AsReader, issued, page, pdf, sealed_content
from cli.terminal.refusal import chinese_errors
from documents.output.pdf import NoPdf
from documents.templates.engine import BadTemplate, MissingFact
from documents.templates.kinds import BadFacts, MissingFacts, load_all, load_template, read_facts
from flows.papers.page_counting import count_issued
from flows.papers.seals import ask_seal

document = typer.Typer(help="文书：生成、取出、作废、重新制发和核验。", no_args_is_help=True)
document.command("void")(void_one)
document.command("reissue")(reissue_one)
document.command("stale")(stale)
document.command("verify")(verify)
document.command("pdf")(pdf)
document.command("page")(page)


@document.command("kinds")
def kinds() -> None:
    """列出文书种类及其必填事实。"""
    for kind, template in load_all().items():
        required = "、".join(field.name for field in template.form.fields if field.required)
        typer.echo(f"{kind} 《{template.form.title}》：{required}")


@document.command("render")
def render(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="文书种类，如 crime_transfer")],
    facts: Annotated[
        Path, typer.Option("--facts", metavar="FILE", help="事实（JSON，键为中文名）", exists=True)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT.docx", help="写到哪个文件")],
) -> None:
    """按事实生成一份文书；缺少事实时逐项列出。"""
    try:
        template = load_template(kind)
        raw = json.loads(facts.read_text(encoding="utf-8"))
        if not isinstance(raw, dict):
            raise fail(f"{facts} 应为一个 JSON 对象，键为事实的中文名")
        content = template.render(read_facts(template.form, raw))
    except ValueError as error:
        raise fail(_in_words(error, facts)) from error
    except (BadTemplate, MissingFacts, MissingFact) as error:
        raise fail(str(error)) from error
    write_out(out, content)
    typer.echo(f"已生成《{template.form.title}》：{out}（{len(content):,}字节）")


def _in_words(error: ValueError, facts: Path) -> str:
    if isinstance(error, BadFacts):
        return "；".join(error.complaints)
    if isinstance(error, json.JSONDecodeError):
        return f"{facts} 第{error.lineno}行不是 JSON：{error.msg}"
    return str(error)


@document.command("pages")
def pages(ctx: typer.Context) -> None:
    """用 LibreOffice 逐份转换，记下已制发文书的页数（卷内目录、移送材料清单按此填写）。"""
    found = office(ctx)
    try:
        count = count_issued(found, moment_of_act(found))
    except NoPdf as problem:
        raise fail(str(problem)) from problem
    typer.echo(f"已记下{count.counted}份文书的页数。")
    if count.failed:
        raise fail(
            f"{count.failed}份没有计得，原因见网页“文书”登记簿（状态选“没有计得页数”）；再次运行即重试"
        )


@document.command("fetch")
def fetch(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="文书编号，见 yisong show")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT.docx", help="写到哪个文件")],
    as_user: AsReader = None,
    sealed: Annotated[bool, typer.Option("--sealed", help="取加盖电子印章的文件")] = False,
) -> None:
    """取出一份已制发的文书，内容与制发时逐字节相同。"""
    row, content = issued(ctx, number, as_user)
    if sealed:
        content = sealed_content(ctx, row)
    write_out(out, content)
    typer.echo(f"《{row.title}》{row.number or ''} → {out}")


@document.command("seal")
def have_sealed(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="文书编号，见 yisong show")],
    as_user: Annotated[str, typer.Option("--as", metavar="USER", help="办理人")],
) -> None:
    """提请印章服务加盖电子印章；失败过的立即再试。由后台办理，用 fetch --sealed 取盖章文件。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    with chinese_errors():
        row = ask_seal(found, number, actor, moment_of_act(found))
    typer.echo(f"第{row.document_id}号文书等待加盖电子印章。")
