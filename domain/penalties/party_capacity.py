"""Who may be punished, and as what: a person is no unit, nor answers every person for its acts."""

import re
from datetime import date

from domain.files.identifiers import birthday_of, credit_code, credit_code_fault, is_identity_number
from domain.guards.registry import day_of, guard
from domain.situation.situation import Situation

SOLE_TRADER = "92"
"""How the credit code of an individual business begins; it is fined as its owner is."""
NO_PENALTY_BELOW = 14
MILDER_BELOW = 18
"""Full years of age of 行政处罚法第三十条."""


def party_code(s: Situation) -> str:
    """The party's number as the form or the record holds it, tidied; empty where it is no number.

    A form that names another party without a number leaves none: the old one was somebody else's.
    """
    name = s.text("subject_name")
    is_another = bool(name) and name != s.subject.subject_name
    recorded = s.subject.subject_code or str(s.process.facts.get("subject_code") or "")
    code = credit_code(s.text("subject_code") or ("" if is_another else recorded))
    return code if code and credit_code_fault(code) is None else ""


UNIT_GROUND = "unit_ground"
"""The field in which officers say why a unit has no credit code, and who answers for it."""
FEWEST_WORDS = 10


def is_unit(s: Situation) -> bool:
    """Whether the party is a legal person or another organisation; its number says so first.

    Without a number the word alone makes no unit of a person, who would lose hearing and cap.
    """
    if code := party_code(s):
        return not _is_of_person(code)
    named = s.text("subject_name") or s.subject.subject_name
    return named.endswith("公司") or (is_called_unit(s) and _has_no_code(s))


def code_is_missing(s: Situation) -> str:
    """What to do about a unit that is treated as a person; empty for others."""
    if is_unit(s) or not is_called_unit(s):
        return ""
    place = "" if s.text("offender") else "在「行政处罚案件·登记违法事实」中"
    return (
        f"；当事人是单位而没有统一社会信用代码的，请{place}填写「单位没有代码的说明」"
        f"（为什么没有、由谁承担责任，不少于{FEWEST_WORDS}个字）"
    )


def is_called_unit(s: Situation) -> bool:
    """Whether officers entered the party as a unit, whatever its number says."""
    return (s.text("offender") or s.process.facts.get("offender")) == "unit"


def _has_no_code(s: Situation) -> bool:
    told = s.text(UNIT_GROUND) or str(s.process.facts.get(UNIT_GROUND) or "")
    return len(re.findall(r"\w", told)) >= FEWEST_WORDS


def _is_of_person(code: str) -> bool:
    return code.startswith(SOLE_TRADER) or is_identity_number(code)


@guard
def offender_fits_its_code(s: Situation) -> str | None:
    """A person or an individual business entered as a unit would lose hearing and cap."""
    code = party_code(s)
    offender = s.text("offender") or s.process.facts.get("offender")
    if not code or not offender or (offender == "unit") != _is_of_person(code):
        return None
    if is_identity_number(code):
        said = "证件号码是居民身份证号码，当事人是自然人"
    elif offender == "unit":
        said = "统一社会信用代码以92开头，当事人是个体工商户"
    else:
        said = "统一社会信用代码是法人、其他组织的，当事人是单位"
    proper = "个人" if offender == "unit" else "单位"
    return (
        f"{said}，「违法主体」应为“{proper}”（听证数额和当场罚款的限额因此不同）："
        "请在「登记违法事实」或者本表单中更正违法主体；号码登记有误的更正证件号码"
    )


def _offended_on(s: Situation) -> date:
    told = s.form.get("offence_ended_on") or s.process.facts.get("offence_ended_on")
    return day_of(told) or s.today


def _is_below(s: Situation, years: int) -> bool:
    """Whether the party, on the day on which the act ended, was not yet of that many full years.

    A full year of age is counted from the day after the birthday.
    """
    born = birthday_of(party_code(s))
    if born is None:
        return False
    return _age_on(born, _offended_on(s)) < years


@guard
def party_is_of_age(s: Situation) -> str | None:
    """Who was below fourteen when it acted is not punished (行政处罚法30)."""
    if not _is_below(s, NO_PENALTY_BELOW):
        return None
    born = birthday_of(party_code(s))
    return (
        f"当事人{born:%Y年%-m月%-d日}出生，违法行为终了时不满十四周岁，不予行政处罚，责令监护人加以管教："
        "请「立案」后由负责人办理「作出不予处罚决定」（法律规定的其他不予处罚情形）；"
        "证件号码登记有误的，先更正当事人"
    )


CAPACITY = "capacity"
"""The field in which officers say what they found of a person's age and mind."""
GUARDED = {"below_14": "责令监护人加以管教", "unable": "责令其监护人严加看管和治疗"}
"""Who is not punished, and what its guardian is told (行政处罚法30, 31)."""


@guard
def capacity_is_asked(s: Situation) -> str | None:
    """Of a person somebody found out how old and of what mind it was when it acted."""
    if s.text(CAPACITY) or is_unit(s):
        return None
    as_unit = "；是单位的，请在「登记违法事实」或者本表单更正「违法主体」，填写统一社会信用代码"
    return (
        "当事人是个人（含个体工商户的经营者）的，应当查明其违法时的年龄和精神、智力状况，"
        "请由办案人员询问、查验身份证件后选择「当事人责任能力」"
    ) + (code_is_missing(s) or as_unit)


@guard
def party_is_answerable(s: Situation) -> str | None:
    """Who does not answer for its acts is not punished; what is said fits the number."""
    told, born = s.text(CAPACITY), birthday_of(party_code(s))
    if told in GUARDED:
        return (
            f"当事人依法不承担行政处罚责任，不予行政处罚，{GUARDED[told]}：请由负责人办理"
            "「作出不予处罚决定」（法律规定的其他不予处罚情形；没有立案的先「立案」）"
        )
    if not told or born is None:
        return None
    minor = _is_below(s, MILDER_BELOW)
    if minor == (told == "minor") or (minor and told != "full"):
        return None
    proper = "不满十八周岁" if minor else "已满十八周岁"
    return (
        f"「当事人责任能力」与证件号码不符：按证件号码（{born:%Y年%-m月%-d日}出生），"
        f"当事人违法行为终了时{proper}；请更正选择，号码登记有误的先更正当事人"
    )


@guard
def minor_is_not_published(s: Situation) -> str | None:
    """The decision about somebody below eighteen is not published: it tells who he is."""
    born = birthday_of(party_code(s))
    told = s.process.facts.get(CAPACITY) == "minor"
    minor = told if born is None else _age_on(born, s.today) < MILDER_BELOW
    if s.text("publish") != "publish" or not minor:
        return None
    return (
        "当事人是未成年人，公示处罚决定会披露其姓名，不得披露有关案件中未成年人的身份信息："
        "「是否公示」请选择不予公示，并写明理由及批准情况"
    )


def _age_on(born: date, day: date) -> int:
    """Full years of age on a day; a year is full from the day after the birthday."""
    return day.year - born.year - ((day.month, day.day) <= (born.month, born.day))


@guard
def minor_is_treated_mildly(s: Situation) -> str | None:
    """Who was between fourteen and eighteen is punished more mildly, and it is said how."""
    minor = s.text(CAPACITY) == "minor" or _is_below(s, MILDER_BELOW)
    if not minor or s.text("minor_treatment"):
        return None
    return (
        "当事人违法行为终了时已满十四周岁不满十八周岁，应当从轻或者减轻处罚，"
        "请在「对未成年人从轻、减轻的情况」写明怎样从轻或者减轻"
    )
