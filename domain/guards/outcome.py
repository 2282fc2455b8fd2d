"""Guards of how a case ends: review and discussion before a decision, its ground, its closure."""

from domain.guards.conditions import lead_is_market
from domain.guards.registry import guard
from domain.situation.penalty import DECIDED, penalty_of
from domain.situation.situation import Situation

QUESTIONS = {
    "slight": {"corrected": "及时改正的情况", "harm": "危害后果的情况", "education": "教育内容"},
    "first": {
        "first_time": "初次违法的核查情况",
        "corrected": "及时改正的情况",
        "harm": "危害后果的情况",
        "education": "教育内容",
    },
    "no_fault": {"fault_evidence": "当事人证明没有主观过错的证据", "education": "教育内容"},
    "unfounded": {},
    "other": {"no_penalty_basis": "不予处罚依据", "education": "教育内容"},
}
"""What each ground for no penalty has to be shown by (行政处罚法第三十三条、第五十七条)."""
GROUNDS = {
    "performed": "处罚决定执行完毕",
    "execution_ended": "终结执行",
    "no_penalty": "不予处罚决定送达",
    "transferred": "案件移送司法机关",
    "terminated": "终止调查",
    "revoked": "处罚决定被撤销",
    "transferred_away": "案件移送有管辖权的行政机关",
}


@guard
def review_kind_fits(s: Situation) -> str | None:
    """A case with a reason for legal review is not put up for the plain one."""
    if s.text("needs_legal_review") == "legal":
        return None
    if s.process.facts.get("hearing_held"):
        return "本案经过听证程序，作出处罚决定前应当法制审核，审核类别请选择「法制审核」"
    if s.text("review_ground"):
        return "有应当法制审核的情形，审核类别请选择「法制审核」"
    return None


@guard
def hearing_was_reviewed(s: Situation) -> str | None:
    """No penalty after a hearing before the legal review that follows it."""
    facts = s.process.facts
    heard = facts.get("hearing_held") or s.process.state == "heard"
    if not heard or facts.get("legally_reviewed"):
        return None
    return (
        "本案经过听证程序，听证后尚未法制审核，不得作出处罚决定；请先「听证后送法制审核」"
        "（已经重新告知的，办理「送审」）"
    )


@guard
def heard_cases_were_discussed(s: Situation) -> str | None:
    """A penalty of which a hearing was offered is discussed collectively first.

    Whatever gives the right to a hearing was told (`notified`), so that the notice decides here.
    """
    if s.process.facts.get("notice_right") == "hearing" and not s.process.facts.get("discussed"):
        return "属于应当告知听证权利的较重处罚，须经负责人集体讨论决定，请先办理「集体讨论」"
    return None


@guard
def legally_reviewed_cases_were_discussed(s: Situation) -> str | None:
    """A market regulator discusses every case that had to be reviewed legally."""
    facts = s.process.facts
    legal = facts.get("needs_legal_review") == "legal" and facts.get("review_ground")
    if not (legal and lead_is_market(s)) or facts.get("discussed"):
        return None
    return "本案属于应当法制审核的案件，须经负责人集体讨论决定，请先办理「集体讨论」"


@guard
def no_penalty_is_shown(s: Situation) -> str | None:
    """Each ground for no penalty has its own questions; nobody is taught where nothing was done."""
    ground = s.text("no_penalty_kind")
    if ground in QUESTIONS and (left := questions_left(s, ground)):
        return left
    if ground == "unfounded" and s.text("education"):
        return "违法事实不能成立的，没有违法行为可以教育，请不要填写「教育内容」"
    return None


def questions_left(s: Situation, ground: str) -> str | None:
    """What a ground for no penalty still has to be shown by, as a refusal; None where all is."""
    missing = [f"「{label}」" for name, label in QUESTIONS[ground].items() if not s.text(name)]
    return f"以此为由不予处罚的，请填写{'、'.join(missing)}" if missing else None


@guard
def closing_ground_fits(s: Situation) -> str | None:
    """A case closes on the ground that follows from how it went."""
    given, fitting = s.text("closing_ground"), fitting_ground(s)
    if not given or given == fitting:
        return None
    return (
        f"结案情形与办理经过不符：本案应为「{GROUNDS[fitting]}」，"
        f"不是「{GROUNDS.get(given, given)}」；不填时由系统按办理经过确定"
    )


def fitting_ground(s: Situation) -> str:
    """On which ground a case closes: by its decision, its termination, or its referral."""
    facts, state = s.process.facts, s.process.state
    forms = facts.get("forms")
    taken = [*forms] if isinstance(forms, dict) else []
    if state == "revoked":
        return "revoked"
    if state != "enforced":
        ended = facts.get("terminated", "terminate" in taken)
        return "terminated" if ended else "transferred"
    if facts.get("execution_ended_at"):
        return "execution_ended"
    decisions = [one for one in taken if one in {"decide", "decide_no_penalty"}]
    last = facts.get("decision") or {"decide": "penalty"}.get(decisions[-1] if decisions else "")
    return "performed" if last == "penalty" else "no_penalty"


@guard
def goods_were_taken(s: Situation) -> str | None:
    """A decision that confiscates goods is enforced once the organ has them."""
    kinds = penalty_of(s.process.facts, DECIDED).kinds
    if "illegal_goods" not in kinds or s.form.get("goods_taken"):
        return None
    return "决定没收非法财物的，请确认「没收的财物已经收缴」"


@guard
def goods_are_confiscated(s: Situation) -> str | None:
    """Seized goods end as confiscated by a standing decision that says so (强制法27)."""
    case = s.latest("case")
    decided = case is not None and case.state in {"decided", "served", "enforced"}
    if decided and case and "illegal_goods" in penalty_of(case.facts, DECIDED).kinds:
        return None
    return "没有没收非法财物的处罚决定；依法应当解除的，由机关负责人办理「解除查封扣押」并退还"


@guard
def correction_is_running(s: Situation) -> str | None:
    """A correction is looked at after it was ordered, and again until it was made."""
    if s.clock("correction") or s.process.facts.get(CORRECTED) in NOT_CORRECTED:
        return None
    return "没有待复查的责令改正"


CORRECTED = "correction_outcome"
NOT_CORRECTED = {"partly": "部分改正", "not_done": "没有改正"}


@guard
def correction_left_is_told(s: Situation) -> str | None:
    """A case whose order was not followed ends only with what happens about it."""
    found = NOT_CORRECTED.get(str(s.process.facts.get(CORRECTED)))
    if found is None or s.text("correction_left"):
        return None
    return (
        f"责令改正复查结果为{found}，处罚执行完毕不等于已经改正：请再次「复查改正情况」，"
        "或者填写「没有改正的后续处理」后结案"
    )


@guard
def correction_was_checked(s: Situation) -> str | None:
    """A case does not end before somebody looked whether the order was followed."""
    return "责令改正尚未复查，请先办理「复查改正情况」" if s.clock("correction") else None
