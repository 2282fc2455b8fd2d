"""Guards of a criminal referral: two officers, five parts of the packet, and in time."""

from collections.abc import Mapping
from datetime import datetime

from domain.guards.duty_crime import ROAD, SUPERVISORY
from domain.guards.officers import against_officers
from domain.guards.registry import condition, guard, moment_of
from domain.limits.organ_limits import limits_meant
from domain.situation.acting_for import own_persons
from domain.situation.situation import CHINA, Situation


def delivered_in(facts: Mapping[str, object]) -> datetime | None:
    """When a referral left its organ, as its facts say; None where it has not."""
    return moment_of(facts.get("delivered_at"))


@guard
def has_two_referral_officers(s: Situation) -> str | None:
    """At least two officers of the department verified the facts."""
    too_few = "应当指定2名以上行政执法人员组成专案组核实情况"
    return against_officers(s, "officers", too_few, "不能作为专案组人员")


@guard
def reviewer_is_not_on_the_team(s: Situation) -> str | None:
    """Who verified the facts does not review the referral."""
    officers = s.process.facts.get("officers")
    if isinstance(officers, list | tuple) and own_persons(s) & set(officers):
        return f"{s.actor.name}是本案专案组人员或者正在代其办理，不得作为审核人员"
    return None


@guard
def legal_staff_reviewed_or_why_not(s: Situation) -> str | None:
    """The approval form has a box for the legal staff: it is filled, or says why it is not."""
    if s.process.facts.get("referral_reviewer") or s.text("unreviewed_reason"):
        return None
    return (
        "移送审批表的法制审核意见尚未填写，请由法制人员先办理「移送前法制审核」；"
        "期限来不及的，请填写「未经法制审核的理由」"
    )


@guard
def police_is_of_the_same_level(s: Situation) -> str | None:
    """A case goes to the police organ of the same level and area."""
    police, own = s.department(s.text("police")), s.department(s.process.department)
    if police is None or police.kind != "police":
        if police is not None and police.kind == SUPERVISORY:
            return f"涉嫌犯罪案件移送公安机关；职务犯罪线索移送监察机关的，{ROAD}"
        return "受移送机关应当是公安机关"
    if own and (police.level, police.area) != (own.level, own.area):
        return f"应当移送同级公安机关，{police.name}与本部门不同级或者不在同一地区"
    return None


PACKET = {
    "crime_transfer": "涉嫌犯罪案件移送书",
    "crime_investigation_report": "涉嫌犯罪案件情况的调查报告",
    "goods_list": "涉案物品清单",
}


@condition
def referral_is_approved(s: Situation) -> bool:
    """The referral was approved and waits for its delivery."""
    return s.process.state == "approved"


@guard
def packet_is_complete(s: Situation) -> str | None:
    """The packet has the five parts that the law names; each missing one is named."""
    missing = [title for kind, title in PACKET.items() if kind not in s.documents]
    if not s.process.facts.get("appraisal"):
        missing.append("有关检验报告或者鉴定结论（无需检验鉴定的应当写明）")
    if not s.process.facts.get("materials"):
        missing.append("其他有关涉嫌犯罪的材料（移送材料清单）")
    if not missing:
        return None
    return f"移送材料不齐：缺{'、'.join(missing)}，请由承办人在「补充移送材料」中补充"


@guard
def receipt_said_incomplete(s: Situation) -> str | None:
    """Supplements are asked for where the receipt found the materials incomplete."""
    incomplete = s.process.facts.get("complete") == "incomplete"
    return None if incomplete else "回执已注明材料齐全，不能通知补正"


@guard
def receipt_said_elsewhere(s: Situation) -> str | None:
    """A referral is forwarded where the receipt said that other police are competent."""
    said = s.process.facts.get("competent")
    if said == "elsewhere":
        return None
    if said == "not_police":
        return "回执注明不属公安机关管辖，不能转送，应当办理「通知向其他主管机关移送」"
    return "回执已注明属本机关管辖，不能转送"


@guard
def receipt_said_competent(s: Situation) -> str | None:
    """Police who are not competent forward; they neither file nor refuse."""
    said = s.process.facts.get("competent")
    if said == "elsewhere":
        return "回执注明不属本机关管辖，应当转送有管辖权的公安机关并书面告知移送机关"
    if said == "not_police":
        return "回执注明不属公安机关管辖，应当办理「通知向其他主管机关移送」并说明理由"
    return None


@guard
def forwards_to_other_police(s: Situation) -> str | None:
    """A referral is forwarded to another police organ."""
    police = s.department(s.text("police"))
    if police is None or police.kind != "police":
        return "应当转送公安机关"
    same = s.text("police") == s.process.counterpart
    return "应当转送其他公安机关，不能转送本机关" if same else None


