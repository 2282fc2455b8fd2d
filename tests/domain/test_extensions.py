"""The extension ladder: who may grant what, how often, and until when."""

from datetime import date

import pytest

from domain.limits.due_moment import (
    Extension,
    Limit,
    NoLimit,
    check_extension,
    compute,
    next_extension,
    open_rungs,
)
from domain.shapes.deadlines import DeadlineRule, DeadlineValue, ExtensionRung
from tests.helpers.law_in_force import deadline_rules, work_calendar
from tests.helpers.moments import at, end_of

CALENDAR = work_calendar()
RULES = deadline_rules()
ON_TIME, DUE_AT = at("2026-11-02T09:00"), end_of("2026-11-16")


def test_an_extension_is_refused_after_expiry():
    reasons = check_extension(RULES["cx18"], [], "department_head", at("2026-11-17T08:00"), DUE_AT)

    assert reasons == ["期限已于2026年11月16日23时59分届满，届满后不得延长"]


def test_an_extension_is_for_the_approver_the_ladder_names():
    allowed = check_extension(RULES["cx18"], [], "department_head", ON_TIME, DUE_AT)
    refused = check_extension(RULES["cx18"], [], "handler", ON_TIME, DUE_AT)

    assert allowed == []
    assert "部门负责人批准" in refused[0]


def test_an_extension_beyond_the_ladder_is_refused():
    used = [next_extension(RULES["cx18"], [], "department_head")]

    reasons = check_extension(RULES["cx18"], used, "department_head", ON_TIME, DUE_AT)

    assert reasons == ["线索核查与立案决定：已延长1次，不得再次延长"]


def test_a_rule_without_ladder_cannot_be_extended_and_every_reason_is_told():
    reasons = check_extension(RULES["cx57"], [], "handler", at("2026-11-17T08:00"), DUE_AT)

    assert len(reasons) == 2


def test_an_approver_states_the_figure_that_the_ladder_leaves_open():
    used = [next_extension(RULES["cx64"], [], None)]

    with pytest.raises(NoLimit, match="由批准人确定"):
        next_extension(RULES["cx64"], used, None)
    assert next_extension(RULES["cx64"], used, None, 45).amount == 45


def ladder(*rungs: ExtensionRung) -> DeadlineRule:
    value = DeadlineValue(amount=5, unit="working_days", basis="local-triage")
    return DeadlineRule(
        label="示例期限",
        actor="示例机关",
        starts_on="收到",
        stops_on="答复",
        roll_forward=True,
        extensions=rungs,
        values={date(2025, 1, 1): value},
    )


def rung(amount: int, *, to_total: bool = False, times: int = 1) -> ExtensionRung:
    return ExtensionRung(
        amount=amount,
        unit="natural_days",
        approver="principal",
        to_total=to_total,
        times=times,
        basis="cx-64",
    )


def test_a_rung_that_adds_time_waits_for_the_one_below():
    rule = ladder(rung(30), rung(20))

    assert [place for place, _ in open_rungs(rule, [])] == [0]
    assert [place for place, _ in open_rungs(rule, [next_extension(rule, [], None)])] == [1]


def test_a_rung_that_sets_the_whole_limit_may_be_taken_at_once():
    rule = ladder(rung(7, to_total=True), rung(30, to_total=True))

    assert [place for place, _ in open_rungs(rule, [])] == [0, 1]
    assert open_rungs(rule, [Extension(30, "natural_days", True, 1)]) == ()


def test_a_rung_may_be_granted_as_often_as_it_says():
    rule = ladder(rung(30, times=2))
    once = [next_extension(rule, [], None)]

    assert open_rungs(rule, once)
    assert not open_rungs(rule, [*once, next_extension(rule, once, None)])


def test_an_extension_to_a_total_never_shortens_the_limit():
    limit = Limit("x", 30, "natural_days")
    shorter = Extension(7, "natural_days", to_total=True)

    assert compute(limit, ON_TIME, CALENDAR, (), [shorter]).at == end_of("2026-12-02")
