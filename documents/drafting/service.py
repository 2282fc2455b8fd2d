"""送达回证: what was served on whom, when, how, and who saw it."""

from documents.sheet.blocks import (
    Cell,
    Row,
    label,
    paragraph,
    row,
    row_loop,
    table,
    value,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import remark, table_head, tick

_WAYS = ("直接送达", "留置送达", "邮寄送达", "电子送达", "委托送达", "公告送达")
_MOMENT = "　　　年　月　日　时　分"


def service_receipt() -> bytes:
    """送达回证: several documents to one addressee; what is written by hand stays open."""
    item = row(
        Cell(paragraph("CellCenter", "{{ loop.index }}")),
        value("{{ 行.名称 }}", 2),
        value("{{ 行.文号|default('/') }}", 2),
    )
    form = table(
        (14, 26, 40, 28, 48),
        row(label("序号"), label("送达文书名称", 2), label("文书文号", 2)),
        *row_loop("行", "送达文书", item),
        *_service_rows(),
        *_signature_rows(),
        row(label("备注", 2), value("{{ 备注|default('') }}", 3), height=13),
    )
    note = remark(
        "注：受送达人拒绝接收的，由送达人在备注栏记明拒收事由和日期，由送达人、见证人签名。"
    )
    return form_page(table_head("送达回证") + form + note, "送达回证")


def _service_rows() -> tuple[Row, ...]:
    moment = "{% if 送达时间 %}{{ 送达时间|cn_datetime }}{% else %}" + _MOMENT + "{% endif %}"
    ways = "　".join(tick(f"送达方式 == '{way}'", way) for way in _WAYS)
    return (
        row(label("受送达人", 2), value("{{ 受送达人 }}", 3)),
        row(label("送达时间", 2), value(moment, 3)),
        row(label("送达地点", 2), value("{{ 送达地点|default('') }}", 3)),
        row(label("送达方式", 2), value(ways, 3), height=14),
    )


def _signature_rows() -> tuple[Row, ...]:
    relation = "与受送达人的关系：{{ 与受送达人关系|default('') }}"
    receiver = _signed("{{ 收件人|default('') }}", relation)
    return (
        row(label("收件人签名或\n盖章", 2), receiver, height=26),
        row(label("见证人签名或\n盖章", 2), _signed("{{ 见证人|default('') }}"), height=22),
        row(label("送达人签名", 2), _signed("{{ 送达人|join|default('') }}"), height=22),
    )


def _signed(*texts: str) -> Cell:
    written = [paragraph("Cell", text) for text in texts]
    return writing(*written, paragraph("CellRight", _MOMENT), span=3)
