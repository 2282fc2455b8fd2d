"""The forms with which a clue enters the house and goes to a department."""

from documents.sheet.blocks import (
    Row,
    hanging,
    label,
    long_text,
    pairs,
    paragraph,
    row,
    row_when,
    slashed,
    table,
    tall,
    value,
    when,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import remark, table_head, tick

_BY_COMPLAINT = (
    "'12345' in 线索来源 or '投诉' in 线索来源 or '举报' in 线索来源 or '热线' in 线索来源"
)
_BY_DEPARTMENT = "'部门移送' in 线索来源"
_BY_ORDER = "'上级交办' in 线索来源"
_BY_CHECK = "'监督检查' in 线索来源"
_ELSE = f"not ({_BY_COMPLAINT} or {_BY_DEPARTMENT} or {_BY_ORDER} or {_BY_CHECK})"
_SOURCES = (
    (_BY_CHECK, "监督检查"),
    (_BY_COMPLAINT, "投诉、举报"),
    (_BY_DEPARTMENT, "其他部门移送"),
    (_BY_ORDER, "上级交办"),
    (_ELSE, "其他：{% if " + _ELSE + " %}{{ 线索来源 }}{% else %}/{% endif %}"),
)


def clue_registration() -> bytes:
    """案件来源登记表: where a clue comes from, as the published form asks."""
    form = table(
        (11, 26, 53, 25, 41),
        *_source_rows(),
        *_provider_rows(),
        *_party_rows(),
        _content_row(),
        *row_when("监管事项 or 案源处理意见", _opinion_row()),
        row(label("备注", 2), value(slashed("备注"), 3)),
    )
    blocks = table_head("案件来源登记表", "登记号：{{ 线索编号 }}") + form
    return form_page(blocks, "案件来源登记表")


def _source_rows() -> tuple[Row, ...]:
    sources = "　".join(tick(condition, text) for condition, text in _SOURCES)
    return (
        row(label("来源分类", 2), value(sources, 3), height=14),
        row(
            label("发现线索或收到材料时间", 2),
            value("{{ 收到时间|cn_datetime }}"),
            label("外部编号"),
            value(slashed("外部编号")),
            height=14,
        ),
    )


def _provider_rows() -> tuple[Row, ...]:
    confidential = "{% if 举报人 %}另册保密登记{% else %}/{% endif %}"
    provider = label("案源\n提供人", merge="restart")
    inspector = pairs("监督检查人", slashed("监督检查人"), "所属单位", slashed("监督检查人单位"))
    reporter = pairs("投诉、举报人", slashed("举报人"), "联系方式", confidential)
    department = pairs(
        "移送、交办\n部门",
        slashed("移送交办部门"),
        "联系人及电话",
        slashed("移送交办部门联系方式"),
    )
    return (
        row(provider, *inspector.cells),
        row(hanging(), *reporter.cells),
        row(hanging(), *department.cells, height=14),
    )


def _party_rows() -> tuple[Row, ...]:
    party = label("当事人", merge="restart")
    numbers = pairs("证件号码", slashed("证件号码"), "联系电话", slashed("当事人电话"))
    return (
        row(party, label("名称（姓名）"), value(slashed("当事人"), 3)),
        row(hanging(), *numbers.cells),
        row(hanging(), label("住所（住址）"), value(slashed("住所"), 3)),
    )


def _content_row() -> Row:
    content = writing(
        paragraph("Cell", "{{ 线索标题 }}"),
        long_text("线索内容", "CellLong"),
        paragraph("Cell", "发生地点：{{ 发生地点|default('/') }}"),
        paragraph("CellRight", "登记人：{{ 经办人 }}　　{{ 登记时间|cn_date }}"),
        span=3,
    )
    return tall(label("案源内容", 2), content, height=36)


def _opinion_row() -> Row:
    suggestion = (
        "{% if 监管事项 %}建议按“{{ 监管事项 }}”办理，由{{ 主办部门|default('/') }}主办"
        "{% if 协办部门 %}，{{ 协办部门|join }}协办{% endif %}。{% endif %}"
    )
    head = "办案机构负责人签名：{{ 承办机构负责人 }}　　{{ 登记时间|cn_date }}"
    opinion = writing(
        paragraph("CellLong", suggestion),
        when("案源处理意见", long_text("案源处理意见", "CellLong")),
        when("承办机构负责人", paragraph("CellRight", head)),
        span=3,
    )
    return tall(label("案源处理\n意见", 2), opinion, height=20)


def dispatch_slip() -> bytes:
    """线索转办单: what is handed to whom, why, and until when."""
    form = table((22, 56, 22, 56), *_clue_rows(), *_reason_rows(), *_limit_rows())
    note = remark(
        "注：1. 签收、退回期限自转办之时起算，办理期限以本单所列日期为准。"
        "2. 认为不属于本部门职责的，应当在退回期限内说明理由、"
        "提出建议承办部门后退回，不得自行转送其他部门。3. 反映人信息应当保密。"
    )
    return form_page(table_head("线索转办单", "{{ 文号 }}") + form + note, "线索转办单")


def _clue_rows() -> tuple[Row, ...]:
    return (
        pairs("线索编号", "{{ 线索编号 }}", "外部编号", slashed("外部编号")),
        pairs("线索来源", "{{ 线索来源 }}", "登记时间", "{{ 登记时间|cn_datetime }}"),
        row(label("主办部门"), value("{{ 主办部门 }}", 3)),
        row(label("协办部门"), value(slashed("协办部门|join"), 3)),
        pairs("监管领域", slashed("监管领域"), "监管事项", slashed("监管事项")),
        pairs("当事人", slashed("当事人"), "证件号码", slashed("证件号码")),
        pairs("发生地点", slashed("发生地点"), "反映人", slashed("举报人")),
        row(label("线索标题"), value("{{ 线索标题 }}", 3)),
    )


def _reason_rows() -> tuple[Row, ...]:
    return tuple(
        tall(label(fact), writing(long_text(fact, "CellLong"), span=3), height=height)
        for fact, height in (("线索内容", 18), ("转办理由", 10), ("办理要求", 8))
    )


def _limit_rows() -> tuple[Row, ...]:
    return (
        pairs(
            "签收期限",
            slashed("签收期限|cn_until"),
            "退回期限",
            slashed("退回期限|cn_until"),
        ),
        pairs(
            "办理期限",
            slashed("办理期限|cn_until"),
            "转办时间",
            "{{ 转办时间|cn_datetime }}",
        ),
        pairs(
            "转办单位\n经办人",
            "{{ 经办人 }}（{{ 经办人电话|default('/') }}）",
            "承办部门\n签收",
            "签名：\n　　年　月　日　时　分",
            height=14,
        ),
    )
