"""Facts of the documents on paying: the demand, the plan of parts, the application to the court."""

from datetime import date

from documents.facts.makers import (
    Facts,
    Known,
    cited,
    day_of,
    last_issued,
    made_for,
    number_and_day,
    quoted,
    remedies,
    yuan,
)
from documents.facts.paper import Paper
from domain.penalties.court import NO_NEW_LIMIT, last_ended
from domain.penalties.payment import amount_owed, surcharge_by
from domain.penalties.service import DECISION, took_effect_at
from domain.situation.situation import Situation


@made_for("demand_notice")
def _demand_notice(paper: Paper, facts: Known) -> Facts:
    return _debt(paper, facts) | {
        "催告依据": quoted(paper, "qz-54", "cf-72"),
    }


@made_for("put_off_notice")
def _put_off_notice(paper: Paper, facts: Known) -> Facts:
    rows = paper.form.get("payment_plan")
    plan = rows if isinstance(rows, list) else []
    return _debt(paper, facts) | {
        "准予依据": quoted(paper, "cf-66-2"),
        "缴纳计划": [
            {"到期日": date.fromisoformat(str(row["due_on"])), "金额": yuan(row["amount"])}
            for row in plan
        ],
    }


@made_for("enforcement_application")
def _enforcement_application(paper: Paper, facts: Known) -> Facts:
    number, day = number_and_day(paper, "demand_notice")
    court = facts.get("申请执行的法院") or remedies(paper, "penalty_decision")["管辖法院"]
    return _debt(paper, facts) | {
        "申请执行的法院": court,
        "催告书文号": number,
        "催告日期": day,
        "申请依据": cited(paper),
        "救济情况": _remedies_used(paper),
        "逾期理由": paper.form.get("late_ground"),
    }


def _remedies_used(paper: Paper) -> str:
    """What the party made of its remedies: nothing, a review, or a suit that is over."""
    last = last_ended(paper.situation)
    if last is None or last.ended is None or last.outcome in NO_NEW_LIMIT:
        return "被申请人在法定期限内未申请行政复议、未提起行政诉讼，又不履行。"
    day = f"{last.ended.year}年{last.ended.month}月{last.ended.day}日"
    if last.is_suit:
        return (
            f"被申请人提起行政诉讼，{last.body}审理的案件以{last.outcome_no}终结，"
            f"裁判于{day}发生法律效力，被申请人仍不履行。"
        )
    return (
        f"被申请人申请行政复议，{last.body}以{last.outcome_no}作出行政复议决定，于{day}送达；"
        "被申请人在法定期限内未提起行政诉讼，又不履行。"
    )


def _way(facts: Known) -> str | None:
    """How to pay, as the decision told it, in a paper that is another one."""
    told = facts.get("缴款方式")
    return str(told).replace("本决定书", "该决定书") if told else None


def _debt(paper: Paper, facts: Known) -> Facts:
    """What is owed on the day of the document."""
    situation = paper.situation
    decision = last_issued(paper, "penalty_decision", "spot_decision")
    gains = yuan(_recorded(situation, "confiscated"))
    return {
        "没收违法所得金额": gains or None,
        "缴款方式": _way(facts),
        "处罚决定书文号": decision.number if decision else None,
        "决定日期": day_of(decision.issued_at) if decision else None,
        "送达日期": day_of(took_effect_at(situation, DECISION) or facts.get("当场处罚时间")),
        "已缴金额": yuan(_recorded(situation, "paid_total")),
        "折抵罚金金额": yuan(_recorded(situation, "fine_set_off")) or None,
        "加处罚款金额": surcharge_by(situation, situation.today),
        "应缴金额": amount_owed(situation),
    }


def _recorded(situation: Situation, fact: str) -> object:
    return situation.process.facts.get(fact)
