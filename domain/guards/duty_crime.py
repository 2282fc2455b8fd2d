"""Guards of what a principal decides on a suspected crime, and of offences of office.

The latter go to the 监察机关 by a road of their own (310号令19).
"""

import re

from domain.crime.decisions import (
    COVERS,
    DUTY,
    NOT_DELIVERED,
    WHOLE,
    finding_is_decided,
    left_by,
    named_in_finding,
)
from domain.crime.recorded_facts import findings_of, names_of
from domain.crime.standing_findings import stands_against
from domain.guards.registry import guard
from domain.situation.situation import Situation

SUPERVISORY = "supervision"
"""The kind of a 监察机关 in the directory of departments."""
FEWEST_WORDS = 20
"""The fewest characters in which offence, amount and evidence can be weighed."""
ROAD = "请在线索页另行办理「移送职务犯罪线索」，由机关负责人批准后制发《职务犯罪线索移送函》"


@guard
def offences_are_for_the_police(s: Situation) -> str | None:
    """What is referred to the police contains no offence of office."""
    named = [s.law.offences[one] for one in s.stated("offences") if one in s.law.offences]
    duty = [one.name for one in named if one.duty]
    if not duty:
        return None
    return f"{'、'.join(duty)}属职务犯罪，线索应当移送监察机关，不移送公安机关；{ROAD}"


@guard
def whole_finding_is_the_principals(s: Situation) -> str | None:
    """A letter that settles the whole finding of crime is the principal's to send (310号令5②)."""
    if not s.process.facts.get("all_duty") or "principal" in s.actor.roles:
        return None
    return (
        "本次移送认定核查发现的犯罪均为职务犯罪、不再移送公安机关，相当于对是否移送作出决定，"
        "只能由正职负责人或者主持工作的负责人批准；仍有犯罪须移送公安机关的，"
        "请承办人重新提出，「核查认定的犯罪均为职务犯罪」选“否”"
    )


@guard
def goes_to_supervisory_organ(s: Situation) -> str | None:
    """The clue of an offence of office goes to a 监察机关."""
    found = s.department(s.text("supervisory"))
    if found is not None and found.kind == SUPERVISORY:
        return None
    return (
        "职务犯罪线索应当移送监察机关；部门目录中没有有管辖权的监察委员会的，"
        "请由管理员在「管理·部门」登记"
    )


@guard
def duty_offences_are_of_office(s: Situation) -> str | None:
    """A letter to the 监察机关 names offences of office and no others."""
    named = [s.law.offences[one] for one in s.names(DUTY) if one in s.law.offences]
    others = [one.name for one in named if not one.duty]
    if not others:
        return None
    return f"{'、'.join(others)}不是职务犯罪，应当移送公安机关，请另行「提出涉罪移送」"


@guard
def duty_offences_are_named(s: Situation) -> str | None:
    """Offences of office that were found are named: a letter settles none that it leaves out."""
    found = {*named_in_finding(s), *_met_in_case(s)}
    duty = [one for one in sorted(found) if one in s.law.offences and s.law.offences[one].duty]
    if not duty or s.names(DUTY):
        return None
    told = "、".join(s.law.offences[one].name for one in duty)
    return (
        f"核查认定或者登记的违法事实涉及职务犯罪（{told}）：请在「涉嫌职务犯罪罪名」写明本次移送哪些罪名，"
        "没有写明的罪名不视为已经移送"
    )


def _met_in_case(s: Situation) -> list[str]:
    case = s.latest("case")
    rows = findings_of(case.facts) if case else []
    return [str(one.get("offence")) for one in rows if stands_against(one)]


@guard
def decision_tells_what_it_covers(s: Situation) -> str | None:
    """A decision on one offence settles none that the report does not name (310号令5②).

    A bare finding of crime names no offence: who declines says whether he declines it whole. Who
    refers sends the whole case, and is asked only where the finding named more than the report.
    """
    main = s.latest("clue")
    if main is None or s.text(COVERS) or not main.facts.get("found_criminal_at"):
        return None
    if finding_is_decided(s, lambda state: state not in NOT_DELIVERED):
        return None
    decided = [one for one in s.of_kind("referral") if one.state not in NOT_DELIVERED]
    keys = left_by(s, [*decided, s.process])
    left = [s.law.offences[key].name for key in keys if key in s.law.offences]
    declines = "decline_ground" in s.form
    if not left and (named_in_finding(s) or not declines):
        return None
    beyond = (
        f"核查结论认定的{'、'.join(left)}没有列入本次报告"
        if left
        else "核查结论为涉嫌犯罪而没有写明罪名，对报告所列罪名的决定不当然及于核查认定的其他犯罪"
    )
    return (
        f"{beyond}：请在「决定涵盖的范围」选择是否对核查认定的全部犯罪一并决定；"
        "只就报告所列罪名决定的，其他犯罪由承办人另行提出"
    )


@guard
def declining_is_weighed(s: Situation) -> str | None:
    """A principal who declines weighs the report: no empty words, nothing against the record."""
    words = "".join(re.findall(r"\w", s.text("decline_ground")))
    if len(words) < FEWEST_WORDS or len(set(words)) < FEWEST_WORDS // 2:
        return (
            "不批准移送的理由须记录在案：请在「不批准理由」对照报告所列罪名、数额、情节和证据写明"
            f"（不少于{FEWEST_WORDS}个字），不能只写“无”“不移送”等"
        )
    if s.text("decline_kind") == "handled" and not s.of_kind("justice_paper"):
        return (
            "选择公安机关、司法机关已经办理的，须有其文书在案：请先由承办人办理「登记司法机关来文」，"
            "或者改选其他情形"
        )
    case = s.latest("case")
    rows = findings_of(case.facts) if case else []
    told = names_of(s.process.facts.get("offences"))
    met = [
        str(one.get("reason"))
        for one in rows
        if stands_against(one) and (one.get("offence") in told or s.text(COVERS) == WHOLE)
    ]
    if s.text("decline_kind") != "below" or not met:
        return None
    return (
        f"登记的违法事实已达追诉标准（{'；'.join(met)}），与所选情形「数额、情节没有达到追诉标准」不符："
        "数额有误的先由办案人员「登记违法事实」更正并写明理由和证据；因证据不足等其他情形不批准的，"
        "请改选并写明理由"
    )
