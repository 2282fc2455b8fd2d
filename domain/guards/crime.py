"""Guards against 以罚代刑: no penalty while a crime is left unreferred or unexamined."""

from collections.abc import Mapping

from domain.crime.decisions import (
    COVERS,
    NOT_DELIVERED,
    PART,
    UNDECIDED,
    covers,
    filing_is_ordered,
    finding_is_decided,
    has_it,
    left_in_words,
    left_to_justice,
    takes_along,
)
from domain.crime.measures import Glossary
from domain.crime.recorded_facts import amounts_of, findings_of, names_of
from domain.crime.standing_findings import met_once, stands_against
from domain.guards.registry import guard
from domain.situation.situation import ProcessView, Situation

Row = Mapping[str, object]


@guard
def facts_are_recorded(s: Situation) -> str | None:
    """The facts were entered and screened before the investigation ends."""
    return (
        None if s.process.facts.get("screening") is not None else "尚未登记违法事实并对照涉刑门槛"
    )


@guard
def no_question_of_crime_is_open(s: Situation) -> str | None:
    """What screening has to ask of people was answered, yes or no, before a penalty."""
    named = "；".join(unanswered(s))
    if not named:
        return None
    return (
        f"涉嫌犯罪初筛还有问题没有回答（{named}），须先由人员判断；"
        "请在「登记违法事实」的「定性问题」中逐题选“是”或者“否”；"
        "曾受的处罚写在「曾受行政处罚」中"
    )


@guard
def no_crime_is_left_unreferred(s: Situation) -> str | None:
    """A threshold met was referred, or the principal declined with reasons: no 以罚代刑."""
    named = "；".join(unreferred(s))
    if not named:
        return _finding_undecided(s)
    return (
        f"违法事实已达涉嫌犯罪标准（{named}），应当移送公安机关（职务犯罪线索移送监察机关），不得以行政处罚代替移送；"
        f"须先提出移送并由主要负责人批准，或者由其书面不批准并记录理由{_ALSO if dropped(s) else ''}"
    )


REVOKE = "「撤销涉嫌犯罪认定」"
_ALSO = f"；更正之后确实不再达到标准的，由主要负责人办理{REVOKE}，写明理由和证据"
CHANGED = "核查结论曾为涉嫌犯罪，后来改变"
"""How a finding of the verification is told that no longer stands."""


def _finding_undecided(s: Situation) -> str | None:
    """A finding of crime waits for its own decision on referral, whatever the figures say later."""
    main = s.latest("clue")
    if main is None or main.facts.get("finding") != "criminal":
        return None
    # Another organ may take over what the police sent back; no penalty stands in for it.
    unsettled = UNDECIDED if s.process.kind == "case" else NOT_DELIVERED
    if finding_is_decided(s, lambda state: state not in unsettled):
        return None
    return (
        f"核查结论为涉嫌犯罪{left_in_words(s)}，{_how_undecided(s)}，不得以行政处罚、终止调查代替；"
        "请先由承办人提出移送，由主要负责人批准，或者由其书面不批准并记录理由"
    )


def _how_undecided(s: Situation) -> str:
    found = s.of_kind("referral")
    if found and found[-1].state == "outside_police":
        organ = found[-1].facts.get("proper_organ")
        return f"公安机关答复不属其管辖，应当移送{organ or '有管辖权的机关'}而没有移送"
    if any(one.facts.get(COVERS) == PART for one in found):
        return "主要负责人只就报告所列罪名作了决定，没有就核查认定的其他犯罪作出决定"
    again = any(one.state not in UNDECIDED for one in found)
    return f"{'上次决定移送与否之后重新认定的，' if again else ''}还没有对是否移送作出决定"


QUALIFYING = ("warning", "business_suspended", "licence_suspended", "licence_revoked")
"""Kinds that may be imposed while a court has not judged (310号令第十一条第二款)."""


@guard
def justice_has_it(s: Situation) -> str | None:
    """Only while the police have a case is there need of a penalty beside them."""
    return None if has_it(s) else "案件不在司法机关办理中，请按普通程序办理"


@guard
def fine_waits_for_justice(s: Situation) -> str | None:
    """While justice has a case only its qualification is dealt with; money waits.

    So it does once the procuratorate has told the police to file what they had refused.
    """
    ordered = filing_is_ordered(s)
    if not ordered and not (s.process.facts.get("licence_only") and has_it(s)):
        return None
    kinds = s.names("penalty_kinds") or s.names("planned_kinds")
    money = [s.law.penalties[one].label for one in kinds if one not in QUALIFYING]
    if not money:
        return None
    if ordered:
        return (
            f"人民检察院已通知公安机关立案（{ordered}），不得以行政处罚代替移送：公安机关立案、司法机关处理完毕之前"
            f"只能给予警告、责令停产停业、暂扣或者吊销许可证件，{'、'.join(money)}待处理后再依法决定；"
            "公安机关逾期不立案的，商请人民检察院继续监督"
        )
    return (
        f"案件已移送公安机关，司法机关尚未处理完毕，现在只能给予警告、责令停产停业、"
        f"暂扣或者吊销许可证件；{'、'.join(money)}待司法机关处理后再依法决定"
    )


