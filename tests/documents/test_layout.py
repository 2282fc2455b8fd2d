"""The shipped templates lie on the paper as GB/T 9704-2012 asks: the geometry in their XML."""

import re
from functools import cache

import pytest
from docx.oxml.ns import qn
from lxml import etree

from documents.templates.kinds import Template, load_template, read_form
from documents.templates.package import read_members
from documents.templates.template_files import SHIPPED, TEMPLATES, kinds_in

KINDS = kinds_in(SHIPPED)
LYING = (
    *(
        "annual_plan",
        "assessment_report",
        "case_review",
        "goods_handover_list",
        "goods_list",
        "matter_list",
    ),
    "property_list",
)
UPRIGHT = [kind for kind in KINDS if kind not in LYING]
LISTS = [one for one in KINDS if read_form(TEMPLATES / one / "form.yaml").layout == "list"]


@cache
def members(kind: str) -> dict[str, bytes]:
    """What a Word file is made of: a dozen tests look into each."""
    return read_members((TEMPLATES / kind / "template.docx").read_bytes())[0]


def part(template: Template, name: str) -> etree._Element:
    return etree.fromstring(members(template.kind)[f"word/{name}.xml"])


def twips(element: etree._Element, name: str) -> int:
    return int(element.get(qn(f"w:{name}")))


def millimetres(length: int) -> float:
    return length / 1440 * 25.4


