"""Guards of compulsory measures and preservation taken before a case is filed or on the spot."""

import re

from domain.files.identifiers import half_width, names_nobody
from domain.guards.officers import against_officers
from domain.guards.registry import condition, day_of, guard, selection
from domain.limits.organ_limits import limit_for
from domain.situation.listed_materials import Row, name_of, rows_of
from domain.situation.situation import CHINA, ClockView, ProcessView, Situation

IN_HAND = ("accepted", "verifying", "concluded", "in_case")
"""The states of a clue in which its organ may take a measure."""


@guard
def matter_is_in_hand(s: Situation) -> str | None:
    """A measure belongs to a matter that its organ has signed for and not brought to its end."""
    clue = s.latest("clue")
    if clue is not None and clue.state in IN_HAND:
        return None
    return "线索尚未签收、已经移送或者已经办结，不能采取强制措施、先行登记保存"


@guard
def measure_party_is_known(s: Situation) -> str | None:
    """The paper of a measure names the party (行政强制法第二十四条)."""
    if not names_nobody(s.text("subject_name") or s.subject.subject_name):
        return None
    return "当事人不明，决定书、通知书无从载明，请填写「当事人」"


_WHAT = "设备 物品 财物 场所 设施 物资 工具 货物 产品 商品 东西"
GENERAL = frozenset(
    f"{which}{what}"
    for which in ("", "涉案", "有关", "相关", "违法", "该")
    for what in _WHAT.split()
)
"""Words that name nothing in particular."""
_COUNTED = re.compile(
    r"(?=.*[1-9])\d+(?:\.\d+)?[^\d]{0,3}|[一二三四五六七八九十百千万两]+[^\d]{0,3}"
)
"""A number of things, as 36, 12.5, 36罐 or 三十六."""
IN_PLACE = ("原地", "就地", "原处")


@guard
def seized_goods_are_named(s: Situation) -> str | None:
    """The decision names what is seized (行政强制法第二十四条): 涉案设备 names nothing."""
    rows = rows_of(s.form.get("seized_goods"))
    vague = list(dict.fromkeys(name_of(row) for row in rows if name_of(row) in GENERAL))
    found = []
    if vague:
        found.append(
            f"查封扣押物品写作「{'」「'.join(vague)}」没有说明是什么，请写明具体名称、规格型号和数量"
        )
    uncounted = [name_of(row) for row in rows if not _COUNTED.fullmatch(_amount_of(row))]
    if uncounted:
        found.append(
            f"查封扣押物品「{'」「'.join(dict.fromkeys(uncounted))}」没有写明数量：决定书和清单应当载明"
            "名称、数量，请当场清点后填写大于零的数，不写“若干”；场所、设施也写几处、几套"
        )
    return "；".join(found) or None


def _amount_of(row: Row) -> str:
    return half_width(str(row.get("数量") or "")).replace(",", "").strip()


@guard
def goods_are_kept_where_the_decision_says(s: Situation) -> str | None:
    """The decision and its list say one place where the goods are kept."""
    place = s.text("keep_place")
    listed = [str(row.get("存放地点") or "").strip() for row in rows_of(s.form.get("seized_goods"))]
    other = [one for one in listed if one and place and not _same_place(one, place)]
    if not other:
        return None
    return (
        f"保管地点写「{place}」，查封扣押物品的存放地点写「{'」「'.join(dict.fromkeys(other))}」，"
        "请改为一致；分别存放的，保管地点不填，以各项的存放地点为准"
    )


def _same_place(one: str, other: str) -> bool:
    return one in other or other in one or one.startswith(IN_PLACE)


@guard
def two_officers_took_it(s: Situation) -> str | None:
    """Two officers of the organ with their certificates took the measure."""
    too_few = "应当由2名以上行政执法人员实施"
    return against_officers(s, "measure_officers", too_few, "不能实施")


@guard
def spot_preservation_has_its_rule(s: Situation) -> str | None:
    """Without prior approval goods are preserved only where the organ's own rules say so."""
    own = s.department(s.process.department)
    function = own.function if own else ""
    if limit_for("cx33", s.law.deadlines, function, s.today) or s.text("spot_ground"):
        return None
    return (
        "先行登记保存应当经行政机关负责人批准；本机关规章允许情况紧急时先保存、后补办批准的，"
        "请填写「当场实施的依据」，否则请由负责人办理「批准先行登记保存」"
    )


@guard
def scene_was_recorded(s: Situation) -> str | None:
    """A seizure on the spot is approved on the record of its scene (行政强制法18(七))."""
    if not s.process.facts.get("seized"):
        return None
    if any(one.facts.get("occasion") == "measure" for one in s.of_kind("record")):
        return None
    return (
        "当场采取强制措施应当制作现场笔录，本线索没有登记：请由承办人先办理「制作现场笔录」"
        "（笔录事由为实施行政强制措施），再补办批准；不同意的请办理「不予批准，立即解除」"
    )


@condition
def measure_is_seizure(s: Situation) -> bool:
    """The measure is a seizure."""
    return bool(s.process.facts.get("seized"))


@condition
def measure_is_preservation(s: Situation) -> bool:
    """The measure is a preservation of evidence."""
    return bool(s.process.facts.get("preserved"))


def running_measures(s: Situation) -> tuple[ProcessView, ...]:
    """The measures of the clue that have not ended, beside those of its case."""
    return s.open_of_kind("measure")


