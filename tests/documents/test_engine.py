"""The document engine: facts go in as they are, markup never does, equal facts make equal bytes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from documents.sheet.blocks import (
    Cell,
    Row,
    each,
    paragraph,
    row_loop,
    row_when,
    table,
    when,
)
from documents.sheet.page import letter_page, plain_page
from documents.templates.engine import BadTemplate, CompiledTemplate, MissingFact
from documents.templates.package import NotAWordFile, build_package, read_members


def template(blocks: str) -> CompiledTemplate:
    return CompiledTemplate(plain_page(blocks, "试"))


def runs(*texts: str, between: str = "") -> str:
    """A paragraph that Word has broken into several runs."""
    inner = between.join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr>{inner}</w:p>'


def texts(content: bytes) -> list[str]:
    return [item.text for item in Document(BytesIO(content)).paragraphs]


def printed(text: str, **facts: object) -> str:
    return texts(template(paragraph("Body", text)).render(facts))[0]


def test_a_fact_is_printed_where_its_name_stands() -> None:
    assert printed("当事人：{{ 当事人 }}。", 当事人="鑫源食品") == "当事人：鑫源食品。"


@pytest.mark.parametrize("text", ["<w:t>&\"'</w:t>", Markup("<w:t>&\"'</w:t>")])
def test_a_fact_is_text_and_never_markup_whatever_it_calls_itself(text: str) -> None:
    told = "{{ 甲 }}，{{ 甲|default('/') }}，{{ [甲, '<']|join }}，{{ '<&>' }}"

    assert printed(told, 甲=text) == f"{text}，{text}，{text}、<，<&>"


def test_equal_facts_make_equal_bytes() -> None:
    compiled = template(paragraph("Body", "{{ 当事人 }}"))

    assert compiled.render({"当事人": "甲"}) == compiled.render({"当事人": "甲"})
    assert compiled.render({"当事人": "甲"}) != compiled.render({"当事人": "乙"})


def test_all_members_are_dated_1980() -> None:
    content = template(paragraph("Body", "{{ 甲 }}")).render({"甲": "一"})

    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "broken",
    [
        runs("{", "{ 当事", "人 }", "}"),
        runs("前{{", " 当事人 ", "}}后"),
        runs("{{ 当事人|default(“/”) }}"),
        runs("{{ 当事人", " }}", between='<w:proofErr w:type="spellStart"/>'),
        runs("{{\xa0当事人\u3000}}"),
    ],
)
def test_a_tag_broken_by_word_is_made_whole(broken: str) -> None:
    content = template(broken).render({"当事人": "鑫源"})

    assert texts(content)[0].strip("前后") == "鑫源"


@given(st.lists(st.integers(0, 60), max_size=12))
def test_wherever_word_breaks_the_text_the_result_is_the_same(cuts: list[int]) -> None:
    text = "甲{{ 名|default('/') }}乙{% if 名 %}丙{{ 名 }}{% endif %}丁"
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]

    content = template(runs(*pieces)).render({"名": "X"})

    assert texts(content)[0] == "甲X乙丙X丁"


def test_text_around_a_broken_tag_keeps_its_place() -> None:
    content = template(runs("甲{", "{ 名 }", "}乙{{ 名", " }}丙")).render({"名": "X"})

    assert texts(content)[0] == "甲X乙X丙"


@pytest.mark.parametrize(
    "value",
    ["A&B <送货单>", "</w:t></w:r></w:p><w:p>注入", "{{ 7*7 }}", "“引号”'\"", "]]>", "&lt;"],
)
def test_a_value_is_never_markup(value: str) -> None:
    assert printed("{{ 甲 }}", 甲=value) == value


@given(st.text(max_size=60))
def test_any_text_gives_a_readable_document_with_what_can_be_printed(value: str) -> None:
    shown = printed("始{{ 甲 }}终", 甲=value)

    kept = value.replace("\r\n", "\n").replace("\r", "\n")
    expected = "".join(
        sign
        for sign in kept
        if sign in "\n\t" or not (ord(sign) < 32 or 0x7F <= ord(sign) <= 0x9F)
        if not 0xD800 <= ord(sign) <= 0xDFFF and ord(sign) not in (0xFFFE, 0xFFFF)
    )
    assert shown == f"始{expected}终"


def test_new_lines_and_tabs_become_words_own() -> None:
    content = template(paragraph("Body", "{{ 甲 }}")).render({"甲": "一\n二\t三"})

    xml = read_members(content)[0]["word/document.xml"].decode()
    assert "一</w:t><w:br/>" in xml
    assert "二</w:t><w:tab/>" in xml


def test_a_missing_fact_is_an_error_with_its_name() -> None:
    with pytest.raises(MissingFact, match="当事人") as caught:
        printed("{{ 当事人 }}", 经办人="李")

    assert caught.value.name == "当事人"


def test_a_missing_column_is_an_error_with_its_name() -> None:
    compiled = template(each("行", "物品", paragraph("Body", "{{ 行.数量 }}")))

    with pytest.raises(MissingFact) as caught:
        compiled.render({"物品": [{"名称": "坚果"}]})
    assert caught.value.name == "数量"


@pytest.mark.parametrize("text", ["{% if 缺 %}是{% endif %}", "{{ 缺|cn_money }}", "{{ 缺|join }}"])
def test_a_missing_fact_cannot_slip_through_a_condition_or_filter(text: str) -> None:
    with pytest.raises(MissingFact):
        printed(text + "{{ 缺 }}")


@pytest.mark.parametrize("empty", [None, "", [], ()])
def test_an_empty_fact_is_struck_with_a_slash(empty: object) -> None:
    assert printed("{{ 备注|default('/') }}", 备注=empty) == "/"


def test_zero_and_no_are_values_not_gaps() -> None:
    assert printed("{{ 甲|default('/') }}{{ 乙|default('/') }}", 甲=0, 乙=False) == "0否"


def test_values_print_as_officials_write_them() -> None:
    assert printed("{{ 甲 }}", 甲=date(2026, 1, 2)) == "2026年1月2日"
    assert printed("{{ 甲 }}", 甲=datetime(2026, 1, 2, 1, 5, tzinfo=UTC)) == "2026年1月2日9时05分"
    assert printed("{{ 甲 }}", 甲=["公安局", "住建局"]) == "公安局、住建局"
    assert printed("{{ 甲 }}", 甲=Decimal("1E+3")) == "1000"
    assert printed("{{ 甲 }}{{ 乙 }}", 甲=True, 乙=None) == "是"


def test_filters_write_dates_amounts_and_lists() -> None:
    moment = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)

    assert printed("{{ 甲|cn_date }}", 甲=moment) == "2026年11月22日"
    assert printed("{{ 甲|cn_datetime }}", 甲=date(2026, 11, 2)) == "2026年11月2日"
    assert printed("{{ 甲|amount }}", 甲="1234.5") == "1,234.50"
    assert printed("{{ 甲|cn_money }}", 甲=Decimal("100000")) == "壹拾万元整"
    assert printed("{{ 甲|join('，') }}", 甲=["一", None, "二"]) == "一，二"
    assert printed("{{ 甲|cn_number }}、{{ 乙|cn_number }}", 甲=12, 乙=20) == "十二、二十"
    assert printed("因{{ 甲|clause }}，", 甲="证据不足。") == "因证据不足，"
    assert printed("{{ 甲|tick }}{{ 乙|tick }}", 甲=True, 乙=False) == "☑□"
    assert printed("{{ 甲|total('份数') }}", 甲=[{"份数": 2}, {"份数": None}, {"份数": 3}]) == "5"


def test_each_line_of_a_long_text_becomes_a_paragraph() -> None:
    compiled = template(each("段", "事实|paragraphs", paragraph("Body", "{{ 段 }}")))

    assert texts(compiled.render({"事实": "第一段。\n\n 第二段。"})) == ["第一段。", "第二段。"]


def test_a_row_loop_repeats_the_row_and_takes_its_own_rows_away() -> None:
    row = Row(
        (Cell(paragraph("Small", "{{ loop.index }}")), Cell(paragraph("Small", "{{ 行.名 }}")))
    )
    compiled = template(table((50, 106), *row_loop("行", "清单", row)))

    content = compiled.render({"清单": [{"名": "甲"}, {"名": "乙"}]})

    grid = [[cell.text for cell in row.cells] for row in Document(BytesIO(content)).tables[0].rows]
    assert grid == [["1", "甲"], ["2", "乙"]]


def test_rows_and_paragraphs_appear_only_when_their_condition_holds() -> None:
    hidden = Row((Cell(paragraph("Small", "密")),))
    always = Row((Cell(paragraph("Small", "公开")),))
    blocks = when("有", paragraph("Body", "有内容"), otherwise=paragraph("Body", "无内容"))
    compiled = template(blocks + table((156,), *row_when("有", hidden), always))

    assert texts(compiled.render({"有": False}))[0] == "无内容"
    assert len(Document(BytesIO(compiled.render({"有": False}))).tables[0].rows) == 1
    assert len(Document(BytesIO(compiled.render({"有": True}))).tables[0].rows) == 2


def test_tags_in_a_header_are_filled() -> None:
    content = CompiledTemplate(letter_page(paragraph("Body", "正文"), "函")).render(
        {"承办部门": "示例市司法局"}
    )

    assert "示例市司法局" in read_members(content)[0]["word/header3.xml"].decode()


def test_parts_without_tags_are_copied_as_they_lie() -> None:
    raw = plain_page(paragraph("Body", "{{ 甲 }}"), "试")

    before, after = read_members(raw)[1], read_members(CompiledTemplate(raw).render({"甲": 1}))[1]

    assert before["word/styles.xml"] == after["word/styles.xml"]
    assert before["word/document.xml"] != after["word/document.xml"]


def test_a_member_can_be_exchanged_for_another() -> None:
    contents, _ = read_members(plain_page(paragraph("Body", "{{ 甲 }}"), "试"))
    compiled = CompiledTemplate(build_package({**contents, "word/media/image1.png": b"old"}))

    content = compiled.render({"甲": 1}, {"word/media/image1.png": b"new"})

    assert read_members(content)[0]["word/media/image1.png"] == b"new"


def test_one_template_serves_many_threads() -> None:
    compiled = template(paragraph("Body", "{{ 甲 }}"))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: texts(compiled.render({"甲": str(n)}))[0], range(200)))

    assert found == [str(n) for n in range(200)]


@pytest.mark.parametrize(
    "text", ["{{ 甲.__class__ }}", "{{ 甲['__class__'] }}", "{{ 甲.upper() }}", "{{ 甲.real }}"]
)
def test_nothing_behind_a_value_can_be_reached(text: str) -> None:
    with pytest.raises(SecurityError):
        printed(text, 甲="值")


def test_braces_outside_any_tag_stay_what_they_are() -> None:
    xml = runs("{{ 甲 }}").replace("<w:p>", '<w:p w:rsidR="{{ 甲 }}">')

    paragraphs = Document(BytesIO(template(xml).render({"甲": "一"}))).paragraphs

    assert paragraphs[0].text == "一"
    assert "{{ 甲 }}" in paragraphs[0]._p.attrib.values()


@pytest.mark.parametrize(
    "blocks",
    [
        paragraph("Body", "{{ 甲 乙 }}"),
        paragraph("Body", "{% if 甲 %}没有结束"),
        paragraph("Body", "{%tr for 行 in 甲 %}"),
        paragraph("Body", "{% endfor %}"),
    ],
)
def test_a_malformed_template_is_refused_when_it_is_compiled(blocks: str) -> None:
    with pytest.raises(BadTemplate):
        template(blocks)


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(NotAWordFile):
        CompiledTemplate(b"not a zip")
