"""Guards of an organ's own periods: extended only where a rule says so, and none is invented."""

from domain.guards.registry import guard
from domain.situation.situation import Situation

BY_STATUTE = "cf60"
"""The ninety days of 行政处罚法第六十条, which itself allows no extension."""


@guard
def extension_rests_on_a_rule(s: Situation) -> str | None:
    """An organ whose rules were not seen names the one that lets it extend, and by how much."""
    if all(one.rule != BY_STATUTE for one in s.clocks):
        return None
    missing = [] if s.text("extension_ground") else ["「延期依据」"]
    missing += [] if s.form.get("days") else ["延长天数"]
    if not missing:
        return None
    return (
        "九十日的办案期限，法律、法规、规章另有规定的才可以延长，"
        f"请由批准人填写{'和'.join(missing)}（本机关适用的规章和条款）"
    )


@guard
def hearing_awaits_announcement(s: Situation) -> str | None:
    """An open hearing of a market bureau is announced three working days before it."""
    return None if s.clock("tz22") else "没有待公告的听证"
