"""What would make a receiving organ send a paper of the rehearsal back: its words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from documents.facts.endorsement import APPROVALS
from domain.situation.situation import CHINA
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.site.office import Office

_ENDS = "(《[^》]+》)(?!第)(?=的规定|，|、《|。|；)"
_LAW, _BROKEN = (re.compile(one + _ENDS) for one in ("(?:依据|根据|按照)：?", "违反了?"))
"""A law that is named without its article: as the ground of something, or as what was broken."""
_NUMBERED = re.compile("《[^》]+》(?=第)")
_MASKED = re.compile("[\u4e00-\u9fff]\\*{1,3}：")
_MOMENT = "23时59分"
_SUFFIX = re.compile("罪（(?:烟草专卖品|其他|成品油|金融业务|危害食品安全|出版物|赌博机|运输)）")
_GRAMMAR = re.compile("[。；，、][。；，、]|（）|《》|：。|\\bNone\\b|\\bTrue\\b|[{}]|“”")
"""Doubled stops, empty brackets, and words of the program."""
_STRUCK = re.compile(r"(?m)^\s*/\s*$")
_UNSIGNED = re.compile(r"签名：[　\s]*(?:\n|$)|签名：　{2,}")
_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_NUMBER = "([\u4e00-\u9fff]+〔\\d{4}〕\\d+号)"
_DATED = re.compile(_DAY + "，?(?:本机关)?(?:以|制发|作出)《[^》]+》（" + _NUMBER + "）")
"""A day on which a paper, by its number, is said to have been made."""
_QUOTED = re.compile("《[^》]+》（" + _NUMBER + "）")
_TOTAL = re.compile("共(\\d+)份\\s*(\\d*)")
_TAKES_GOODS = re.compile("没收(?:物品|产品)")
KEPT_HERE = frozenset({"本机关", "归档"})


@dataclass(frozen=True)
class Said:
    """A paper with its text, that of its paragraphs alone, and all the papers of its file."""

    paper: IssuedDocument
    text: str
    body: str
    file: Sequence[IssuedDocument]


def said_wrongly(office: Office, clue: Clue | None, said: Said) -> Iterator[str]:
    """Every fault of the words of a paper."""
    organ = office.rules.departments[said.paper.organ].name
    if f"\n{organ}：\n" in said.text:
        yield f"抬头为本机关{organ}"
    yield from _words(said.text)
    yield from _basis(office, said.text, _by_title(office, clue))
    yield from _breach(office, clue, said.text)
    yield from _forfeited(office, said)
    yield from _references(said)
    yield from _totals(said)
    yield from _open(office, said)


def _words(text: str) -> Iterator[str]:
    yield from (f"写有{found[0]}" for found in _SUFFIX.finditer(text))
    yield from (f"收件人{found[0]}" for found in _MASKED.finditer(text))
    yield from (_MOMENT for _ in range(text.count(_MOMENT)))
    for found in _GRAMMAR.finditer(text):
        yield f"文字有误：{text[max(0, found.start() - 12) : found.end() + 6]!r}"


def _by_title(office: Office, clue: Clue | None) -> set[str]:
    """The laws of which nobody read the articles that the clue's matter rests on."""
    matter = office.rules.matters.get(clue.matter_id or "") if clue else None
    if matter is None:
        return set()
    cited = (*matter.prohibits, *matter.punishes, *matter.measures)
    read = {office.rules.cite(one).partition("第")[0] for one in cited}
    return set(matter.basis) - read


def _basis(office: Office, text: str, by_title: set[str]) -> Iterator[str]:
    """A law of which an article was read is named as a ground with its article.

    Of one that nobody saw the number may be wrong, and only its title is quoted.
    """
    read = (key for key, evidence in office.rules.evidence.items() if evidence == "text")
    cited = (office.rules.cite(one) for one in read)
    numbered = {found[0] for one in cited if (found := _NUMBERED.match(one))}
    named = (found[1] for found in _LAW.finditer(text))
    yield from (f"{law}没有条款" for law in named if law in numbered - by_title)


def _breach(office: Office, clue: Clue | None, text: str) -> Iterator[str]:
    """What was broken is named with its article, where one that prohibits was read."""
    matter = office.rules.matters.get(clue.matter_id or "") if clue else None
    cited = (office.rules.cite(one) for one in (matter.prohibits if matter else ()))
    read = {one.partition("第")[0] for one in cited}
    yield from (f"违反的{one[1]}没有条款" for one in _BROKEN.finditer(text) if one[1] in read)


def _forfeited(office: Office, said: Said) -> Iterator[str]:
    """A decision takes the goods that the law it rests on says are to be confiscated."""
    ground = str(said.paper.facts.get("处罚依据") or "")
    if said.paper.kind != "penalty_decision":
        return
    for one in office.rules.citations.values():
        takes = _TAKES_GOODS.search(one.says)
        if takes and f"《{one.title}》{one.article}" in ground and "没收非法财物" not in said.text:
            yield f"《{one.title}》{one.article}规定{takes[0]}，决定没有没收"


def _references(said: Said) -> Iterator[str]:
    """A paper that is quoted by its number came before, and bears the day that is told of it."""
    known = {one.number: one for one in said.file if one.number}
    for found in _QUOTED.finditer(said.text):
        quoted = known.get(found[1])
        if quoted is not None and quoted.issued_at > said.paper.issued_at:
            yield f"引用了之后才制发的{found[1]}"
    for found in _DATED.finditer(said.text):
        quoted, told = known.get(found[4]), date(*map(int, found.group(1, 2, 3)))
        if quoted is not None and told not in _days_of(quoted):
            yield f"写{told}制发{found[4]}，该文书为{quoted.issued_at.astimezone(CHINA).date()}"


def _days_of(paper: IssuedDocument) -> set[date]:
    """When a paper was made, and when it went out."""
    moments = (paper.issued_at, paper.left_at)
    return {one.astimezone(CHINA).date() for one in moments if one}


def _totals(said: Said) -> Iterator[str]:
    """The sums that the list and the receipt print are those of their rows."""
    rows = said.paper.facts.get("材料清单")
    if not isinstance(rows, list):
        return
    copies = sum(int(row["份数"]) for row in rows if str(row.get("份数") or "").isdecimal())
    pages = [str(row.get("页数") or "") for row in rows]
    summed = sum(int(one) for one in pages if one.isdecimal())
    for found in _TOTAL.finditer(said.text):
        if int(found[1]) != copies:
            yield f"合计写{found[1]}份，清单为{copies}份"
        if found[2] and (int(found[2]) != summed or "" in pages):
            yield f"合计写{found[2]}页，清单为{summed}页"


def _open(office: Office, said: Said) -> Iterator[str]:
    """An approval bears its signatures; what goes out has no paragraph that is only a stroke."""
    kind = office.rules.documents[said.paper.kind]
    if said.paper.kind in APPROVALS and _UNSIGNED.search(said.text):
        yield "审批栏没有签名"
    if kind.to not in KEPT_HERE and _STRUCK.search(said.body):
        yield "有只写“/”的段落"
