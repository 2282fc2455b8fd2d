"""Reviews and suits: what they are directed against, which are pending, before whom."""

from dataclasses import dataclass
from datetime import date

from domain.guards.registry import day_of, guard
from domain.situation.organ import remedies_against
from domain.situation.situation import ProcessView, Situation

ACTS = frozenset(
    {"penalty_decision", "no_penalty_decision", "amendment_decision", "revocation_decision"}
    | {"seizure_decision", "seizure_extension", "preservation_notice", "correction_order"}
    | {"refusal_to_file", "result_reply", "redirect_notice", "spot_decision"}
)
"""Documents of acts against which a party, or whoever reported, may seek a remedy."""
DECISION_STATES = frozenset({"decided", "served", "enforced", "closed", "archived"})
"""States of a case in which there is a decision to turn against."""


SPOT = "spot_penalty"
SPOT_STATES = frozenset({"decided", "closed"})
"""The states of a penalty on the spot in which there is one to turn against."""


@dataclass(frozen=True)
class Remedy:
    """One review or suit against the decision in force: when it was lodged, when and how it ended.

    `ended` is the day on which its outcome took effect, None while it is pending.
    """

    is_suit: bool
    lodged: date
    ended: date | None
    outcome: str
    outcome_no: str = ""
    body: str = ""


def remedies_of(s: Situation) -> tuple[Remedy, ...]:
    """The reviews and suits against the decision that is in force, oldest first."""
    case = case_of(s)
    current = _round(case)
    found = (one for one in s.of_kind("remedy") if one.facts.get("contested") == "decision")
    return tuple(_read(one) for one in found if one.facts.get("decision_round", 0) == current)


def pending_days(s: Situation) -> tuple[tuple[date, date | None], ...]:
    """The periods in which the decision was under review or sued against, both days included."""
    return tuple((one.lodged, one.ended) for one in remedies_of(s))


def case_of(s: Situation) -> ProcessView | None:
    """What bears the decision: the case at hand or the newest of the clue, or else its penalty on
    the spot."""
    if s.process.kind in {"case", SPOT}:
        return s.process
    return s.latest("case") or s.latest(SPOT)


def ended_by_form(s: Situation) -> Remedy:
    """The remedy that the form at hand concludes."""
    day = day_of(s.form.get("effective_on")) or _received(s) or s.today
    return Remedy("effective_on" in s.form, day, day, s.text("outcome"))


def _received(s: Situation) -> date | None:
    received = s.form.get("party_received_on") or s.form.get("outcome_received_on")
    return day_of(received)


def _read(one: ProcessView) -> Remedy:
    facts = one.facts
    lodged = day_of(facts.get("lodged_on"))
    if lodged is None:
        raise ValueError(f"remedy {one.id} has no day on which it was lodged")
    ended = day_of(facts.get("ended_on"))
    told = (str(facts.get(name) or "") for name in ("outcome", "outcome_no", "body"))
    return Remedy(bool(facts.get("is_suit")), lodged, ended, *told)


def _round(case: ProcessView | None) -> object:
    return case.facts.get("decision_round", 0) if case else 0


def contests_what_is_in_force(s: Situation) -> bool:
    """Whether the decision a remedy was lodged against is still the one of the case."""
    case = case_of(s)
    same = s.process.facts.get("decision_round", 0) == _round(case)
    return bool(same and case is not None and has_decision(case))


WITHOUT_DECISION = frozenset({"terminated", "transferred", "transferred_away", "revoked"})
"""The grounds on which a case closes that leaves no decision behind."""


def has_decision(case: ProcessView) -> bool:
    """Whether a decision of the case, or of the penalty on the spot, is in force."""
    states = SPOT_STATES if case.kind == SPOT else DECISION_STATES
    ended = case.state in {"closed", "archived"}
    without = ended and case.facts.get("closing_ground") in WITHOUT_DECISION
    return case.state in states and not without


# --- evidence while a remedy is pending ---


@guard
def review_leaves_the_evidence_alone(s: Situation) -> str | None:
    """Whose decision is under review gathers no more evidence by itself (复议法46)."""
    return _gathers_meanwhile(
        s, is_suit=False, who="申请人和其他有关单位、个人", allows="行政复议机构"
    )


@guard
def suit_leaves_the_evidence_alone(s: Situation) -> str | None:
    """Who is sued gathers no more evidence from plaintiff, third party and witnesses (诉讼法35)."""
    return _gathers_meanwhile(s, is_suit=True, who="原告、第三人和证人", allows="人民法院")


def _gathers_meanwhile(s: Situation, *, is_suit: bool, who: str, allows: str) -> str | None:
    began = day_of(s.form.get("started_at")) or s.today
    pending = any(
        one.ended is None and one.is_suit == is_suit and one.lodged <= began
        for one in remedies_of(s)
    )
    if not pending or s.text("despite_remedy"):
        return None
    return (
        f"处罚决定正在{'行政诉讼' if is_suit else '行政复议'}期间，不得自行向{who}收集证据；"
        f"{allows}准许补充证据的写明文书，与所争议的决定无关的（复查改正、另一违法行为等）写明事由："
        "请填写「复议诉讼期间取证的依据」"
    )


