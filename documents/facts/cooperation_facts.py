"""Facts of letters between organs, and of supervision."""

from documents.facts.makers import (
    Facts,
    Known,
    action_label,
    area_name,
    cited,
    day_of,
    department_name,
    due,
    last_issued,
    made_for,
    number_and_day,
    overdue,
    quoted,
)
from documents.facts.paper import Paper
from domain.undertakings.publication import BODIES

_LETTERS = ("assistance_letter", "help_request", "consultation_letter", "situation_report")
_LIMITS = ("cx45", "gj21_13", "hj24_consult", "request_reply")
_BASES = {"cx45": "cx-45", "gj21_13": "gj21-13", "hj24_consult": "hj-24"}
_REPLIES = {"answer": "答复意见", "decline": "不能协助的理由", "extend": "延期告知"}
_ORDERS = ("supervision_order", "supervision_opinion", "supervision_decision")


@made_for(*_LETTERS)
def _request(paper: Paper, facts: Known) -> Facts:
    process = paper.rules.lifecycles["request"].actions["ask"]
    stated = facts.get("请求答复期限")
    ruled = [rule for rule in _BASES if rule in paper.clocks and not stated]
    basis = [*process.basis, *(_BASES[rule] for rule in ruled)]
    return {
        "案情": about_the_matter(paper, facts),
        "协作依据": quoted(paper, *basis),
        "协作期限": stated or day_of(due(paper, *_LIMITS)),
    }


def about_the_matter(paper: Paper, facts: Known) -> str:
    """Whom and what a letter is about, so that its reader need not ask: party, place, findings."""
    clue = paper.situation.subject
    told = (
        ("当事人", clue.subject_name),
        ("统一社会信用代码（证件号码）", clue.subject_code),
        ("住所（住址）", clue.subject_address),
        ("发生地点", clue.place),
        ("反映事项", clue.title),
        ("已查明的情况", facts.get("违法事实") or facts.get("核查情况")),
    )
    return "\n".join(f"{name}：{value}" for name, value in told if value)


@made_for("request_reply")
def _request_reply(paper: Paper, facts: Known) -> Facts:
    letter = last_issued(paper, *_LETTERS)
    return {
        "来函名称": letter.title if letter else None,
        "来函文号": letter.number if letter else None,
        "复函类别": _REPLIES.get(paper.action) or action_label(paper),
        "复函内容": paper.form.get("answer") or paper.form.get("reason"),
        "延期至": day_of(due(paper, "cx45")) if paper.action == "extend" else None,
    }


# --- supervision -------------------------------------------------------------------------------


@made_for("urging_notice")
def _urging_notice(paper: Paper, facts: Known) -> Facts:
    return {"逾期事项": overdue(paper)}


@made_for("supervision_order")
def _supervision_order(paper: Paper, facts: Known) -> Facts:
    return {
        "催办情况": _urged(paper),
        "督办事由": _stopped(facts.get("督办事由")),
        "逾期事项": overdue(paper),
        "督办依据": cited(paper),
        "督办期限": due(paper, "jdtl27"),
    }


def _stopped(text: object) -> str | None:
    """Each line as a sentence: what the board proposes as a ground are lines without a stop."""
    lines = [one.rstrip() for one in str(text or "").splitlines() if one.strip()]
    return "\n".join(one if one[-1] in "。！？；：" else f"{one}。" for one in lines) or None


def _urged(paper: Paper) -> str | None:
    days = [day_of(one.issued_at) for one in paper.issued if one.kind == "urging_notice"]
    if not days:
        return None
    named = "、".join(f"{day:%Y年%-m月%-d日}" for day in days if day)
    return f"经{named}催办仍未办结"


@made_for("supervision_opinion")
def _supervision_opinion(paper: Paper, facts: Known) -> Facts:
    number, day = number_and_day(paper, "supervision_order")
    return {
        "监督依据": cited(paper),
        "纠正期限": facts.get("督办期限"),
        "督办函文号": number,
        "督办函日期": day,
        "逾期事项": overdue(paper),
    }


@made_for("supervision_decision")
def _supervision_decision(paper: Paper, facts: Known) -> Facts:
    """The government decides; the organ of supervision only prepares."""
    number, day = number_and_day(paper, "supervision_opinion")
    return {
        "承办部门": f"{area_name(paper)}人民政府",
        "监督依据": cited(paper),
        "意见书文号": number,
        "意见书日期": day,
        "报告期限": day_of(due(paper, "sdj_dec")),
    }


@made_for("supervision_circular")
def _supervision_circular(paper: Paper, facts: Known) -> Facts:
    named = department_name(paper, paper.situation.process.department)
    papers = [
        f"{one.title}（{one.number}）" if one.number else one.title
        for one in paper.issued
        if one.kind in _ORDERS
    ]
    return {
        "主送机关": [str(named), "各有关部门"],
        "被督办单位": named,
        "监督文书": papers,
        "监督依据": cited(paper),
    }


@made_for("circular")
def _circular(paper: Paper, facts: Known) -> Facts:
    """What is asked of the addressees is what the draft says now, not what it said before."""
    limits = paper.rules.deadlines["circular_sign"].in_force(paper.situation.today)
    return {
        "通报依据": cited(paper),
        "反馈期限": day_of(paper.situation.process.facts.get("answer_due") or None),
        "签收工作日": str(limits.amount) if limits and limits.amount else None,
    }


@made_for("risk_warning_notice")
def _risk_warning(paper: Paper, facts: Known) -> Facts:
    """What was counted, as it was recorded when the warning was raised."""
    own = paper.situation.process.facts
    rule = paper.rules.indicators.get(str(own.get("indicator") or ""))
    return {
        "预警依据": cited(paper),
        "预警名称": own.get("title"),
        "预警指标": f"{rule.label}（{rule.in_words}）" if rule else None,
        "预警对象": own.get("about"),
        "计算过程": own.get("arithmetic"),
        "研判意见": own.get("assessment"),
    }


# --- what is agreed and published --------------------------------------------------------------


@made_for("matter_list", "annual_plan", "publication_text", "opinion_request", "filing_report")
def _publication(paper: Paper, facts: Known) -> Facts:
    """What the draft says now: the form that was filled in last may not be the one last made."""
    own = paper.situation.process.facts
    kind = paper.rules.publications.get(str(own.get("kind") or ""))
    said = {label: own.get(name) for name, label in BODIES.items()}
    return {
        **said,
        "名称": own.get("title"),
        "种类": kind.label if kind else None,
        "版次": own.get("version") or 1,
        "代替": own.get("supersedes"),
        "批准人": own.get("approved_by"),
        "答复期限": _answer_day(paper),
    }


def _answer_day(paper: Paper) -> object:
    found = due(paper, "publication_opinion")
    return found.date() if found else None