def style(template: Template, identity: str) -> etree._Element:
    found = part(template, "styles").xpath(
        f"w:style[@w:styleId='{identity}']",
        namespaces={"w": qn("w:x").split("}")[0][1:]},
    )
    return found[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_area_is_156_by_225_millimetres_with_22_lines(kind: str) -> None:
    section = part(load_template(kind), "document").find(f".//{qn('w:sectPr')}")
    assert section is not None
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    grid = section.find(qn("w:docGrid"))
    assert size is not None
    assert margins is not None
    assert grid is not None

    lies = kind in LYING
    assert (twips(size, "w"), twips(size, "h")) == ((16838, 11906) if lies else (11906, 16838))
    assert round(millimetres(twips(margins, "right" if lies else "top"))) == 37
    assert round(millimetres(twips(margins, "top" if lies else "left"))) == 28
    width = twips(size, "w") - twips(margins, "left") - twips(margins, "right")
    height = twips(size, "h") - twips(margins, "top") - twips(margins, "bottom")
    assert abs(millimetres(width) - (225 if lies else 156)) < 0.3
    assert abs(millimetres(height) - (156 if lies else 225)) < 0.3
    assert grid.get(qn("w:type")) == "lines"
    assert height // twips(grid, "linePitch") == (15 if lies else 22)


@pytest.mark.parametrize("kind", UPRIGHT)
def test_28_characters_of_size_three_fill_a_line(kind: str) -> None:
    normal = style(load_template(kind), "Normal")
    size = normal.find(f".//{qn('w:sz')}")
    tracking = normal.find(f"{qn('w:rPr')}/{qn('w:spacing')}")
    assert size is not None
    assert tracking is not None

    advance = twips(size, "val") / 2 + twips(tracking, "val") / 20
    assert int(8845 / 20 // advance) == 28


@pytest.mark.parametrize("kind", KINDS)
def test_every_style_names_a_chinese_font(kind: str) -> None:
    for fonts in part(load_template(kind), "styles").iter(qn("w:rFonts")):
        assert fonts.get(qn("w:eastAsia")) in {
            "仿宋_GB2312",
            "楷体_GB2312",
            "黑体",
            "宋体",
            "方正小标宋简体",
        }


@pytest.mark.parametrize("kind", KINDS)
def test_tables_fill_the_type_area_exactly(kind: str) -> None:
    whole = 12757 if kind in LYING else 8845
    for table in part(load_template(kind), "document").iter(qn("w:tbl")):
        columns = [twips(column, "w") for column in table.iter(qn("w:gridCol"))]
        assert sum(columns) == whole
        for row in table.iter(qn("w:tr")):
            assert sum(twips(width, "w") for width in row.iter(qn("w:tcW"))) == whole


def test_a_list_of_eight_columns_lies_so_that_no_column_holds_two_characters() -> None:
    for kind in KINDS:
        for table in part(load_template(kind), "document").iter(qn("w:tbl")):
            columns = [twips(column, "w") for column in table.iter(qn("w:gridCol"))]
            assert kind in LYING or len(columns) < 8
            assert min(columns) >= 600, kind


@pytest.mark.parametrize("kind", LISTS)
def test_the_heads_of_a_list_are_repeated_on_every_page(kind: str) -> None:
    document = part(load_template(kind), "document")

    assert document.find(f".//{qn('w:tblHeader')}") is not None


def test_letters_bear_a_red_double_rule_above_and_below_and_no_number_on_page_one() -> None:
    for kind in (kind for kind in KINDS if load_template(kind).form.layout == "letter"):
        template = load_template(kind)
        rules = [
            rule
            for identity in ("LetterMark", "LetterFoot")
            for rule in style(template, identity).iter(qn("w:bottom"))
        ]
        assert [rule.get(qn("w:val")) for rule in rules] == [
            "thickThinSmallGap",
            "thinThickSmallGap",
        ]
        assert {rule.get(qn("w:color")) for rule in rules} == {"FF0000"}
        section = part(template, "document").find(f".//{qn('w:sectPr')}")
        assert section is not None
        assert section.find(qn("w:titlePg")) is not None
        margins = section.find(qn("w:pgMar"))
        assert margins is not None
        assert round(millimetres(twips(margins, "header"))) == 30
        assert round(millimetres(twips(margins, "footer"))) == 20


def test_forms_have_no_red_head() -> None:
    for kind in (kind for kind in KINDS if load_template(kind).form.layout in ("form", "list")):
        used = {
            item.get(qn("w:val"))
            for item in part(load_template(kind), "document").iter(qn("w:pStyle"))
        }
        assert not used & {"Mark", "MarkLong", "NumberUp"}, kind


def test_page_numbers_stand_outside_and_differ_on_odd_and_even_pages() -> None:
    template = load_template("penalty_decision")

    assert part(template, "settings").find(qn("w:evenAndOddHeaders")) is not None
    feet = [etree.tostring(part(template, f"footer{n}")).decode() for n in (1, 2)]
    assert all(" PAGE " in foot for foot in feet)
    assert {"PageOdd", "PageEven"} == {
        name for foot in feet for name in re.findall(r'pStyle w:val="(\w+)"', foot)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_head_and_foot_leave_the_type_area_its_22_lines(kind: str) -> None:
    """A head or foot that reaches into the type area would push text out of it."""
    template = load_template(kind)
    margins = part(template, "document").find(f".//{qn('w:pgMar')}")
    assert margins is not None
    foot = style(template, "PageOdd").find(f".//{qn('w:spacing')}")
    assert foot is not None
    lift = part(template, "footer1").find(f".//{qn('w:pPr')}/{qn('w:spacing')}")
    height = twips(foot, "line") + (twips(lift, "after") if lift is not None else 0)
    heads = part(template, "header1").iter(qn("w:pStyle"))

    assert twips(margins, "footer") + height <= twips(margins, "bottom")
    assert {head.get(qn("w:val")) for head in heads} == {"End"}
    # The number's line is half as high as it is far from its own middle: 7 mm to the dash.
    middle = twips(margins, "bottom") - twips(margins, "footer") - height + twips(foot, "line") / 2
    assert abs(millimetres(int(middle)) - 7) < 0.5


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_never_stands_on_a_page_without_text(kind: str) -> None:
    """Two lines at least, not only whom to ask and what is attached, are kept with it."""
    body = part(load_template(kind), "document").find(qn("w:body"))
    assert body is not None
    blocks = list(body)
    texts = ["".join(block.itertext()) for block in blocks]
    signs = [place for place, text in enumerate(texts) if "承办部门|length <= 12" in text]

    for place in signs:
        lines, running, depth, before = 0, False, 0, place
        while (lines < 2 or not running) and blocks[before - 1].tag == qn("w:p"):
            before -= 1
            depth += ("{%p end" in texts[before]) - ("{%p if" in texts[before])
            depth -= "{%p for" in texts[before]
            if "{%p" in texts[before]:
                long = "|paragraphs %}" in texts[before] and not depth
                lines, running = lines + long, running or long
                continue
            name = named(blocks[before])
            if name in ("Addressee", "Title", "NumberRight"):
                break
            assert stays(kind, blocks[before]) or depth, texts[before]
            if not depth and name in ("Body", "Party"):
                lines, running = lines + printed_lines(texts[before]), True
            lines += (name == "Contact" or name.startswith("Heading")) and not depth


def test_places_to_sign_by_hand_never_stand_on_a_page_without_text() -> None:
    """The paragraph before the table in which people sign goes along, in every record and list."""
    signed: set[str] = set()
    for kind in KINDS:
        body = part(load_template(kind), "document").find(qn("w:body"))
        assert body is not None
        for table in body.iterchildren(qn("w:tbl")):
            text, before = "".join(table.itertext()), table.getprevious()
            if "签名" not in text or "年　月　日" not in text or before.tag != qn("w:p"):
                continue
            if "{%p" not in "".join(before.itertext()):
                assert stays(kind, before), kind
                signed.add(kind)

    assert {"inspection_record", "goods_handover_list", "draw_record"} <= signed


@pytest.mark.parametrize("kind", KINDS)
def test_no_long_paragraph_goes_along_to_the_page_of_the_signature(kind: str) -> None:
    """It would leave the page before it half empty; facts apart, three lines are the most."""
    for one in part(load_template(kind), "document").iterfind(f"{qn('w:body')}/{qn('w:p')}"):
        text = "".join(one.itertext())
        kept = one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
        if kept and "|tick" not in text and "{% if" not in text:
            assert printed_lines(text) <= 3 or text.rstrip("。").count("。") == 0, text


def printed_lines(text: str) -> int:
    return -(-(len(re.sub(r"{%.*?%}|{{.*?}}", "某某", text)) + 2) // 28)


def named(block: etree._Element) -> str:
    found = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return str(found.get(qn("w:val"))) if found is not None else ""


def stays(kind: str, block: etree._Element) -> bool:
    """Whether a page's end never parts this paragraph from the next."""
    own = block.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
    general = style(load_template(kind), named(block)).find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
    return own is not None or general is not None


@pytest.mark.parametrize("kind", KINDS)
def test_a_paragraph_says_each_of_its_properties_once(kind: str) -> None:
    """Word opens a file that says one twice, and the schema of Word files refuses it."""
    for own in part(load_template(kind), "document").iter(qn("w:pPr")):
        said = [one.tag for one in own]
        assert len(said) == len(set(said))


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_table_that_ends_the_paper_is_followed_by_an_empty_line(kind: str) -> None:
    """That line could stand alone on a page, and nothing else on it but the number."""
    body = part(load_template(kind), "document").find(qn("w:body"))
    assert body is not None
    printed = [
        one for one in body if one.tag == qn("w:tbl") or "{%p" not in "".join(one.itertext())
    ]

    *_, before, last, _ = printed
    assert last.tag == qn("w:p")
    assert before.tag == qn("w:tbl") or named(last) != "End"


@pytest.mark.parametrize("kind", KINDS)
def test_the_qr_code_touches_neither_text_nor_the_rule_of_a_letter(kind: str) -> None:
    document = part(load_template(kind), "document")
    names = {"wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}
    [top] = document.xpath("//wp:positionV/wp:posOffset/text()", namespaces=names)
    [size] = document.xpath("//wp:anchor/wp:extent/@cy", namespaces=names)

    # The rule of three points lies 20 mm above the edge of the sheet.
    under, edge = (210 - 26, 210 - 5) if kind in LYING else (297 - 35, 297 - 20 - 1.5)
    assert int(top) / 36_000 >= under
    assert (int(top) + int(size)) / 36_000 < edge


def test_official_documents_bear_a_red_mark_and_a_red_rule_and_end_with_an_imprint() -> None:
    for kind in (kind for kind in KINDS if load_template(kind).form.layout == "redhead"):
        document = part(load_template(kind), "document")
        used = [item.get(qn("w:val")) for item in document.iter(qn("w:pStyle"))]
        [numbered] = {"NumberUp", "NumberRed"} & set(used)
        rule = style(load_template(kind), numbered).find(f".//{qn('w:bottom')}")
        assert rule is not None
        assert rule.get(qn("w:color")) == "FF0000"
        assert {"Mark", "MarkLong"} <= set(used)
        assert used.index("Mark") < used.index(numbered) < used.index("Title")
        assert used[-2:] == ["Imprint", "End"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_has_a_place_for_its_code(kind: str) -> None:
    text = "".join(part(load_template(kind), "document").itertext())

    assert "校验码：{{ 校验码 }}" in text
    # Behind other small text it would be left alone on a line of its own.
    assert "归档。{% if 校验码 %}　校验码" not in text
