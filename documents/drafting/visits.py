"""Documents of inspections: approval, notice, record, results, publicity, recheck."""

from documents.sheet.blocks import (
    Row,
    body,
    head_row,
    label,
    list_row,
    long_text,
    pairs,
    paragraph,
    row_loop,
    slashed,
    table,
    tall,
    value,
    when,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import (
    contact,
    form_head,
    list_head,
    opinion_of,
    remark,
    signature,
    signatures,
    table_head,
)

_WIDTHS = (34, 48, 30, 44)
_NUMBER = "检查编号：{{ 事项编号 }}"


def _long(name: str, fact: str, height: int) -> Row:
    return tall(label(name), writing(long_text(fact, "CellLong"), span=3), height=height)


def _whole(name: str, text: str) -> Row:
    return tall(label(name), value(text, 3), height=8)


def _subject() -> tuple[Row, ...]:
    return (
        _whole("检查对象", "{{ 对象名称 }}"),
        pairs("对象代码", "{{ 对象代码 }}", "联系电话", slashed("对象电话")),
        _whole("地址", slashed("对象地址")),
    )


def _people() -> str:
    return table(
        (72, 40, 44),
        head_row("检查人员单位", "姓名", "执法证号"),
        *row_loop("行", "检查人员", list_row("-{{ 行.部门 }}", "{{ 行.姓名 }}", "{{ 行.证号 }}")),
    )


def _results() -> str:
    return table(
        (46, 40, 70),
        head_row("检查部门", "检查结果", "发现的问题"),
        *row_loop(
            "行",
            "各部门结果",
            list_row("-{{ 行.部门 }}", "-{{ 行.结果 }}", "-{{ 行.问题|default('/') }}"),
        ),
    )


def visit_approval() -> bytes:
    """行政检查审批表: whom, what, by whom, and how often this year already."""
    form = table(
        _WIDTHS,
        *_subject(),
        pairs("检查种类", "{{ 检查种类 }}", "检查方式", "{{ 检查方式 }}"),
        _whole("检查事项", "{{ 检查事项|join }}"),
        _whole("检查来源", "{{ 检查来源 }}"),
        _whole("协助人员", slashed("协助人员")),
        _whole("不能以非现场方\n式完成的理由", slashed("非现场不能完成的理由")),
        pairs(
            "本年度本机关\n已检查次数",
            "{{ 本机关已检查次数 }}次",
            "各部门\n已上门次数",
            "{{ 各部门已上门次数 }}次",
        ),
        _whole("频次上限", "{{ 频次上限说明 }}"),
        _whole("正在办理的\n其他检查", slashed("正在办理的其他检查")),
        _whole("超过上限、重复\n检查的理由", slashed("超过频次上限或者重复检查仍须进行的理由")),
        tall(
            label("负责人意见"),
            writing(opinion_of("审批意见"), span=3),
            height=16,
        ),
    )
    blocks = table_head("行政检查审批表", _NUMBER) + form + list_head("检查人员：") + _people()
    return form_page(blocks + signatures("经办人", "负责人", height=14), "行政检查审批表")


def visit_notice() -> bytes:
    """行政检查通知书: when, on what basis, how, by whom, how often already, and which rights."""
    blocks = (
        form_head("行政检查通知书")
        + paragraph("Addressee", "{{ 对象名称 }}：")
        + body(
            "依据{{ 检查依据|join }}，本机关定于{{ 检查时间|cn_datetime }}对你（单位）实施行政检查"
            "（检查编号：{{ 事项编号 }}），检查种类为{{ 检查种类 }}，检查方式为{{ 检查方式 }}。"
        )
        + body("检查事项：{{ 检查事项|join }}。检查来源：{{ 检查来源 }}。")
        + when("通知方式说明", body("{{ 通知方式说明 }}。"))
        + body(
            "本年度本机关已对你（单位）检查{{ 本机关已检查次数 }}次（不含本次），"
            "各部门共上门{{ 各部门已上门次数 }}次；频次上限：{{ 频次上限说明 }}。"
        )
        + list_head("检查人员：")
        + _people()
        + when("协助人员", body("协助人员：{{ 协助人员 }}（不是执法人员）。"))
        + body("{{ 权利告知 }}")
        + contact()
        + signature()
        + remark(
            "本文书一式两份，一份送达，一份归档。扫描下方二维码可以查看检查机关、检查事项和检查人员的执法证号。"
        )
    )
    return form_page(blocks, "行政检查通知书")


def _items(problems: str) -> str:
    """Item by item: what was looked at, the result, and what was found amiss."""
    return table(
        (62, 30, 64),
        head_row("检查事项", "结果", problems),
        *row_loop(
            "行",
            "逐项结果",
            list_row("-{{ 行.检查事项 }}", "{{ 行.结果 }}", "-{{ 行.发现问题|default('/') }}"),
        ),
    )


def visit_record() -> bytes:
    """现场检查笔录: what one department looked at, found, and was told."""
    form = table(
        _WIDTHS,
        *_subject(),
        pairs(
            "开始时间",
            "{{ 检查开始时间|cn_datetime }}",
            "结束时间",
            "{{ 检查结束时间|cn_datetime }}",
            height=14,
        ),
        _whole("检查地点", slashed("检查地点")),
        pairs("到场人员", slashed("到场人员"), "检查方式", "{{ 检查方式 }}"),
        _long("检查情况", "检查情况", 36),
        _long("对象的\n陈述申辩", "对象的陈述申辩", 14),
    )
    blocks = (
        table_head("现场检查笔录", _NUMBER)
        + form
        + _items("发现的问题")
        + list_head("检查人员：")
        + _people()
        + remark("检查人员已表明身份、出示执法证件，告知陈述申辩和申请回避的权利。")
        + remark("以上笔录已经核对。签名情况：{{ 签名情况 }}。")
        + signatures("现场负责人", "见证人", "执法人员", "执法人员")
    )
    return form_page(blocks, "现场检查笔录")


def check_record() -> bytes:
    """随机抽查情况记录表: of a drawn object, each item with its result and what follows."""
    form = table(
        _WIDTHS,
        pairs("抽取编号", "{{ 抽取编号 }}", "检查部门", "{{ 承办部门 }}"),
        *_subject(),
        pairs("核查方式", "{{ 检查方式 }}", "检查结果", "{{ 检查结果 }}"),
    )
    blocks = (
        table_head("随机抽查情况记录表", _NUMBER)
        + form
        + _items("发现问题情况")
        + signatures("执法人员", "执法人员")
    )
    return form_page(blocks, "随机抽查情况记录表")


def visit_result_notice() -> bytes:
    """检查结果告知书: what each department found at whom it inspected."""
    blocks = (
        form_head("检查结果告知书")
        + paragraph("Addressee", "{{ 对象名称 }}：")
        + body(
            "本机关对你（单位）实施的行政检查（检查编号：{{ 事项编号 }}）已经完成，结果告知如下："
        )
        + _results()
        + body("对检查结果有异议的，可以向本机关提出书面意见；发现的问题依法另行处理。")
        + contact()
        + signature()
        + remark("本文书一式两份，一份交检查对象，一份归档。")
    )
    return form_page(blocks, "检查结果告知书")


def visit_publicity() -> bytes:
    """检查结果公示信息: what everybody may read; no class can be inferred from it."""
    form = table(
        _WIDTHS,
        _whole("检查对象", "{{ 对象名称 }}"),
        _whole("对象代码", "{{ 对象代码 }}"),
        _whole("检查部门", "{{ 承办部门 }}"),
        _whole("检查事项", "{{ 检查事项|join }}"),
        pairs("检查种类", "{{ 检查种类 }}", "检查方式", "{{ 检查方式 }}"),
        pairs(
            "检查日期",
            "{{ 检查结束时间|cn_datetime }}",
            "公示日期",
            "{{ 公示日期|cn_date }}",
            height=14,
        ),
        _whole("检查结果", "{{ 检查结果 }}"),
        _whole("公示的地方", "{{ 公示的地方 }}"),
    )
    return form_page(table_head("检查结果公示信息", _NUMBER) + form, "检查结果公示信息")


def recheck_record() -> bytes:
    """复查记录: what was ordered, what was reported, and what was seen."""
    form = table(
        _WIDTHS,
        _whole("检查对象", "{{ 对象名称 }}"),
        _long("改正要求", "改正要求", 18),
        pairs("改正期限", "{{ 改正期限|cn_date }}", "复查日期", "{{ 复查日期|cn_date }}"),
        _long("报告的\n改正情况", "改正情况", 14),
        _long("复查情况", "复查情况", 22),
        _whole("复查结论", "{{ 复查结论 }}"),
    )
    blocks = (
        table_head("复查记录", _NUMBER)
        + form
        + remark(
            "以上为{{ 对象名称 }}{{ 复查日期|cn_date }}的复查记录，请核对后签名；"
            "有不同意见的，在签名处写明。"
        )
        + signatures("当事人", "见证人", "执法人员", "执法人员")
    )
    return form_page(blocks, "复查记录")
