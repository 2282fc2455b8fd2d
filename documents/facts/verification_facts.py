"""Facts of looking into a matter: its records, who is recused, a verification and its report."""

from documents.facts.cooperation_facts import about_the_matter
from documents.facts.makers import (
    Facts,
    Known,
    cited,
    day_of,
    department_name,
    due,
    evidence,
    made_for,
)
from documents.facts.paper import Paper
from documents.values.filters import cn_date
from domain.situation.situation import ProcessView

_KEPT = "查明的事实涉嫌犯罪，拟依法移送；案情、数额和证据应当保密，不在本报告载明，存入案卷。"
"""What a hotline is told of a crime: its report is read by all parties to the clue."""


@made_for("joint_verification_notice")
def _joint_verification_notice(paper: Paper, facts: Known) -> Facts:
    limit = facts.get("协查反馈期限") or due(paper, "part_reply")
    named = facts.get("协同核查部门")
    names = [str(one) for one in named] if isinstance(named, list) else []
    return {
        "案情": about_the_matter(paper, facts),
        "核查依据": cited(paper),
        "协办部门": names,
        "核查分工": [
            {"部门": one, "任务": facts.get("核查事项"), "反馈期限": limit} for one in names
        ],
    }


@made_for("verification_report")
def _verification_report(paper: Paper, facts: Known) -> Facts:
    parts = paper.situation.parts()
    own = department_name(paper, paper.situation.actor.department)
    came_with = paper.handed_over_with()
    opinions = [{"部门": own, "查明情况": facts.get("核查情况"), "处理意见": facts.get("处理建议")}]
    opinions += [_opinion(paper, part) for part in parts if part.state in {"submitted", "declined"}]
    answered = (one.department for one in parts if one.state == "submitted")
    took_part = [department_name(paper, one) for one in answered]
    return {
        **_to_own_head(facts),
        "来文名称": came_with.title if came_with else None,
        "转办文号": came_with.number if came_with else None,
        "协办部门": took_part,
        "核查经过": facts.get("核查经过") or _course(paper, took_part),
        "证据清单": evidence(facts.get("证据")),
        "核查意见": opinions if parts else None,
        "不同意见": [
            {"部门": department_name(paper, part.department), "意见": part.facts.get("dissent")}
            for part in parts
            if part.facts.get("dissent")
        ],
        "未反馈部门": [
            {
                "部门": department_name(paper, part.department),
                "说明": facts.get("部门未反馈仍作结论的理由"),
            }
            for part in parts
            if part.state in {"asked", "passed_over"}
        ],
        **_kept_from_the_desk(paper, facts),
    }


def _kept_from_the_desk(paper: Paper, facts: Known) -> Facts:
    """A suspected crime is not laid out to the hotline: whoever reads the clue would read it."""
    to_desk = facts.get("主送机关") == [department_name(paper, paper.situation.subject.desk)]
    if paper.form.get("finding") != "criminal" or not to_desk:
        return {}
    return {"核查情况": _KEPT, "证据清单": None, "核查意见": None, "不同意见": []}


def _to_own_head(facts: Known) -> Facts:
    """What the organ found out by itself is reported to its own head."""
    return {} if facts.get("主送机关") else {"主送机关": ["本机关负责人"]}


def _course(paper: Paper, took_part: list[str | None]) -> str:
    """When the organ received the clue, who verified it, and which departments answered."""
    main = paper.situation.latest("clue")
    recorded = main.facts if main else {}
    received = day_of(recorded.get("dispatched_at"))
    handler = paper.people.get(str(recorded.get("handler_user")))
    name = handler.name if handler else paper.situation.actor.name
    came = f"本机关于{cn_date(received)}收到该线索，" if received else "本机关"
    others = f"，{'、'.join(filter(None, took_part))}反馈了协查意见" if took_part else ""
    return f"{came}由{name}负责核查{others}，{cn_date(paper.situation.today)}作出核查结论。"


def _opinion(paper: Paper, part: ProcessView) -> Facts:
    return {
        "部门": department_name(paper, part.department),
        "查明情况": part.facts.get("findings") or f"说明无关：{part.facts.get('reason')}",
        "处理意见": part.facts.get("opinion"),
        "反馈时间": day_of(part.facts.get("answered_at")),
    }


# --- records ---


def _with_numbers(paper: Paper) -> list[str]:
    """The officers of a record with the numbers of their certificates."""
    people = [paper.people.get(one) for one in paper.situation.names("case_officers")]
    return [f"{one.name}（{one.certificate_no}）" for one in people if one]


@made_for("scene_record", "inquiry_record", "destruction_record", "sampling_record")
def _record(paper: Paper, facts: Known) -> Facts:
    return {"执法人员及证号": _with_numbers(paper)}


@made_for("inspection_record")
def _inspection(paper: Paper, facts: Known) -> Facts:
    return {
        "执法人员及证号": _with_numbers(paper),
        "检查场所": facts.get("检查（勘验）场所"),
        "检查对象": facts.get("检查（勘验）对象"),
        "检查情况": facts.get("检查（勘验）情况"),
    }


@made_for("recusal_decision")
def _recusal(paper: Paper, facts: Known) -> Facts:
    by_party = paper.situation.process.facts.get("applied_by") == "party"
    return {
        "准予回避": paper.action == "grant",
        "申请人": facts.get("当事人") if by_party else facts.get("被提出回避的人员"),
    }
