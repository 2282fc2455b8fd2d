"""The sum behind a warning in words, and the guards of warnings as an official reads them."""

from collections.abc import Mapping

from domain.shapes.indicators import Indicator
from domain.surge.reports import YIELD, Signal

GUARDS: Mapping[str, str] = {
    "no_response_is_awaited": "推送的部门都已反馈，或者反馈期限已经届满",
}
CONDITIONS: Mapping[str, str] = {
    "last_response": "推送的部门都已反馈",
}
MOST = 10_000_000
"""Beyond one in so many, nothing more is told."""


def arithmetic(signal: Signal, rule: Indicator, remedied_on: str = "") -> str:
    """The counting behind a signal, so that who reads it can do it again.

    `remedied_on`: the day of the remedy before, of a relapse.
    """
    days, count = rule.days, signal.observed
    if signal.indicator == "surge":
        return (
            f"近{days}日{count}件，占{signal.of}件的{_percent(count, signal.of)}；"
            f"此前{rule.base_days}日{signal.base}件，占{signal.base_of}件的"
            f"{_percent(signal.base, signal.base_of)}；{in_how_many(signal.chance or 0.0)}"
        )
    if signal.indicator == YIELD:
        return (
            f"近{days}日抽查{signal.of}次，发现问题{count}次，占{_percent(count, signal.of)}；"
            f"此前{rule.base_days}日抽查{signal.base_of}次，发现问题{signal.base}次，占"
            f"{_percent(signal.base, signal.base_of)}；{in_how_many(signal.chance or 0.0)}"
        )
    if signal.indicator == "repeat_subject":
        people = {one.reporter for one in signal.reports if one.reporter}
        return f"近{days}日{count}件，{len(people)}名不同的人反映（达到{rule.least}名即预警）"
    if signal.indicator == "place_cluster":
        subjects = len({one.subject for one in signal.reports if one.subject})
        matters = len({one.matter for one in signal.reports if one.matter})
        told = f"近{days}日{count}件，当事人{subjects}个，监管事项{matters}类"
        return f"{told}（任一项达到{rule.least}即预警）"
    return f"{remedied_on}责令改正、约谈或者承诺以后，{days}日内又有{count}件"


def in_how_many(chance: float) -> str:
    """A chance as people say it: about once in so many times, if nothing changed."""
    if chance <= 1 / MOST:
        return "若无变化，不到1000万次中1次"
    times = 1 / chance
    digits = max(0, len(str(int(times))) - 2)
    return f"若无变化，约{round(times, -digits):.0f}次中1次"


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole if whole else 0.0
    return f"{share:.1f}%" if share < 1 else f"{share:.0f}%"
