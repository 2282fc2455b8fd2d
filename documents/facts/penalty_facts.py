"""What a penalty says in a document: told and decided, kind by kind, in words and figures."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from documents.facts.makers import (
    Facts,
    Known,
    day_of,
    last_issued,
    made_for,
    number_and_day,
    period,
    remedies,
)
from documents.facts.paper import Paper
from documents.values.filters import clause
from documents.values.money import amount_in_figures, amount_in_words
from domain.penalties.service import NOTICE, took_effect_at
from domain.shapes.penalties import PenaltyKind
from domain.situation.joint_acts import act_of, fined_apart, rows_in, told_apart
from domain.situation.penalty import DECIDED, PLANNED, Fields, Penalty, penalty_of

_KIND_OF = {"fine": "罚款", "confiscated": "没收违法所得"}
_KIND_AND_SUM = re.compile(r"(罚款|没收违法所得)(?:人民币)?([\d,]+(?:\.\d+)?)元")
_PAY_AGAIN = re.compile(
    r"(?:当事人)?(?:应当)?(?:自收到[^，。]*?)?十五日内[^。；\n]{0,30}银行[^。；\n]{0,20}。?"
)
DECIDING = {"case", "spot_penalty"}
"""Processes that record a penalty of their own."""
SUMS = {"fine": "{}", "confiscated": "{}", "goods": "货值{}"}
"""How the sum of a kind is put after its name."""


def told(paper: Paper) -> Facts:
    """The penalty that is or was told, for a notice and for what follows it."""
    lines = list(_lines(paper, PLANNED))
    written = said_once(paper, PLANNED, paper.form.get("planned_penalty"))
    return {"拟处罚明细": lines, "拟处罚内容": written}


def decided(paper: Paper, facts: Known) -> Facts:
    """The penalty that is or was decided; what an older form wrote as text stands as it was."""
    return {
        "处罚明细": list(_lines(paper, DECIDED)),
        "处罚内容": said_once(paper, DECIDED, facts.get("处罚内容")),
        "履行方式": _performance(paper, facts),
    }


def said_once(paper: Paper, names: Fields, text: object) -> str | None:
    """What was written beside the kinds, unless it only says a kind and its sum again."""
    written = str(text or "").strip()
    penalty = penalty_of(_values(paper, names), names)
    sums = {one: getattr(penalty, need) for need, one in _KIND_OF.items()}
    clauses = [one.strip() for one in re.split(r"[；;。\n]", written) if one.strip()]
    return None if clauses and all(_restates(one, sums) for one in clauses) else written or None


def _restates(clause: str, sums: Mapping[str, Decimal]) -> bool:
    found = _KIND_AND_SUM.fullmatch(clause)
    return found is not None and sums.get(found[1]) == Decimal(found[2].replace(",", ""))


def _performance(paper: Paper, facts: Known) -> object:
    """How to perform, unless it only says again that the sum is paid to a bank in fifteen days."""
    told = str(facts.get("履行方式") or "").strip()
    penalty = penalty_of(_values(paper, DECIDED), DECIDED)
    owed = penalty.fine or penalty.confiscated
    return None if owed and _PAY_AGAIN.fullmatch(told) else told or None


def in_words(paper: Paper, names: Fields, text: object) -> str:
    """A penalty in one sentence for tables and registers: its kinds, then what was written."""
    lines = list(_lines(paper, names))
    written = said_once(paper, names, text)
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
    return penalty_lines(penalty_of(_values(paper, names), names), paper.rules.penalties)


def _values(paper: Paper, names: Fields) -> Mapping[str, object]:
    """Where a penalty is stated: in the form at hand, else as recorded."""
    own = paper.situation.process
    case = own if own.kind in DECIDING else paper.situation.latest("case")
    recorded = case.facts if case else {}
    return paper.form if names.kinds in paper.form else recorded


def notified(paper: Paper, facts: Known) -> str | None:
    """When what was told to the party: the penalty, its grounds, and its rights."""
    notice = last_issued(paper, "penalty_notice")
    served = day_of(took_effect_at(paper.situation, NOTICE))
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


def with_milder(facts: Known) -> str | None:
    """The reasons of discretion, and how a minor is treated more mildly (行政处罚法30)."""
    parts = [str(clause(one)) for one in (facts.get("裁量理由"), _milder(facts)) if one]
    return "；".join(parts) + "。" if parts else None


def _milder(facts: Known) -> str:
    said = facts.get("对未成年人从轻、减轻的情况")
    return f"当事人违法时已满十四周岁不满十八周岁，{clause(said)}" if said else ""


_SHOWN = (
    "及时改正的情况",
    "危害后果的情况",
    "初次违法的核查情况",
    "当事人证明没有主观过错的证据",
    "教育内容",
)


def why_not_filed(facts: Known) -> str | None:
    """The ground on which nothing is filed, with what 处罚法33 asks to be shown of it."""
    ground = facts.get("不予立案理由")
    shown = (f"{one}：{facts[one]}" for one in _SHOWN if facts.get(one))
    return "；".join(str(clause(one)) for one in (ground, *shown)) if ground else None


@made_for("correction_order")
def _correction_order(paper: Paper, facts: Known) -> Facts:
    """Within a case the order has its own facts, so that those of the case stay as told."""
    own = {
        "违法事实": paper.form.get("correct_facts"),
        "定性依据": paper.form.get("correct_breach"),
    }
    if paper.situation.undertaking is not None:
        own["当事人"] = paper.situation.of_kind("visit")[0].facts.get("subject_name")
    return remedies(paper) | {name: value for name, value in own.items() if value}


def review_first(paper: Paper) -> Facts:
    """Remedies against what is decided on the spot, or amends that: a suit follows a review.

    行政复议法第二十三条: the days of the suit are those after the review.
    """
    suit = paper.rules.deadlines["ss45"].in_force(paper.situation.today)
    return remedies(paper, "spot_decision") | {"起诉期限": period(suit), "复议在先": True}


@made_for("spot_decision")
def _spot_decision(paper: Paper, facts: Known) -> Facts:
    people = [paper.people.get(one) for one in paper.situation.names("case_officers")]
    return (
        review_first(paper)
        | decided(paper, facts)
        | {
            "当场收缴": paper.form.get("pay_by") == "cash",
            "从轻减轻情况": _milder(facts) or None,
            "执法证号": [f"{one.name}（{one.certificate_no}）" for one in people if one],
        }
    )


def handled_with(paper: Paper) -> str | None:
    """With whom the case was handled as one proceeding: each organ decides in its own name."""
    known = paper.situation.process.facts
    if not known.get("joint_no") or not known.get("joint_with"):
        return None
    agreed = known.get("joint_agreed_on")
    once = "；对同一违法行为没有给予两次以上罚款" if agreed else ""
    return (
        f"本案与{known['joint_with']}办理的案件就同一事实共同办理（编号：{known['joint_no']}），"
        f"各机关依照法定职权分别立案、分别作出决定{once}。{_joint_apart(paper) if agreed else ''}"
    )


def _joint_apart(paper: Paper) -> str:
    """Why what other organs fine is another act than what is fined here (行政处罚法29)."""
    s = paper.situation
    if penalty_of(paper.form, DECIDED).fine <= 0:
        return ""
    rows, said = (rows_in(s.process.facts.get(one)) for one in ("joint_acts", "joint_apart"))
    words, known = told_apart(said), s.law.departments[s.process.department]
    own, found = {known.name, known.short}, []
    for pair in fined_apart(rows):
        why = words.get(frozenset(map(act_of, pair)), "").rstrip("。；")
        mine, theirs = sorted(pair, key=lambda row: row["部门"].strip() not in own)
        if why and mine["部门"].strip() in own:
            found.append(
                f"{theirs['部门'].strip()}罚款的“{theirs['违法行为'].strip()}”与本案罚款的"
                f"“{mine['违法行为'].strip()}”不是同一违法行为：{why}。"
            )
    return "".join(found)


@made_for("hearing_waiver")
def _waiver(paper: Paper, facts: Known) -> Facts:
    number, _ = number_and_day(paper, "penalty_notice")
    return {"告知书文号": number}
