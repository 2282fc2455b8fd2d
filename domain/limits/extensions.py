"""The extension ladder: which rung may be granted next, by whom, and why not."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.limits.limit import Extension, NoFigure, NoLimit, in_words, is_past
from domain.shapes.deadlines import DeadlineRule, ExtensionRung


def open_rungs(
    rule: DeadlineRule, used: Sequence[Extension]
) -> tuple[tuple[int, ExtensionRung], ...]:
    """The rungs that may be granted next, each with its place on the ladder.

    A rung that adds time waits until those below it are used up.
    A rung that sets the whole limit (至30日) may be taken without those below.
    """
    taken = [one.rung for one in used]
    highest = max(taken, default=-1)
    found: list[tuple[int, ExtensionRung]] = []
    for place, rung in enumerate(rule.extensions):
        # Who climbed to a rung does not come back for those below: they were meant to be first.
        if place < highest or taken.count(place) >= rung.times:
            continue
        if found and not rung.to_total:
            break
        found.append((place, rung))
    return tuple(found)


def check_extension(
    rule: DeadlineRule,
    used: Sequence[Extension],
    approver: str,
    now: datetime,
    breach_at: datetime,
) -> list[str]:
    """Every reason in Chinese why this approver may not extend the limit now; none where he may.

    `approver` is a chair (`principal`, `superior` …), `used` what was granted before, `breach_at`
    the moment after which the limit is late: a limit that has passed is not extended.
    """
    reasons: list[str] = []
    if is_past(now, breach_at):
        reasons.append(f"期限已于{in_words(breach_at)}届满，届满后不得延长")
    if not rule.extensions:
        reasons.append(f"{rule.label}：条文未规定可以延长")
        return reasons
    rungs = open_rungs(rule, used)
    if not rungs:
        reasons.append(f"{rule.label}：已延长{len(used)}次，不得再次延长")
    elif approver not in [rung.approver for _, rung in rungs]:
        needed = "；".join(rung.condition or rung.approver for _, rung in rungs)
        reasons.append(f"{rule.label}的延长须经有权者批准：{needed}")
    return reasons


def check_approvers(
    rule: DeadlineRule,
    used: Sequence[Extension],
    approvers: Iterable[str],
    now: datetime,
    breach_at: datetime,
) -> list[str]:
    """Every reason in Chinese why nobody in these chairs may extend now; none where one may.

    The reasons of one chair stand for all, for none of them names the chair that was tried.
    """
    found: list[str] = []
    for approver in sorted(approvers):
        found = check_extension(rule, used, approver, now, breach_at)
        if not found:
            break
    return found


def next_extension(
    rule: DeadlineRule, used: Sequence[Extension], approver: str | None, amount: int | None = None
) -> Extension:
    """The extension an approver grants next, on the lowest rung that is his (any, for None).

    `amount`, in the rung's unit, is used where the ladder leaves the figure open; NoFigure where
    it is missing then. Raises NoLimit where no rung of his is left.
    """
    for place, rung in open_rungs(rule, used):
        if approver is None or rung.approver == approver:
            if rung.amount is None and (amount is None or amount < 1):
                raise NoFigure(f"{rule.label}：条文未规定延长的数字，须由批准人确定延长多少")
            return Extension(rung.amount or amount or 0, rung.unit, rung.to_total, place)
    raise NoLimit(f"{rule.label}：没有可用的延长，已延长{len(used)}次")
