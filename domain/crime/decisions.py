"""What was decided on a suspected crime, and since when: each finding needs a decision of its own.

310号令 3, 5②, 11①: a decision covers what had been found when its report was made, not what is
found afterwards.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime

from domain.situation.situation import CHINA, ProcessView, Situation

NOT_DELIVERED = frozenset({"proposed", "approved"})
UNDECIDED = NOT_DELIVERED | {"outside_police"}
"""States of a referral that settle nothing: not delivered, or sent back as another organ's."""
WITH_JUSTICE = frozenset(
    {"delivered", "received", "supplementing", "further", "forwarded", "filed", "handed_over"}
)
_GIVEN_BACK = ("cancelled_on", "opinion_received_at")
_JUDGED = {"convicted", "exempted", "acquitted"}
_OPINION = "penalty_opinion"
_ENDED = _JUDGED | {"no_filing", "cancelled", "non_prosecution", _OPINION}
"""Papers with which police, procuratorate or court are done with the matter."""


ALL_DUTY = "all_duty"
"""In place of a state: what was found is all of office and went to the 监察机关 (310号令19)."""


def decisions_since(s: Situation, found_at: object) -> frozenset[str]:
    """How the reports on a crime found at `found_at` stand: states of referrals, or ALL_DUTY."""
    states = {one.state for one in s.of_kind("referral") if covers(one.opened_at, found_at)}
    sent = any(
        one.state in {"sent", "received"}
        and one.facts.get(ALL_DUTY)
        and covers(one.opened_at, found_at)
        for one in s.of_kind("duty_crime")
    )
    return frozenset(states | ({ALL_DUTY} if sent else set()))


def covers(begun_at: datetime | None, found_at: object) -> bool:
    """Whether what was begun then may cover a finding; records that tell no moment do."""
    if not found_at or begun_at is None:
        return True
    since = datetime.fromisoformat(str(found_at))
    return begun_at >= (since if since.tzinfo else since.replace(tzinfo=CHINA))


def has_it(s: Situation) -> bool:
    """Whether police, procuratorate or court still have what was referred last."""
    latest = s.latest("referral")
    return latest is not None and _is_with_justice(s, latest)


def left_to_justice(s: Situation, referral: ProcessView) -> bool:
    """Whether justice has the matter of a referral, or a court judged it."""
    return _is_with_justice(s, referral) or _brought_back(s, referral, _JUDGED)


def _is_with_justice(s: Situation, referral: ProcessView) -> bool:
    given_back = any(referral.facts.get(one) for one in _GIVEN_BACK)
    if given_back or _brought_back(s, referral, _ENDED):
        return False
    filed = referral.state == "closed" and bool(referral.facts.get("filed_on"))
    return referral.state in WITH_JUSTICE or filed


def _brought_back(s: Situation, referral: ProcessView, kinds: AbstractSet[str]) -> bool:
    """Whether a paper of these kinds came since, on which the organ was to go on (310号令13)."""
    return any(
        one.facts.get("paper_kind") in kinds
        and (one.facts.get("proceeds") == "resume" or one.facts.get("paper_kind") == _OPINION)
        and one.opened_at is not None
        and (referral.opened_at is None or one.opened_at >= referral.opened_at)
        for one in s.of_kind("justice_paper")
    )
