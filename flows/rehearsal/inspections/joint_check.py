"""The rehearsal's joint check of a hotel: two departments at one door, each with a problem."""

from flows.rehearsal.clockwork import Story
from flows.rehearsal.inspections.proposing import Proposal, proposed, subject_named
from flows.rehearsal.inspections.visited import Errand, visited
from flows.rehearsal.scene import Stage

MARKET, HEALTH = "shili-market", "shili-health"
HOTEL = "示例市云栖宾馆有限公司"


def joint_check(stage: Stage) -> Story:
    """Both go there on one notice; what both find is one act, handled by both together."""
    check = Proposal(
        MARKET,
        subject_named(HOTEL),
        "餐厅和客房卫生检查",
        ("catering", "public_place_hygiene"),
        "旅游旺季联合检查安排",
        told={"departments": [HEALTH]},
    )
    errand = Errand(outcome="pending", problem="no_health_card", partner="no_health_card_rooms")
    yield from visited(proposed(stage, check), errand)
