"""The wording of the rehearsal's forms: the narrative's words, else ordinary ones."""

from collections.abc import Mapping

from documents.facts.penalty_facts import penalty_lines
from domain.crime.tier_weighing import answer_key
from domain.files.identifiers import credit_code, is_identity_number, unit_code
from domain.guards.registry import moment_of
from domain.lookup.legal_basis import written
from domain.penalties.party_capacity import SOLE_TRADER
from domain.rulebook.quotation import quote_articles
from domain.situation.discretion import DEGREE, offered
from domain.situation.penalty import DECIDED, PLANNED, Fields, Penalty
from flows.rehearsal.evidence_wording import evidence, materials, proving
from flows.rehearsal.people import officers
from flows.rehearsal.scene import Scene

Form = dict[str, object]
GOODS_COLUMNS = ("名称", "规格", "单位", "数量", "存放地点")
HANDED_COLUMNS = GOODS_COLUMNS[:4]
PARTY_HEADS = (
    "翟永昌",
    "关立本",
    "冉国栋",
    "阎守信",
    "蒲建功",
    "雍长顺",
    "昝福来",
    "郏广源",
    "逄德厚",
    "麻传喜",
    "冷兆丰",
)
"""Fictitious heads of the parties, in turn."""


def subject_of(scene: Scene) -> str:
    """The party as the record names it."""
    return scene.clue().subject_name or "当事人（待查）"


def laws(scene: Scene) -> str:
    """The laws that the clue's matter rests on, by name; articles are for the legal staff."""
    matter = scene.stage.office.rules.matters.get(scene.clue().matter_id or "")
    return "、".join(matter.basis) if matter else "有关法律、法规"


def article(scene: Scene, kind: str) -> str:
    """The article of the clue's matter that its case breaks, that punishes it, or lets seize.

    `kind`: `prohibits`, `punishes` or `measures` of the matter; where nobody read such an article,
    the first of its laws by name, a doubt that stands beside the form.
    """
    rules = scene.stage.office.rules
    matter = rules.matters.get(scene.clue().matter_id or "")
    named = getattr(matter, kind) if matter else ()
    meant = named[scene.told.article - 1 :][:1] or named[:1]
    return "、".join(written(rules, one) for one in meant) or laws(scene).partition("、")[0]


def found(scene: Scene) -> str:
    """What the verification found."""
    return scene.told.found or f"经现场核查，{scene.clue().title}所反映的情况基本属实。"


def cause(scene: Scene) -> str:
    """What the case is about."""
    return scene.told.cause or scene.clue().title


def conclusion(scene: Scene, finding: str, opinion: str) -> Form:
    """The conclusion of a verification."""
    return {
        "finding": finding,
        "summary": found(scene),
        "evidence": evidence(scene),
        "opinion": opinion,
        "subject_name": scene.told.party or None,
        "subject_code": scene.told.code or None,
    }


def filing(scene: Scene) -> Form:
    """The filing of a case by two officers."""
    received = scene.clue().received_at.astimezone(scene.now.tzinfo)
    return {
        "cause": cause(scene),
        "offence_ended_on": received.date().isoformat(),
        "filing_ground": f"有证据初步证明{subject_of(scene)}涉嫌{cause(scene)}，"
        f"违反{article(scene, 'prohibits')}的规定，属本机关管辖且在追责时效内，符合立案条件。",
        "case_officers": officers(scene.holder, scene.clue_id),
        "screened": list(scene.order.offences) or None,
        "no_offence_reason": no_offence(scene),
    }


def no_offence(scene: Scene) -> str | None:
    """The statement of whoever files a case that neither a matter nor anybody gives an offence."""
    if scene.clue().matter_id or scene.order.offences:
        return None
    return f"{cause(scene)}没有监管事项可选，经对照罪名表，没有对应罪名。"


def facts_recorded(scene: Scene) -> Form:
    """The facts with their quantities, and the questions of screening answered."""
    quantities = {key: str(value) for key, value in scene.order.facts.items()}
    return {
        "facts_found": found(scene),
        "offender": offender(scene),
        "quantities": quantities,
        "screened": list(scene.order.offences) or None,
        "answers": answers(scene) or None,
        **party(scene),
    }


def screened(scene: Scene) -> Form:
    """The sums of the order and the questions of screening, where no case is filed."""
    quantities = {key: str(value) for key, value in scene.order.facts.items()}
    return {
        "quantities": quantities or None,
        "nothing_measured": None if quantities else True,
        "screened": list(scene.order.offences) or None,
        "answers": answers(scene) or None,
    }