# --- what a remedy is about ----------------------------------------------------------------------


def contested_of(s: Situation) -> str:
    """What a remedy is directed against, as its form or its record says."""
    return s.text("contested") or str(s.process.facts.get("contested") or "")


@guard
def an_act_was_done(s: Situation) -> str | None:
    """There is something to turn against: the organ has issued a paper that touches the party."""
    return None if s.documents & ACTS else "本线索还没有对当事人作出可以申请复议、提起诉讼的行为"


@guard
def contested_act_exists(s: Situation) -> str | None:
    """A remedy is registered against what was done: a decision, a measure."""
    case, contested = case_of(s), contested_of(s)
    if contested == "decision" and (case is None or not has_decision(case)):
        return (
            "本线索没有作出处罚（不予处罚）决定，或者案件已经终止、移送，决定已经撤销；"
            "对其他行政行为不服的，请选择其他行政行为"
        )
    if contested == "measure" and not s.documents & {"seizure_decision", "preservation_notice"}:
        return "本线索没有采取过行政强制措施"
    return None


REVIEW_FIRST = "review_before_suit"
"""Whether a decision is to be reviewed before it is sued against, as its form told."""
PRICE_RULES = "价格违法行为行政处罚规定"


def review_goes_first(s: Situation) -> bool:
    """Against a penalty on the spot, and where its decision told so (行政复议法23①(一)、(五))."""
    case = case_of(s)
    told = s.text(REVIEW_FIRST) or str((case.facts if case else {}).get(REVIEW_FIRST) or "")
    return case is not None and (case.kind == SPOT or told == "review")


@guard
def order_of_remedies_is_told(s: Situation) -> str | None:
    """A penalty under the price regulation says whether review goes first (its article 20)."""
    ground = s.text("penalty_ground") or str(s.process.facts.get("penalty_ground") or "")
    if PRICE_RULES not in ground or s.text(REVIEW_FIRST):
        return None
    return (
        f"处罚依据有《{PRICE_RULES}》，所见文本规定应当先申请行政复议再起诉："
        "请由法制人员核对现行文本后选择「救济的先后」，决定书照此告知"
    )


@guard
def review_came_first(s: Situation) -> str | None:
    """What has to be reviewed first is not sued against before (行政复议法23①(一)、(五))."""
    if contested_of(s) != "decision" or not review_goes_first(s):
        return None
    if any(not one.is_suit and one.ended is not None for one in remedies_of(s)):
        return None
    case = case_of(s)
    spot = case is not None and case.kind == SPOT
    which = "当场作出的处罚决定" if spot else "告知须先复议的处罚决定"
    return f"对{which}应当先申请行政复议，本案没有登记过复议结果；有复议的请先登记"


@guard
def no_remedy_is_pending(s: Situation) -> str | None:
    """A decision is not reviewed and sued against at a time, nor enforced by the court then."""
    asked = contested_of(s) if s.process.kind == "remedy" else "decision"
    running = [
        one for one in s.open_of_kind("remedy") if one.facts.get("contested") in {asked, None}
    ]
    if asked == "other" or not running:
        return None
    kinds = {True: "行政诉讼", False: "行政复议"}
    told = "、".join(
        f"{kinds[bool(one.facts.get('is_suit'))]}案件{one.facts.get('remedy_no')}"
        for one in running
    )
    return f"{told}尚未终结，终结后再办理"


@guard
def remedy_body_is_known(s: Situation) -> str | None:
    """The reviewing organ or the court is named, or the organ table knows it."""
    is_suit = "procedure" not in s.form
    if body_of(s, is_suit=is_suit):
        return None
    name = "受理法院" if is_suit else "复议机关"
    return f"没有登记本机关的{name}，请填写「{name}」，或者由管理员在「管理·部门」中登记"


def body_of(s: Situation, *, is_suit: bool) -> str:
    """Before whom a remedy is: as the form names it, else as the organ table has it; or nothing."""
    against = remedies_against(s.law, s.actor.department, "penalty_decision", s.today)
    if is_suit:
        return s.text("suit_court") or against.court
    return s.text("review_body") or "或者".join(against.reviewers)


@guard
def is_a_review(s: Situation) -> str | None:
    """Outcomes of a review are recorded for a review."""
    return None if not s.process.facts.get("is_suit") else "本事项是行政诉讼，请登记生效裁判"


@guard
def is_a_suit(s: Situation) -> str | None:
    """Judgments are recorded for a suit."""
    return None if s.process.facts.get("is_suit") else "本事项是行政复议，请登记复议结果"
