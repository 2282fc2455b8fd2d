"""The stages of a clue's life as a board shows them, and which time limits an organ owes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.limits.organ_limits import general_limit, limits_meant
from domain.shapes.deadlines import DeadlineRule

NOBODYS_DUTY = frozenset({"silent", "party"})
"""Ladders of limits that bind the party, or that an organ may use or leave."""


@dataclass(frozen=True)
class Stage:
    """A column of the board: the processes it covers, and of the clue itself the limits."""

    id: str
    label: str
    kinds: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()


STAGES = (
    Stage("triage", "分办", rules=frozenset({"triage"})),
    Stage("sign", "签收", frozenset({"transfer"}), frozenset({"sign_for", "sd12_return"})),
    Stage(
        "verify",
        "核查",
        frozenset({"verification", "part"}),
        frozenset({"cx18", "verify_local", "ts35_restart", "reopen_local"}),
    ),
    Stage("complaint", "投诉", frozenset({"complaint"}), frozenset({"ts15", "xb46"})),
    Stage(
        "case",
        "处罚",
        frozenset({"case", "measure", "spot_penalty", "early_disposal", "unclaimed_goods"}),
    ),
    Stage("remedy", "复议诉讼", frozenset({"remedy"})),
    Stage("referral", "涉罪移送", frozenset({"referral"})),
    Stage(
        "beside",
        "争议协作",
        frozenset(
            {
                "dispute",
                "request",
                "duty_crime",
                "justice_paper",
                "incoming_paper",
                "record",
                "recusal",
                "reinspection",
                "identification",
                "file_access",
                "reward",
            }
            | {"paper_change", "service", "case_review", "crime_revocation"}
        ),
    ),
    Stage("draw", "双随机抽取", frozenset({"draw", "draw_part", "draw_witness"})),
    Stage("visit", "行政检查", frozenset({"visit", "finding", "visit_correction"})),
    Stage(
        "publication",
        "会商公布",
        frozenset({"publication", "publication_opinion", "publication_ruling"}),
    ),
    Stage("risk_warning", "风险预警", frozenset({"risk_warning", "risk_response"})),
    Stage(
        "credit",
        "信用监管",
        frozenset({"breach_record", "joint_measure", "credit_repair", "credit_objection"}),
    ),
    Stage("joint", "联合行政处罚", frozenset({"joint_proceeding", "joint_case"})),
    Stage("assessment", "年度评估", frozenset({"assessment"})),
    Stage("circular", "情况通报", frozenset({"circular", "circular_receipt"})),
    Stage("supervision", "督办", frozenset({"supervision"})),
    Stage("reply", "答复", frozenset({"clue"})),
)
"""In the order of a clue's life; what the clue owes beyond the named limits is its reply."""
BY_ID: Mapping[str, Stage] = {one.id: one for one in STAGES}
_BY_RULE = {rule: one for one in STAGES for rule in one.rules}
_BY_KIND = {kind: one for one in STAGES for kind in one.kinds}


def stage_of(kind: str, rule: str, deadlines: Mapping[str, DeadlineRule]) -> Stage:
    """The stage to which a running limit belongs: by its rule on a clue, else by its process kind.

    Raises KeyError for a kind that no stage covers.
    """
    found = _BY_RULE.get(general_limit(rule, deadlines)) if kind == "clue" else None
    return found or _BY_KIND[kind]


def of_kind(kind: str) -> Stage | None:
    """The stage of the limits of a kind of process; none where nobody gave it one."""
    return _BY_KIND.get(kind)


def rules_of_other_stages(deadlines: Mapping[str, DeadlineRule]) -> tuple[str, ...]:
    """The limits of the clue itself that do not belong to its reply."""
    return tuple(sorted(limits_meant(_BY_RULE, deadlines)))


def duties(deadlines: Mapping[str, DeadlineRule]) -> tuple[str, ...]:
    """The limits that an organ must keep, by id: neither a party's, nor a mere right."""
    return tuple(sorted(_owed(deadlines.items())))


def others_duties(deadlines: Mapping[str, DeadlineRule]) -> tuple[str, ...]:
    """All other limits, by id: few, so that a database may pass over them along any index."""
    return tuple(sorted(set(deadlines) - set(_owed(deadlines.items()))))


def _owed(rules: Iterable[tuple[str, DeadlineRule]]) -> Iterable[str]:
    for key, rule in rules:
        if not rule.optional_right and rule.ladder not in NOBODYS_DUTY:
            yield key
