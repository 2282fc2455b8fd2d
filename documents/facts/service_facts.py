"""Facts of the papers of service: the receipt as its act tells, and what is announced."""

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
from documents.facts.paper import Issued, Paper
from documents.facts.penalty_facts import in_words, review_first
from documents.values.filters import clause
from domain.guards.registry import moment_of
from domain.penalties.paper_service import PARTY, kinds_served, paper_served
from domain.penalties.remedy import review_goes_first
from domain.penalties.service import (
    LIEN,
    SERVICES,
    WAYS,
    Served,
    announcement_rule,
    at_hand,
    effect_of,
)
from domain.situation.penalty import DECIDED, PLANNED


@made_for("service_receipt")
def _service_receipt(paper: Paper, facts: Known) -> Facts:
    """Beside a paper just issued it is open, to be filled in by hand; after the act it is full."""
    served = at_hand(paper.form)
    return {
        "受送达人": facts.get("当事人"),
        "送达文书": [{"名称": one.title, "文号": one.number} for one in _served_papers(paper)],
        **(_told(paper, served) if served else dict.fromkeys(_BY_HAND)),
    }


_BY_HAND = (
    *("送达时间", "送达地点", "送达方式", "收件人"),
    *("与受送达人关系", "见证人", "送达人", "备注"),
)
"""What stays open until the paper is served."""


def _served_papers(paper: Paper) -> list[Issued]:
    """What goes to the party: what the step issues, or what came with the paper served now."""
    found = paper_served(paper.situation)
    main = next((one for one in paper.issued if found and one.id == found.id), None)
    at, process = paper.situation.now, None
    if main and not any(_goes_to_party(paper, one) and one.id is None for one in paper.issued):
        at, process = main.issued_at, main.process
    return [
        one
        for one in paper.issued
        if _goes_to_party(paper, one) and one.issued_at == at and process in (None, one.process)
    ]


def _goes_to_party(paper: Paper, one: Issued) -> bool:
    return paper.rules.documents[one.kind].to == PARTY


def _told(paper: Paper, served: Served) -> Facts:
    """What the form of the service says; a service on the spot without a way is a direct one."""
    form = paper.form
    way = str(form.get(served.way) or "direct")
    servers = form.get("servers")
    people = [str(one) for one in servers] if isinstance(servers, list) else []
    return {
        "送达时间": moment_of(form.get(served.day)),
        "送达地点": form.get("service_place"),
        "送达方式": WAYS[way],
        "收件人": form.get("recipient"),
        "与受送达人关系": form.get("recipient_relation"),
        "见证人": form.get("lien_witness") if way == LIEN else None,
        "送达人": [paper.people[one].name for one in people if one in paper.people],
        "备注": _remark(paper, way),
    }


def _remark(paper: Paper, way: str) -> str | None:
    form = paper.form
    told = [str(clause(form.get("service_note") or ""))]
    if way == LIEN:
        told.append(f"受送达人拒绝接收：{clause(str(form.get('lien_refusal') or ''))}")
        filmed = "已拍照、录像记录送达过程，" if form.get("lien_recorded") else ""
        told.append(f"{filmed}文书留置于受送达人的住所")
    return "；".join(one for one in told if one) or None


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
    found = last_issued(paper, *kinds_served(paper.form, served))
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
    first = review_goes_first(paper.situation)
    found = review_first(paper) if first else remedies(paper, "penalty_decision")
    if not all(found.values()):
        return []
    if first:
        return [
            f"如不服本决定，应当先自视为送达之日起{found['复议期限']}内向{found['复议机关']}申请行政复议；"
            f"对行政复议决定不服的，可以自收到行政复议决定书之日起{found['起诉期限']}内"
            f"依法向{found['管辖法院']}提起行政诉讼。"
        ]
    return [
        f"如不服本决定，可以自视为送达之日起{found['复议期限']}内向{found['复议机关']}申请行政复议；"
        f"也可以自视为送达之日起{found['起诉期限']}内依法向{found['管辖法院']}提起行政诉讼。"
    ]
