"""The usual next steps of each state in which somebody is awaited: what lists offer first.

Who takes them is what a thing waits for. A state that is not named waits for nobody by itself:
something beside it does (a dispute beside a disputed clue, parts beside a verification).
"""

from collections.abc import Mapping

USUAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "clue": {
        "registered": ("dispatch",),
        "dispatched": ("accept",),
        "accepted": ("verify",),
        "verifying": ("conclude",),
        "concluded": ("file_case",),
        "in_case": ("close",),
        "in_referral": ("close",),
        "in_complaint": ("close_complaint",),
        "on_spot": ("close", "file_remade"),
        "closed": ("archive",),
    },
    "part": {"asked": ("submit",)},
    "complaint": {"admitted": ("summon",), "mediating": ("agree", "end"), "ended": ("tell",)},
    "spot_penalty": {"decided": ("close",), "revoked": ("close",)},
    "case": {
        "filed": ("report",),
        "investigating": ("report",),
        "suspended": ("resume",),
        "reported": ("send_for_review",),
        "in_review": ("pass_review",),
        "reviewed": ("notice",),
        "noticed": ("record_statement", "decide"),
        "hearing": ("hold_hearing",),
        "heard": ("send_hearing_for_review", "decide"),
        "hearing_review": ("pass_hearing_review",),
        "decided": ("serve",),
        "served": ("enforce",),
        "enforced": ("close",),
        "settled": ("close",),
        "revoked": ("close",),
        "closed": ("archive",),
        "leaving": ("release_seized", "release_preserved", "leave"),
        "transferred": ("archive",),
    },
    "measure": {"awaiting": ("approve",), "running": ("release", "deal_with")},
    "referral": {
        "proposed": ("approve",),
        "approved": ("deliver",),
        "delivered": ("receipt",),
        "received": ("file",),
        "supplementing": ("supplement",),
        "further": ("report_further",),
        "forwarded": ("receipt",),
        "filed": ("hand_over",),
        "handed_over": ("close",),
        "refused": ("reconsider",),
        "reconsidering": ("uphold_refusal",),
        "upheld": ("ask_supervision",),
        "supervising": ("ask_reasons", "order_filing"),
        "explaining": ("explain_refusal",),
        "ordered": ("file",),
        "agreed": ("notify_agreed",),
        "returned": ("close",),
    },
    "dispute": {
        "negotiating": ("agree",),
        "coordinating": ("coordinate",),
        "coordinated": ("agree",),
        "proposed": ("decide",),
        "submitted": ("assign",),
    },
    "recusal": {"applied": ("grant",)},
    "reinspection": {"asked": ("accept",), "running": ("conclude",)},
    "identification": {"asked": ("record",)},
    "early_disposal": {
        "announced": ("report",),
        "proposed": ("approve",),
        "approved": ("carry_out",),
        "disposed": ("settle",),
    },
    "unclaimed_goods": {"announced": ("surrender",)},
    "file_access": {"asked": ("grant",), "granted": ("record",)},
    "paper_change": {"asked": ("approve",), "approved": ("serve",)},
    "reward": {"proposed": ("approve",), "approved": ("pay",)},
    "request": {"asked": ("answer",)},
    "remedy": {
        "lodged": ("answer",),
        "answered": ("conclude_review", "judge"),
        "judged": ("conclude_suit",),
        "appealed": ("conclude_suit",),
    },
    "justice_paper": {"awaiting": ("reply",)},
    "duty_crime": {"proposed": ("approve",), "sent": ("receipt",)},
    "circular": {"drafted": ("issue",), "completed": ("archive",)},
    "circular_receipt": {
        "arrived": ("sign",),
        "arrived_for_answer": ("sign_for_answer",),
        "awaiting_answer": ("answer",),
    },
    "publication": {
        "called": ("take_up",),
        "drafted": ("consult", "go_on_alone"),
        "disputed": ("revise", "refer"),
        "agreed": ("approve",),
        "approved": ("file", "publish", "circulate"),
        "filed": ("publish",),
    },
    "publication_opinion": {"asked": ("agree",)},
    "publication_ruling": {"asked": ("rule",)},
    "risk_warning": {"raised": ("assess",), "assessed": ("push",), "responding": ("close",)},
    "risk_response": {"asked": ("answer",)},
    "assessment": {"drafted": ("issue",)},
    "breach_record": {"drafted": ("confirm",), "ground_fallen": ("withdraw",)},
    "joint_measure": {"asked": ("apply",), "lifting": ("lift",)},
    "credit_repair": {"applied": ("grant",)},
    "credit_objection": {"filed": ("reject",), "helped": ("reject",)},
    "joint_proceeding": {"running": ("discuss",)},
    "joint_case": {"asked": ("join",), "to_agree": ("agree",)},
    "draw": {"prepared": ("freeze",), "drawn": ("release",)},
    "draw_part": {"asked": ("agree",)},
    "visit": {
        "planned": ("approve",),
        "approved": ("notice", "begin_off_site"),
        "noticed": ("enter",),
        "urgent": ("approve_late",),
        "gathered": ("tell",),
        "told": ("close",),
    },
    "finding": {"asked": ("agree",), "open": ("enter_result",), "entered": ("publish",)},
    "visit_correction": {"ordered": ("report",), "reported": ("recheck_passes",)},
    "draw_witness": {"asked": ("give",)},
    "supervision": {
        "drafted": ("order",),
        "urged": ("acknowledge",),
        "ordered": ("acknowledge",),
        "acknowledged": ("report",),
        "reported": ("close",),
        "opinion_given": ("report",),
        "decision_given": ("report",),
    },
}
UNLESS_OPEN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("clue", "in_case"): ("case", "referral", "remedy"),
    ("clue", "in_referral"): ("case", "referral"),
    ("clue", "in_complaint"): ("complaint",),
    ("clue", "on_spot"): ("spot_penalty",),
    ("clue", "disputed"): ("dispute",),
}
"""States that wait for nobody while one of these processes of the clue is open."""
WAITS_BESIDE: frozenset[tuple[str, str]] = frozenset(
    {
        ("verification", "open"),
        ("verification", "drafted"),
        ("clue", "disputed"),
        ("transfer", "offered"),
        ("case", "with_police"),
    }
)
"""States that await somebody and have no step of their own: a process beside them is taken on."""


def usual_steps(kind: str, state: str) -> tuple[str, ...]:
    """The actions by which a process in this state usually goes on; none where it waits."""
    return USUAL.get(kind, {}).get(state, ())
