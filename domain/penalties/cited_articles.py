"""Articles that a basis names: none beyond the last one of its law.

How many articles a law has is data (`extent` in `config/laws.yaml`). Where its text was read, a
number beyond it is refused; of all other laws the article is shown 「待法制核对」.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.guards.registry import guard
from domain.shapes.entries import Instrument
from domain.situation.situation import ProcessView, Situation

BASES: Mapping[str, str] = {
    "penalty_ground": "处罚依据",
    "legal_ground": "查封扣押依据",
    "nature_ground": "定性依据",
    "order_ground": "责令依据",
    "no_penalty_basis": "不予处罚依据",
    "no_filing_basis": "不予立案依据",
    "terminate_basis": "终止调查依据",
    "extension_ground": "延期依据",
    "exclusion_ground": "不计入办案期限的依据",
    "amend_ground": "变更依据",
    "revoke_ground": "撤销依据",
    "crime_ground": "法律依据",
}
"""Fields of forms that name articles, and what people call them."""
_ARTICLE = re.compile(r"第\s*([〇零一二三四五六七八九十百千\d]+)\s*条")
_QUOTED = re.compile(r"《([^《》]+)》\s*(?:[（(][^（）()]*[）)])?\s*的?\s*$")
_BARE = re.compile(r"[一-鿿]{1,40}(?:法|法典|条例|规定|办法|规则|细则)$")
_DECREE = re.compile(r"国务院令\s*第\s*\d+\s*号$")
_LISTED = re.compile(r"[第款项目之、，,和及与或者以〇零一二三四五六七八九十百千\d（）()\s]*")
_REMARK = re.compile(r"[（(][^（）()]*[）)]|中华人民共和国|\s")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class CitedArticle:
    """An article as a text names it; `law` is empty where it names none."""

    law: str
    number: int


def articles_in(text: str) -> Iterator[CitedArticle]:
    """The articles that a text names, each with the law before it; a list shares its law."""
    law, begun = "", 0
    for found in _ARTICLE.finditer(text):
        before = text[begun : found.start()].strip()
        if not _LISTED.fullmatch(before):
            law = _law_at_end(before)
        begun = found.end()
        yield CitedArticle(law, number_of(found[1]))


def _law_at_end(text: str) -> str:
    if quoted := _QUOTED.search(text):
        return quoted[1]
    named = _BARE.search(text) or _DECREE.search(text)
    return named[0] if named else ""


def number_of(written: str) -> int:
    """The number that an article bears, in figures or as 一百二十四."""
    if written.isdecimal():
        return int(written)
    if not set(written) & set(_UNITS):
        return int("".join(str(_DIGITS[sign]) for sign in written))
    total, digit = 0, 0
    for sign in written:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def law_meant(law: str, instruments: Mapping[str, Instrument]) -> Instrument | None:
    """The instrument that a text calls by its title, with or without 《》, or by its decree."""
    plain = _REMARK.sub("", law)
    titles = {_REMARK.sub("", one.title): one for one in instruments.values()}
    if plain in titles:
        return titles[plain]
    if _DECREE.search(plain):
        numbers = {one.number.partition("，")[0]: one for one in instruments.values()}
        return numbers.get(plain)
    # 违反了食品安全法: of what ends the words, the longest title is meant.
    ends = [one for one in titles if plain.endswith(one)]
    return titles[max(ends, key=len)] if ends else None


@guard
def cited_articles_exist(s: Situation) -> str | None:
    """No basis names an article beyond the last one of a law whose text was read."""
    found = list(dict.fromkeys(_beyond(s)))
    if not found:
        return None
    return f"{'；'.join(found)}，请对照法律原文更正"


def _beyond(s: Situation) -> Iterator[str]:
    for name, label in BASES.items():
        for one in articles_in(s.text(name)):
            law = law_meant(one.law, s.law.instruments)
            extent = law.extent if law else None
            if law and extent and extent.evidence == "text" and one.number > extent.articles:
                last = f"（该法共{extent.articles}条）"
                yield f"{label}所写的《{law.title}》第{one.number}条不存在{last}"


def unchecked_articles(s: Situation, process: ProcessView) -> tuple[str, ...]:
    """Articles on record of which nobody can say from the rulebook that they exist."""
    found: list[str] = []
    for name, label in BASES.items():
        for one in articles_in(str(process.facts.get(name) or "")):
            law = law_meant(one.law, s.law.instruments)
            extent = law.extent if law else None
            if extent is None or extent.evidence != "text":
                title = law.title if law else one.law
                found.append(f"{label}：{f'《{title}》' if title else ''}第{one.number}条")
    return tuple(dict.fromkeys(found))
