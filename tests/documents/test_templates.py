"""The shipped templates: complete, filled from their samples, laid out as GB/T 9704-2012 asks."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from documents.drafting.__main__ import DRAFTS
from documents.output.catalogue_page import draw_documents
from documents.templates.check import check_all
from documents.templates.kinds import (
    BadFacts,
    MissingFacts,
    load_all,
    load_template,
    read_facts,
    sample_facts,
)
from documents.templates.package import read_members
from documents.templates.template_files import SHIPPED, TEMPLATES, kinds_in
from domain.rulebook.rulebook import Rulebook
from domain.shapes.entries import DocumentKind
from tests.helpers.plain_yaml import read_yaml

KINDS = kinds_in(SHIPPED)
SEVENTEEN = {
    "clue_registration": "案件来源登记表",
    "dispatch_slip": "线索转办单",
    "transfer_letter": "案件移送函",
    "return_letter": "退回函",
    "jurisdiction_designation": "指定管辖通知书",
    "joint_verification_notice": "联合核查通知书",
    "verification_report": "核查情况报告",
    "filing_approval": "立案审批表",
    "penalty_notice": "行政处罚告知书",
    "penalty_decision": "行政处罚决定书",
    "service_receipt": "送达回证",
    "crime_investigation_report": "涉嫌犯罪案件情况的调查报告",
    "crime_transfer": "涉嫌犯罪案件移送书",
    "goods_list": "涉案物品清单",
    "materials_list": "移送材料清单",
    "supervision_order": "行政执法监督督办函",
    "result_reply": "办理结果答复书",
    "interim_reply": "阶段性答复书",
}
BY_HAND = {
    "service_receipt",
    "crime_transfer",
    "case_catalogue",
    "inner_case_catalogue",
    "inner_case_cover",
    "arrival_receipt",
    "case_cover",
    "interview_record",
    "matter_approval",
    "decision_approval",
}
"""Forms with places that are written by hand and therefore stay open."""


def kinds() -> dict[str, DocumentKind]:
    path = TEMPLATES.parent / "config" / "documents.yaml"
    raw = read_yaml(path)
    return {kind: DocumentKind.model_validate(value) for kind, value in raw.items()}


def filled(kind: str, **changes: object) -> str:
    template = load_template(kind)
    content = template.render({**sample_facts(template), **changes})
    root = etree.fromstring(read_members(content)[0]["word/document.xml"])
    lines = ("".join(item.itertext(qn("w:t"))) for item in root.iter(qn("w:p")))
    return "\n".join(lines)


def test_the_seventeen_are_there_by_their_official_names() -> None:
    titles = {kind: template.form.title for kind, template in load_all().items()}

    assert SEVENTEEN.items() <= titles.items()


def test_every_template_passes_the_lint() -> None:
    assert [str(complaint) for complaint in check_all()] == []


def test_every_kind_in_the_rulebook_has_a_template_of_the_same_name_and_series() -> None:
    for kind, record in kinds().items():
        form = load_template(record.template).form
        assert (form.title, form.series) == (record.title, record.series), kind
    assert set(KINDS) == {record.template for record in kinds().values()} == set(DRAFTS)


def test_one_name_has_one_type_in_all_forms() -> None:
    types: dict[str, set[str]] = {}
    for template in load_all().values():
        for field in template.form.fields:
            types.setdefault(field.name, set()).add(field.type)

    assert {name: found for name, found in types.items() if len(found) > 1} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_document_opens_and_holds_every_text_of_its_sample(kind: str) -> None:
    template = load_template(kind)
    facts = sample_facts(template)
    content = template.render(facts)

    Document(BytesIO(content))
    parts = read_members(content)[0]
    text = "".join(
        "".join(etree.fromstring(parts[name]).itertext(qn("w:t")))
        for name in parts
        if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name)
    )
    assert "{{" not in text
    assert "{%" not in text
    for field in template.form.fields:
        value = facts.get(field.name)
        if field.type == "text" and isinstance(value, str) and field.name != "监督事由":
            assert value.rstrip("。") in text, field.name


@pytest.mark.parametrize("kind", KINDS)
def test_with_the_required_facts_alone_no_gap_is_left(kind: str) -> None:
    template = load_template(kind)
    facts = sample_facts(template)
    fields = template.form.fields
    instead = {name for one in fields for name in one.unless if name in facts}
    needed = {one.name for one in fields if one.is_missing({name: facts[name] for name in instead})}
    required = {name: facts[name] for name in needed | instead}
    content = template.render(required)

    if kind in BY_HAND:
        return
    for table in Document(BytesIO(content)).tables:
        for row in table.rows:
            for cell in row.cells:
                merged = cell._tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None
                assert cell.text.strip() or merged


@pytest.mark.parametrize("kind", KINDS)
def test_every_required_fact_is_asked_for_at_once(kind: str) -> None:
    template = load_template(kind)

    with pytest.raises(MissingFacts) as caught:
        template.render({})

    fields = template.form.fields
    required = [item.name for item in fields if item.required or item.demanded_by]
    assert [item.name for item in caught.value.fields] == required


def test_an_empty_list_is_a_missing_fact() -> None:
    template = load_template("goods_list")

    assert [item.name for item in template.missing({**sample_facts(template), "物品清单": []})] == [
        "物品清单"
    ]


# --- what the forms say -------------------------------------------------------------------------


def test_the_transfer_goes_to_the_police_with_a_copy_to_the_procuratorate_and_a_receipt() -> None:
    text = filled("crime_transfer")

    for needed in (
        "《行政执法机关移送涉嫌犯罪案件的规定》第三条",
        "抄送：示例市人民检察院。",
        "生产、销售伪劣产品罪",
        "案件主办人",
        "涉嫌犯罪案件移送书回执",
        "共5份43页",
        "□齐全　□不齐全",
    ):
        assert needed in text


def test_the_commitment_letter_numbers_what_it_prints() -> None:
    whole, short = (
        filled("commitment_letter", 定性依据="某法第一条"),
        filled("commitment_letter", 定性依据=""),
    )

    assert "（一）存在的问题" in whole
    assert "（二）有关规定" in whole
    assert "（三）改正要求" in whole
    assert "（一）存在的问题" in short
    assert "（二）改正要求" in short
    assert "有关规定" not in short


def test_an_opinion_nobody_gave_has_no_box_to_be_signed_afterwards() -> None:
    text = filled("transfer_approval", 承办机构负责人="", 法制审核意见="", 法制审核人="")

    assert "同意核查人员意见。" not in text
    assert "办案机构" not in text
    assert "法制机构" not in text
    assert "年　月　日" not in text


def test_amounts_end_with_a_full_stop_and_one_amount_is_no_part_of_several() -> None:
    report = filled("crime_investigation_report")
    single = filled("penalty_decision", 没收违法所得金额=None)

    assert "；\n五、证据" not in report
    assert "三、犯罪嫌疑人（单位）基本情况" in report
    assert "其中，罚款" not in single
    assert "罚款人民币壹拾万元整" in single


def test_a_penalty_decision_writes_amounts_in_figures_and_in_words() -> None:
    text = filled("penalty_decision")

    assert "罚款人民币壹拾万元整（100,000.00元）" in text
    assert "没收违法所得人民币贰仟陆佰元伍角整（2,600.50元）" in text


def test_the_notice_ticks_the_right_that_the_party_has() -> None:
    assert "☑对上述拟作出的行政处罚，你（单位）有权进行陈述、申辩，并有权要求听证" in filled(
        "penalty_notice", 告知听证权=True
    )
    assert "□对上述拟作出的行政处罚，你（单位）有权进行陈述、申辩，并有权要求听证" in filled(
        "penalty_notice", 告知听证权=False
    )


def test_the_market_regulators_rules_are_cited_by_the_market_regulator_only() -> None:
    rules = "《市场监督管理行政处罚程序规定》"

    assert rules in filled("penalty_notice", 承办部门="示例市市场监督管理局")
    assert rules not in filled("penalty_notice", 承办部门="示例市应急管理局")


def test_a_joint_report_keeps_dissent_verbatim_and_notes_who_stayed_silent() -> None:
    text = filled("verification_report")

    assert "示例市农业农村局：“现有证据不足以认定原料在进入市场前已经霉变。”" in text
    assert "逾期未反馈意见的部门" in text
    assert "五、核查结论" in text


def test_a_single_report_has_no_chapter_on_other_departments() -> None:
    text = filled("verification_report", 核查意见=None, 不同意见=None, 未反馈部门=None)

    assert "联合" not in text
    assert "各部门核查意见" not in text
    assert "四、核查结论" in text


def test_one_annex_is_not_numbered_and_two_are() -> None:
    assert "附件：检验报告" in filled("transfer_letter", 附件=["检验报告"])
    assert "附件：1. 检验报告" in filled("transfer_letter", 附件=["检验报告", "照片"])
    assert "附件" not in filled("transfer_letter", 附件=None)


def test_the_registration_ticks_the_channel_the_clue_came_by() -> None:
    for source, ticked in {
        "12345热线": "☑投诉、举报",
        "部门移送": "☑其他部门移送",
        "上级交办": "☑上级交办",
        "监督检查": "☑监督检查",
        "新闻媒体": "☑其他：新闻媒体",
    }.items():
        text = filled("clue_registration", 线索来源=source)
        assert ticked in text
        assert text.count("☑") == 1


def test_places_to_be_filled_in_by_hand_keep_their_width() -> None:
    assert "移交时间：　　年　月　日　时　分" in filled("goods_handover_list", 移交时间=None)


def test_dates_bear_no_leading_zeros() -> None:
    assert not re.search(r"年0|月0", "".join(filled(kind) for kind in KINDS))


def test_an_edit_in_the_sample_changes_nothing_but_its_place() -> None:
    before = filled("return_letter").splitlines()
    after = filled("return_letter", 建议主办部门="示例县应急管理局").splitlines()

    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert "示例县应急管理局" in changed[0]


def test_the_page_of_all_documents_is_fresh(rules: Rulebook) -> None:
    page = TEMPLATES.parent / "docs" / "documents.md"

    assert page.read_text(encoding="utf-8") == draw_documents(rules), "run: yisong document page"


def test_drafting_twice_gives_the_same_bytes() -> None:
    for kind in ("crime_transfer", "return_letter", "supervision_circular"):
        assert DRAFTS[kind]() == (TEMPLATES / kind / "template.docx").read_bytes()


# --- reading facts --------------------------------------------------------------------------------


def test_facts_of_the_wrong_type_are_all_named_at_once() -> None:
    form = load_template("crime_transfer").form

    with pytest.raises(BadFacts) as caught:
        read_facts(
            form,
            {"成文日期": "昨天", "材料清单": [{"名称": "报告", "页数": "三页"}], "当事人": ["甲"]},
        )

    assert len(caught.value.complaints) == 3
    assert "“成文日期”应为日期" in str(caught.value)
    assert "第1行“页数”" in str(caught.value)


def test_an_unknown_kind_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="crime_transfer"):
        load_template("no_such_kind")
