"""Facts of the papers of service: what is announced, why, and from when it counts as served."""

from collections.abc import Mapping

from documents.facts.makers import (
    Facts,
    Known,
    day_of,
    last_issued,
    made_for,
    period,
    quoted,
    remedies,
)
from documents.facts.paper import Paper
from documents.facts.penalty_facts import in_words
from documents.values.filters import clause
from domain.guards.registry import moment_of
from domain.penalties.service import SERVICES, Served, announcement_rule, effect_of
from domain.situation.penalty import DECIDED, PLANNED

_PAPERS: Mapping[str, tuple[str, ...]] = {
    "notice_served_on": ("penalty_notice",),
    "hearing_notice_served_on": ("hearing_notice",),
    "served_on": ("penalty_decision", "no_penalty_decision"),
    "demand_served_on": ("demand_notice",),
}
"""Which documents a service may bring to the party, by the field that records its day."""


@made_for("service_announcement")
def _service_announcement(paper: Paper, facts: Known) -> Facts:
    served = next(one for one in SERVICES if paper.form.get(one.day))
    situation = paper.situation
    rule = paper.rules.deadlines[announcement_rule(situation)]
    value = rule.in_force(situation.today)
    return _paper(paper, served) | {
        "公告原因": paper.form.get("announce_reason"),
        "公告依据": quoted(paper, "cf-61", value.basis if value else "ms-95"),
        "公告内容": "\n".join(_content(paper, facts, served)) or None,
        "公告发布日期": day_of(moment_of(paper.form.get(served.day))),
        "公告期限": period(value),
        "视为送达日期": day_of(effect_of(situation, paper.form, served)),
    }


def _paper(paper: Paper, served: Served) -> Facts:
    """The paper that is served: its newest issue, or what the form calls it."""
    action = paper.rules.lifecycles["case"].actions["serve_other"]
    other = str(paper.form.get("other_document") or "")
    found = last_issued(paper, *_PAPERS.get(served.day, (other,)))
    title = found.title if found else action.form["other_document"].options.get(other, served.paper)
    return {"公告文书": title, "公告文书文号": found.number if found else None}


def _content(paper: Paper, facts: Known, served: Served) -> list[str]:
    """The main content of the paper and the party's rights, a paragraph each."""
    if served.day == "notice_served_on":
        planned = clause(in_words(paper, PLANNED, facts.get("拟处罚内容")))
        hearing = paper.situation.process.facts.get("notice_right") == "hearing"
        rights = "陈述、申辩和要求听证" if hearing else "陈述、申辩"
        return [
            f"本机关拟作出的行政处罚：{planned}。",
            f"你（单位）可以自视为送达之日起五个工作日内{rights}，逾期视为放弃此权利。",
        ]
    if served.day == "served_on" and paper.situation.process.facts.get("decision") == "penalty":
        decided = clause(in_words(paper, DECIDED, facts.get("处罚内容")))
        return [f"本机关决定对你（单位）处罚如下：{decided}。", *_ways_out(paper)]
    return []


def _ways_out(paper: Paper) -> list[str]:
    found = remedies(paper, "penalty_decision")
    if not all(found.values()):
        return []
    return [
        f"如不服本决定，可以自视为送达之日起{found['复议期限']}内向{found['复议机关']}申请行政复议；"
        f"也可以自视为送达之日起{found['起诉期限']}内依法向{found['管辖法院']}提起行政诉讼。"
    ]
