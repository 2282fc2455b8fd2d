"""Reading a form: values in the shape the table declares, or every complaint with its field."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from domain.shapes.lifecycles import FormField
from domain.situation.situation import CHINA, Law

LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 20_000
YEARS = (1900, 2199)
LARGEST_AMOUNT = Decimal(10**12)
FLAGS = {"1": True, "true": True, "是": True, "0": False, "false": False, "否": False}


class _Unfit(Exception):
    """A value that does not fit, with what would be right."""


Reader = Callable[[object, FormField, Law], object]


def read_form(
    fields: Mapping[str, FormField], given: Mapping[str, object], law: Law
) -> tuple[dict[str, object], list[str]]:
    """The form's values as plain JSON data, and all complaints in Chinese.

    `given` is by field name or Chinese label; choices, departments, matters and offences too may be
    given by either. Days come out as ISO dates, moments as ISO 8601 in China's time (one without
    offset is meant there), amounts as decimal text in yuan with two places at most. A field left
    empty is absent from the values, and a complaint where it is required.
    """
    by_label = {field.label: name for name, field in fields.items()}
    named = {by_label.get(key, key): value for key, value in given.items()}
    complaints = [f"表单没有「{key}」这一项" for key in named if key not in fields]
    values: dict[str, object] = {}
    for name, field in fields.items():
        value = named.get(name)
        if value in (None, "", []):
            if field.required:
                complaints.append(
                    f"请填写「{field.label}」" + (f"（{field.hint}）" if field.hint else "")
                )
            continue
        try:
            values[name] = READERS[field.type](value, field, law)
        except _Unfit as unfit:
            complaints.append(f"「{field.label}」{unfit}")
    return values, complaints


def _text(value: object, field: FormField, law: Law) -> str:
    text = str(value).strip()
    longest = LONGEST_LONG_TEXT if field.type == "long_text" else LONGEST_TEXT
    if not text:
        raise _Unfit("不能为空白")
    if len(text) > longest:
        raise _Unfit(f"不能超过{longest}个字，现有{len(text)}个字")
    return text


def _day(value: object, field: FormField, law: Law) -> str:
    if isinstance(value, datetime):
        day = value.astimezone(CHINA).date()
    elif isinstance(value, date):
        day = value
    else:
        try:
            day = date.fromisoformat(str(value).strip())
        except ValueError:
            raise _Unfit(f"应为日期，如2026-11-22，现为「{value}」") from None
    _need_year(day.year)
    return day.isoformat()


def _moment(value: object, field: FormField, law: Law) -> str:
    if isinstance(value, datetime):
        moment = value
    else:
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise _Unfit(f"应为日期和时间，如2026-11-22T09:30，现为「{value}」") from None
    _need_year(moment.year)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=CHINA)
    return moment.astimezone(CHINA).isoformat()


def _need_year(year: int) -> None:
    """No matter of this system is older or that far ahead, and limits can be counted from it."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise _Unfit(f"年份应在{YEARS[0]}年至{YEARS[1]}年之间，现为{year:04d}年")


def _amount(value: object, field: FormField, law: Law) -> str:
    try:
        amount = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        raise _Unfit(f"应为金额（元），如50000或50000.00，现为「{value}」") from None
    if not amount.is_finite() or amount < 0:
        raise _Unfit("应为不小于0的金额（元）")
    if amount >= LARGEST_AMOUNT:
        raise _Unfit("应小于1万亿元")
    if amount != amount.quantize(Decimal("0.01")):
        raise _Unfit("最多两位小数（分）")
    return format(amount, "f")


def _integer(value: object, field: FormField, law: Law) -> int:
    text = str(value).strip()
    if not text.isdecimal() or len(text) > 9:
        raise _Unfit(f"应为不小于0的整数，现为「{value}」")
    return int(text)


def _choice(value: object, field: FormField, law: Law) -> str:
    by_label = {label: key for key, label in field.options.items()}
    key = by_label.get(str(value), str(value))
    if key not in field.options:
        raise _Unfit(f"应为{'、'.join(field.options.values())}之一，现为「{value}」")
    return key


def _flag(value: object, field: FormField, law: Law) -> bool:
    if isinstance(value, bool):
        return value
    found = FLAGS.get(str(value).strip().lower())
    if found is None:
        raise _Unfit(f"应为是或否，现为「{value}」")
    return found


def _department(value: object, field: FormField, law: Law) -> str:
    key = str(value) if str(value) in law.departments else _named(str(value), law)
    if law.departments[key].closed and not field.closed_too:
        raise _Unfit(f"中的{law.departments[key].name}已停用，请改选承接其职责的部门")
    return key


