"""Guards of the clue's main line: routing without circles, and nothing lost on the way."""

import re
from datetime import date

from domain.calendar.working_days import plus_months
from domain.crime.decisions import ALL_DUTY, finding_is_decided, left_in_words
from domain.guards.crime import REVOKE, unreferred
from domain.guards.registry import day_of, guard
from domain.guards.verification import OUTSIDE_POLICE, VERIFICATION
from domain.limits.organ_limits import is_seen, is_unsure, limits_meant
from domain.situation.situation import CHINA, Situation

APART = frozenset({"clue", "duty_crime"})
"""What the end of a clue does not wait for: itself, and what goes on beside its end."""
_WITH_A_PENALTY = re.compile(r"行政处罚法》?第?(二十八|28)条")


@guard
def merges_into_another_clue(s: Situation) -> str | None:
    """A clue is merged into another one, not into itself."""
    same = s.text("master") in {s.subject.no, str(s.subject.id)}
    return "不能并入自身，请选择另一条线索" if same else None


@guard
def lead_is_able_to_act(s: Situation) -> str | None:
    """The lead is an organ that takes clues, not a hotline desk."""
    lead = s.department(s.text("lead"))
    if lead is None or lead.kind == "hotline":
        return "主办部门应当是有执法或者管理职责的部门"
    return None


@guard
def lead_is_not_among_cooperating(s: Situation) -> str | None:
    """One department does not both lead and co-operate."""
    lead = s.text("lead") or s.process.department
    return "协办部门不能包括主办部门" if lead in s.names("cooperating") else None


@guard
def lead_is_another_department(s: Situation) -> str | None:
    """A clue is transferred to another department."""
    return "受移送部门不能是本部门" if s.text("lead") == s.process.department else None


@guard
def lead_did_not_just_return_it(s: Situation) -> str | None:
    """A clue is not sent straight back to the department that just returned it."""
    returned = [hop for hop in s.of_kind("transfer") if hop.state == "returned"]
    if returned and returned[-1].department == s.text("lead"):
        last = s.department(returned[-1].department)
        name = last.name if last else returned[-1].department
        return f"{name}刚刚退回本线索，不得原样再转；确有必要的，请走管辖异议程序指定"
    return None


@guard
def is_not_binding(s: Situation) -> str | None:
    """A binding assignment can be neither returned nor disputed nor taken back."""
    return "本线索经指定（商定）管辖，不得退回、再行提出异议或者撤回" if s.subject.binding else None


@guard
def is_within_return_limit(s: Situation) -> str | None:
    """A clue is returned within the limit for returning it, where its figure was seen."""
    # A region without a limit of its own for returning has that of signing for; of two running, the
    # later counts in the department's favour.
    own, rules = s.region.return_clock, s.law.deadlines
    if own and not is_seen(rules[own], s.law.evidence):
        return None
    clocks = [
        clock
        for clock in s.clocks
        if clock.process_kind == "clue" and clock.rule in {own, "sign_for"}
    ]
    if not clocks:
        return None
    last = max(clock.breach_at for clock in clocks)
    if s.now <= last:
        return None
    moment = last.astimezone(CHINA)
    return f"已超过退回期限（{moment:%Y年%-m月%-d日%H时%M分}），应当签收办理或者提出管辖异议"


@guard
def is_not_third_hop(s: Situation) -> str | None:
    """At the third hop a department disputes instead of returning."""
    if s.subject.hops < 3:
        return None
    return f"本线索已是第{s.subject.hops}次转办，不得再退回，应当提出管辖异议由协调机关指定"


@guard
def proposes_another_department(s: Situation) -> str | None:
    """Who returns a clue says who is competent, and that is somebody else."""
    return "建议主办部门不能是本部门" if s.text("competent") == s.process.department else None


@guard
def disputes_with_another_department(s: Situation) -> str | None:
    """A dispute has two sides."""
    return "争议对方不能是本部门" if s.text("opponent") == s.process.department else None


@guard
def sign_for_has_passed(s: Situation) -> str | None:
    """Only silence past the limit counts as signing for."""
    clock = s.clock("sign_for")
    return None if clock and s.now > clock.breach_at else "签收期限尚未届满"


@guard
def was_not_transferred_in(s: Situation) -> str | None:
    """What another department transferred in is not transferred on; the superior decides."""
    if s.process.facts.get("transferred_in"):
        return (
            "本线索系其他部门移送而来，对管辖有异议的应当报请共同的上一级机关指定，不得再自行移送"
        )
    return None


@guard
def joins_or_says_why_not(s: Situation) -> str | None:
    """A subject already under verification is not verified twice without a reason."""
    others = s.elsewhere.under_verification
    if others and not s.text("same_subject_reason"):
        numbers = "、".join(others)
        return f"同一当事人已在核查中（{numbers}），应当并案协同核查，或者填写不并案核查的理由"
    return None


