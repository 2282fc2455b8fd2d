"""A Word file in the browser: all it says, in its order, escaped, with the looks that matter."""

from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import pytest
from docx import Document

from documents.output.as_html import as_html, lines_of
from documents.templates.kinds import load_template, sample_facts
from documents.templates.package import NotAWordFile
from documents.templates.template_files import SHIPPED, kinds_in

ALLOWED = {"p", "h2", "h3", "h4", "div", "table", "tbody", "tr", "td", "th", "br", "strong"} | {
    "caption",
    "col",
    "colgroup",
}


class Seen(HTMLParser):
    """Every tag with its attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(str(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def sample(kind: str, **facts: object) -> bytes:
    template = load_template(kind)
    return template.render({**sample_facts(template), **facts})


def docx_texts(content: bytes) -> list[str]:
    """The words of a file's body as python-docx reads them."""
    document = Document(BytesIO(content))
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    texts = [*(one.text for one in document.paragraphs), *cells]
    return [word for text in texts for word in text.split()]


@pytest.mark.parametrize("kind", kinds_in(SHIPPED))
def test_every_kind_shows_all_that_word_shows_and_nothing_but_plain_tags(kind: str) -> None:
    content = sample(kind)

    seen = Seen(as_html(content))

    assert [one for one in docx_texts(content) if one not in seen.text] == []
    assert seen.tags <= ALLOWED
    # The last three let the keyboard reach a wide table; none of them can load or run anything.
    inert = {"class", "colspan", "rowspan", "scope", "width", "tabindex", "role", "aria-label"}
    assert seen.attributes <= inert


def test_red_head_title_and_imprint_are_told_apart() -> None:
    html = as_html(sample("supervision_circular"))

    assert '<p class="doc-center doc-large doc-red">示例市司法局文件</p>' in html
    assert '<p class="doc-center doc-rule">示司通〔2026〕1号</p>' in html
    assert '<h2 class="doc-center doc-large">关于示例市市场监督管理局<br>' in html
    assert html.index("doc-imprint") < html.index("印发")


def test_a_letter_shows_its_head_from_the_first_pages_header() -> None:
    html = as_html(sample("supervision_order"))

    head = html.split("</div>")[0]
    assert head.startswith('<div class="doc-head">')
    assert "示例市" in head


def test_signature_and_day_stand_on_the_right() -> None:
    html = as_html(sample("penalty_decision", 成文日期=date(2026, 12, 9)))

    assert '<p class="doc-sign">示例市市场监督管理局</p>' in html
    assert '<p class="doc-sign">2026年12月9日</p>' in html


def test_text_is_escaped_wherever_it_stands() -> None:
    bad = '<script>alert("x")</script>&amp;'

    for kind, fact in (("penalty_decision", "当事人"), ("crime_transfer", "案件名称")):
        html = as_html(sample(kind, **{fact: bad}))
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert bad in Seen(html).text


def test_merged_cells_span_and_heading_rows_head() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "左"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "上"
    table.cell(1, 1).text = "中"
    made = BytesIO()
    document.save(made)

    html = as_html(made.getvalue())

    assert '<td rowspan="3"><p>左</p></td>' in html
    assert '<td colspan="2"><p>上</p></td>' in html
    assert html.count("<td") == 2 + 4
    assert '<th scope="col">' in as_html(sample("goods_list"))


def test_columns_keep_their_shares_of_the_width() -> None:
    html = as_html(sample("crime_transfer"))

    table = html.partition('<table class="doc-table">')[2]
    shares = [int(one.split("%")[0]) for one in table.split('<col width="')[1:5]]
    assert shares == [16, 33, 16, 33]


def test_lines_are_the_texts_in_order() -> None:
    lines = lines_of(sample("crime_transfer"))

    assert lines[:2] == ["示例市市场监督管理局", "涉嫌犯罪案件移送书"]
    assert all(lines)


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(NotAWordFile):
        as_html(b"PK\x03\x04 nothing")


def test_a_picture_is_told_by_its_alternative_text() -> None:
    template = load_template("return_letter")

    assert "〔校验二维码〕" in as_html(
        template.render(sample_facts(template) | {"校验码": "7K4M-2QXD"})
    )
