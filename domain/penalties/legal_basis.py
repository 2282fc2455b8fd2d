"""The legal basis of a penalty or a measure: an article by its number, never a statute alone."""

import re

from domain.files.article_words import ARTICLE, names_an_article
from domain.guards.registry import guard
from domain.situation.situation import Situation

_ISSUER = "局|厅|委员会|办公室|大队|支队|科|所|站|中心"
OWN_PAPER = re.compile(
    rf"(?:本|我|该|市|县|区|旗|州|省|镇|乡|街道)[^《》，；。、第]{{0,16}}?(?:{_ISSUER})[^《》，；。、第]{{0,24}}》?\s*$"
    r"|(?:通知|通告|公告|文件|意见|会议纪要|纪要|批复|复函|函|方案|指引|清单|制度|红头文件)》?\s*$"
)
"""What stands before an article of a paper that is no law, regulation or rule."""
_PART = re.compile(r"[第款项目之〇零一二三四五六七八九十百千\d（）()、和及\s]*")
STATUTE = re.compile(r"(?:法|条例)》?\s*$|国家|国务院|中华人民共和国|总局")
PERIODS = {"extension_ground": "延期依据", "exclusion_ground": "不计入办案期限的依据"}
CRIMINAL_LAW = re.compile(r"(?:^|[《，；。、\s]|共和国)刑法》?\s*$")


def rests_on_no_law(text: str) -> str:
    """The paper that a basis names in place of a law, where all that it names are such; else "".

    Only laws, regulations and rules (规章) give an organ a power over a party (行政处罚法16, 38).
    """
    ends = [one.start() for one in ARTICLE.finditer(text)]
    begins = [0, *(one.end() for one in ARTICLE.finditer(text))]
    before = [text[a:b].strip("，；。、和及与 ") for a, b in zip(begins, ends, strict=False)]
    named = [one for one in before if one and not _PART.fullmatch(one)]
    papers = [one for one in named if _is_no_law(one)]
    return papers[0] if papers and len(papers) == len(named) else ""


def _is_no_law(title: str) -> bool:
    return bool(OWN_PAPER.search(title)) and not STATUTE.search(title)


@guard
def penalty_rests_on_an_article(s: Situation) -> str | None:
    """A penalty is told and decided by article; a decision without its own rests on the notice."""
    own = s.text("penalty_ground")
    text = own or str(s.process.facts.get("penalty_ground") or "")
    if names_an_article(text):
        return _no_law("处罚依据", text) or _criminal(text)
    again = "" if own else "；告知时就没有写明的，请重新办理「处罚告知」"
    return _refusal("处罚依据", text) + again


@guard
def seizure_rests_on_an_article(s: Situation) -> str | None:
    """What a seizure rests on is told by article."""
    text = s.text("legal_ground")
    if not names_an_article(text):
        return _refusal("查封扣押依据", text)
    return _no_law("查封扣押依据", text)


@guard
def period_rests_on_law(s: Situation) -> str | None:
    """A longer period, or time left out of it, rests on a law or rule, not on the organ's paper."""
    for field, label in PERIODS.items():
        if refusal := _no_law(label, s.text(field)):
            return refusal
    return None


BEFORE_THE_REPORT = frozenset({"filed", "investigating", "suspended"})
"""States in which an investigation is broken off on any ground of the law."""
BACK_FROM_JUSTICE = frozenset({"resume_after_refusal", "resume_by_opinion"})
"""Actions by which a case came back to be dealt with."""
_NO_EVIDENCE = "请填写「终止调查的证据」：如死亡证明、注销登记、清算材料，写明名称和来源"
_NO_PENALTY = re.compile(r"处罚法》?第?(?:三十[一三]?|五十七|3[013]|57)条")
"""Articles by which a penalty is not given: a decision says so, with its review and service."""
_DECIDED_INSTEAD = (
    "调查终结、送审以后，司法机关移送处理的，或者依行政处罚法第三十条、第三十一条、第三十三条、第五十七条不予处罚的，"
    "不终止调查：应当作出处罚或者不予处罚决定；"
    "当事人死亡、终止而没有权利义务承受人的除外"
)


@guard
def termination_has_its_ground(s: Situation) -> str | None:
    """An investigation is broken off where nobody is left to answer, or by an article.

    What justice gave back to be dealt with ends by a decision like any other (310号令13).
    """
    if s.text("terminate_ground") == "died":
        return None if s.text("terminate_evidence") else _NO_EVIDENCE
    late = s.process.state not in BEFORE_THE_REPORT
    forms = s.process.facts.get("forms")
    back = isinstance(forms, dict) and not BACK_FROM_JUSTICE.isdisjoint(forms)
    of_no_penalty = _NO_PENALTY.search(s.text("terminate_basis"))
    if late or back or of_no_penalty:
        return _DECIDED_INSTEAD
    if names_an_article(s.text("terminate_basis")):
        return None
    return (
        "终止调查须有法定情形，请填写「终止调查依据」（写明第几条）；违法事实不能成立、情节轻微的，"
        "请继续办理并作出不予处罚决定；司法机关移送处理的，应当作出处罚或者不予处罚决定"
    )


def _refusal(label: str, text: str) -> str:
    found = f"「{text[:40]}」" if text else ""
    return f"{label}{found}没有写明第几条，请写明法律名称和条、款、项，如《…法》第…条第…款第（…）项"


def _no_law(label: str, text: str) -> str | None:
    paper = rests_on_no_law(text)
    if not paper:
        return None
    return (
        f"{label}写的「{paper[-30:]}」不是法律、法规、规章，不能设定或者作为处罚、强制措施、期限的依据，"
        "请写明法律、法规、规章的名称和条、款、项；规范性文件可以在其后一并写明"
    )


def _criminal(text: str) -> str | None:
    """The criminal law punishes by courts; an organ's penalty rests on another law."""
    first = ARTICLE.search(text)
    others = [text[: one.start()] for one in ARTICLE.finditer(text)]
    if first is None or not all(CRIMINAL_LAW.search(one) for one in others):
        return None
    return (
        "处罚依据只写了刑法，行政处罚不能以刑法为依据，请写明设定处罚的法律、法规、规章和条、款、项"
    )
