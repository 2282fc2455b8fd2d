"""What a penalty says in a document: told and decided, kind by kind, in words and figures."""

from collections.abc import Iterable, Mapping

from documents.facts.makers import Facts, Known, day_of, last_issued
from documents.facts.paper import Paper
from documents.values.filters import clause
from documents.values.money import amount_in_figures, amount_in_words
from domain.shapes.penalties import PenaltyKind
from domain.situation.penalty import DECIDED, PLANNED, Fields, Penalty, penalty_of

DECIDING = {"case", "spot_penalty"}
"""Processes that record a penalty of their own."""
SUMS = {"fine": "{}", "confiscated": "{}", "goods": "货值{}"}
"""How the sum of a kind is put after its name."""


def told(paper: Paper) -> Facts:
    """The penalty that is or was told, for a notice and for what follows it."""
    lines = list(_lines(paper, PLANNED))
    return {"拟处罚明细": lines, "拟处罚内容": paper.form.get("planned_penalty")}


def decided(paper: Paper, facts: Known) -> Facts:
    """The penalty that is or was decided; what an older form wrote as text stands as it was."""
    return {"处罚明细": list(_lines(paper, DECIDED)), "处罚内容": facts.get("处罚内容")}


def in_words(paper: Paper, names: Fields, text: object) -> str:
    """A penalty in one sentence for tables and registers: its kinds, then what was written."""
    lines = list(_lines(paper, names))
    written = str(text or "").strip()
    return "；".join([*lines, *([written] if written else [])])


def penalty_lines(penalty: Penalty, kinds: Mapping[str, PenaltyKind]) -> Iterable[str]:
    """Each kind of a penalty with its sum, its licence and its term."""
    for key in penalty.kinds:
        kind = kinds[key]
        yield kind.label + "".join(_stated(penalty, kind))


def _stated(penalty: Penalty, kind: PenaltyKind) -> Iterable[str]:
    for need, words in SUMS.items():
        sum_ = getattr(penalty, need)
        if need in kind.needs and sum_:
            figure = f"人民币{amount_in_words(sum_)}（{amount_in_figures(sum_)}元）"
            yield words.format(figure) if words == "{}" else "，" + words.format(figure)
    if "licence" in kind.needs and penalty.licence:
        yield f"（{penalty.licence}）"
    if penalty.term and ("term" in kind.needs or (not kind.needs and kind.hearing == "always")):
        yield f"，期限{penalty.term}"


def _lines(paper: Paper, names: Fields) -> Iterable[str]:
    own = paper.situation.process
    case = own if own.kind in DECIDING else paper.situation.latest("case")
    recorded = case.facts if case else {}
    values = paper.form if names.kinds in paper.form else recorded
    return penalty_lines(penalty_of(values, names), paper.rules.penalties)


def notified(paper: Paper, facts: Known) -> str | None:
    """When what was told to the party: the penalty, its grounds, and its rights."""
    notice = last_issued(paper, "penalty_notice")
    served = day_of(facts.get("告知书送达时间"))
    if notice is None or served is None:
        return None
    planned = clause(in_words(paper, PLANNED, facts.get("拟处罚内容")))
    content = f"拟作出的行政处罚（{planned}）" if planned else "拟作出的行政处罚内容"
    hearing = facts.get("告知的权利") == "陈述申辩权和要求听证权"
    rights = "陈述、申辩和要求听证" if hearing else "陈述、申辩"
    return (
        f"本机关于{served.year}年{served.month}月{served.day}日向当事人送达"
        f"《{notice.title}》（{notice.number}），告知{content}及事实、理由、依据，"
        f"并告知其依法享有{rights}的权利。"
    )
