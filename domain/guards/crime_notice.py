"""What screening found, told at once: what it means, the one next step and who takes it."""

from dataclasses import dataclass

from domain.guards.crime import hinted, unanswered, unreferred
from domain.limits.limit import UNIT_NAMES
from domain.situation.situation import Situation

REPORT = "办案人员办理「提出涉罪移送」，主要负责人自接到书面报告之日起{}决定批准或者不批准移送"
DECIDE = "已经提出移送报告，由主要负责人自接到报告之日起{}决定批准或者不批准移送"
ANSWER = "办案人员在「登记违法事实」的「定性问题」「曾受行政处罚」中写明后，才能告知或者作出处罚"
APPROVAL = "310_approve"
"""The limit in which a principal decides on a referral."""
CHECK = "数额标准待法制核对：由法制人员核对条文；认为涉嫌犯罪的，办案人员办理「提出涉罪移送」"


@dataclass(frozen=True)
class CrimeNotice:
    """What is met, what only warns, what is asked, and the next step."""

    met: tuple[str, ...]
    hinted: tuple[str, ...]
    asked: tuple[str, ...]
    step: str


def crime_notice(s: Situation) -> CrimeNotice | None:
    """The notice of the case at hand, else of the newest; None where nothing was found."""
    case = s.process if s.process.kind == "case" else s.latest("case")
    if case is not None and s.is_ended(case):
        return None
    met, unsure, asked = unreferred(s), hinted(s), unanswered(s)
    if not (met or unsure or asked):
        return None
    return CrimeNotice(met, unsure, asked, _step(s, met=bool(met), asked=bool(asked)))


def _step(s: Situation, *, met: bool, asked: bool) -> str:
    if any(one.state == "proposed" for one in s.open_of_kind("referral")):
        return DECIDE.format(_limit(s))
    if met:
        return REPORT.format(_limit(s))
    return ANSWER if asked else CHECK


def _limit(s: Situation) -> str:
    """The days in which the principal decides, as the rulebook has them."""
    value = s.law.deadlines[APPROVAL].in_force(s.today)
    return f"{value.amount}{UNIT_NAMES[value.unit]}内" if value else "依法"
