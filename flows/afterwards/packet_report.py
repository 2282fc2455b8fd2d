"""What a referral's packet has and lacks: the same answer for browser, command and file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.guards.referral import PACKET, packet_is_complete
from domain.situation.listed_materials import counted_pages, name_of, rows_of
from domain.situation.situation import Situation
from domain.tables.record import IssuedDocument
from flows.door.attachments import Evidence

ARTICLE = "so310-6"
APPRAISAL = "检验报告或者鉴定结论"
OTHERS = "其他有关涉嫌犯罪的材料"
ONLY_TOLD = (
    f"{APPRAISAL}只有文字说明，没有上传附件，也没有列入移送材料清单：请补充，已经移送的请补送；"
    "无需检验鉴定的，请写明。"
)
COMPLETE = "移送材料齐全。"
BY_PEN = (
    "移送材料清单、移送书附页和回执制发时尚未计得的页数，移交前请用笔填写并填写合计：{}"
    "（待计的，打开该文书的 PDF 即计得）。"
)
APPROVED, LISTING = "approved", ("crime_transfer", "materials_list")
"""Until when the list can be completed, and the papers that list what goes along."""
NAME_ONLY = "仅有名称"
THERE, LACKING, TOLD = "有", "缺", "只有文字说明"
"""How a part of a packet stands, in the same words on the page, the terminal and in the file."""
PACKET_README = """\
本压缩包为线索{no}的涉嫌犯罪案件移送材料，共{count}个文件。

一、{catalogue}　　全部文书和移送材料清单；注明“仅有名称”的没有上传文件，
    以随案移送的纸质材料、实物为准
    NN 文书名 文号.docx　　移送书、调查报告、物品清单、移送材料清单、此前的处罚决定书
    NN 文书名 文号 已盖章　　同一文书加盖电子印章的文件，与未盖章的并存，以此为正本；校验值见目录
    附件NN 名称　　移送材料清单所列、已经上传的证据材料

二、核对结果：{verdict}

三、核对文件是否完整、未被改动（解压后在该目录运行，每个文件应显示 OK 或者“成功”）
    Linux、macOS：  sha256sum -c SHA256SUMS   或者   shasum -a 256 -c SHA256SUMS
    Windows：       certutil -hashfile "文件名" SHA256，与 SHA256SUMS 中的一行比较

