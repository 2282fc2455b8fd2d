"""The whole file of a clue to hand over: papers, evidence, catalogue, record, and what is amiss."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from textwrap import indent

from sqlmodel import Session, col, select

from documents.facts.paper import Paper
from documents.facts.paper_facts import facts_for
from documents.output.bundle import Bundled, BundleFile
from domain.situation.situation import CHINA, Situation
from domain.tables.process import Clue
from domain.tables.record import Event, IssuedDocument
from flows.afterwards.case_file import (
    CATALOGUE,
    EVENT_LOG,
    README,
    case_file,
    clue_papers,
    filed_anew,
    paper_title,
    remark_on,
    text_file,
)
from flows.afterwards.packet_report import ARTICLE, packet_report
from flows.afterwards.sealed_files import Seals, seals_of
from flows.door.attachments import Evidence, catalogue_row, list_attachments
from flows.door.locked_dossier import issued_papers
from flows.door.situations import load_situation
from flows.door.template_in_force import templates_in_force
from flows.papers.current_facts import list_stale
from flows.people.actors import system_actor
from flows.site.office import Office

CATALOGUE_FORM = "00 卷内目录.docx"
CHECK = "材料核对.txt"
CATALOGUE_KIND = "case_catalogue"

CHECK_SCRIPT = """\
import json
last = None
for line in open("办理记录.jsonl", encoding="utf-8"):
    one = json.loads(line)
    if last and one["seq"] <= last["seq"]:
        raise SystemExit(f"第{one['seq']}条次序颠倒或者重复")
    if last and one["seq"] == last["seq"] + 1 and one["previous"] != last["hash"]:
        raise SystemExit(f"第{one['seq']}条与前一条不相连")
    last = one
print("办理记录次序正确，相邻的前后相连；最后一条：", last["seq"], last["hash"])
"""
HOW_TO_VERIFY = """\
本压缩包为线索{no}的案卷，共{count}个文件。不需要安装任何系统即可核对：

一、核对文件是否完整、未被改动（解压后在该目录运行，每个文件应显示 OK 或者“成功”）
    Linux、macOS：  sha256sum -c SHA256SUMS   或者   shasum -a 256 -c SHA256SUMS
    Windows：       certutil -hashfile "文件名" SHA256，与 SHA256SUMS 中的一行比较

二、文件说明
    {catalogue}　　全部文书和附件的清单；{form}　　可以打印的卷内目录
    NN 文书名 文号.docx　　按制发先后排列，作废的注明“作废”
    NN 文书名 文号 已盖章　　同一文书加盖电子印章的文件，与未盖章的并存；校验值见目录
    附件NN 名称　　证据材料；{log}　　办理记录，一行一条，带有全部记录前后相连的校验值
    {check}　　移送材料是否齐全，哪些文书已经作废或者所载事实已有变动

三、核对办理记录（{log}）
    每条记录的 hash 由制发机关以密钥算出，previous 是全系统前一条记录的 hash；序号不相邻的，
    中间是其他线索的记录。把以下几行存为 check.py，在解压后的目录运行 python3 check.py：

{script}
    内容是否被改动，由制发机关在其系统上核对：  yisong audit log {log}

四、核对一份文书是否由制发机关制发
    yisong document verify 文件名（或者文书上、文件属性中的8位校验码）
"""


def whole_file(session: Session, office: Office, clue: Clue, now: datetime) -> list[Bundled]:
    """Everything there is of a clue, in order; bytes are read from the shelf when wanted."""
    last = session.exec(
        select(Event.seq).where(col(Event.clue_id) == clue.id).order_by(col(Event.seq).desc())
    ).first()
    actor = system_actor(office.settings.desk)
    situation = load_situation(session, office, clue, actor, now)
    papers = clue_papers(session, clue.id or 0)
    evidence = list_attachments(session, clue.id or 0)
    listed = any(one.kind == CATALOGUE_KIND and not one.voided_at for one in papers)
    packet = packet_check(office, situation, evidence, papers)
    check = text_file(CHECK, _check(session, office, clue, packet, papers))
    files = [*case_file(session, office, clue.id or 0, last or 0), check]
    if not listed:
        form = _catalogue(session, office, situation, papers, evidence)
        files.insert(1, BundleFile(CATALOGUE_FORM, form))
    return [_readme(clue, len(files) + 1, listed=listed), *files]


def packet_check(
    office: Office,
    situation: Situation,
    evidence: Sequence[Evidence],
    papers: Sequence[IssuedDocument],
) -> list[str]:
    """The five parts of a packet that the law names, what each rests on, and which are missing."""
    referral = situation.latest("referral")
    if referral is None:
        return ["本线索没有涉嫌犯罪案件移送。"]
    report = packet_report(replace(situation, process=referral), evidence, papers)
    lines = [f"移送材料（{office.rules.cite(ARTICLE)}）："]
    for title, ground in report.parts.items():
        told = f"（{ground}）" if ground else ""
        lines.append(f"　　{report.standings[title]}　{title}{told}")
    count = f"随卷电子附件{len(evidence)}件" if evidence else "没有上传电子附件"
    return [*lines, report.verdict, f"{count}。"]


def _check(
    session: Session,
    office: Office,
    clue: Clue,
    packet: list[str],
    papers: list[IssuedDocument],
) -> list[str]:
    lines = [f"线索{clue.no}材料核对", "", *packet, ""]
    void = [one for one in papers if one.voided_at]
    lines += ["已作废的文书：", *(f"　　{paper_title(one)}　{one.void_reason}" for one in void)]
    lines += [] if void else ["　　无"]
    filed = {one.id for one in papers}
    stale = [one for one in list_stale(session, office, clue) if one.document.id in filed]
    lines += ["", "制发后所载事实有变动的文书："]
    for one in stale:
        facts = "、".join(change.fact for change in one.changes)
        lines.append(f"　　{paper_title(one.document)}　{facts}")
    return [*lines, *([] if stale else ["　　无"])]


def _catalogue(
    session: Session,
    office: Office,
    situation: Situation,
    papers: list[IssuedDocument],
    evidence: tuple[Evidence, ...],
) -> bytes:
    """The catalogue as a form; page numbers are filled in by hand once the file is bound."""
    organ = situation.process.department
    template = templates_in_force(session, office, organ, {CATALOGUE_KIND})[CATALOGUE_KIND]
    issued = issued_papers(session, office.rules, situation.subject.id)
    paper = Paper(CATALOGUE_KIND, None, "", situation, office.rules, {}, {}, issued)
    seals = seals_of(session, papers)
    anew = filed_anew(papers)
    rows = [_paper_row(office, one, seals) for one in papers if one.id not in anew]
    rows += [catalogue_row(office, one) for one in evidence]
    return template.render({**facts_for(paper), "卷内文件": rows})


def _paper_row(office: Office, paper: IssuedDocument, seals: Seals) -> dict[str, object]:
    return {
        "文号": paper.number,
        "责任者": office.rules.departments[paper.organ].name,
        "题名": paper.title,
        "日期": paper.issued_at.astimezone(CHINA).date(),
        "备注": remark_on(office, paper, seals) or None,
    }


def _readme(clue: Clue, count: int, *, listed: bool) -> BundleFile:
    text = HOW_TO_VERIFY.format(
        no=clue.no,
        count=count,
        catalogue=CATALOGUE,
        form="归档时制发的《卷内目录》" if listed else CATALOGUE_FORM,
        log=EVENT_LOG,
        check=CHECK,
        script=indent(CHECK_SCRIPT, "    "),
    )
    return BundleFile(README, text.encode())
