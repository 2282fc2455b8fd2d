"""Facts of the documents on compulsory measures, testing, and matters that need an approval."""

from dataclasses import replace
from datetime import date, datetime

from documents.facts.makers import (
    Facts,
    Known,
    cited,
    day_of,
    department_name,
    due,
    due_before,
    grounds_here,
    last_issued,
    made_for,
    moment_of,
    number_and_day,
    quoted,
    remedies,
)
from documents.facts.paper import Paper
from documents.values.filters import cn_date
from domain.guards.conditions import lead_is_market
from domain.situation.listed_materials import Row, rows_of
from domain.situation.situation import CHINA

SEIZURE = ("cx38", "qz25")
"""The limit of a seizure: of market bureaus, of others."""
_CHOSEN = frozenset({"查封", "扣押", "查封、扣押"})
"""What a decision of seizure may be called by the measure that was chosen."""
REASONS = (
    *("reason", "revoke_reason", "amend_reason", "correct_reason", "execution_end_reason"),
    "preserved_outcome",
)
"""Where the form of an action says why its approval is asked for."""
_MEASURES = (
    "preservation_notice",
    "preservation_release",
    "seizure_decision",
    "seizure_extension",
    "seizure_release",
)
_PRESERVING = frozenset({"preserve", "preserve_on_spot", "release_preserved", "deal_with"})
_TAKING = frozenset({"seize", "seize_on_spot"})
_MATTERS = {
    ("measure", "approve"): "当场采取措施补办批准手续",
    ("measure", "refuse"): "当场采取的措施不予批准，立即解除",
    ("case", "move_to_police"): "中止调查（移送公安机关）",
}
"""What an approval is about where the action's own name says it too shortly."""
_TO_POLICE = "案件涉嫌犯罪，已经批准移送公安机关，须等待司法机关的处理结果。"


@made_for("matter_approval")
def _matter_approval(paper: Paper, facts: Known) -> Facts:
    transition = paper.rules.lifecycles[paper.situation.process.kind].actions[paper.action]
    process = paper.situation.process
    own = facts.get("查封扣押依据") if paper.action in {*_TAKING, "approve"} else None
    stated = (paper.form[one] for one in REASONS if paper.form.get(one))
    reason = next(stated, process.facts.get("reason"))
    # Who approves a transfer to the police gives no reason of its own for the pause it brings.
    if late := paper.form.get("late_reason"):
        reason = f"{reason}；逾期补办批准的理由：{late}"
    if ground := paper.form.get("suspend_ground"):
        reason = f"{transition.form['suspend_ground'].options[str(ground)]}：{reason}"
    if number := paper.form.get("prior_approval_no"):
        before = moment_of(paper.form.get("prior_approved_at"))
        said = f"{before:%Y年%-m月%-d日%-H时%M分}" if before else ""
        reason = f"{reason}；实施之前已于{said}批准（{number}）"
    opinion = "不同意，立即解除" if paper.action == "refuse" else "同意"
    label = _MATTERS.get((process.kind, paper.action), transition.label)
    return {
        "审批事项": label.replace("查封扣押", _chosen(paper, facts)),
        "延长至": day_of(due(paper, *transition.extends)),
        "申请理由": _TO_POLICE if paper.action == "move_to_police" else reason,
        "审批依据": own or paper.form.get("extension_ground") or cited(paper),
        "审批意见": opinion if facts.get("签发人") else None,
    }


@made_for("preservation_notice", "preservation_release")
def _preservation(paper: Paper, facts: Known) -> Facts:
    number, day = number_and_day(_of_this_measure(paper), "preservation_notice")
    return {
        "保存依据": cited(paper),
        "登记保存时间": _taken_at(paper),
        "保存期限": day_of(due(paper, "cf56")),
        "逾期自动解除": bool(grounds_here(paper, "cx-35")),
        "登记保存处理决定": facts.get("登记保存处理决定") or facts.get("解除理由"),
        "原通知书文号": number,
        "原通知书日期": day,
    }


@made_for("seizure_decision", "seizure_extension", "seizure_release")
def _seizure(paper: Paper, facts: Known) -> Facts:
    basis = cited(paper)
    return (
        remedies(paper)
        | _first_decision(paper)
        | {
            "保管地点": facts.get("保管地点") or _kept_at(facts.get("查封扣押物品")),
            "措施起始日期": _taken_at(paper).date(),
            "措施届满日期": day_of(due(paper, *SEIZURE)),
            "原届满日期": day_of(due_before(paper, *SEIZURE)),
            "延长届满日期": day_of(due(paper, *SEIZURE)),
            "延长依据": basis,
            "解除依据": basis,
        }
    )


def _taken_at(paper: Paper) -> datetime:
    """When the measure was really taken; the moment of the act where nobody said."""
    told = paper.form.get("taken_at") or paper.situation.process.facts.get("taken_at")
    return moment_of(told) or paper.situation.now.astimezone(CHINA)


def _chosen(paper: Paper, facts: Known) -> str:
    """The measure that is or was chosen, as an approval names it."""
    known = (facts.get("强制措施种类"), _first_decision(paper).get("强制措施种类"))
    return next((str(one) for one in known if one in _CHOSEN), "查封扣押")