def unreferred(s: Situation) -> tuple[str, ...]:
    """What surely meets a threshold and was neither referred nor decided on."""
    left = (_left(s, one) for one in _screened(s) if stands_against(one))
    return (*(one for one in left if one), *dropped(s))


def dropped(s: Situation) -> tuple[str, ...]:
    """Findings of crime that no longer stand, and were neither decided on nor revoked.

    Those of another organ's case count as well: who took the matter over decides on them.
    """
    standing = {row.get("offence") for row in _screened(s) if stands_against(row)}
    ever = {key: one for case in s.of_kind("case") for key, one in met_once(case.facts).items()}
    found = [
        f"{one.get('reason')}，此后更正、降低而没有决定是否移送"
        for key, one in ever.items()
        if key not in standing and not _is_settled(s, key, one.get("on"))
    ]
    main = s.latest("clue")
    at = main.facts.get("found_criminal_at") if main else None
    if main and at and main.facts.get("finding") != "criminal":
        decided = finding_is_decided(s, lambda state: state not in NOT_DELIVERED)
        found += [] if decided or _revoked_since(s, at) else [f"{CHANGED}而没有决定是否移送"]
    return tuple(found)


def _is_settled(s: Situation, offence: str, on: object) -> bool:
    """Whether a referral that names the offence was decided on, or its finding revoked."""
    named = any(
        offence in names_of(one.facts.get("offences"))
        for one in s.of_kind("referral")
        if one.state not in UNDECIDED
    )
    return named or _sent_to_supervisory(s, {"offence": offence}) or _revoked_since(s, on)


def _revoked_since(s: Situation, on: object) -> bool:
    """Whether the principal revoked what was found until then."""
    return any(covers(one.opened_at, on) for one in s.of_kind("crime_revocation"))


def hinted(s: Situation) -> tuple[str, ...]:
    """What meets figures of which nobody is sure: it warns and refuses nothing."""
    referred = {key for one in s.of_kind("referral") for key in names_of(one.facts.get("offences"))}
    return tuple(
        str(one.get("reason"))
        for one in _screened(s)
        if one.get("met") and not stands_against(one) and one.get("offence") not in referred
    )


def unanswered(s: Situation) -> tuple[str, ...]:
    """The offences of which people still have to say something, with the questions."""
    return tuple(_asked(one) for one in _screened(s) if _is_open(one))


def _case(s: Situation) -> ProcessView | None:
    """The case; before there is one, the clue on which something is fined on the spot."""
    if s.process.kind == "case":
        return s.process
    screened = s.process if s.process.facts.get("screening") is not None else None
    return s.latest("case") or screened


def _screened(s: Situation) -> list[Row]:
    case = _case(s)
    return findings_of(case.facts) if case else []


def _is_open(row: Row) -> bool:
    """Whether people still have to say something, and nothing sure is known without it."""
    return row.get("outcome") == "ask" or bool(row.get("questions") and not stands_against(row))


def _asked(row: Row) -> str:
    """An offence with its open questions; an older record has them in its reason only."""
    name, _, said = str(row.get("reason")).partition("：")
    questions = names_of(row.get("questions"))
    return f"{name}：{'；'.join(questions) or said}"


def _left(s: Situation, row: Row) -> str | None:
    """What is met and not decided on; a decision covers what was on record when it was made."""
    new: tuple[str, ...] = ()
    for referral in s.of_kind("referral"):
        named = names_of(referral.facts.get("offences"))
        if referral.state in UNDECIDED or row.get("offence") not in named:
            continue
        new = _new_since(s, referral, row)
        if not new:
            return None
    if _sent_to_supervisory(s, row):
        return None
    reason = str(row.get("reason"))
    return (
        f"{reason}；上次决定移送与否之后：{'、'.join(new)}，须就新的事实重新决定" if new else reason
    )


def _sent_to_supervisory(s: Situation, row: Row) -> bool:
    """An offence of office is settled once its clue went to the 监察机关."""
    offence = str(row.get("offence"))
    letters = (one for one in s.of_kind("duty_crime") if one.state in {"sent", "received"})
    return any(takes_along(s, one, offence) for one in letters)


def _new_since(s: Situation, referral: ProcessView, row: Row) -> tuple[str, ...]:
    """What was recorded since a referral was decided on: larger figures, newly met ways."""
    before = referral.facts.get("decided_on")
    case = _case(s)
    if not isinstance(before, dict) or case is None:
        return () if case is None or left_to_justice(s, referral) else ("首次登记违法事实",)
    grounds = before.get("grounds")
    known = names_of(grounds.get(row.get("offence"))) if isinstance(grounds, dict) else ()
    ways = [one for one in names_of(row.get("grounds")) if one not in known]
    grown = Glossary(s.law.quantities).grown(
        amounts_of(before.get("quantities")), amounts_of(case.facts.get("quantities"))
    )
    return (*grown, *(f"新达到标准（{one}）" for one in ways))