def offender(scene: Scene) -> str:
    """A person or a unit: as the party's number says, else as the order does."""
    code = credit_code(scene.clue().subject_code or "")
    if not code:
        return scene.order.offender
    return "unit" if unit_code(code) and not code.startswith(SOLE_TRADER) else "individual"


def answers(scene: Scene) -> list[Mapping[str, str]]:
    """The officers' answer to every question that may be asked: no, unless the order says yes."""
    rules = scene.stage.office.rules
    matter = rules.matters.get(scene.clue().matter_id or "")
    of_matter = matter.offences if matter else ()
    return [
        {
            "offence": key,
            "tier": name,
            "answer": "是" if scene.order.answers.get(answer_key(key, name)) else "否",
        }
        for key in dict.fromkeys((*of_matter, *scene.order.offences))
        for name, tier in rules.offences[key].tiers.items()
        if tier.question
    ]


def party(scene: Scene) -> Form:
    """Who the party is, as its licence shows; a person has none."""
    clue = scene.clue()
    if not clue.subject_code or is_identity_number(clue.subject_code):
        return {"subject_address": clue.subject_address or clue.place or None}
    return {
        "licence": "营业执照",
        "legal_person": PARTY_HEADS[scene.clue_id % len(PARTY_HEADS)],
        "subject_address": clue.subject_address or clue.place or None,
    }


def report(scene: Scene) -> Form:
    """The report that ends an investigation."""
    start = scene.situation("case").process.opened_at
    since = f"于{start.astimezone(scene.now.tzinfo):%Y年%-m月%-d日}" if start else ""
    return {
        "investigation": f"核查期间检查了现场，本机关{since}立案。立案后询问当事人和证人，"
        "调取书证，并对取得的证据逐一核实，当事人对事实无异议。",
        "evidence": proving(scene),
        "nature": f"上述行为构成{cause(scene)}的违法行为，"
        f"违反了{article(scene, 'prohibits')}的规定。",
        "discretion": scene.told.discretion or "依法适中处罚。",
        "opinion": proposal(scene),
    }


def proposal(scene: Scene) -> str:
    """What the officers propose at the end: what is decided afterwards, and nothing heavier."""
    if "no_penalty" in scene.turns:
        return "违法行为轻微并及时改正，没有造成危害后果，建议责令改正，不予行政处罚。"
    ground = article(scene, "punishes")
    return f"依据{ground}的规定，建议责令改正，并{'；'.join(imposed(scene))}。"


CLOSING = "案件已按决定办理完毕，文书、证据齐全，建议结案。"
"""What the officers say before a case is closed."""
CORRECT = "同时责令改正违法行为。"
"""What stands beside every penalty (行政处罚法第二十八条第一款)."""


def penalty(scene: Scene) -> Penalty:
    """What the party is to bear."""
    told = scene.told
    kinds = ["fine" if told.fine else "warning"]
    kinds += ["illegal_gains"] if told.confiscated else []
    kinds += ["illegal_goods"] if told.forfeited else []
    return Penalty(tuple(kinds), told.fine, told.confiscated, told.forfeited)


def imposed(scene: Scene) -> list[str]:
    """The penalty kind by kind, as papers say it."""
    return list(penalty_lines(penalty(scene), scene.stage.office.rules.penalties))


def stated(scene: Scene, names: Fields) -> Form:
    """The penalty in the fields of a form."""
    found = penalty(scene)
    return {
        names.kinds: list(found.kinds),
        names.fine: str(found.fine) if found.fine else None,
        names.confiscated: str(found.confiscated) if found.confiscated else None,
        names.goods: str(found.goods) if found.goods else None,
    }


def beside(scene: Scene) -> str:
    """What stands beside the kinds of a penalty: which goods are taken, and the order."""
    if not scene.told.forfeited:
        return CORRECT
    named = "、".join(f"{one[0]}{one[3]}{one[2]}" for one in scene.told.goods)
    return f"没收{named or '清单所列的违法商品'}；{CORRECT}"


def notice(scene: Scene, right: str) -> Form:
    """The notice before a penalty, served on the spot."""
    return {
        **stated(scene, PLANNED),
        **degree(scene),
        "planned_penalty": beside(scene),
        "penalty_ground": article(scene, "punishes"),
        "notice_right": right,
        **capacity(scene),
        "notice_served_on": scene.now.isoformat(),
        **received(scene),
    }


def capacity(scene: Scene) -> Form:
    """Of a person, what was found of its age and mind; a unit is asked nothing."""
    return {"capacity": "full"} if offender(scene) == "individual" else {}


