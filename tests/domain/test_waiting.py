"""Nothing waits for nobody: every state that expects somebody has its usual step."""

import pytest

from domain.lifecycle.awaited_chairs import Standing, next_chairs, waiting_for
from domain.rulebook.rulebook import Rulebook


@pytest.mark.parametrize(
    ("role", "waits"),
    [
        ("intake_clerk", "clue.registered"),
        ("handler", "clue.dispatched"),
        ("department_head", "case.reviewed"),
        ("principal", "referral.proposed"),
        ("legal_reviewer", "case.in_review"),
        ("police_liaison", "request.asked"),
        ("procuratorate_liaison", "referral.supervising"),
        ("arbiter", "dispute.submitted"),
        ("supervisor", "supervision.reported"),
    ],
)
def test_every_chair_has_something_that_waits_for_it(
    rules: Rulebook, role: str, waits: str
) -> None:
    found = waiting_for(rules.lifecycles, frozenset({role}))

    assert waits in {f"{one.kind}.{one.state}" for one in found}


def test_supervisor_is_not_asked_to_dispatch_what_the_desk_dispatches(rules: Rulebook) -> None:
    found = waiting_for(rules.lifecycles, frozenset({"supervisor"}))

    assert "clue" not in {one.kind for one in found}


def test_clue_in_a_case_waits_for_its_case_first(rules: Rulebook) -> None:
    found = waiting_for(rules.lifecycles, frozenset({"department_head"}))
    [in_case] = [one for one in found if one.state == "in_case"]

    assert in_case.unless_open == ("case", "referral", "remedy")


@pytest.mark.parametrize(
    ("clue", "beside", "chairs"),
    [
        ("accepted", (), ("handler",)),
        ("in_case", (("case", "in_review"),), ("legal_reviewer",)),
        ("in_case", (), ("department_head",)),
        ("in_referral", (("case", "with_police"), ("referral", "proposed")), ("principal",)),
        ("in_referral", (("case", "with_police"), ("referral", "received")), ("police_liaison",)),
        ("in_referral", (("referral", "approved"), ("supervision", "reported")), ("handler",)),
        ("disputed", (("dispute", "submitted"),), ("arbiter",)),
    ],
)
def test_next_is_whoever_can_act_on_what_the_clue_waits_for(
    rules: Rulebook, clue: str, beside: tuple[Standing, ...], chairs: tuple[str, ...]
) -> None:
    assert next_chairs(rules.lifecycles, ("clue", clue), beside) == chairs
