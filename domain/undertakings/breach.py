"""Guards of 失信信息: its code and publicity, what ends it, and what a repair needs.

国办发〔2025〕22号第二项 (read): 轻微 at most 3 months if at all, 一般 3 to 12, 严重 12 to 36.
"""

from dataclasses import dataclass
from datetime import date

from domain.calendar.working_days import plus_months
from domain.files.identifiers import credit_code, credit_code_fault
from domain.guards.registry import condition, guard, selection
from domain.situation.situation import Situation

BREACH, MEASURE, REPAIR = "breach_record", "joint_measure", "credit_repair"
OBJECTION = "credit_objection"


@dataclass(frozen=True)
class Publicity:
    """How long a level is published, in months: at least and at most."""

    label: str
    least: int
    most: int


LEVELS = {
    "minor": Publicity("轻微", 0, 3),
    "general": Publicity("一般", 3, 12),
    "serious": Publicity("严重", 12, 36),
}


def breach_of(s: Situation) -> dict[str, object]:
    """What is on record of the breach itself, whichever of its processes is at hand."""
    found = s.of_kind(BREACH)
    return dict(found[0].facts if found else s.process.facts)


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


@guard
def breach_code_is_right(s: Situation) -> str | None:
    """A credit code of eighteen signs with the right check sign; nobody's identity number."""
    code = credit_code(s.text("code"))
    fault = credit_code_fault(code)
    return f"统一社会信用代码{fault}" if fault else None


@guard
def publicity_fits_the_level(s: Situation) -> str | None:
    """No longer and no shorter than the level allows; 一般 and 严重 are published."""
    level = LEVELS[s.text("level")]
    first, last = _day(s.form.get("publicity_from")), _day(s.form.get("publicity_until"))
    if first is None and last is None:
        return None if level.least == 0 else f"{level.label}失信信息应当公示，请填写公示起止日期"
    if first is None or last is None:
        return "公示起始日期和截止日期应当都填写"
    least, most = plus_months(first, level.least), plus_months(first, level.most)
    if last > most:
        return f"{level.label}失信信息公示最长{level.most}个月，最迟到{most}"
    if last < least:
        return f"{level.label}失信信息公示最短{level.least}个月，至少到{least}"
    return None


@guard
def publicity_does_not_start_again(s: Situation) -> str | None:
    """What was published already goes on: a correction gives nobody the longest period anew."""
    begun, first = _day(breach_of(s).get("publicity_from")), _day(s.form.get("publicity_from"))
    if begun is None or first is None or begun > s.today or first <= begun:
        return None
    return (
        f"已自{begun}起公示，更正以后公示期连续计算、不重新起算，公示起始日期应为{begun}，"
        "截止日期自该日起按更正后的程度计算"
    )


@condition
def breach_is_public(s: Situation) -> bool:
    """It is published until a day."""
    return bool(breach_of(s).get("publicity_until"))


@guard
def publicity_is_over(s: Situation) -> str | None:
    """It ends by itself once its last day is past; what was not published ends by repair."""
    last = _day(breach_of(s).get("publicity_until"))
    if last is None:
        return "没有公示的失信信息没有公示期，由信用修复或者撤回终结"
    return None if s.today > last else f"公示到{last}，尚未期满"


@guard
def no_repair_is_open(s: Situation) -> str | None:
    """An application is answered before the breach ends in another way."""
    return "有尚未决定的信用修复申请" if s.open_of_kind(REPAIR) else None


@guard
def no_other_repair_is_open(s: Situation) -> str | None:
    """One application at a time."""
    return no_repair_is_open(s)


@guard
def application_follows_the_finding(s: Situation) -> str | None:
    """What is repaired was found before."""
    applied, found = _day(s.form.get("applied_on")), _day(breach_of(s).get("found_on"))
    early = applied is not None and found is not None and applied < found
    return f"收到申请日期不能早于认定日期（{found}）" if early else None


@guard
def no_objection_is_open(s: Situation) -> str | None:
    """One objection at a time."""
    return "有尚未处理的信用异议" if s.open_of_kind(OBJECTION) else None


@guard
def objection_was_answered(s: Situation) -> str | None:
    """An objection is answered before the breach ends by itself."""
    return no_objection_is_open(s)


@guard
def objection_follows_the_finding(s: Situation) -> str | None:
    """What is objected to was found before."""
    objected, found = _day(s.form.get("objected_on")), _day(breach_of(s).get("found_on"))
    early = objected is not None and found is not None and objected < found
    return f"收到异议日期不能早于认定日期（{found}）" if early else None


@guard
def heavier_correction_is_grounded(s: Situation) -> str | None:
    """What is corrected to the party's burden on its own objection says on which finding it rests.

    No text was seen that forbids it; the one provincial rule that was read tells the days only.
    """
    facts, order = breach_of(s), tuple(LEVELS)
    last, before = _day(s.form.get("publicity_until")), _day(facts.get("publicity_until"))
    level, known = s.text("level"), str(facts.get("level") or "")
    higher = {level, known} <= LEVELS.keys() and order.index(level) > order.index(known)
    longer = last is not None and (before is None or last > before)
    if not (higher or longer) or s.text("heavier_reason"):
        return None
    return (
        f"更正后{'失信程度高于' if higher else '公示期长于'}原记录，对提出异议的信用主体更为不利："
        "请在「更正后加重的理由」写明依据哪一份认定文书；认定本身有变化的，"
        "应当由认定部门重新认定、告知后另行记入（待法制核对）"
    )


@guard
def open_objection_is_weighed(s: Situation) -> str | None:
    """While an objection is examined, who applies a measure says why he does not wait.

    No text was seen that halts it meanwhile.
    """
    if not s.open_of_kind(OBJECTION) or s.text("despite_objection"):
        return None
    return (
        "认定部门正在处理信用主体的异议，失信信息可能撤回、更正：请等待异议处理结果，"
        "或者在「异议处理期间仍采取的理由」写明为什么不等待（待法制核对）"
    )


@condition
def stays_public_when_corrected(s: Situation) -> bool:
    """As corrected it is published until a day."""
    return bool(s.text("publicity_until"))


@guard
def breach_is_standing(s: Situation) -> str | None:
    """Only what stands is repaired."""
    states = [one.state for one in s.of_kind(BREACH)]
    return None if "standing" in states else "失信信息尚未审核记入，或者已经终结"


@guard
def shortest_publicity_is_over(s: Situation) -> str | None:
    """A repair waits for the shortest publicity of its level; 轻微 has none."""
    facts = breach_of(s)
    level, first = LEVELS[str(facts["level"])], _day(facts.get("publicity_from"))
    if not level.least or first is None:
        return None
    earliest = plus_months(first, level.least)
    if s.today >= earliest:
        return None
    return f"{level.label}失信信息公示最短{level.least}个月，自{earliest}起才能准予修复"


@selection
def applied_measures(s: Situation) -> tuple[int, ...]:
    """The measures in force, each to be lifted."""
    return tuple(one.id for one in s.open_of_kind(MEASURE) if one.state == "applied")


@selection
def asked_measures(s: Situation) -> tuple[int, ...]:
    """The departments that have not answered."""
    return tuple(one.id for one in s.open_of_kind(MEASURE) if one.state == "asked")
