"""Guards of disputes, requests and supervision."""

from decimal import Decimal

from domain.guards.registry import day_of, guard
from domain.situation.situation import ProcessView, Situation


@guard
def lead_is_a_party(s: Situation) -> str | None:
    """What two departments agree on is which of them leads."""
    parties = {s.process.department, s.process.counterpart}
    return None if s.text("lead") in parties else "商定的主办部门应当是争议双方之一"


@guard
def lead_takes_it_on(s: Situation) -> str | None:
    """Nobody agrees a clue onto the other side: who is to lead says so himself."""
    parties = {s.process.department, s.process.counterpart}
    if s.text("lead") == s.actor.department or s.text("lead") not in parties:
        return None
    return "协商一致应由承接的一方登记确认，不能代对方同意"


@guard
def asks_another_department(s: Situation) -> str | None:
    """Help is asked of somebody else."""
    same = s.text("to_department") == s.actor.department
    return "受请求部门不能是本部门" if same else None


@guard
def evidence_is_named(s: Situation) -> str | None:
    """Evidence that was asked for is named by its number, or the request is declined."""
    wanted = s.process.facts.get("request_kind") == "evidence"
    if not wanted or any(sign.isdecimal() for sign in s.text("evidence_ids")):
        return None
    return "请填写提供的证据（附件编号）；不能提供的，办理「不能协助」并说明理由"


def _is_market_assistance(s: Situation) -> bool:
    asked, own = s.department(s.text("to_department")), s.department(s.actor.department)
    both = asked is not None and own is not None
    market = both and asked.function == own.function == "market" if asked and own else False
    return market and s.text("request_kind") == "assistance"


def _is_procuratorate_consultation(s: Situation) -> bool:
    asked = s.department(s.text("to_department"))
    return bool(
        asked and asked.kind == "procuratorate" and s.text("request_kind") == "consultation"
    )


def _is_police_consultation(s: Situation) -> bool:
    """环境办法第二十四条: an environmental bureau asks the police in writing."""
    asked, own = s.department(s.text("to_department")), s.department(s.actor.department)
    if asked is None or own is None:
        return False
    parties = (asked.kind, own.function) == ("police", "ecology")
    return parties and s.text("request_kind") == "consultation"


def law_sets_the_day(s: Situation) -> bool:
    """Whether a law says until when this kind of request is answered."""
    return (
        _is_market_assistance(s) or _is_procuratorate_consultation(s) or _is_police_consultation(s)
    )


@guard
def states_a_day_where_law_is_silent(s: Situation) -> str | None:
    """Where no law sets the limit, the letter does."""
    if law_sets_the_day(s):
        return None
    stated = day_of(s.form.get("request_due"))
    return None if stated else "法律未规定该类协作的期限，请填写请求答复期限"


@guard
def is_assistance_between_market_bureaus(s: Situation) -> str | None:
    """The statutory extension is for assistance between market bureaus."""
    return None if s.clock("cx45") else "只有市场监管部门之间的协助调查可以告知延期"


@guard
def something_is_overdue(s: Situation) -> str | None:
    """Supervision is drafted where a limit was missed."""
    late = any(clock.breach_at < s.now and not clock.paused for clock in s.clocks)
    return None if late else "没有逾期的办理时限"


@guard
def supervised_enforces_law(s: Situation) -> str | None:
    """行政执法监督 is of 行政执法机关: who investigates crimes is watched by the procuratorate."""
    found = s.department(s.text("to_department"))
    if found is None or found.kind not in {"police", "procuratorate"}:
        return None
    return (
        f"{found.name}办理刑事案件、履行检察职责不属于行政执法监督，不能催办、发督办函；"
        "公安机关逾期未作决定的，由移送机关办理「建议立案监督」，向人民检察院提出"
    )


@guard
def supervised_has_a_part(s: Situation) -> str | None:
    """Only a department of the clue can be urged on; another would come to see it by that."""
    named = s.department(s.text("to_department"))
    parties = {one for view in s.processes if view.kind != "supervision" for one in _sides(view)}
    parties |= {s.process.department, s.subject.desk, s.subject.sender}
    if named is None or s.text("to_department") in parties:
        return None
    return (
        f"{named.name}没有承办、协办本线索，不能作为督办对象；请选择正在办理或者办理过本线索的部门，"
        "确应由它办理的，由承办部门移送或者商请协助"
    )


def _sides(view: ProcessView) -> tuple[str | None, ...]:
    return view.department, view.counterpart


@guard
def due_day_is_ahead(s: Situation) -> str | None:
    """The day that a letter sets lies ahead."""
    day = day_of(s.form.get("due_on"))
    return "督办期限应当晚于今天" if day and day <= s.today else None


@guard
def order_was_not_obeyed(s: Situation) -> str | None:
    """The next rung of supervision is for an order that passed unheeded."""
    clock = s.clock("jdtl27")
    if s.process.state == "reported" or clock is None or s.now > clock.breach_at:
        return None
    return "督办期限尚未届满"


@guard
def opinion_was_not_obeyed(s: Situation) -> str | None:
    """A decision follows an opinion that passed unheeded."""
    clock = s.clock("jdtl28")
    return None if clock is None or s.now > clock.breach_at else "监督意见书载明的期限尚未届满"


ANONYMOUS = {"", "匿名"}
"""How a reporter reads who left no name."""


@guard
def somebody_reported(s: Situation) -> str | None:
    """A reward goes, and a result is told, to somebody who left his name."""
    anonymous = s.subject.reporter.strip() in ANONYMOUS
    return "举报人没有留下姓名和联系方式，无从告知、奖励" if anonymous else None


@guard
def report_was_borne_out(s: Situation) -> str | None:
    """A report that proved unfounded earns no reward."""
    main = s.latest("clue")
    finding = main.facts.get("finding") if main else None
    punished = any(s.of_kind(kind) for kind in ("case", "referral", "spot_penalty"))
    if punished or finding in {"minor", "to_correct", "unlawful", "criminal"}:
        return None
    return "举报尚未查证属实，不能提出奖励"


@guard
def pays_what_was_granted(s: Situation) -> str | None:
    """What is paid out is what was approved."""
    granted = Decimal(str(s.process.facts.get("reward_granted") or 0))
    paid = Decimal(s.text("rewarded") or "0")
    return None if paid == granted else f"批准的奖励金额为{granted:,.2f}元，与发放金额不一致"
