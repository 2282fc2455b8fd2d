"""Guards and conditions of risk warnings: who was asked, and whether all have answered."""

from domain.guards.registry import condition, guard, selection
from domain.situation.situation import Situation

RESPONSE, LIMIT = "risk_response", "warning_response"


@guard
def no_response_is_awaited(s: Situation) -> str | None:
    """Nobody's answer is cut off while he still has days to give it."""
    running = {one.process_id: one for one in s.clocks if one.rule == LIMIT}
    left = [
        s.law.departments[one.department].name
        for one in s.open_of_kind(RESPONSE)
        if one.id in running and running[one.id].breach_at >= s.now
    ]
    return f"{'、'.join(left)}尚未反馈，反馈期限没有届满" if left else None


@condition
def last_response(s: Situation) -> bool:
    """With the answer at hand every department has answered."""
    return all(one.id == s.process.id for one in s.open_of_kind(RESPONSE))


@selection
def open_responses(s: Situation) -> tuple[int, ...]:
    """The departments that were pushed a warning and have not answered."""
    return tuple(one.id for one in s.open_of_kind(RESPONSE))