四、核对一份文书是否由移送机关制发：扫描文书上的二维码，或者打开核验网页输入校验码
"""
"""What whoever receives a packet has to know to read and check it, without the product."""
_APPRAISAL = re.compile("检验|检测|检疫|鉴定|认定意见|辨认意见")
_NO_NEED = re.compile("(无需|不需|无须|不必|没有必要).{0,6}(检验|检测|检疫|鉴定)?")
_ISSUED = re.compile("移送书|调查报告|物品清单|移送材料清单|处罚决定书")
"""What a list calls the papers that the product itself puts into the packet."""


@dataclass(frozen=True)
class PacketReport:
    """The parts that the law names with what each rests on, and what stands against the packet.

    `without_file`: an appraisal that is needed is told, and no file of it was uploaded;
    `only_told`: nor does the list of materials name it. `named_only`: entries of the list without a
    file. `by_pen`: whose pages list, annex or receipt leave open, with the figure once it is known.
    """

    parts: Mapping[str, str]
    missing: str
    without_file: bool
    only_told: bool
    named_only: tuple[str, ...]
    by_pen: tuple[str, ...] = ()

    @property
    def standings(self) -> Mapping[str, str]:
        """By part: there, lacking, only told, or there with names that have no file."""
        found = {title: THERE if ground else LACKING for title, ground in self.parts.items()}
        if self.without_file:
            found[APPRAISAL] = TOLD
        if self.named_only:
            found[OTHERS] = f"{THERE}，{len(self.named_only)}种{NAME_ONLY}"
        return found

    @property
    def is_complete(self) -> bool:
        """Whether every part is there, each with its file."""
        return not (self.missing or self.only_told or self.named_only)

    @property
    def verdict(self) -> str:
        """In one paragraph: complete, or everything that it lacks and what to do."""
        told = [self.missing + "。"] if self.missing else []
        told += [ONLY_TOLD] if self.only_told else []
        if self.named_only:
            told.append(
                f"移送材料清单所列{len(self.named_only)}种{NAME_ONLY}，没有上传文件："
                f"{'、'.join(self.named_only)}；请上传为附件（名称与清单一致）后重新下载。"
            )
        return ("".join(told) or COMPLETE) + self.open_pages

    @property
    def open_pages(self) -> str:
        """What was not counted when the list was written, and is written in before it goes."""
        return BY_PEN.format("、".join(self.by_pen)) if self.by_pen else ""


def packet_report(
    situation: Situation, evidence: Sequence[Evidence], papers: Iterable[IssuedDocument]
) -> PacketReport:
    """The report on the referral at hand, with the files uploaded to its clue.

    `papers`: those of the clue in the order of their issue.
    """
    referral = situation.process.facts
    parts = {title: "文书" for kind, title in PACKET.items() if kind in situation.documents}
    parts[APPRAISAL] = str(referral.get("appraisal") or "")
    names = listed_names(referral.get("materials"))
    parts[OTHERS] = f"移送材料清单所列{len(names)}种" if names else ""
    without_file = _is_without_file(parts[APPRAISAL], evidence)
    return PacketReport(
        parts={title: parts.get(title, "") for title in (*PACKET.values(), APPRAISAL, OTHERS)},
        missing=packet_is_complete(situation) or "",
        without_file=without_file,
        only_told=without_file and not any(map(_APPRAISAL.search, names)),
        named_only=tuple(
            one for one in names if not is_issued(one) and file_of(one, evidence) is None
        ),
        by_pen=tuple(_by_pen(situation, papers)),
    )


def _by_pen(situation: Situation, papers: Iterable[IssuedDocument]) -> Iterator[str]:
    """The rows of the list and of the letter's annex that tell no pages, each once."""
    if situation.process.state != APPROVED:
        return
    own = ("referral", situation.process.id)
    newest = {
        one.kind: one
        for one in papers
        if (one.process_kind, one.process_id) == own and one.voided_at is None
    }
    lists = (newest[kind].facts for kind in LISTING if kind in newest)
    rows = [row for facts in lists for row in rows_of(facts.get("材料清单")) if not row.get("页数")]
    for name in dict.fromkeys(map(name_of, rows)):
        counted = counted_pages(name, situation.papers, ())
        yield f"{name}{counted}页" if counted else f"{name}（页数待计）"


def is_issued(name: str) -> bool:
    """Whether an entry of the list is a paper that the product puts into the packet itself."""
    return bool(_ISSUED.search(name))


def listed_names(materials: object) -> list[str]:
    """The names on a list of materials; rows that hand nothing over are left out."""
    rows = materials if isinstance(materials, list) else []
    found = [row for row in rows if isinstance(row, dict)]
    return [str(row["名称"]) for row in found if row.get("名称") and not _hands_nothing_over(row)]


def _hands_nothing_over(row: Mapping[str, object]) -> bool:
    return bool(_NO_NEED.search(f"{row.get('名称') or ''}{row.get('备注') or ''}"))


def file_of(name: str, evidence: Iterable[Evidence]) -> Evidence | None:
    """The uploaded file that an entry of the list names."""
    return next((one for one in evidence if name and name in one.attachment.title), None)


def _is_without_file(appraisal: str, evidence: Iterable[Evidence]) -> bool:
    """Whether an appraisal is told that is needed, and none was uploaded."""
    filed = any(
        one.attachment.kind == "appraisal" or _APPRAISAL.search(one.attachment.title)
        for one in evidence
    )
    return bool(appraisal) and not filed and not _NO_NEED.search(appraisal)