@guard
def part_limit_is_before_own(s: Situation) -> str | None:
    """A part is never due after the verification itself."""
    limit = day_of(s.form.get("part_limit"))
    if limit is None:
        return None
    rules = s.law.deadlines
    meant = limits_meant(VERIFICATION, rules)
    # A figure whose text nobody saw refuses nothing.
    sure = [one for one in meant if not is_unsure(rules[one], s.law.evidence)]
    own = [c for c in s.clocks if c.rule in sure]
    latest = own[0].breach_at.astimezone(CHINA).date() if own else limit
    if limit > latest:
        return f"协查反馈期限不能晚于本线索核查期限（{latest:%Y年%-m月%-d日}）"
    return None


@guard
def finding_is_unlawful(s: Situation) -> str | None:
    """A case is filed where the verification found something unlawful."""
    if s.process.facts.get("finding") in {"unlawful", "criminal"}:
        return None
    return "核查结论不是「涉嫌违法应予立案」或「涉嫌犯罪」，不符合立案条件"


@guard
def finding_is_not_criminal(s: Situation) -> str | None:
    """What was found to be a suspected crime is not closed without a decision on referral."""
    if s.process.facts.get("finding") != "criminal":
        left = "；".join(unreferred(s))
        way = f"请提出移送，由主要负责人决定；改变认定确有依据的，由主要负责人办理{REVOKE}"
        return f"涉嫌犯罪的认定还没有处理（{left}），不得直接结束：{way}" if left else None
    settled = {"declined", "closed", OUTSIDE_POLICE, ALL_DUTY}
    if finding_is_decided(s, lambda state: state in settled):
        return None
    return f"核查结论为涉嫌犯罪{left_in_words(s)}，应当提出移送，由主要负责人决定，不得直接结束"


@guard
def is_within_limitation(s: Situation) -> str | None:
    """The offence was discovered within two years, or five in grave matters."""
    ended = day_of(s.form.get("offence_ended_on"))
    if ended is None:
        return None
    if ended > s.today:
        return "违法行为终了日期不能晚于今天"
    # Discovered is the day on which the clue came in; filing may follow after the two years.
    found = s.subject.received_at.astimezone(CHINA).date()
    told = _too_late(s, "cf36_2y", ended, found)
    if told is None or not s.form.get("grave"):
        return told
    if not s.text("grave_reason"):
        return (
            "违法行为终了之日起两年以后才发现，涉及公民生命健康安全、金融安全且有危害后果的才延长至五年："
            "请在「危害后果的说明」写明涉及什么安全、有什么危害后果、有何证据"
        )
    return _too_late(s, "cf36_5y", ended, found)


def _too_late(s: Situation, rule: str, ended: date, found: date) -> str | None:
    value = s.law.deadlines[rule].in_force(s.today)
    if value is None or value.amount is None:
        return None
    last = plus_months(ended, value.amount)
    if found <= last:
        return None
    return (
        f"违法行为终了之日（{ended:%Y年%-m月%-d日}）起{value.amount}个月内未被发现，"
        f"已过追责时效（{last:%Y年%-m月%-d日}），不予立案"
    )


@guard
def has_no_open_referral(s: Situation) -> str | None:
    """One referral at a time."""
    return "已有移送在办，不能重复提出" if s.open_of_kind("referral") else None


@guard
def subprocesses_have_ended(s: Situation) -> str | None:
    """A clue is closed when everything it opened has ended; each that has not is named.

    Offences of office go their own way: nobody waits for them, nor learns here that there are any.
    """
    waiting = [
        f"{s.law.lifecycles[one.kind].label}（{s.law.lifecycles[one.kind].states[one.state].label}）"
        for one in s.processes
        if one.kind not in APART and not s.is_ended(one)
    ]
    return f"尚有未了结事项：{'、'.join(waiting)}" if waiting else None


@guard
def correction_is_spelt_out(s: Situation) -> str | None:
    """An order to correct says by when, what for and on which ground."""
    if s.text("means") != "correct":
        return None
    labels = {
        "correct_by": "改正期限",
        "facts_found": "违法事实",
        "nature_ground": "定性依据",
        "order_ground": "责令依据",
    }
    missing = [label for name, label in labels.items() if not s.text(name)]
    if missing:
        return f"责令改正应当写明{'、'.join(missing)}"
    if _WITH_A_PENALTY.search(s.text("order_ground")):
        return (
            "行政处罚法第二十八条第一款是实施处罚时责令改正的依据，不处罚而责令改正的，"
            "「责令依据」请填写规定责令改正的法律、法规、规章条款"
        )
    return None