def _first_decision(paper: Paper) -> Facts:
    own = _of_this_measure(paper)
    number, day = number_and_day(own, "seizure_decision")
    decision = last_issued(own, "seizure_decision")
    title = decision.title if decision else None
    found: Facts = {"原决定书文号": number, "原决定日期": day, "原决定书名称": title}
    chosen = (title or "").removesuffix("决定书")
    return found | ({"强制措施种类": chosen} if chosen in _CHOSEN else {})


def _kept_at(goods: object) -> str | None:
    """Where the listed goods are kept, each place once."""
    places = (str(row.get("存放地点") or "").strip() for row in rows_of(goods))
    return "、".join(dict.fromkeys(filter(None, places))) or None


def _of_this_measure(paper: Paper) -> Paper:
    """The paper with only those before it that belong to its process, where there are any."""
    process = paper.situation.process
    own = tuple(one for one in paper.issued if one.process == (process.kind, process.id))
    return replace(paper, issued=own) if own and process.kind == "measure" else paper


@made_for("property_list")
def _property_list(paper: Paper, facts: Known) -> Facts:
    """The list belongs to the measure that was issued just before it."""
    measure = last_issued(paper, *_MEASURES)
    preserved = paper.action in _PRESERVING or paper.situation.process.facts.get("preserved")
    seized = paper.action in {*_TAKING, "release_seized"}
    kept = preserved and not seized
    goods = facts.get("登记保存物品" if kept else "查封扣押物品")
    place = facts.get("登记保存地点" if kept else "保管地点")
    return {
        "物品清单": [{"存放地点": place, **_told(row)} for row in rows_of(goods)] or goods,
        "所附文书": measure.title if measure else None,
        "所附文书文号": measure.number if measure else None,
    }


def _told(row: Row) -> Row:
    """The cells of a row that say something."""
    return {name: told for name, told in row.items() if told}


@made_for("goods_transfer_notice")
def _goods_transfer_notice(paper: Paper, facts: Known) -> Facts:
    number, _ = number_and_day(paper, "goods_handover_list")
    return _first_decision(paper) | {
        "移送依据": quoted(paper, *paper.rules.documents[paper.kind].basis[:1]),
        "接收单位": department_name(paper, paper.situation.process.counterpart),
        "清单文号": number,
    }


def measures_taken(paper: Paper, *, penalties: bool = True) -> str | None:
    """The compulsory measures and orders so far, one a line; with the `penalties` or without."""
    kinds = {*_MEASURES, "correction_order", *(("penalty_decision",) if penalties else ())}
    taken = [one for one in paper.issued if one.kind in kinds]
    lines = [
        f"{cn_date(day_of(one.issued_at))}制发《{one.title}》（{one.number}）。" for one in taken
    ]
    return "\n".join(lines) or None


@made_for("disposal_announcement", "disposal_notice")
def _disposal(paper: Paper, facts: Known) -> Facts:
    """What spoils, by whose word it goes, and by which rule: the organ's own, or the market's."""
    rule = facts.get("先行处置的依据") or quoted(paper, *_DISPOSAL[lead_is_market(paper.situation)])
    known: Facts = {"处置依据": rule, "权利人意见": _owners_word(facts)}
    return _first_decision(paper) | known


_DISPOSAL = {True: ("cx-41-3",), False: ("qz-28-2",)}


def _owners_word(facts: Known) -> str:
    owner, day = facts.get("物品的权利人"), facts.get("同意、申请的日期")
    if owner and isinstance(day, date):
        word = "申请" if facts.get("权利人的意思") == "权利人申请" else "同意"
        return f"物品的权利人{owner}于{cn_date(day)}{word}先行处置"
    return "物品的权利人不明确，经公告期满没有权利人同意或者申请"


@made_for("goods_announcement")
def _goods_announcement(paper: Paper, facts: Known) -> Facts:
    ends = day_of(due(paper, "cx42_claim"))
    return {"公告依据": quoted(paper, "cx-42-3"), "领取届满日期": ends}


@made_for("identification_request")
def _identification_request(paper: Paper, facts: Known) -> Facts:
    return {"辨认依据": quoted(paper, "cx-30-2")}


# --- testing -----------------------------------------------------------------------------------


@made_for("testing_period_notice")
def _testing_period_notice(paper: Paper, facts: Known) -> Facts:
    seized = paper.situation.process.facts.get("seized")
    found: Facts = {"检验开始日期": paper.situation.today, "期间依据": cited(paper)}
    return found | (_first_decision(paper) if seized else {})


@made_for("testing_result_notice")
def _testing_result_notice(paper: Paper, facts: Known) -> Facts:
    """Days of testing do not count: until when the goods are now held (强制法第二十五条第三款)."""
    if not paper.situation.process.facts.get("seized"):
        return {}
    first = _first_decision(paper)
    named = {name: first[name] for name in ("原决定书文号", "原决定书名称")}
    return named | {"查封扣押届满日期": day_of(due(paper, *SEIZURE))}
