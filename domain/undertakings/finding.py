"""Guards and conditions of what an inspection found: items, the eight outcomes, corrections."""

import re
from collections.abc import Mapping

from domain.guards.registry import condition, guard, moment_of
from domain.situation.situation import Situation
from domain.undertakings.visit import EQUIPMENT, MARKET, PROBLEM, RESULTS, visit_of

BAD = "不合格"
_SUSPECTED = re.compile(r"(?<![^，。；])([^，。；]*?)涉嫌[^，。；]{0,12}罪")
_DENIED = re.compile(r"不|未|没有|无|是否")


def _rows(value: object) -> list[Mapping[str, str]]:
    return list(value) if isinstance(value, list | tuple) else []


@guard
def item_results_can_be_read(s: Situation) -> str | None:
    """Every item is named, and came to one of the four; one that failed says how."""
    found: list[str] = []
    for number, row in enumerate(_rows(s.form.get("items")), start=1):
        if not row["检查事项"]:
            found.append(f"第{number}行没有填写检查事项")
        if row["结果"] not in RESULTS:
            found.append(f"第{number}行的结果应为{'、'.join(RESULTS)}之一，现为“{row['结果']}”")
        if row["结果"] == BAD and not row["发现问题"]:
            found.append(f"第{number}行不合格，请写明发现的问题")
    return "；".join(found) or None


@guard
def outcome_fits_the_items(s: Situation) -> str | None:
    """未发现问题 does not stand beside an item that failed, nor a problem beside none."""
    bad = [row["检查事项"] for row in _rows(s.form.get("items")) if row["结果"] == BAD]
    outcome = s.text("outcome")
    if outcome == "none" and bad:
        return f"检查结果为「未发现问题」，但{'、'.join(bad)}不合格"
    if outcome in ("ordered", "pending") and not bad:
        return "检查结果为发现问题，但没有不合格的事项"
    return None


@guard
def result_follows_the_door(s: Situation) -> str | None:
    """Nothing was inspected before anybody entered."""
    entered = moment_of(visit_of(s).get("entered_at"))
    started = moment_of(s.form.get("started_at"))
    if entered is None or started is None or started >= entered.replace(second=0, microsecond=0):
        return None
    return f"「检查开始时间」不能早于进入时间（{entered:%Y-%m-%d %H:%M}）"


@guard
def crime_is_asked_of_problems(s: Situation) -> str | None:
    """Of every problem it is said whether a crime is suspected, and not against its own record."""
    if s.text("outcome") not in PROBLEM:
        return None
    said = s.text("crime_suspected")
    if not said:
        return "检查发现了问题，请在「发现的问题是否涉嫌犯罪」中选择；涉嫌犯罪的须登记为线索"
    told = "".join((s.text("record"), *(row["发现问题"] for row in _rows(s.form.get("items")))))
    if said == "none" and any(not _DENIED.search(one) for one in _SUSPECTED.findall(told)):
        return (
            "检查情况写明涉嫌犯罪，「发现的问题是否涉嫌犯罪」应选“涉嫌犯罪”；写错的请先更正检查情况"
        )
    return None


@guard
def a_problem_was_found(s: Situation) -> str | None:
    """Only what was found wrong, or not put right, becomes a clue."""
    facts = s.process.facts
    if facts.get("passed_on"):
        return "已经登记为线索，不重复登记"
    failed = any(
        one.state == "failed" and one.department == s.process.department
        for one in s.of_kind("visit_correction")
    )
    if facts.get("outcome") in PROBLEM or failed:
        return None
    return "本部门的检查结果没有发现问题"


@guard
def a_problem_is_on_record_here(s: Situation) -> str | None:
    """A correction is ordered by the department whose finding says what is wrong."""
    own = [one for one in s.of_kind("finding") if one.department == s.actor.department]
    if any(one.facts.get("outcome") in PROBLEM for one in own):
        return None
    return "本部门还没有录入发现问题的检查结果"


def _organ_is_market(s: Situation) -> bool:
    return s.law.departments[s.process.department].function == MARKET


@condition
def visit_was_drawn(s: Situation) -> bool:
    """The inspection came out of a draw."""
    return bool(visit_of(s).get("draw"))


@condition
def organ_is_market(s: Situation) -> bool:
    """The department that inspected is of market regulation."""
    return _organ_is_market(s)


@condition
def organ_is_not_market(s: Situation) -> bool:
    """The department that inspected is of another field."""
    return not _organ_is_market(s)


@condition
def equipment_was_inspected(s: Situation) -> bool:
    """Special equipment was inspected, by market regulation, whose measures bind it."""
    matters = visit_of(s).get("matters")
    return _organ_is_market(s) and EQUIPMENT in (matters if isinstance(matters, list) else [])


@guard
def site_visits_have_results(s: Situation) -> str | None:
    """A verification that went on the spot is concluded once the results are in."""
    waiting = s.process.facts.get("site_visits_open")
    if not isinstance(waiting, list) or not waiting:
        return None
    return f"现场核查（检查{'、'.join(waiting)}）尚未取得结果，请先录入检查结果、终止或者取消检查"
