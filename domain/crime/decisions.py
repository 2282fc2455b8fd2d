"""What was decided on a suspected crime, and since when: each finding needs a decision of its own.

310号令 3, 5②, 11①: a decision covers what had been found when its report was made, not what is
found afterwards.
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime

from domain.crime.recorded_facts import names_of
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


DUTY = "duty_offences"
"""The offences of office that a letter to the 监察机关 names; it settles no others."""
FOUND = "found_offences"
"""The offences that a verification found suspected; a bare finding names none."""
COVERS = "whole_finding"
"""Whether a decision on a report covers all that the verification found, or the report only."""
WHOLE, PART = "whole", "part"


def finding_is_decided(s: Situation, counts: Callable[[str], bool]) -> bool:
    """Whether the last finding of crime was decided on, whole, in reports of which a state counts.

    A decision settles the offences that its report names, and more only where it says so: who
    declines to refer one offence has said nothing of another, nor of a finding that names none
    (310号令3, 5②). A whole case that is sent to the police is theirs to examine.
    """
    main = s.latest("clue")
    found_at = main.facts.get("found_criminal_at") if main else None
    if counts(ALL_DUTY) and any(one.facts.get(ALL_DUTY) for one in _letters(s, found_at)):
        return True
    reports = [
        one
        for one in s.of_kind("referral")
        if counts(one.state) and covers(one.opened_at, found_at)
    ]
    named = named_in_finding(s)
    # A decision on a bare finding that was not asked what it covers is older than the question.
    if any(one.facts.get(COVERS, PART if named else WHOLE) == WHOLE for one in reports):
        return True
    return bool(reports and named) and not left_by(s, reports)


def left_by(s: Situation, reports: Iterable[ProcessView]) -> tuple[str, ...]:
    """The offences of the last finding that neither these reports name nor a letter took along."""
    main = s.latest("clue")
    found_at = main.facts.get("found_criminal_at") if main else None
    told = {key for one in reports for key in names_of(one.facts.get("offences"))}
    letters = _letters(s, found_at)
    return tuple(
        key
        for key in named_in_finding(s)
        if key not in told and not any(takes_along(s, one, key) for one in letters)
    )


def takes_along(s: Situation, letter: ProcessView, offence: str) -> bool:
    """Whether a letter to the 监察机关 settles an offence of office: it names it.

    A letter that was not asked for its offences is older than the question and settles all.
    """
    known = s.law.offences.get(offence)
    named = DUTY not in letter.facts or offence in names_of(letter.facts[DUTY])
    return known is not None and known.duty and named


def left_in_words(s: Situation) -> str:
    """The offences that a finding names and no decision covers, in brackets."""
    decided = [one for one in s.of_kind("referral") if one.state not in UNDECIDED]
    left = [s.law.offences[key].name for key in left_by(s, decided) if key in s.law.offences]
    return f"（{'、'.join(left)}）" if left else ""


def named_in_finding(s: Situation) -> tuple[str, ...]:
    """The offences that the last finding of crime named."""
    main = s.latest("clue")
    return names_of(main.facts.get(FOUND)) if main else ()


def _letters(s: Situation, found_at: object) -> list[ProcessView]:
    """The letters to the 监察机关 since something was found."""
    return [
        one
        for one in s.of_kind("duty_crime")
        if one.state in {"sent", "received"} and covers(one.opened_at, found_at)
    ]


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


def filing_is_ordered(s: Situation) -> str:
    """The number of the procuratorate's notice to file that the police have yet to follow."""
    found = [one for one in s.of_kind("referral") if one.state == "ordered"]
    return str(found[-1].facts.get("order_no") or "通知立案书") if found else ""


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
