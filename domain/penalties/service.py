"""Service of documents: on which day each way of it takes effect, and what has to be told of it.

民事诉讼法第八十七条至第九十五条（行政处罚法第六十一条）: the day written in a form is the day of
effect for every way but one – signature on the receipt, refusal on the spot, receipt of the letter,
arrival in the addressee's system. An announcement takes effect when its days have run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.guards.conditions import lead_is_market
from domain.guards.registry import condition, guard, moment_of
from domain.limits.due_moment import compute, limit_in_force
from domain.situation.situation import Situation

ANNOUNCED = "notice"
ELECTRONIC = "electronic"
LIEN = "lien"
WAYS: Mapping[str, str] = {
    "direct": "直接送达",
    LIEN: "留置送达",
    "entrusted": "委托送达",
    "post": "邮寄送达",
    "passed_on": "转交送达",
    ELECTRONIC: "电子送达",
    ANNOUNCED: "公告送达",
}
"""Every way of service by name, as each form that records a service lists them."""


@dataclass(frozen=True)
class Served:
    """The service of one paper: the names under which its day and its way are recorded."""

    day: str
    way: str
    paper: str


NOTICE = Served("notice_served_on", "notice_way", "处罚告知书")
HEARING = Served("hearing_notice_served_on", "hearing_notice_way", "听证通知")
DECISION = Served("served_on", "service_way", "决定书")
DEMAND = Served("demand_served_on", "demand_way", "催告书")
OTHER = Served("other_served_on", "other_way", "文书")
BESIDE = Served("paper_served_on", "paper_served_by", "文书")
"""The service of a paper that does not belong to a case, by the process `service`."""
SERVICES = (NOTICE, HEARING, DECISION, DEMAND, OTHER, BESIDE)


def took_effect_at(s: Situation, served: Served) -> datetime | None:
    """When a service takes effect by what is on record; None where nothing was served.

    Of an announcement, the end of its last day: 30 days after it appeared (民诉法第九十五条,
    程序规定第八十二条第（五）项). Raises NoLimit where that rule was not yet in force.
    """
    return effect_of(s, s.process.facts, served)


def effect_of(s: Situation, values: Mapping[str, object], served: Served) -> datetime | None:
    """The same by the values of a form."""
    day = moment_of(values.get(served.day))
    if day is None or values.get(served.way) != ANNOUNCED:
        return day
    rule = announcement_rule(s)
    limit = limit_in_force(rule, s.law.deadlines[rule], day.date())
    return compute(limit, day, s.law.calendar).at


def announcement_rule(s: Situation) -> str:
    """The limit of an announcement: of a market regulation bureau, or of any other organ."""
    return "cx82" if lead_is_market(s) else "ms95"


def awaited_effect(s: Situation, served: Served) -> str | None:
    """Why nothing may follow yet from a paper that was announced; None once its days have run."""
    effect = took_effect_at(s, served)
    if effect is None or s.now > effect or s.process.facts.get(served.way) != ANNOUNCED:
        return None
    return (
        f"{served.paper}公告送达，公告期至{effect:%Y年%-m月%-d日}届满，期满才视为送达，"
        f"{effect:%Y年%-m月%-d日}之后再办理"
    )


def at_hand(form: Mapping[str, object]) -> Served | None:
    """The service that a form records, if it records one."""
    return next((one for one in SERVICES if form.get(one.day)), None)


@condition
def announced_at_market(s: Situation) -> bool:
    """A market regulation bureau serves by announcement."""
    return is_announced(s) and lead_is_market(s)


@condition
def announced_elsewhere(s: Situation) -> bool:
    """Another organ serves by announcement."""
    return is_announced(s) and not lead_is_market(s)


@condition
def is_announced(s: Situation) -> bool:
    """The form at hand serves by announcement."""
    served = at_hand(s.form)
    return served is not None and s.text(served.way) == ANNOUNCED


@condition
def notice_is_served(s: Situation) -> bool:
    """The notice before a penalty was served, or announced."""
    return bool(s.form.get(NOTICE.day))


@condition
def demand_is_served(s: Situation) -> bool:
    """The demand to pay was served, or announced."""
    return bool(s.form.get(DEMAND.day))


@guard
def service_is_told(s: Situation) -> str | None:
    """A service says by whom it was received; an announcement says why and where it appeared."""
    served = at_hand(s.form)
    if served is None:
        return None
    if s.text(served.way) == ANNOUNCED:
        asked = {"announce_reason": "公告送达的原因和经过", "announced_in": "公告刊登处"}
        missing = [label for name, label in asked.items() if not s.text(name)]
        told = "、".join(f"「{one}」" for one in missing)
        return f"公告送达的，请填写{told}" if missing else None
    return None


@guard
def receiver_is_told(s: Situation) -> str | None:
    """Whoever takes a paper is named; nobody takes one that is announced, or left behind."""
    served = at_hand(s.form)
    if served is None or s.text(served.way) in {ANNOUNCED, LIEN} or s.text("recipient"):
        return None
    return "公告送达、留置送达以外的，请填写「收件人」"


@guard
def lien_is_witnessed(s: Situation) -> str | None:
    """A paper that was refused is left behind before a witness or on film (民诉法第八十九条)."""
    served = at_hand(s.form)
    if served is None or s.text(served.way) != LIEN:
        return None
    missing = [] if s.text("lien_refusal") else ["「拒收事由」"]
    if not (s.text("lien_witness") or s.form.get("lien_recorded")):
        missing.append("「留置见证人」，没有见证人的须拍照、录像并勾选「已拍照、录像记录送达过程」")
    return f"留置送达的，请填写{'和'.join(missing)}" if missing else None


@guard
def electronic_service_was_agreed(s: Situation) -> str | None:
    """Nothing is served electronically without the party's signed consent."""
    served = at_hand(s.form)
    if served is None or s.text(served.way) != ELECTRONIC:
        return None
    case = s.latest("case")
    told = (s.process.facts, case.facts if case else {})
    if any(one.get("electronic_consent") for one in told):
        return None
    return (
        "当事人没有同意电子送达；当事人签订送达地址确认书的，"
        "请先办理「登记送达地址确认书」，否则请改用其他送达方式"
    )


