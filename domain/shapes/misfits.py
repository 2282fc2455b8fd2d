"""What does not fit the shape of a record, in Chinese: the checks themselves speak English."""

import re
from collections.abc import Mapping

from pydantic_core import ErrorDetails

NOT_A_MAPPING = "应为「名称: 内容」"
EXPECTED: Mapping[str, str] = {
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或者 false",
    "bool_parsing": "应为 true 或者 false",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字",
    "finite_number": "应为数字",
    "date_type": "应为日期，写作 2026-11-22",
    "date_parsing": "应为日期，写作 2026-11-22",
    "date_from_datetime_parsing": "应为日期，写作 2026-11-22",
    "date_from_datetime_inexact": "应为日期，写作 2026-11-22",
    "dict_type": NOT_A_MAPPING,
    "model_type": NOT_A_MAPPING,
    "model_attributes_type": NOT_A_MAPPING,
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "too_short": "至少应有一项",
}
"""What should stand there, by the kind of misfit."""
SYNTAX: Mapping[str, str] = {
    "mapping values are not allowed in this context": "这里不能写「名称: 内容」，请检查缩进",
    "could not find expected ':'": "名称后面缺少冒号",
    "did not find expected key": "缩进不一致，或者缺少名称",
    "did not find expected '-' indicator": "列表的缩进不一致",
    "did not find expected ',' or ']'": "方括号没有写完",
    "did not find expected ',' or '}'": "花括号没有写完",
    "did not find expected node content": "缺少内容",
    "found unexpected end of stream": "引号或者括号没有配对",
    "found unexpected document indicator": "引号没有配对",
    "found character that cannot start any token": "有不能用在开头的字符，如制表符、@、`",
    "found unknown escape character": "双引号里的反斜杠写法有误，请改用单引号",
    "found undefined alias": "引用了没有定义的别名（*）",
    "found duplicate anchor": "同一个锚点（&）定义了两次",
    "found unhashable key": "名称应为文字",
}
"""What is wrong with YAML, as its reader says it and as we say it."""


def syntax_in_words(problem: str | None) -> str:
    """What is wrong with a text as YAML."""
    told = next((ours for theirs, ours in SYNTAX.items() if theirs in (problem or "")), "")
    return f"YAML 语法错误：{told or '写法有误，请检查缩进、冒号、引号和括号'}"


def misfit_in_words(error: ErrorDetails, place: str) -> str:
    """One misfit: `place` is the key path as it stands in the file; what stands there is quoted."""
    if error["type"] == "extra_forbidden":
        return f"未知的键 {place}"
    if error["type"] == "missing":
        return f"缺少 {place}"
    given = error["input"]
    shown = f"，现为「{given}」" if isinstance(given, str | int | float) else ""
    return f"{place or '文件'} 不合要求：{_expected(error)}{shown}"


def _expected(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] == "literal_error":
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return f"应为{'、'.join(words)}之一"
    if error["type"] == "value_error":
        return str(context.get("error", ""))
    return EXPECTED.get(error["type"], "不是这里能写的内容")
