"""Facts of the documents on compulsory measures, testing, and matters that need an approval."""

from documents.facts.makers import (
    Facts,
    Known,
    cited,
    day_of,
    department_name,
    due,
    due_before,
    last_issued,
    made_for,
    number_and_day,
    quoted,
    remedies,
)
from documents.facts.paper import Paper
from domain.situation.situation import CHINA

SEIZURE = ("cx38", "qz25")
"""The limit of a seizure: of market bureaus, of others."""
REASONS = ("reason", "revoke_reason", "amend_reason", "correct_reason")
"""Where the form of an action says why its approval is asked for."""
_MEASURES = (
    "preservation_notice",
    "preservation_release",
    "seizure_decision",
    "seizure_extension",
    "seizure_release",
)
_LISTED = {"preserve": "登记保存物品", "release_preserved": "登记保存物品"}


@made_for("matter_approval")
def _matter_approval(paper: Paper, facts: Known) -> Facts:
    transition = paper.rules.lifecycles[paper.situation.process.kind].actions[paper.action]
    own = facts.get("查封扣押依据") if paper.action == "seize" else None
    return {
        "审批事项": transition.label,
        "延长至": day_of(due(paper, *transition.extends)),
        "申请理由": next((paper.form[one] for one in REASONS if paper.form.get(one)), None),
        "审批依据": own or cited(paper),
        "审批意见": "同意" if facts.get("签发人") else None,
    }


@made_for("preservation_notice", "preservation_release")
def _preservation(paper: Paper, facts: Known) -> Facts:
    number, day = number_and_day(paper, "preservation_notice")
    return {
        "保存依据": cited(paper),
        "登记保存时间": paper.situation.now.astimezone(CHINA),
        "保存期限": day_of(due(paper, "cf56")),
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
            "措施起始日期": paper.situation.today,
            "措施届满日期": day_of(due(paper, *SEIZURE)),
            "原届满日期": day_of(due_before(paper, *SEIZURE)),
            "延长届满日期": day_of(due(paper, *SEIZURE)),
            "延长依据": basis,
            "解除依据": basis,
        }
    )


def _first_decision(paper: Paper) -> Facts:
    number, day = number_and_day(paper, "seizure_decision")
    return {"原决定书文号": number, "原决定日期": day}


@made_for("property_list")
def _property_list(paper: Paper, facts: Known) -> Facts:
    """The list belongs to the measure that was issued just before it."""
    measure = last_issued(paper, *_MEASURES)
    return {
        "物品清单": facts.get(_LISTED.get(paper.action, "查封扣押物品")),
        "所附文书": measure.title if measure else None,
        "所附文书文号": measure.number if measure else None,
    }


@made_for("goods_transfer_notice")
def _goods_transfer_notice(paper: Paper, facts: Known) -> Facts:
    number, _ = number_and_day(paper, "goods_handover_list")
    return _first_decision(paper) | {
        "移送依据": quoted(paper, *paper.rules.documents[paper.kind].basis[:1]),
        "接收单位": department_name(paper, paper.situation.process.counterpart),
        "清单文号": number,
    }


def measures_taken(paper: Paper) -> str | None:
    """The compulsory measures and penalties so far, one a line."""
    kinds = {*_MEASURES, "correction_order", "penalty_decision"}
    taken = [one for one in paper.issued if one.kind in kinds]
    lines = [f"{_in_words(day_of(one.issued_at))}《{one.title}》（{one.number}）" for one in taken]
    return "\n".join(lines) or None


def _in_words(day: object) -> str:
    return f"{day:%Y年%-m月%-d日}" if day else ""


# --- testing -----------------------------------------------------------------------------------


@made_for("testing_period_notice")
def _testing_period_notice(paper: Paper, facts: Known) -> Facts:
    seized = paper.situation.process.facts.get("seized")
    found: Facts = {"检验开始日期": paper.situation.today, "期间依据": cited(paper)}
    return found | (_first_decision(paper) if seized else {})
