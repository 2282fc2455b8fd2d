"""Form values from the command line: 项=值, with JSON where a value is a list or a table."""

import json
from collections.abc import Iterable, Iterator, Mapping

from domain.shapes.lifecycles import FieldType, FormField

EXAMPLES: Mapping[FieldType, str] = {
    "date": "2026-11-22",
    "datetime": "2026-11-22T09:30",
    "amount": "50000.00（元）",
    "integer": "3",
    "flag": "是、否",
    "department": "部门编号或者名称",
    "departments": "部门编号或者名称，逗号分隔",
    "user": "用户编号",
    "users": "用户编号，逗号分隔",
    "matter": "监管事项的名称",
    "matters": "监管事项的名称，逗号分隔",
    "clue": "线索编号",
    "officer": "执法证号",
    "officers": "执法证号，逗号或者顿号分隔",
    "evidence": "附件编号（yisong attachment list 列出），逗号或者顿号分隔",
    "offences": "罪名，逗号分隔",
    "quantities": 'JSON，如 {"销售金额": 50000, "货值金额": 80000}；没有可以计量的数额写 {}',
    "penalties": "行政处罚法第九条的种类，如 罚款,没收违法所得",
}
"""How a value of each type is written; text needs no example."""


class FormError(Exception):
    """A pair that cannot be read."""


def read_pairs(pairs: Iterable[str]) -> dict[str, object]:
    """The values by name or label; a value that begins with [ or { is JSON."""
    values: dict[str, object] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise FormError(f"「{pair}」应写作 项=值，如 reason=属于本部门职责")
        values[name.strip()] = _value(value)
    return values


def _value(text: str) -> object:
    if not text.lstrip().startswith(("[", "{")):
        return text
    try:
        value: object = json.loads(text)
    except ValueError as error:
        raise FormError(f"「{text}」不是正确的 JSON：{error}") from error
    return value


def form_lines(fields: Mapping[str, FormField]) -> Iterator[str]:
    """Every field of a form: its key, its name, whether it may be left out, how it is written."""
    for name, field in fields.items():
        needed = "必填" if field.required else "选填"
        told = "；".join(one for one in (needed, field.hint, _written(field)) if one)
        yield f"{name}（{field.label}）：{told}"


def _written(field: FormField) -> str:
    if field.type == "choice":
        return "、".join(field.options.values())
    if field.type == "rows":
        row = {key: "…" for key in field.columns}
        named = "、".join(f"{key} {label}" for key, label in field.columns.items() if key != label)
        return f"JSON，如 {json.dumps([row], ensure_ascii=False)}" + (f"，{named}" if named else "")
    return EXAMPLES.get(field.type, "")
