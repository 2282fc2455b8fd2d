"""How a clue is dealt with, as the desk chose it when it sent the clue on."""

from domain.situation.situation import Situation

HANDLING, REPORT = "handling", "report"
"""The fact that holds it, and the way of what is verified as a violation."""
ANSWERED = frozenset({"service", "petition"})
"""The ways that end with an answer and never lead to verification or a case."""


def is_service(s: Situation) -> bool:
    """Whether the clue was sent on as a service request or petition."""
    return s.process.facts.get(HANDLING) in ANSWERED
