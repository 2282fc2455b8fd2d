"""The extreme sample of a kind: as much as a paper may ever have to say, for eyes and for tests."""

from collections.abc import Mapping
from decimal import Decimal

from documents.templates.kinds import FactType, FormField, Template, sample_facts

ROWS = 40
SMALLEST, LARGEST = Decimal("0.01"), Decimal("1234567890.12")
PERSON = "欧阳玥堃翀昇祎镕䶮"
PARTY = "示例市经济技术开发区玥堃翀昇祎镕䶮生物医药科技股份有限公司"
"""Thirty characters, some of them in few fonts only."""
ORGAN = "示例省示例自治州生态环境局示例经济技术开发区分局生态环境综合行政执法支队直属大队"
"""Forty characters."""
PARTIES = (
    PARTY,
    "示例市文昌路便利店（经营者：玥堃）",
    PERSON,
    "张三",
    "示例市康泰食品有限公司第一分公司",
)
ADDRESS = ("示例市示例经济技术开发区创新大道北段与文昌东路交叉口东南角国际会展中心" * 9)[:300]
_WORDS = "经查，当事人在上述期间销售的商品以次充好，数额以进货票据、销售记录和当事人陈述相互印证；"
TEXT = (_WORDS * 8)[:-1] + "。\n" + (_WORDS * 3)[:-1] + "。"
_PERSONS = ("人", "人员", "员", "组成员", "姓名")
_ADDRESSES = ("住所", "地址", "场所")
_LONG, _SHORT = 60, 12


def extreme_facts(template: Template) -> dict[str, object]:
    """The facts of sample.json, each replaced by the longest or oddest that it may become.

    Dates, numbers of documents and flags stay: what is chosen and struck stays chosen and struck.
    """
    sample = sample_facts(template)
    return {one.name: _extreme(one, sample.get(one.name)) for one in template.form.fields}


def _extreme(field: FormField, value: object) -> object:
    if field.type == "rows":
        rows = value if isinstance(value, list) and value else [dict.fromkeys(field.columns, "甲")]
        return [_row(field.columns, rows[place % len(rows)], place) for place in range(ROWS)]
    if field.type == "list":
        return list(PARTIES) if field.name.startswith("当事人") else _listed(field.name, value)
    return value if value is None else _one(field.name, field.type, value, None)


def _row(
    columns: Mapping[str, FactType], row: Mapping[str, object], place: int
) -> dict[str, object]:
    return {
        name: _one(name, kind, row[name], place) if row.get(name) is not None else None
        for name, kind in columns.items()
    }


def _listed(name: str, value: object) -> object:
    given = [str(one) for one in value] if isinstance(value, list) else []
    if name.endswith(_PERSONS):
        return [PERSON, "张三", "李翀", "司马昇祎", "王䶮"]
    return (given * 5)[:5]


def _one(name: str, kind: FactType, value: object, place: int | None) -> object:
    """`place`: of the row it stands in; none beside rows."""
    if kind == "amount":
        return SMALLEST if place and place % 2 else LARGEST
    if kind == "long_text":
        return TEXT if place is None else TEXT[:_LONG]
    return _text(name, value, place or 0) if isinstance(value, str) and kind == "text" else value


def _text(name: str, value: str, place: int) -> str:
    if name == "承办部门":
        return ORGAN
    if name in ("当事人", "名称"):
        return PARTIES[place % len(PARTIES)]
    if name.endswith(_ADDRESSES):
        return ADDRESS
    if name.endswith(_PERSONS):
        return PERSON
    if not any("\u4e00" <= one <= "\u9fff" for one in value) or "号" in value:
        return value
    return (value * _LONG)[:_LONG] if len(value) > _SHORT else value
