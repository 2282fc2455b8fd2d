"""Facts of a paper: a clue, case or referral as the named values that a template may print."""

from collections.abc import Mapping
from datetime import datetime

from documents.facts.addressees import addressees
from documents.facts.endorsement import endorsement
from documents.facts.fact_values import printable
from documents.facts.paper import Paper
from documents.facts.specific_facts import specific
from domain.shapes.entries import Department
from domain.shapes.once_a_table import once_a_table
from domain.situation.acting_for import absent_here
from domain.situation.situation import CHINA, Actor, ProcessView

Facts = dict[str, object]
SIGNERS = frozenset({"department_head", "principal"})
_NOTHING: tuple[object, ...] = (None, "", [], ())
COORDINATING = frozenset({"arbiter"})
"""The chair in which an organ that settles disputes signs what it alone issues."""


def facts_for(paper: Paper) -> Facts:
    """Every fact known for a document, by its Chinese name; what is unknown is absent.

    General facts come first, then what forms recorded, then what this kind of document needs; later
    ones win. Moments are in China's time, amounts are decimals in yuan. Nothing is checked: what a
    template requires and the facts lack is found by `Template.missing`.
    """
    told = paper.told
    if told.common is None or told.facts is None:
        told.common = _subject(paper) | _organ(paper)
        told.facts = _told_by_forms(paper)
        if paper.situation.clue is not None:
            told.facts["案由"] = cause_of(paper)
    facts = {**told.common, **_own(paper), **told.facts}
    facts |= addressees(paper) | endorsement(paper)
    maker = specific.get(paper.kind)
    if maker is not None:
        facts |= maker(paper, facts)
    return {name: value for name, value in facts.items() if value or value not in _NOTHING}


def _own(paper: Paper) -> Facts:
    """What depends on the kind of paper: its number, who signs it, how an unknown party is told."""
    found: Facts = {
        "文号": paper.number,
        "签发人": signed_by(paper.situation.actor, paper.rules.documents[paper.kind].signer),
    }
    if paper.situation.clue is not None and not paper.situation.clue.subject_name:
        found["当事人"] = _nobody(paper)
    return found


def _told_by_forms(paper: Paper) -> Facts:
    found: Facts = {}
    for process in _lineage(paper):
        found |= recorded(paper, process)
    return found | _labelled(paper, paper.situation.process.kind, paper.action, paper.form)


def recorded(paper: Paper, process: ProcessView) -> Facts:
    """What the forms of a process recorded, by label; later forms win."""
    forms = process.facts.get("forms")
    found: Facts = {}
    if isinstance(forms, Mapping):
        for action, values in forms.items():
            found |= _labelled(paper, process.kind, str(action), values)
    return found


def _labelled(paper: Paper, kind: str, action: str, values: Mapping[str, object]) -> Facts:
    transition = paper.rules.lifecycles[kind].actions.get(action)
    if transition is None:
        return {}
    return {
        field.label: printable(values[name], field, paper)
        for name, field in transition.form.items()
        if name in values
    }


CAME_BY = {
    "media": "媒体报道",
    "superior": "交办",
    "department": "移送",
    "justice": "移送",
    "inspection": "检查发现",
    "risk": "风险预警发现",
}
"""How a letter says that a clue came which nobody reported, by its channel; all others: 反映."""


def _lineage(paper: Paper) -> list[ProcessView]:
    """The clue, the newest process of each kind beside it, and the process at hand."""
    situation = paper.situation
    own = situation.process
    others = [situation.latest(kind) for kind in ("clue", "verification", "case", "referral")]
    found = [one for one in others if one is not None and one.kind != own.kind]
    return [*found, own]


def _subject(paper: Paper) -> Facts:
    """What the document is about: the clue and its case, or the undertaking."""
    found = paper.situation.undertaking
    if found is None:
        return _clue(paper) | _case(paper)
    return {"事项编号": found.no, "事项标题": found.title}


def _clue(paper: Paper) -> Facts:
    clue = paper.situation.subject
    matter = paper.rules.matters.get(str(paper.form.get("matter") or clue.matter or ""))
    channels = paper.rules.lifecycles["clue"].actions["register"].form["channel"].options
    source = channels.get(clue.channel, clue.channel)
    holder = _clue_process(paper)
    return {
        "线索编号": clue.no,
        "登记时间": clue.registered_at.astimezone(CHINA),
        "收到时间": clue.received_at.astimezone(CHINA),
        "反映日期": clue.received_at.astimezone(CHINA).date(),
        "来件方式": CAME_BY.get(clue.channel),
        "本机关收到时间": _received_here(paper, holder),
        "线索来源": source,
        "案件来源": source,
        "外部编号": clue.outside_no,
        "线索标题": clue.title,
        "线索内容": clue.content,
        "发生地点": clue.place,
        "当事人": clue.subject_name,
        "证件号码": clue.subject_code,
        "住所": clue.subject_address,
        "当事人电话": clue.subject_phone,
        "举报人": clue.reporter,
        "监管领域": matter.field if matter else None,
        "监管事项": matter.name if matter else None,
        "主办部门": _name(paper, holder.department) if holder else None,
        "协办部门": _names(paper, holder.facts.get("cooperating")) if holder else None,
        "案件名称": case_name(paper),
    }


