"""Papers of service: the receipt, the announcement, the confirmed address."""

from documents.sheet.blocks import (
    Cell,
    Row,
    body,
    label,
    long_text,
    paragraph,
    row,
    row_loop,
    table,
    tall,
    value,
    when,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import (
    BY_HAND,
    addressee,
    contact,
    form_head,
    remark,
    signature,
    table_head,
    tick,
)

_WAYS = ("直接送达", "留置送达", "邮寄送达", "电子送达", "委托送达", "转交送达", "公告送达")
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


def service_announcement() -> bytes:
    """送达公告: what is served in this way and why, when it counts as served, and the rights."""
    paper = "《{{ 公告文书 }}》{% if 公告文书文号 %}（{{ 公告文书文号 }}）{% endif %}"
    blocks = (
        form_head("送达公告")
        + addressee("当事人")
        + body(
            "{{ 公告原因|clause }}。依照{{ 公告依据 }}的规定，现向你（单位）公告送达" + paper + "。"
        )
        + when("公告内容", long_text("公告内容"))
        + body(
            "本公告于{{ 公告发布日期|cn_date }}在{{ 公告刊登处 }}发布，"
            "自发布之日起经过{{ 公告期限 }}，即至{{ 视为送达日期|cn_date }}期满，视为送达。"
            "请在期满前持有效身份证件到本机关领取。"
        )
        + contact()
        + signature()
        + remark("本文书一份发布，一份归档；公告的原因、经过和发布情况另存案卷。")
    )
    return form_page(blocks, "送达公告")


def address_confirmation() -> bytes:
    """送达地址确认书: where papers reach the party, and whether electronically, signed by it."""
    told = (
        "一、当事人应当提供准确的送达地址；地址变更的，应当及时书面告知本机关。",
        "二、因地址不准确、变更后未告知或者拒绝签收，致使文书不能送达的，由当事人自行承担后果。",
        "三、同意电子送达的，文书到达下列电子送达地址所在系统的日期为送达日期；"
        "不同意的，本机关以其他方式送达。",
    )
    form = table(
        (38, 118),
        row(label("案件名称"), value("{{ 案件名称 }}")),
        row(label("当事人"), value("{{ 当事人 }}")),
        tall(
            label("告知事项"),
            writing(*(paragraph("CellLong", text) for text in told)),
            height=48,
        ),
        row(label("送达地址"), value("{{ 送达地址 }}"), height=14),
        row(label("指定的收件人"), value("{{ 指定的收件人|default('/') }}")),
        row(label("收件人电话"), value("{{ 收件人电话|default('/') }}")),
        row(
            label("是否同意\n电子送达"),
            value(tick("同意电子送达", "同意") + "　　" + tick("not 同意电子送达", "不同意")),
            height=12,
        ),
        row(label("电子送达地址"), value("{{ 电子送达地址|default('/') }}"), height=12),
        tall(
            label("当事人确认"),
            writing(
                paragraph("CellLong", "本人（本单位）已阅读上述告知事项，所填内容真实、准确。"),
                paragraph("CellRight", BY_HAND),
            ),
            height=30,
        ),
        row(label("办案人员签名"), value(BY_HAND), height=16),
    )
    title = "送达地址确认书"
    return form_page(table_head(title, "线索编号：{{ 线索编号 }}") + form, title)
