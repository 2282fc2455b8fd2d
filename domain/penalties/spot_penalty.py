"""Guards and conditions of penalties on the spot: small, certain, filed, and their cash banked."""

from decimal import Decimal

from domain.crime.standing_findings import findings_with_entry, is_sure
from domain.files.identifiers import names_nobody
from domain.guards.conditions import lead_is_market
from domain.guards.party import one_only
from domain.guards.registry import condition, day_of, guard, moment_of
from domain.penalties.court import review_was_decided
from domain.penalties.party_capacity import code_is_missing, is_unit, party_code
from domain.penalties.service import DECISION, served_already, took_effect_at
from domain.situation.penalty import DECIDED, Penalty, penalty_of
from domain.situation.situation import Situation

SMALL = ("warning", "fine")
"""The kinds that may be imposed on the spot (行政处罚法第五十一条)."""


def _penalty(s: Situation) -> Penalty:
    return penalty_of(s.form, DECIDED)


def _figure(s: Situation, name: str) -> Decimal:
    return s.law.parameters[name].in_force(s.today)


@guard
def party_is_known_on_spot(s: Situation) -> str | None:
    """Who is punished on the spot stands before the officers and has a name."""
    name = s.text("subject_name") or s.subject.subject_name
    if not names_nobody(name):
        return one_only(name, "请在「当事人」中只写一个")
    return "当事人不明，不得处罚：请查验身份证件或者营业执照，填写「当事人」"


@guard
def spot_kinds_are_warning_and_fine(s: Situation) -> str | None:
    """Only warnings and small fines are imposed on the spot."""
    penalty = _penalty(s)
    heavier = [s.law.penalties[one].label for one in penalty.kinds if one not in SMALL]
    if heavier:
        return f"{'、'.join(heavier)}不得当场决定，请结束核查后「立案」，走普通程序"
    if ("fine" in penalty.kinds) != (penalty.fine > 0):
        return "处罚种类有罚款的须填写罚款金额，没有罚款的不填"
    return None


@guard
def spot_fine_is_small(s: Situation) -> str | None:
    """A fine on the spot stays within the law's figure for citizens, or for organisations."""
    unit = is_unit(s) and (bool(party_code(s)) or s.text("offender") == "unit")
    most = _figure(s, "spot_fine_unit" if unit else "spot_fine_person")
    if _penalty(s).fine <= most:
        return None
    whom = "法人或者其他组织" if unit else "公民"
    told = f"对{whom}当场罚款不得超过{most:,.0f}元，超过的请「立案」，走普通程序"
    return told + code_is_missing(s)


@guard
def no_crime_is_fined_on_spot(s: Situation) -> str | None:
    """What is told reaches no criminal standard, and every question of screening is answered.

    行政处罚法 51 shortens the procedure; 310号令 3 and 行政处罚法 8, 57 hold in it as in a case.
    """
    found = findings_with_entry(s)
    met = [one.reason for one in found if is_sure(one)]
    if met:
        return (
            f"违法事实已达涉嫌犯罪标准（{'；'.join(met)}），不得当场处罚代替移送；"
            "请作出「涉嫌犯罪」的核查结论，办理「提出涉罪移送」"
        )
    asked = [f"{one.name}：{question.text}" for one in found for question in one.questions]
    if not asked:
        return None
    return (
        f"涉嫌犯罪初筛还有问题没有回答（{'；'.join(asked)}），"
        "请在「定性问题」中逐题写明罪名、情形，是否符合填“是”或者“否”"
    )


@guard
def way_of_paying_fits(s: Situation) -> str | None:
    """Cash is taken on the spot on a ground of the law only, against a receipt."""
    fine, way = _penalty(s).fine, s.text("pay_by")
    if (fine > 0) == (way == "none"):
        return "「缴纳方式」与罚款金额不符：有罚款的选择缴纳方式，没有罚款的选择「没有罚款」"
    if way != "cash":
        return None
    missing = [
        label
        for name, label in (("cash_ground", "当场收缴的情形"), ("receipt_no", "票据号码"))
        if not s.text(name)
    ]
    if missing:
        return f"当场收缴罚款的，请填写{'、'.join(f'「{one}」' for one in missing)}"
    most = _figure(s, "spot_cash")
    if s.text("cash_ground") == "small" and fine > most:
        return f"罚款{fine:,.2f}元，不属于「罚款一百元以下」，请核对「当场收缴的情形」"
    return None


