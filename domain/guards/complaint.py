"""Guards and conditions of complaints: admitted in time, mediated, and kept apart from reports."""

import re

from domain.guards.conditions import lead_is_market
from domain.guards.registry import condition, guard, moment_of
from domain.situation.complaints import (
    BOTH,
    COMPLAINT,
    FOUND_IN,
    KIND,
    asked_for_secrecy,
    is_complaint,
)
from domain.situation.handling import is_service
from domain.situation.situation import Situation

_NUMBER = re.compile(r"\d{7,}")
_SPLIT = "本线索兼有投诉和举报，请先办理「拆出举报」，分别处理"


def _kind(s: Situation) -> object:
    return s.process.facts.get(KIND)


def _found_in_mediation(s: Situation) -> bool:
    return bool(s.process.facts.get(FOUND_IN))


def _is_verified(s: Situation) -> bool:
    return _kind(s) != COMPLAINT and not is_service(s)


@guard
def is_no_complaint(s: Situation) -> str | None:
    """A complaint is admitted and mediated, not verified as a report is."""
    if _kind(s) == BOTH:
        return _SPLIT
    if _kind(s) != COMPLAINT:
        return None
    return (
        "本线索为投诉，应当先「受理投诉」或者「不予受理投诉」；"
        "不是请求处理本人消费权益争议的，请办理「改按举报办理」"
    )


@guard
def is_one_complaint(s: Situation) -> str | None:
    """Only a complaint is admitted, and what it reports besides was taken off before."""
    if _kind(s) == BOTH:
        return _SPLIT
    return None if is_complaint(s) else "本线索不是投诉；确为投诉的，请先办理「改按投诉办理」"


@guard
def holds_both(s: Situation) -> str | None:
    """A report is taken off a letter that holds one besides its complaint."""
    return None if _kind(s) == BOTH else "本线索没有登记为兼有投诉和举报，没有需要拆出的举报"


@guard
def is_a_complaint_now(s: Situation) -> str | None:
    """Only what was taken for a complaint can turn out to be a report alone."""
    return None if is_complaint(s) else "本线索没有按投诉办理"


@guard
def is_not_a_complaint_yet(s: Situation) -> str | None:
    """Only what was not taken for a complaint can turn out to be one."""
    return "本线索已按投诉办理" if is_complaint(s) else None


@guard
def only_the_name_is_told(s: Situation) -> str | None:
    """The other side learns the complainant's name, as mediation needs it, and nothing else."""
    if _NUMBER.search(s.text("complainant")):
        return "「投诉人」只写姓名，不写电话、证件号码和住址"
    return None


@guard
def complainant_may_be_named(s: Situation) -> str | None:
    """Who asked that his name be withheld is named to the other side only with his consent."""
    if not asked_for_secrecy(s) or s.form.get("complainant_agrees"):
        return None
    return "投诉人要求保密，须征得其同意并勾选「投诉人同意告知姓名」后，方可通知被投诉人调解"


@guard
def rejection_says_more(s: Situation) -> str | None:
    """Who rejects a complaint on a ground of another statute names it."""
    if s.text("rejection_ground") == "other" and not s.text("rejection_basis"):
        return "以其他情形不予受理的，请填写「不予受理依据」（法律、法规、规章的名称和条款）"
    return None


@guard
def rejecting_organ_names_its_rule(s: Situation) -> str | None:
    """An organ that the rules of market regulation do not bind states its own ground."""
    if lead_is_market(s) or s.text("rejection_basis"):
        return None
    return "本机关不适用市场监督管理部门的规定，请填写「不予受理依据」（本机关适用的规定和条款）"


@guard
def ending_waits_for_its_day(s: Situation) -> str | None:
    """Mediation ends for want of time once its time is over."""
    if s.text("ending_ground") != "time":
        return None
    clock = s.clock("ts23_mediate") or s.clock("xb46_60")
    if clock is None or s.now > clock.due_at:
        return None
    return "调解期限尚未届满，不能以期限届满为由终止调解"


def _in_force(s: Situation, rule: str) -> bool:
    """Whether a limit that counts from the transfer had a figure on that day."""
    sent = moment_of(s.process.facts.get("dispatched_at"))
    return s.law.deadlines[rule].in_force(sent.date() if sent else s.today) is not None


@condition
def market_verifies(s: Situation) -> bool:
    """A market regulator has something to verify: a report, alone or beside a complaint."""
    return lead_is_market(s) and _is_verified(s) and not _found_in_mediation(s)


@condition
def market_verifies_what_it_found(s: Situation) -> bool:
    """A market regulator verifies what came to light while it mediated."""
    return lead_is_market(s) and _found_in_mediation(s)


@condition
def others_verify(s: Situation) -> bool:
    """Another organ has something to verify."""
    return not lead_is_market(s) and _is_verified(s)


@condition
def market_takes_complaint(s: Situation) -> bool:
    """A market regulator has a complaint to admit or to reject."""
    return lead_is_market(s) and is_complaint(s) and _in_force(s, "ts15")


@condition
def others_take_complaint(s: Situation) -> bool:
    """Another organ has a consumer's complaint to deal with."""
    return not lead_is_market(s) and is_complaint(s) and _in_force(s, "xb46")


@condition
def agreement_is_written(s: Situation) -> bool:
    """The agreement is put into a document of mediation."""
    return s.text("agreement_paper") == "written"
