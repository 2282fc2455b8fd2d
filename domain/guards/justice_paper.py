"""Papers of police, procuratorate and court: what they bring back, and what they forbid."""

from decimal import Decimal

from domain.crime.decisions import filing_is_ordered, has_it
from domain.guards.registry import condition, guard
from domain.situation.penalty import DECIDED, PLANNED
from domain.situation.situation import ProcessView, Situation
from domain.situation.sums import in_yuan

OPINIONS = {"penalty_opinion", "transfer_opinion", "other_opinion"}
BRINGS_BACK = {"penalty_opinion", "transfer_opinion"}
"""Opinions that always ask for something to be done."""
JUSTICE = "justice"
"""The channel of a clue that police, procuratorate or court sent."""
ENDED_CLUE = {"closed", "archived"}
BESIDE_JUSTICE = frozenset({"settled", "served", "enforced", "closed", "archived"})
"""Where a case stands that went on for the licence alone while justice had the rest."""
FROM_POLICE = {"filed", "handed_over"}
"""States of a referral in which the police have the matter."""


def _kind(s: Situation) -> str:
    return s.text("paper_kind")


# --- what a paper has to say ---


@guard
def judgement_is_told(s: Situation) -> str | None:
    """Of a conviction it is said who was fined, and how much: fines are set off against it."""
    if _kind(s) != "convicted":
        return None
    if s.form.get("criminal_fine") is None:
        return "有罪判决请填写「罚金数额」，没有判处罚金的填0；罚金与罚款依法折抵"
    if in_yuan(s.form["criminal_fine"]) > 0 and s.form.get("convicted_party") is None:
        return "判处罚金的，请在「被判刑的是本案当事人」选“是”或者“否”"
    if fine_is_set_off(s) and not s.form.get("judgement_effective_on"):
        return "本机关此前已经罚款，请填写「判决生效日期」：自这一天起折抵，未生效的判决不登记罚金"
    return None


@guard
def justice_paper_is_named(s: Situation) -> str | None:
    """A clue that came from justice names its paper, which is registered with it."""
    if s.text("channel") != JUSTICE:
        return None
    labels = {
        "paper_kind": "来文种类",
        "paper_organ": "来文机关",
        "paper_no": "来文文号",
        "paper_received_at": "来文收到时间",
        "paper_text": "来文主要内容",
    }
    missing = [label for name, label in labels.items() if not s.text(name)]
    return f"公安、检察院、法院移送的，请填写「{'」「'.join(missing)}」" if missing else None


@guard
def transfer_was_made_or_refused(s: Situation) -> str | None:
    """An opinion to refer a crime is answered once the principal decided on the referral."""
    if s.process.facts.get("paper_kind") != "transfer_opinion":
        return None
    undecided = {"proposed", "approved"}
    if any(one.state not in undecided for one in s.of_kind("referral")):
        return None
    return (
        "检察意见要求移送涉嫌犯罪案件，请先办理移送，"
        "或者由主要负责人不批准并记录理由，再回复执行情况"
    )


# --- what a paper brings back ---


def _proceeds(s: Situation) -> bool:
    return _kind(s) in BRINGS_BACK or s.text("proceeds") == "resume"


def _clue_state(s: Situation) -> str:
    found = s.of_kind("clue")
    return found[0].state if found else ""


def _stands_still(s: Situation) -> bool:
    """The clue has ended, or its referral has and nobody works on it."""
    state = _clue_state(s)
    return state in ENDED_CLUE or (state == "in_referral" and not s.open_of_kind("referral"))


def _resumable(s: Situation) -> ProcessView | None:
    """The case without a decision of its own that ended or was settled for justice."""
    latest = s.latest("case")
    if latest is not None and latest.facts.get("licence_only"):
        return latest if latest.state in BESIDE_JUSTICE else None
    if latest is None or latest.facts.get("decided_at"):
        return None
    away = latest.facts.get("closing_ground") == "transferred_away"
    return latest if latest.state in {"settled", "closed", "archived"} and not away else None


@guard
def rest_is_left_by_justice(s: Situation) -> str | None:
    """What had to wait is dealt with once justice is done with it (310号令 10, 13)."""
    facts = s.process.facts
    if not facts.get("licence_only"):
        return "本案不是移送期间只办理资格罚的案件，已经作出的决定不重新办理"
    if has_it(s) or filing_is_ordered(s):
        return "司法机关尚未处理完毕，罚款、没收等待其处理后再依法决定"
    return "司法机关处理之后已经继续办理过" if facts.get("rest_taken_up") else None


