"""Papers of a look into a file: what may be seen, and what was seen."""

from documents.sheet.blocks import (
    body,
    head_row,
    heading,
    lines,
    list_row,
    long_text,
    paragraph,
    row_loop,
    slashed,
    table,
    when,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import addressee, contact, form_head, remark, signature


def file_access_reply() -> bytes:
    """查阅案卷答复书: granted with the list of what is shown, or refused with the reason."""
    papers = table(
        (14, 76, 46, 20),
        head_row("序号", "题名", "文号", "页数"),
        *row_loop(
            "行",
            "可以查阅的材料",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.题名 }}",
                "-{{ 行.文号|default('/') }}",
                slashed("行.页数"),
            ),
        ),
    )
    blocks = (
        form_head("查阅案卷答复书")
        + addressee("查阅人")
        + body(
            "你（单位）于{{ 申请查阅日期|cn_date }}申请查阅{{ 案件名称 }}"
            "（编号：{{ 线索编号 }}）的案卷。依据{{ 查阅依据 }}的规定，经审查，现答复如下："
        )
        + when(
            "同意查阅",
            body("同意查阅下列材料。查阅的时间和地点：{{ 查阅的时间和地点|default('/') }}。"),
            when("可以查阅的材料", papers, otherwise=body("/")),
            when(
                "不提供查阅的材料和理由",
                heading("不提供查阅的部分"),
                long_text("不提供查阅的材料和理由"),
            ),
            body("查阅时请出示证件，在登记表上签名；复制、摘抄的材料由本机关核对。"),
            otherwise=body("不同意查阅：{{ 不同意查阅的情形|default('/') }}。")
            + long_text("不同意查阅的理由"),
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送查阅人，一份归入副卷。")
    )
    return form_page(blocks, "查阅案卷答复书")


def file_access_record() -> bytes:
    """案卷查阅登记表: who saw and copied what, when, and in whose presence."""
    blocks = (
        form_head("案卷查阅登记表", numbered=False)
        + paragraph("Normal")
        + lines(
            "案件名称：{{ 案件名称 }}",
            "编号：{{ 线索编号 }}",
            "查阅人：{{ 查阅人 }}（{{ 查阅人的身份 }}）",
            "查阅的权限：{{ 查阅的权限|default('/') }}",
            "查阅时间：{{ 查阅时间|cn_datetime }}",
            "陪同人员：{{ 陪同人员|join }}",
        )
        + heading("一、查阅的材料")
        + long_text("查阅的材料")
        + heading("二、复制摘抄的材料")
        + long_text("复制摘抄的材料")
        + lines(
            "查阅人（签名）：　　　　　　　　年　月　日",
            "陪同人员（签名）：　　　　　　　　年　月　日",
        )
        + signature()
        + remark("本表归入副卷。")
    )
    return form_page(blocks, "案卷查阅登记表")