@guard
def electronic_address_is_told(s: Situation) -> str | None:
    """Who agrees to electronic service says where it is to arrive."""
    if not s.form.get("electronic_consent") or s.text("electronic_address"):
        return None
    return "当事人同意电子送达的，请填写「电子送达地址」"


@guard
def notice_awaits_service(s: Situation) -> str | None:
    """A notice is served once; one that was announced may still be handed over."""
    effect = took_effect_at(s, NOTICE)
    if effect is None or effect > s.now:
        return None
    return f"处罚告知书已于{effect:%Y年%-m月%-d日}送达，不必再登记"


@guard
def notice_took_effect(s: Situation) -> str | None:
    """Nothing is decided on a notice that the party has not got."""
    facts = s.process.facts
    if facts.get(NOTICE.day) is None and facts.get("noticed_at"):
        return "处罚告知书尚未送达，请先办理「登记告知书送达」，听取陈述、申辩后再作决定"
    return awaited_effect(s, NOTICE)


@guard
def decision_took_effect(s: Situation) -> str | None:
    """Nothing follows from a decision before it is served."""
    return awaited_effect(s, DECISION)


@guard
def demand_awaits_service(s: Situation) -> str | None:
    """A demand is served once; one that was announced may still be handed over."""
    if not s.process.facts.get("urged_at"):
        return "尚未催告，请先办理「催告履行」"
    return served_already(s, DEMAND, "催告书")


def served_already(s: Situation, served: Served, title: str) -> str | None:
    """Why a paper is not served again; an announcement that still runs may be overtaken by hand."""
    effect = took_effect_at(s, served)
    if effect is None or effect > s.now:
        return None
    return f"{title}已于{effect:%Y年%-m月%-d日}送达，不必再登记"


@guard
def announcement_is_running(s: Situation) -> str | None:
    """An announcement ends on its day, neither before nor twice."""
    clock = s.clock("cx82") or s.clock("ms95")
    if clock is None:
        return "没有正在公告送达的文书"
    if s.now > clock.due_at:
        return None
    return f"公告期至{clock.due_at:%Y年%-m月%-d日}届满，尚未期满"
