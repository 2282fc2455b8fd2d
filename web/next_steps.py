"""The usual next action of each state in which somebody is awaited: what lists offer first."""

from collections.abc import Mapping

NEXT: Mapping[str, Mapping[str, str]] = {
    "clue": {
        "registered": "dispatch",
        "dispatched": "accept",
        "accepted": "verify",
        "verifying": "conclude",
        "concluded": "file_case",
        "in_case": "close",
        "in_referral": "close",
        "closed": "archive",
    },
    "verification": {"open": "urge", "drafted": "ask"},
    "part": {"asked": "submit"},
    "case": {
        "filed": "assign_officers",
        "investigating": "report",
        "suspended": "resume",
        "reported": "send_for_review",
        "in_review": "pass_review",
        "reviewed": "notice",
        "noticed": "decide",
        "hearing": "hold_hearing",
        "heard": "decide",
        "decided": "serve",
        "served": "enforce",
        "enforced": "close",
        "closed": "archive",
    },
    "referral": {
        "proposed": "approve",
        "approved": "deliver",
        "delivered": "receipt",
        "received": "file",
        "supplementing": "supplement",
        "forwarded": "receipt",
        "filed": "hand_over",
        "handed_over": "close",
        "refused": "reconsider",
        "reconsidering": "uphold_refusal",
        "upheld": "ask_supervision",
        "supervising": "order_filing",
        "ordered": "file",
        "agreed": "notify_agreed",
        "returned": "close",
    },
    "dispute": {"negotiating": "agree", "submitted": "assign"},
    "request": {"asked": "answer"},
    "supervision": {
        "drafted": "order",
        "urged": "acknowledge",
        "ordered": "acknowledge",
        "acknowledged": "report",
        "reported": "close",
        "opinion_given": "report",
        "decision_given": "report",
    },
}


def next_action(kind: str, state: str) -> str | None:
    """The action by which a process in this state usually goes on."""
    return NEXT.get(kind, {}).get(state)
