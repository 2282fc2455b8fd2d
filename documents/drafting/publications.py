"""Documents of what is agreed and published: lists, plans, texts, and the letters on the way."""

from documents.sheet.blocks import (
    body,
    head_row,
    heading,
    list_row,
    long_text,
    paragraph,
    row_loop,
    table,
    when,
)
from documents.sheet.page import form_page, official_letter, wide_list
from documents.sheet.phrases import (
    addressee,
    attachments,
    contact,
    letter_end,
    letter_head,
    list_head,
    remark,
    signature,
)

_ITEMS = (
    ("监管领域", 24),
    ("牵头部门", 26),
    ("配合部门", 26),
    ("监管事项", 28),
    ("设定依据", 36),
    ("监管对象", 22),
    ("事项类别", 19),
    ("检查方式", 19),
    ("监管层级", 16),
)
_PLAN = (
    ("计划名称", 36),
    ("牵头部门", 28),
    ("配合部门", 28),
    ("监管事项", 33),
    ("监管对象", 30),
    ("检查数量", 33),
    ("起止时间", 30),
)


def _rows(fact: str, columns: tuple[tuple[str, int], ...]) -> str:
    names = [name for name, _ in columns]
    return table(
        (12, *(width for _, width in columns)),
        head_row("序号", *names),
        *row_loop(
            "行",
            fact,
            list_row("{{ loop.index }}", *(f"-{{{{ 行.{one}|default('/') }}}}" for one in names)),
        ),
    )


_BORDERS = tuple(
    (name, f"{{{{ 行.{name}|default('/') }}}}", width)
    for name, width in (("审批事项", 32), ("衔接边界", 48), ("责任单位", 34), ("协作方式", 42))
)
_ITEMS_UPRIGHT = (
    (
        "监管事项（领域、类别）",
        "{{ 行.监管事项 }}（{{ 行.监管领域|default('/') }}、{{ 行.事项类别|default('/') }}）",
        32,
    ),
    *(
        (name, f"{{{{ 行.{name}|default('/') }}}}", 22)
        for name in ("牵头部门", "配合部门", "设定依据", "监管对象", "检查方式", "监管层级")
    ),
)
_PLAN_UPRIGHT = tuple((name, f"{{{{ 行.{name}|default('/') }}}}", 22) for name, _ in _PLAN)


def _upright(fact: str, columns: tuple[tuple[str, str, int], ...]) -> str:
    """The same rows in a letter, whose sheet holds seven columns."""
    return table(
        tuple(width for _, _, width in columns),
        head_row(*(name for name, _, _ in columns)),
        *row_loop("行", fact, list_row(*(f"-{cell}" for _, cell, _ in columns))),
    )


def _published(rows: str) -> str:
    return (
        paragraph("Title", "{{ 名称 }}")
        + paragraph("FormNumber", "{{ 文号 }}")
        + list_head(
            "编号：{{ 事项编号 }}（第{{ 版次 }}版{% if 代替 %}，代替{{ 代替 }}{% endif %}）",
            "发布单位：{{ 承办部门 }}　　施行日期：{{ 施行日期|cn_date }}",
        )
        + rows
    )


def matter_list() -> bytes:
    """事项清单 (渭南方案附件1): who leads, on which article, whom, how, at which level."""
    end = remark("共{{ 事项|length }}项，以下空白。")
    return wide_list(_published(_rows("事项", _ITEMS) + end), "事项清单")


def annual_plan() -> bytes:
    """检查计划 (渭南方案附件2): what is inspected, whom, how many, from when to when."""
    end = remark("共{{ 计划|length }}项，以下空白。")
    return wide_list(_published(_rows("计划", _PLAN) + end), "检查计划")


def publication_text() -> bytes:
    """What is published as a text: a guide, caps, a memo of who supervises what."""
    said = when("衔接事项", _upright("衔接事项", _BORDERS))
    return form_page(_published(said + when("正文", long_text("正文"))), "公布文本")


def opinion_request() -> bytes:
    """征求意见函: the draft goes to the co-operating departments, with the day of their answer."""
    blocks = (
        letter_head("{{ ('关于征求《' ~ 名称 ~ '》意见的函')|wrapped(20) }}")
        + addressee()
        + body("我单位起草了《{{ 名称 }}》（{{ 种类 }}，编号：{{ 事项编号 }}），现征求你单位意见。")
        + when("事项", heading("事项"), _upright("事项", _ITEMS_UPRIGHT))
        + when("计划", heading("计划"), _upright("计划", _PLAN_UPRIGHT))
        + when("衔接事项", heading("衔接事项"), _upright("衔接事项", _BORDERS))
        + when("正文", heading("正文"), long_text("正文"))
        + body("请于{{ 答复期限|cn_date }}前答复；有不同意见的，请写明理由和建议的写法。")
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "征求意见函")


def filing_report() -> bytes:
    """备案报告: what was approved, by whom, and with whom it is filed."""
    blocks = (
        letter_head("{{ ('关于《' ~ 名称 ~ '》的备案报告')|wrapped(20) }}")
        + paragraph("Addressee", "{{ 备案机关 }}：")
        + body(
            "《{{ 名称 }}》（编号：{{ 事项编号 }}）已经{{ 批准人 }}批准"
            "{% if 批准决定 %}（{{ 批准决定 }}）{% endif %}，现报请备案。"
        )
        + when("计划", _upright("计划", _PLAN_UPRIGHT))
        + when("事项", _upright("事项", _ITEMS_UPRIGHT))
        + contact(with_address=False)
        + attachments()
        + signature()
    )
    return official_letter(blocks, "备案报告")
