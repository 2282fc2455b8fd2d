"""Roads that a random walk seldom takes, for forms with every optional field left out."""

from tests.helpers.filled_forms import Form
from tests.helpers.walking.ambitions import CASE, REVIEW, START, Ambition


def _road(actions: str, **forms: Form) -> Ambition:
    return Ambition(
        tuple(actions.split()), {name.replace("__", "."): form for name, form in forms.items()}
    )


REFUND: Form = {"planned_refund": "1800", "refund_ground": "《价格违法行为行政处罚规定》第十六条"}
DECIDED = REVIEW + "case.record_statement case.decide case.serve "
DEMAND = "{0}.urge_payment {0}.serve_demand {0}.apply_for_enforcement "
ANOTHER: Form = {"cooperating": ["shili-health"]}
ROADS = (
    _road(
        CASE.replace("case.record_facts", "case.name_party case.record_facts")
        + DECIDED
        + DEMAND.format("case")
    ),
    _road("dispatch accept penalise_on_spot " + DEMAND.format("spot_penalty")),
    _road(START.replace("conclude", "extend_verification conclude")),
    _road("split"),
    _road("redirect"),
    _road("dispatch accept request.ask request.answer"),
    _road(
        "dispatch accept verify verification.go_on_site verification.ask", verification__ask=ANOTHER
    ),
    _road(CASE + "recusal.apply recusal.refuse"),
    _road(CASE + "case.commission refer referral.approve case.record_result_beside"),
    _road(CASE + REVIEW + "case.order_refund", case__notice=REFUND),
    _road("dispatch accept penalise_on_spot spot_penalty.put_off_payment service.record"),
    _road("dispatch accept justice_paper.register"),
    _road("dispatch accept justice_paper.register_opinion"),
    _road("dispatch accept supervision.order"),
    _road(
        CASE
        + "case.seize record.scene case.release_seized unclaimed_goods.announce "
        + "unclaimed_goods.surrender",
        record__scene={"occasion": "measure"},
    ),
)
WAITS = {
    "case.urge_payment": 20,
    "case.apply_for_enforcement": 200,
    "case.order_refund": 9,
    "spot_penalty.urge_payment": 20,
    "spot_penalty.apply_for_enforcement": 70,
    "unclaimed_goods.surrender": 31,
}
"""Days that pass before an action that has to wait for its day."""