@condition
def has_settled_case(s: Situation) -> bool:
    """The case was settled by the referral and may have to be taken up again."""
    return _resumable(s) is not None


@condition
def paper_resumes_case(s: Situation) -> bool:
    """The paper has the case taken up again."""
    return _proceeds(s) and has_settled_case(s)


@condition
def paper_returns_referral(s: Situation) -> bool:
    """The police had filed, and the matter is now one of administration again."""
    return _proceeds(s) and any(one.state in FROM_POLICE for one in s.of_kind("referral"))


def _has_case(s: Situation) -> bool:
    return has_settled_case(s) or bool(s.open_of_kind("case"))


@condition
def justice_returns_to_case(s: Situation) -> bool:
    """The clue had ended; its case is taken up again."""
    return _stands_still(s) and _has_case(s)


@condition
def justice_returns_to_conclusion(s: Situation) -> bool:
    """The clue had ended without a case: whether to file one is decided now."""
    return _stands_still(s) and not _has_case(s)


@condition
def paper_returns_to_case(s: Situation) -> bool:
    """The paper has an ended clue go on with its case."""
    return _proceeds(s) and justice_returns_to_case(s)


@condition
def paper_returns_to_conclusion(s: Situation) -> bool:
    """The paper has an ended clue decided on anew."""
    return _proceeds(s) and justice_returns_to_conclusion(s)


@condition
def came_with_opinion(s: Situation) -> bool:
    """The clue came with an opinion of the procuratorate."""
    return s.text("channel") == JUSTICE and _kind(s) in OPINIONS


@condition
def came_with_other_paper(s: Situation) -> bool:
    """The clue came with another paper of police, procuratorate or court."""
    return s.text("channel") == JUSTICE and _kind(s) not in OPINIONS


@condition
def has_unanswered_opinion(s: Situation) -> bool:
    """An opinion waits for its reply."""
    return bool(s.open_of_kind("justice_paper"))


@condition
def ecology_is_to_transfer(s: Situation) -> bool:
    """The procuratorate has an environmental bureau refer a crime: three days bind it."""
    organ = s.department(s.process.department)
    return _kind(s) == "transfer_opinion" and organ is not None and organ.function == "ecology"


@condition
def opinion_is_owed_a_reply(s: Situation) -> bool:
    """Every other opinion is answered within the days of the procuratorates' own rules."""
    return not ecology_is_to_transfer(s)


@guard
def police_had_filed(s: Situation) -> str | None:
    """An ended referral comes back from justice where the police had filed."""
    if s.process.state != "closed" or s.process.facts.get("filing_no"):
        return None
    return "公安机关没有立案的移送已经终结，没有可以撤销、不起诉的案件"


# --- fines ---


def criminal_fine(s: Situation) -> Decimal:
    """The highest 罚金 in yuan that a court imposed on the party of the case; nought for none."""
    given = (
        in_yuan(paper.facts.get("criminal_fine"))
        for paper in s.of_kind("justice_paper")
        if paper.facts.get("paper_kind") == "convicted" and paper.facts.get("convicted_party")
    )
    return max(given, default=Decimal(0))


def fined_case(s: Situation) -> ProcessView | None:
    """The newest case of the clue, else penalty on the spot, in which the organ imposed a fine."""
    spot = [one for one in s.of_kind("spot_penalty") if one.state != "revoked"]
    fined = [
        one
        for one in (*spot, *s.of_kind("case"))
        if one.facts.get("decided_at") and in_yuan(one.facts.get(DECIDED.fine)) > 0
    ]
    return fined[-1] if fined else None


@condition
def fine_is_set_off(s: Situation) -> bool:
    """The court fined a party whom the organ had fined before: it is told of that fine."""
    imposed = in_yuan(s.form.get("criminal_fine")) > 0 and bool(s.form.get("convicted_party"))
    return _kind(s) == "convicted" and imposed and fined_case(s) is not None


@guard
def no_fine_after_criminal_fine(s: Situation) -> str | None:
    """Where the court imposed a 罚金 no fine is given any more; other penalties are."""
    names = (DECIDED.fine, PLANNED.fine)
    planned = max(in_yuan(s.form.get(name)) for name in names)
    imposed = criminal_fine(s)
    if planned <= 0 or imposed <= 0:
        return None
    return (
        f"人民法院已对当事人判处罚金{imposed:,.2f}元，尚未给予罚款的不再给予罚款；"
        "吊销许可证件、限制从业等其他处罚仍可以依法给予，请改选处罚种类"
    )