@selection
def running_seizures(s: Situation) -> tuple[int, ...]:
    """The seizures beside the case that have not ended."""
    return tuple(one.id for one in running_measures(s) if one.facts.get("seized"))


@condition
def goods_are_seized_beside(s: Situation) -> bool:
    """Goods of the clue are held by a seizure beside its case."""
    return bool(running_seizures(s))


@guard
def testing_of_held_goods_has_its_period(s: Situation) -> str | None:
    """What is held while it is tested is held for a period that is told (强制法25③)."""
    if s.text("testing_until") or not running_seizures(s):
        return None
    return "有物品被查封扣押，检测检验鉴定的期间应当明确并书面告知当事人，请填写「检验鉴定期限」"


@guard
def long_testing_is_grounded(s: Situation) -> str | None:
    """Longer than a seizure itself may last, the period told says what it rests on.

    The law names no number of days for testing; that it is not told at will, its ground shows.
    """
    until, held = day_of(s.form.get("testing_until")), s.law.deadlines["qz25"].in_force(s.today)
    holds = bool(running_seizures(s)) or bool(s.process.facts.get("seized"))
    most = held.amount if held else None
    if until is None or most is None or not holds or s.text("testing_period_ground"):
        return None
    if (until - s.today).days <= most:
        return None
    return (
        f"检测检验鉴定期间长于查封扣押期限本身（{most}日），请在「检验鉴定期间的依据」写明检验机构函复的期间"
        "或者标准规定的检验周期；期间以实际需要为限"
    )


GOODS = {"seized_goods": "查封扣押", "preserved_goods": "登记保存"}
ONCE = "once_"
"""Before the name of a list of goods: the fact with all that a process ever took."""
HELD = {"seized_goods": "seized", "preserved_goods": "preserved"}
OTHER = "other"


@guard
def goods_are_not_taken_anew(s: Situation) -> str | None:
    """The same goods are not taken again to begin their days anew (强制法25①, 处罚法56)."""
    for field, measure in GOODS.items():
        again = goods_in(s.form.get(field)) & _taken_before(s, field)
        if again:
            held = goods_in(s.form.get(field)) & held_now(s, field)
            return _why_not_anew(s, held, again, measure)
    return None


def _why_not_anew(
    s: Situation, held: frozenset[str], again: frozenset[str], measure: str
) -> str | None:
    said = s.text("goods_again")
    if said == OTHER and s.text("goods_again_reason"):
        return None
    if held:
        return (
            f"{'、'.join(sorted(held))}正在{measure}期间，同一物品不得重复{measure}、另行起算期限；"
            "不是同一批物品的，在「以前查封扣押、登记保存过的物品」选择并写明区别"
        )
    if said and s.text("goods_again_reason"):
        return None
    return (
        f"{'、'.join(sorted(again))}曾经{measure}并已解除，{measure}期限不因再次实施重新计算：没有新的事实不得"
        f"再次{measure}同一物品；有新的事实或者不是同一批物品的，请填写"
        "「以前查封扣押、登记保存过的物品」「与以前物品的区别或者新的事实」"
    )


def goods_in(rows: object) -> frozenset[str]:
    """The goods of a list by name and specification, without spaces."""
    found = rows if isinstance(rows, list | tuple) else ()
    named = ("".join(f"{one.get('名称') or ''}{one.get('规格') or ''}".split()) for one in found)
    return frozenset(one for one in named if one)


def _takers(s: Situation) -> tuple[ProcessView, ...]:
    return (*s.of_kind("case"), *s.of_kind("measure"))


def _taken_before(s: Situation, field: str) -> frozenset[str]:
    """The goods of that kind of measure that the organ ever took over this clue."""
    found: frozenset[str] = frozenset()
    for one in _takers(s):
        once = one.facts.get(ONCE + field)
        found |= goods_in(one.facts.get(field))
        found |= frozenset(once) if isinstance(once, list | tuple) else frozenset()
    return found


def held_now(s: Situation, field: str) -> frozenset[str]:
    """The goods that measures of that kind hold at present, by name and specification."""
    held = [one for one in _takers(s) if not s.is_ended(one) and one.facts.get(HELD[field])]
    return frozenset[str]().union(*(goods_in(one.facts.get(field)) for one in held))


def approval_overdue(s: Situation) -> ClockView | None:
    """The limit for the approval of a measure taken on the spot, where it is past."""
    found = (s.clock(rule) for rule in ("qz19", "cx33"))
    return next((one for one in found if one is not None and s.now > one.breach_at), None)


@guard
def late_approval_is_explained(s: Situation) -> str | None:
    """An approval after its hours says why it comes late (强制法19)."""
    clock = approval_overdue(s)
    if clock is None or s.text("late_reason"):
        return None
    due = clock.breach_at.astimezone(CHINA)
    return (
        f"补办批准的期限已于{due:%Y年%-m月%-d日%H时%M分}届满，请在「逾期补办批准的理由」写明何时报告、"
        "为什么没有及时批准；认为不应当采取措施的，办理「不予批准，立即解除」"
    )


@guard
def spot_measures_are_approved(s: Situation) -> str | None:
    """A measure that was taken on the spot is approved or lifted before anything is decided."""
    if all(one.state != "awaiting" for one in s.of_kind("measure")):
        return None
    return (
        "当场采取的强制措施、先行登记保存还没有补办批准，"
        "请先由机关负责人办理「补办批准」或者「不予批准，立即解除」"
    )
