"""A fine of the organ and a 罚金 of the court for one act: what of the fine is still collected.

行政处罚法第三十五条第二款: the fine that was given is set off against the 罚金. What was paid of it
lowers the 罚金; what was not yet paid is collected by the organ only as far as the fine goes
beyond the 罚金, so that the party bears the higher of the two, and never both.
"""

from dataclasses import replace
from decimal import Decimal

from domain.guards.justice_paper import criminal_fine, fine_is_set_off
from domain.guards.registry import condition, day_of
from domain.penalties.payment import amount_owed, surcharge_by
from domain.situation.debt import set_off_by
from domain.situation.penalty import DECIDED
from domain.situation.situation import Situation
from domain.situation.sums import in_yuan

COLLECTING = frozenset({"decided", "served"})
"""States of a case in which its fine may still be collected."""


def set_off_facts(s: Situation) -> dict[str, object]:
    """What is recorded of the case at hand when a part of its fine falls to the 罚金.

    The surcharge that grew until the judgment took effect stays owed; on that part it grows none
    after that day.
    """
    day = day_of(s.form.get("judgement_effective_on")) or s.today
    counted = day_of(s.process.facts.get("surcharged_until"))
    return {
        "fine_set_off": str(_set_off_sum(s)),
        "surcharge": str(surcharge_by(s, day)),
        "surcharged_until": max(day, counted or day).isoformat(),
    }


def _set_off_sum(s: Situation) -> Decimal:
    imposed = max(criminal_fine(s), in_yuan(s.form.get("criminal_fine")))
    fine, paid = (in_yuan(s.process.facts.get(name)) for name in (DECIDED.fine, "paid_total"))
    return set_off_by(fine, paid, imposed)


def _collecting(s: Situation, kind: str) -> Situation | None:
    """The case, or penalty on the spot, whose unpaid fine the judgment lowers, as at hand."""
    if not fine_is_set_off(s):
        return None
    cases = [one for one in s.of_kind(kind) if one.state in COLLECTING]
    seen = replace(s, process=cases[-1]) if cases else None
    return seen if seen and _set_off_sum(seen) > 0 else None


def _leaves_something(seen: Situation) -> bool:
    after = {**seen.process.facts, **set_off_facts(seen)}
    return amount_owed(replace(seen, process=replace(seen.process, facts=after))) > 0


@condition
def set_off_leaves_a_debt(s: Situation) -> bool:
    """The court's 罚金 takes up a part of what the party owes; the rest is still collected."""
    seen = _collecting(s, "case")
    return seen is not None and _leaves_something(seen)


@condition
def set_off_settles_the_debt(s: Situation) -> bool:
    """The court's 罚金 takes up all that the party still owes."""
    seen = _collecting(s, "case")
    return seen is not None and not _leaves_something(seen)


@condition
def set_off_leaves_a_spot_debt(s: Situation) -> bool:
    """Of a fine on the spot the 罚金 takes up a part; the rest is still collected."""
    seen = _collecting(s, "spot_penalty")
    return seen is not None and _leaves_something(seen)


@condition
def set_off_settles_the_spot_debt(s: Situation) -> bool:
    """Of a fine on the spot the 罚金 takes up all that is still owed."""
    seen = _collecting(s, "spot_penalty")
    return seen is not None and not _leaves_something(seen)
