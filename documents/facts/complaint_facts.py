"""Facts of the papers of a complaint: its two sides, its ground, its days; a reporter's name."""

from documents.facts.makers import Facts, Known, day_of, due, made_for, quoted, remedies
from documents.facts.paper import Paper
from domain.guards.conditions import lead_is_market


def complainant(facts: Known) -> str:
    """Who complained, as his decision is kept: masked; the paper itself names him in full."""
    name = str(facts.get("举报人") or "").partition(" ")[0].removeprefix("匿名")
    return name or "投诉人"


def _ground(paper: Paper, market: tuple[str, ...], others: tuple[str, ...]) -> str:
    return quoted(paper, *(market if lead_is_market(paper.situation) else others))


@made_for("complaint_admission")
def _complaint_admission(paper: Paper, facts: Known) -> Facts:
    return {
        "投诉人": complainant(facts),
        "受理依据": _ground(paper, ("ts-15",), ("xb-46-2", "xb-46-3")),
        "调解期限": day_of(due(paper, "ts23_mediate", "xb46_60")),
        "委托调解组织": facts.get("是否委托调解"),
    }


@made_for("complaint_rejection")
def _complaint_rejection(paper: Paper, facts: Known) -> Facts:
    own = facts.get("投诉不予受理依据")
    ground = own or _ground(paper, ("ts-15", "ts-16"), ())
    return remedies(paper) | {"投诉人": complainant(facts), "投诉不予受理依据": ground}


def _end(paper: Paper) -> str:
    """The ground on which mediation ends: an item of its own only for the days that are over."""
    ground = "ts-23-1-5" if paper.form.get("ending_ground") == "time" else "ts-23-1"
    return _ground(paper, (ground, "ts-23-2"), ("xb-46-3",))


def complaint_ground(paper: Paper) -> str | None:
    """The articles on which a complaint ended, refused or mediated: those of the decision on it.

    The law on answering the hotline decided nothing.
    """
    if paper.action == "reject_complaint":
        own = paper.form.get("rejection_basis")
        return str(own) if own else _ground(paper, ("ts-16",), ("xb-46-2",))
    complaint = paper.situation.latest("complaint")
    if complaint is None or complaint.state == "agreed":
        return quoted(paper, "xb-46-3")
    days_over = complaint.facts.get("ending_ground") == "time"
    market = ("ts-23-1-5" if days_over else "ts-23-1",)
    return _ground(paper, market, ("xb-46-3",))


@made_for("mediation_notice", "mediation_end")
def _mediation(paper: Paper, facts: Known) -> Facts:
    named = facts.get("投诉人") or "投诉人"
    opened = paper.situation.process.opened_at
    return {
        "投诉人": named,
        "调解双方": [named, facts.get("当事人")],
        "受理日期": day_of(opened),
        "终止依据": _end(paper),
        "告知期限": day_of(due(paper, "ts23_notify")),
    }


@made_for("report_result_notice")
def _told(paper: Paper, facts: Known) -> Facts:
    return {"举报人称谓": complainant(facts).replace("投诉人", "举报人")}
