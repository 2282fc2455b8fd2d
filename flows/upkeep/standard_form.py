"""The form of a discretion standard: what legal staff write of it, or every reason why not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import cast

from domain.rulebook.rulebook import Rulebook
from domain.shapes.discretion import Degree, FineRange, WrittenStandard
from domain.shapes.entries import Evidence
from domain.shapes.lifecycles import FormField
from domain.situation.form_reading import read_form

YUAN = "元"
"""The base of a range that is not a multiple."""
GRADES = {"text": "对照过正文", "secondary": "只见到转述", "memory": "凭记忆，待核对"}
COLUMNS = {
    "label": "档次",
    "factors": "适用情形",
    "least": "罚款下限",
    "most": "罚款上限",
    "times_of": "计算基数",
    "kinds": "其他处罚种类",
}
SOURCE = {
    "title": FormField(label="文件名称", hint="裁量基准所在的文件，不写书名号"),
    "number": FormField(label="文号", required=False),
    "article": FormField(label="条款或者序号", required=False, hint="如 第三条、附件第12项"),
    "issued_on": FormField(label="公布日期", type="date", past=True),
    "evidence": FormField(label="核对情况", type="choice", options=GRADES),
    "from_day": FormField(label="自哪一日起适用", type="date", ahead=True, hint="不早于今天"),
}
SUBJECT = {
    "conduct": FormField(label="违法行为", hint="基准所针对的违法行为"),
    "matters": FormField(label="监管事项", type="matters", hint="本机关的这些事项适用"),
}
DEGREES = FormField(
    label="裁量档次",
    type="rows",
    columns=COLUMNS,
    hint="每档一行。适用情形、处罚种类用分号分开；计算基数不填为元，填某项数额的，上下限是它的倍数；"
    "不罚款的不填上下限；“其他处罚种类”写了的，所列之外的种类视为超出本档",
)
ENDING = {
    "reason": FormField(label="不再适用的理由", type="long_text"),
    "title": FormField(label="依据的文件名称", hint="废止或者替代它的文件"),
    "number": SOURCE["number"],
    "issued_on": SOURCE["issued_on"],
    "from_day": FormField(label="自哪一日起不再适用", type="date", ahead=True, hint="不早于今天"),
}
AMENDING: Mapping[str, FormField] = {**SOURCE, "degrees": DEGREES}
"""A new version of a standard: its conduct and matters stay."""
NEW: Mapping[str, FormField] = {**SUBJECT, **AMENDING}


@dataclass(frozen=True)
class Read:
    """What a form says: the standard and its day if nothing is wrong with it, and what is."""

    written: WrittenStandard | None
    from_day: date
    faults: tuple[str, ...]


def read_standard(
    rules: Rulebook,
    given: Mapping[str, object],
    today: date,
    before: WrittenStandard | None = None,
    *,
    ends: bool = False,
) -> Read:
    """The standard that a form writes; `before`: the version that it amends, or that it ends."""
    fields = ENDING if ends else AMENDING if before else NEW
    values, faults = read_form(fields, given, rules)
    faults += _days(values, today)
    degrees: dict[str, Degree] = {}
    if "degrees" in values:
        rows = cast(list[dict[str, str]], values.pop("degrees"))
        degrees, more = degrees_of(rules, rows)
        faults += more
    if faults:
        return Read(None, today, tuple(faults))
    day = date.fromisoformat(str(values.pop("from_day")))
    subject = {"conduct": before.conduct, "matters": before.matters} if before else {}
    evidence = cast(Evidence, values.pop("evidence", "text"))
    made = {**values, **subject, "evidence": evidence, "degrees": degrees}
    return Read(WrittenStandard.model_validate(made), day, ())


def degrees_of(
    rules: Rulebook, rows: Iterable[Mapping[str, str]]
) -> tuple[dict[str, Degree], list[str]]:
    """The degrees that the rows of a table write, by their names, and all that is wrong."""
    found: dict[str, Degree] = {}
    faults: list[str] = []
    for number, row in enumerate(rows, start=1):
        label = row.get("label", "")
        wrong = [*_label(label, found), *_factors(row)]
        fine, more = _fine(rules, row)
        kinds, unknown = _kinds(rules, row)
        wrong += [*more, *unknown]
        faults += [f"裁量档次第{number}行：{one}" for one in wrong]
        if not wrong:
            factors = tuple(_split(row.get("factors", "")))
            found[label] = Degree(label=label, factors=factors, fine=fine, kinds=kinds)
    return found, faults


def rows_of(rules: Rulebook, written: WrittenStandard) -> list[dict[str, str]]:
    """The degrees of a standard as the rows of the form."""
    return [
        {
            "label": one.label,
            "factors": "；".join(one.factors),
            "least": str(one.fine.least) if one.fine else "",
            "most": str(one.fine.most) if one.fine else "",
            "times_of": rules.quantities[one.fine.times_of].label
            if one.fine and one.fine.times_of
            else "",
            "kinds": "；".join(rules.penalties[kind].label for kind in one.kinds),
        }
        for one in written.degrees.values()
    ]


def _days(values: Mapping[str, object], today: date) -> Iterator[str]:
    if str(values.get("issued_on", "")) > today.isoformat():
        yield "「公布日期」不得晚于今天"
    if "from_day" in values and str(values["from_day"]) < today.isoformat():
        yield "起始日期不得早于今天：已经告知、决定的案件以当时的基准为准"


def _label(label: str, found: Mapping[str, Degree]) -> Iterator[str]:
    if not label:
        yield "请填写档次的名称，如从轻、一般、从重"
    elif "." in label:
        yield "档次的名称中不能有句点"
    elif label in found:
        yield f"已有名称为「{label}」的档次"


def _factors(row: Mapping[str, str]) -> Iterator[str]:
    if not _split(row.get("factors", "")):
        yield "请写明适用情形"


def _fine(rules: Rulebook, row: Mapping[str, str]) -> tuple[FineRange | None, list[str]]:
    written = [row.get("least", ""), row.get("most", "")]
    base = row.get("times_of", "")
    if not any(written):
        return None, ["没有填写罚款上下限，计算基数不填"] if base else []
    least, most = (_figure(one) for one in written)
    if least is None or most is None:
        return None, ["罚款的下限、上限应一并填写，为不小于0的数"]
    faults = [f"罚款的下限{least}大于上限{most}"] if least > most else []
    known = {one.label: key for key, one in rules.quantities.items()}
    if base in ("", YUAN):
        return FineRange(least=least, most=most), faults
    if base not in known and base not in rules.quantities:
        return None, [*faults, f"没有「{base}」这一数额，可填{'、'.join(known)}"]
    return FineRange(least=least, most=most, times_of=known.get(base, base)), faults


def _kinds(rules: Rulebook, row: Mapping[str, str]) -> tuple[tuple[str, ...], list[str]]:
    known = {one.label: key for key, one in rules.penalties.items()}
    told = _split(row.get("kinds", ""))
    faults = [
        f"没有「{one}」这一处罚种类，可填{'、'.join(known)}" for one in told if one not in known
    ]
    return tuple(dict.fromkeys(known[one] for one in told if one in known)), faults


def _figure(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.replace(";", "；").split("；") if one.strip()]