def received(scene: Scene) -> Form:
    """Who takes a paper served on the spot."""
    return {
        "recipient": f"{subject_of(scene)}负责人",
        "recipient_relation": "负责人",
        "service_place": scene.clue().place or "当事人经营场所",
    }


def degree(scene: Scene) -> Form:
    """The degree of the discretion standard that the fine lies in, where there is a standard."""
    found = offered(scene.situation("case"))
    fits = [one.name for one in found if one.allows(scene.told.fine)]
    return {DEGREE: fits[0]} if fits else {}


WARNED: Form = {
    "pay_way": None,
    "performance": "自收到本决定书之日起改正违法行为",
    "publish": "exempt",
    "exemption": "仅给予警告，经审批不予公示。",
}
"""What differs in a decision that only warns."""


def decision(scene: Scene) -> Form:
    """The decision."""
    return {
        **stated(scene, DECIDED),
        "penalty": beside(scene),
        "discretion": scene.told.discretion or "依法适中处罚。",
        "pay_way": "凭随决定书送达的缴款码到代收银行",
        "publish": "publish",
        **({} if scene.told.fine else WARNED),
    }


TO_THE_POLICE = ("so310-3", "so310-5-2")
"""What every referral rests on beside the criminal law."""


def rows(goods: tuple[tuple[str, ...], ...], columns: tuple[str, ...]) -> list[Mapping[str, str]]:
    """Goods as rows of a list."""
    return [dict(zip(columns, one, strict=False)) for one in goods]


def referral(scene: Scene) -> Form:
    """The report that proposes a criminal referral, with its lists."""
    rules = scene.stage.office.rules
    offences = suspected(scene)
    articles = quote_articles(rules, (rules.offences[one].article for one in offences))
    clue = scene.clue()
    code = clue.subject_code or ""
    known = f"统一社会信用代码{code}；实际经营者身份信息详见询问笔录。"
    if is_identity_number(code):
        known = f"公民身份号码{code}，住址见上，身份证件复印件随案移送。"
    names = "、".join(rules.offences[one].charge for one in offences)
    return {
        "officers": officers(scene.holder, scene.clue_id),
        "offences": offences,
        "suspect": f"{subject_of(scene)}，{known if code else '身份待公安机关查明。'}",
        "subject_address": clue.subject_address or clue.place or None,
        "discovery": discovery(scene),
        "crime_facts": found(scene),
        "crime_evidence": proving(scene),
        "crime_ground": f"{articles}；{quote_articles(rules, TO_THE_POLICE)}。",
        "crime_opinion": f"上述事实涉嫌{names}，建议移送公安机关立案侦查。",
        "goods": rows(scene.told.goods, GOODS_COLUMNS) or None,
        "appraisal": "检验、鉴定或者辨认意见已取得，随案移送。"
        if any(word in evidence(scene) for word in ("检验", "鉴定", "辨认", "检测"))
        else "本案依据书证、笔录认定事实，无需检验鉴定。",
        "materials": materials(scene),
    }


def discovery(scene: Scene) -> str:
    """How the bureau came to the matter: when the hotline took the call, and when it sent it on."""
    clue = scene.clue()
    called = clue.received_at.astimezone(scene.now.tzinfo)
    sent = moment_of(scene.facts().get("dispatched_at"))
    on = f"，{sent.astimezone(scene.now.tzinfo):%-m月%-d日}转本机关" if sent else ""
    order = clue.outside_no or clue.no
    return f"12345热线{called:%Y年%-m月%-d日}受理（工单{order}）{on}，核查中查获。"


def suspected(scene: Scene) -> list[str]:
    """The offences that the screening found met; before there is a case, those affirmed.

    Where the facts bear only some of them, those that the narrative names.
    """
    if scene.told.charges:
        return list(scene.told.charges)
    screening = scene.facts("case").get("screening")
    met = (
        [str(one["offence"]) for one in screening if one.get("met")]
        if isinstance(screening, list)
        else []
    )
    yes = {key.partition(".")[0] for key, said in scene.order.answers.items() if said}
    affirmed = [key for key in scene.order.offences if key in yes]
    return met or affirmed or list(scene.order.offences[:1])


def handover(scene: Scene) -> Form:
    """The goods handed to the police."""
    return {
        "handed_goods": rows(scene.told.goods, HANDED_COLUMNS)
        or [{"名称": "案卷材料", "单位": "册", "数量": "1"}],
        "handed_to": scene.who("police").name,
        "handed_at": scene.now.isoformat(),
    }
