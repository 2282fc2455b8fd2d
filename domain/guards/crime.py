"""Guards against 以罚代刑: no penalty while a crime is left unreferred or unexamined."""

from domain.guards.registry import guard
from domain.situation import Situation


@guard
def facts_are_recorded(s: Situation) -> str | None:
    """The facts were entered and screened before the investigation ends."""
    return (
        None if s.process.facts.get("screening") is not None else "尚未登记违法事实并对照涉刑门槛"
    )


@guard
def no_crime_is_left_unreferred(s: Situation) -> str | None:
    """A threshold met was referred, or the principal declined with reasons: no 以罚代刑."""
    case = s.process if s.process.kind == "case" else s.latest("case")
    found = case.facts.get("screening") if case else None
    met = [one for one in found if one.get("met")] if isinstance(found, list) else []
    answered: set[str] = set()
    for referral in s.of_kind("referral"):
        if referral.state not in {"proposed", "approved"}:
            offences = referral.facts.get("offences")
            answered |= set(offences) if isinstance(offences, list) else set()
    left = [one for one in met if one.get("offence") not in answered]
    if not left:
        return None
    named = "；".join(str(one.get("reason")) for one in left)
    return (
        f"违法事实已达涉嫌犯罪标准（{named}），应当移送公安机关，不得以行政处罚代替移送；"
        "须先提出移送并由主要负责人批准，或者由其书面不批准并记录理由"
    )
