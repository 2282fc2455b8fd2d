"""Guards of compulsory measures and preservation taken before a case is filed or on the spot."""

from domain.files.identifiers import names_nobody
from domain.guards.officers import against_officers
from domain.guards.registry import condition, guard, selection
from domain.limits.organ_limits import limit_for
from domain.situation.listed_materials import name_of, rows_of
from domain.situation.situation import ProcessView, Situation

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
IN_PLACE = ("原地", "就地", "原处")


@guard
def seized_goods_are_named(s: Situation) -> str | None:
    """The decision names what is seized (行政强制法第二十四条): 涉案设备 names nothing."""
    rows = rows_of(s.form.get("seized_goods"))
    vague = list(dict.fromkeys(name_of(row) for row in rows if name_of(row) in GENERAL))
    if not vague:
        return None
    return f"查封扣押物品写作「{'」「'.join(vague)}」没有说明是什么，请写明具体名称、规格型号和数量"


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


@guard
def spot_measures_are_approved(s: Situation) -> str | None:
    """A measure that was taken on the spot is approved or lifted before anything is decided."""
    if all(one.state != "awaiting" for one in s.of_kind("measure")):
        return None
    return (
        "当场采取的强制措施、先行登记保存还没有补办批准，"
        "请先由机关负责人办理「补办批准」或者「不予批准，立即解除」"
    )