def _received_here(paper: Paper, holder: ProcessView | None) -> datetime:
    """When the clue reached the organ that has it: with its dispatch; else when it came in."""
    sent = holder.facts.get("dispatched_at") if holder else None
    found = datetime.fromisoformat(sent) if isinstance(sent, str) else None
    return (found or paper.situation.subject.received_at).astimezone(CHINA)


def case_name(paper: Paper) -> str:
    """How a case is called: the party and what it is suspected of; before that, the clue."""
    clue = paper.situation.subject
    suspected = _suspected(paper)
    if not suspected:
        return f"线索“{clue.title}”"
    return f"{clue.subject_name or '未查明身份的人员'}涉嫌{suspected}案"


def _nobody(paper: Paper) -> str | None:
    """What stands for a party without a name: before a case nobody yet, in a referral a suspect.

    Once a case is filed a paper without the name is refused.
    """
    if paper.situation.process.kind == "referral" or "crime_facts" in paper.form:
        return "身份待公安机关查明"
    filed = paper.situation.process.kind == "case" or paper.situation.latest("case") is not None
    return None if filed or paper.kind == "filing_approval" else "（当事人待查）"


def cause_of(paper: Paper) -> str:
    """What the party is suspected of: as a person stated it, else what the clue says it is."""
    clue = paper.situation.subject
    title = clue.title.removeprefix(clue.subject_name or "") or clue.title
    return _suspected(paper) or title.removeprefix("涉嫌")


def _suspected(paper: Paper) -> str:
    """The act a case was filed for; of a referral, the offences it is made for."""
    case, referral = (paper.situation.latest(kind) for kind in ("case", "referral"))
    own = paper.situation.process.facts.get("cause")
    filed = str(paper.form.get("cause") or (case.facts.get("cause") if case else own) or "")
    told = paper.form.get("offences") or (referral.facts.get("offences") if referral else None)
    names = told if isinstance(told, list | tuple) else ()
    known = [paper.rules.offences[one].charge for one in names if one in paper.rules.offences]
    offences = "及".join(one.partition("罪")[0] for one in known)
    criminal = paper.situation.process.kind == "referral" or "offences" in paper.form
    first, second = (offences, filed) if criminal else (filed, offences)
    return (first or second).removeprefix("涉嫌")


def _case(paper: Paper) -> Facts:
    own = paper.situation.process
    case = own if own.kind == "case" else paper.situation.latest("case")
    if case is None or case.opened_at is None:
        return {}
    return {"立案日期": case.opened_at.astimezone(CHINA).date()}


def _clue_process(paper: Paper) -> ProcessView | None:
    own = paper.situation.process
    return own if own.kind == "clue" else paper.situation.latest("clue")


def _main_line(paper: Paper) -> ProcessView | None:
    """The clue or undertaking as a process, with who handles it."""
    own = paper.situation.process
    root = paper.rules.lifecycles[own.kind].root
    return own if own.kind == root else paper.situation.latest(root)


def _organ(paper: Paper) -> Facts:
    situation = paper.situation
    organ = paper.rules.departments[situation.actor.department]
    main = _main_line(paper)
    handler = paper.people.get(str(main.facts.get("handler_user"))) if main else None
    # Who is absent answers no telephone: the paper names who stands in for him.
    same = (
        handler is not None
        and handler.department == situation.actor.department
        and absent_here(situation) is None
    )
    contact = handler.name if handler and same else situation.actor.name
    phone = (handler.phone if handler and same else situation.actor.phone) or organ.phone
    kin = _names_by_area(paper.rules.departments).get(organ.area, {})
    return {
        "成文日期": situation.today,
        "经办人": contact,
        "经办人电话": phone,
        "承办部门": organ.name,
        "承办部门简称": organ.short,
        "机关地址": organ.address,
        "联系人": contact,
        "联系电话": phone,
        "上级机关": _name(paper, organ.superior),
        "同级公安机关": kin.get("police"),
        "同级检察机关": kin.get("procuratorate"),
    }


@once_a_table
def _names_by_area(departments: Mapping[str, Department]) -> Mapping[str, Mapping[str, str]]:
    """By area and kind, the name of the last department that is not closed."""
    found: dict[str, dict[str, str]] = {}
    for one in departments.values():
        if not one.closed:
            found.setdefault(one.area, {})[one.kind] = one.name
    return found


def signed_by(actor: Actor, chair: str) -> str | None:
    """Who signs for the organ: its head or principal, for a coordinating organ its arbiter.

    `chair`: the one that signs this kind of paper; who holds it by authority only, says so.
    """
    signing = actor.roles & (SIGNERS | ({chair} & COORDINATING))
    if not signing:
        return None
    entrusted = (signing & {chair} or signing) <= actor.standing_in
    return f"{actor.name}（受委托主持工作的负责人）" if entrusted else actor.name


def _name(paper: Paper, department: str | None) -> str | None:
    found = paper.rules.departments.get(department or "")
    return found.name if found else None


def _names(paper: Paper, departments: object) -> list[str]:
    found = departments if isinstance(departments, list | tuple) else []
    return [name for name in (_name(paper, str(one)) for one in found) if name]