def _fact(s: Situation, name: str) -> object:
    return s.process.facts.get(name)


def _cash(s: Situation) -> bool:
    return _fact(s, "pay_by") == "cash"


@guard
def record_is_not_filed(s: Situation) -> str | None:
    """A decision is filed with its organ once."""
    return "已经报备案" if _fact(s, "filed_with_organ_on") else None


@guard
def record_is_filed(s: Situation) -> str | None:
    """A penalty on the spot ends once its organ has the record."""
    if _fact(s, "filed_with_organ_on"):
        return None
    return "当场处罚决定尚未报所属行政机关备案，请先办理「报备案、交材料归档」"


@guard
def cash_is_held(s: Situation) -> str | None:
    """Cash taken on the spot lies with the officers until it is handed in."""
    if not _cash(s):
        return "本案没有当场收缴的罚款"
    return "当场收缴的罚款已经交至行政机关" if _fact(s, "handed_in_on") else None


@guard
def cash_was_handed_in(s: Situation) -> str | None:
    """The organ pays into the bank what its officers handed in, once."""
    if not _fact(s, "handed_in_on"):
        return "当场收缴的罚款尚未交至行政机关，请先办理「当场收缴的罚款交至行政机关」"
    return "已经缴付银行" if _fact(s, "banked_on") else None


@guard
def cash_is_banked(s: Situation) -> str | None:
    """No cash of a fine stays with officers or organ."""
    if not _cash(s) or _fact(s, "banked_on"):
        return None
    return "当场收缴的罚款尚未缴付指定的银行"


@guard
def amendment_awaits_service(s: Situation) -> str | None:
    """The decision on the spot was handed over there; what amends it is served once."""
    if not _fact(s, "decision_round"):
        return "当场处罚决定书已经当场交付，没有变更决定书需要送达"
    return served_already(s, DECISION, "变更决定书")


@guard
def amendment_is_served(s: Situation) -> str | None:
    """What amends a decision holds for the party from its service on."""
    if _fact(s, "decision") is None or took_effect_at(s, DECISION) is not None:
        return None
    label = s.law.lifecycles[s.process.kind].actions["serve"].label
    return f"变更决定书尚未送达，请先办理「{label}」"


@condition
def cash_was_taken(s: Situation) -> bool:
    """The fine was taken in cash on the spot."""
    return _cash(s) or s.text("pay_by") == "cash"


def _open_at_bank(s: Situation) -> bool:
    return s.text("pay_by") == "bank"


@condition
def spot_fine_of_market_is_open(s: Situation) -> bool:
    """A market regulator's fine on the spot is to be paid at the bank."""
    return lead_is_market(s) and _open_at_bank(s)


@condition
def open_fine_was_reviewed(s: Situation) -> bool:
    """A review was decided of a fine on the spot whose file is still open: the suit is waited for.

    What was paid and closed waits for nobody; a judgement opens it again.
    """
    return review_was_decided(s) and s.process.state != "closed"


@condition
def spot_fine_of_others_is_open(s: Situation) -> bool:
    """Another organ's fine on the spot is to be paid at the bank."""
    return not lead_is_market(s) and _open_at_bank(s)


@guard
def act_came_before_its_penalty(s: Situation) -> str | None:
    """Nobody is punished for what was not done yet."""
    ended, at = day_of(s.form.get("offence_ended_on")), moment_of(s.form.get("punished_at"))
    if ended is None or at is None or ended <= at.date():
        return None
    return (
        f"违法行为终了日期（{ended:%Y年%-m月%-d日}）晚于当场处罚时间（{at:%Y年%-m月%-d日}）："
        "尚未发生的行为不得处罚；行为持续到处罚之后的，请填写当场处罚之日"
    )