def _named(text: str, law: Law) -> str:
    named = [key for key, one in law.departments.items() if text in (one.name, one.short)]
    serving = [key for key in named if not law.departments[key].closed] or named
    if len(serving) != 1:
        raise _Unfit(f"没有「{text}」这个部门")
    return serving[0]


def _matter(value: object, field: FormField, law: Law) -> str:
    named = [key for key, one in law.matters.items() if str(value) in (key, one.name)]
    if not named:
        raise _Unfit(f"监管事项清单中没有「{value}」")
    return named[0]


def _offence(value: object, field: FormField, law: Law) -> str:
    named = [key for key, one in law.offences.items() if str(value) in (key, one.name)]
    if not named:
        raise _Unfit(f"罪名表中没有「{value}」")
    return named[0]


def _penalty(value: object, field: FormField, law: Law) -> str:
    named = [key for key, one in law.penalties.items() if str(value) in (key, one.label)]
    if not named:
        offered = "、".join(one.label for one in law.penalties.values())
        raise _Unfit(f"应为行政处罚法第九条所列的种类（{offered}），现为「{value}」")
    return named[0]


def _degree(value: object, field: FormField, law: Law) -> str:
    key, _, name = str(value).partition(".")
    standard = law.discretion.get(key)
    if standard is None or not any(name in one.degrees for one in standard.values.values()):
        raise _Unfit(f"裁量基准中没有「{value}」")
    return str(value)


def _many(reader: Reader) -> Reader:
    def read(value: object, field: FormField, law: Law) -> object:
        if isinstance(value, str):
            items: list[object] = [one.strip() for one in value.split(",") if one.strip()]
        elif isinstance(value, list | tuple):
            items = list(value)
        else:
            raise _Unfit("应为一项或者多项")
        return list(dict.fromkeys(str(reader(one, field, law)) for one in items))

    return read


def _certificates(value: object, field: FormField, law: Law) -> object:
    """Certificate numbers as they were picked, or typed with any mark between them."""
    told = ",".join(re.split(r"[、，；;\s]+", value)) if isinstance(value, str) else value
    return _many(_text)(told, field, law)


def _evidence(value: object, field: FormField, law: Law) -> object:
    """The numbers of pieces of evidence, picked or typed, as one text."""
    told = _certificates(value, field, law)
    return "、".join(map(str, told)) if isinstance(told, list | tuple) else told


def _rows(value: object, field: FormField, law: Law) -> list[dict[str, object]]:
    if not isinstance(value, list | tuple):
        raise _Unfit(f"应为表格，列为{'、'.join(field.columns.values())}")
    rows: list[dict[str, object]] = []
    for number, row in enumerate(value, start=1):
        if not isinstance(row, Mapping):
            raise _Unfit(f"第{number}行应为各列的值")
        unknown = [str(key) for key in row if key not in field.columns]
        if unknown:
            raise _Unfit(f"第{number}行没有「{'、'.join(unknown)}」这一列")
        rows.append({key: str(row.get(key) or "").strip() for key in field.columns})
    return rows


def _quantities(value: object, field: FormField, law: Law) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise _Unfit('应为各类数额，如 {"销售金额": 50000, "货值金额": 80000}')
    by_label = {one.label: key for key, one in law.quantities.items()}
    found: dict[str, str] = {}
    for key, amount in value.items():
        name = by_label.get(str(key), str(key))
        if name not in law.quantities:
            names = "、".join(by_label)
            raise _Unfit(f"没有「{key}」这类数额；不同口径的数额请分别填写，可填：{names}")
        try:
            found[name] = _amount(amount, field, law)
        except _Unfit as unfit:
            raise _Unfit(f"中「{law.quantities[name].label}」{unfit}") from None
    return found


READERS: Mapping[str, Reader] = {
    "text": _text,
    "long_text": _text,
    "date": _day,
    "datetime": _moment,
    "amount": _amount,
    "integer": _integer,
    "choice": _choice,
    "flag": _flag,
    "department": _department,
    "departments": _many(_department),
    "user": _text,
    "users": _many(_text),
    "matter": _matter,
    "matters": _many(_matter),
    "clue": _text,
    "officer": _text,
    "officers": _certificates,
    "evidence": _evidence,
    "offences": _many(_offence),
    "penalties": _many(_penalty),
    "degree": _degree,
    "quantities": _quantities,
    "rows": _rows,
}