@guard
def platform_entry_is_due(s: Situation) -> str | None:
    """There is something to enter, and a rule that says so."""
    return None if s.clock("hj34_platform") else "没有待录入信息共享平台的决定"


@condition
def platform_entry_begins(s: Situation) -> bool:
    """An environmental bureau has something new to enter; what it owes already is due first."""
    organ = s.department(s.process.department)
    bound = organ is not None and organ.function == "ecology"
    return bound and s.clock("hj34_platform") is None


@condition
def further_day_is_stated(s: Situation) -> bool:
    """The police state until when to inquire further."""
    return bool(s.text("further_until"))


EXTENDABLE = ("jf16_max", "hj_review_7", "yp_review")
"""The limits of an examination that the police may prolong."""


@guard
def review_can_be_extended(s: Situation) -> str | None:
    """Only where an instrument of the field says so is an examination prolonged."""
    if any(s.clock(rule) for rule in EXTENDABLE):
        return None
    return "只有经济犯罪、环境犯罪、药品犯罪案件的审查期限可以延长"


@guard
def refusal_is_not_for_missing_materials(s: Situation) -> str | None:
    """Incomplete materials are supplemented; they are no ground to refuse."""
    if s.text("ground_kind") == "incomplete":
        return "不得以材料不全为由不予立案，应当通知移送机关补正"
    return None


@guard
def files_are_returned(s: Situation) -> str | None:
    """Who refuses returns the files."""
    return None if s.form.get("files_returned") else "不予立案的，应当同时退回案卷材料"


@guard
def reconsideration_is_in_time(s: Situation) -> str | None:
    """Reconsideration is asked for within its limit; later only supervision is left."""
    clock = s.clock("310_reconsider")
    if clock is None or s.now <= clock.breach_at:
        return None
    last = clock.breach_at.astimezone(CHINA)
    return f"提请复议期限已过（{last:%Y年%-m月%-d日}），可以建议人民检察院进行立案监督"


POLICE_LIMITS = {"receipt_back", "310_review", "hj9_return", *EXTENDABLE, "310_reconsider_dec"}
"""What the police owe an answer by."""


@guard
def police_refused_or_is_late(s: Situation) -> str | None:
    """Supervision is asked for after a refusal, or when the police let their limit pass."""
    if s.process.state in {"refused", "upheld"}:
        return None
    owed = [c for c in s.clocks if c.process_kind == "referral" and c.process_id == s.process.id]
    limits = limits_meant(POLICE_LIMITS, s.law.deadlines)
    late = any(c.rule in limits for c in owed if c.breach_at < s.now)
    return None if late else "公安机关尚在法定期限内，未作出不予立案决定"


@condition
def police_refused(s: Situation) -> bool:
    """The police decided not to file: they owe the reasons of that decision."""
    return bool(s.process.facts.get("refusal_ground"))


@condition
def police_never_decided(s: Situation) -> bool:
    """The police let their limit pass: they owe the reasons of their silence."""
    return not police_refused(s)


@guard
def no_explanation_was_given(s: Situation) -> str | None:
    """Police explain once."""
    given = s.process.facts.get("explanation")
    return "公安机关已经书面说明不立案理由" if given else None


@guard
def police_were_heard(s: Situation) -> str | None:
    """Filing is ordered once the police gave their reasons, or let the days for them pass."""
    if s.process.facts.get("explanation"):
        return None
    clock = s.clock("ga182_reason") or s.clock("jg562")
    if s.process.state != "explaining" or clock is None:
        return "尚未要求公安机关说明不立案理由，应当先办理「要求说明不立案理由」"
    if s.now > clock.breach_at:
        return None
    last = clock.breach_at.astimezone(CHINA)
    return f"公安机关尚未说明不立案理由，说明理由的期限尚未届满（至{last:%Y年%-m月%-d日}）"


@guard
def explanation_was_given(s: Situation) -> str | None:
    """The procuratorate judges grounds that it was given."""
    return None if s.process.facts.get("explanation") else "公安机关尚未书面说明不立案理由"


@guard
def opinion_is_unanswered(s: Situation) -> str | None:
    """There is a procuratorate's opinion to answer."""
    return None if s.clock("gj21_9") else "没有待回复的检察意见"


@guard
def opinion_was_answered(s: Situation) -> str | None:
    """A referral does not end before the procuratorate's opinion was answered."""
    return "检察意见尚未书面回复" if s.clock("gj21_9") else None
