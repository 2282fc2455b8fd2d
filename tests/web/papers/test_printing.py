"""Papers printed together: one file, each paper from the front of a sheet on."""

import re
import subprocess
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from sqlalchemy import text

from documents.output.joined import joined
from documents.output.merged import merged, why_apart
from documents.output.pdf import PdfConverter
from documents.templates.kinds import load_template, sample_facts
from documents.templates.package import build_package, read_members
from flows.printing import chosen
from tests.helpers.wanted import needs_office, needs_poppler
from tests.web.conftest import Workbench
from tests.web.papers.earlier_json import WAYS, as_versions_wrote
from tests.web.papers.test_documents_register import ids_of


def sample(kind: str, **changes: object) -> bytes:
    template = load_template(kind)
    return template.render({**sample_facts(template), **changes})


def with_other_styles(word: bytes) -> bytes:
    """The paper as an older template made it: its title smaller, its even pages like its odd."""
    contents, _ = read_members(word)
    styles = contents["word/styles.xml"].decode()
    contents["word/styles.xml"] = styles.replace('w:val="44"', 'w:val="36"').encode()
    sides = contents["word/settings.xml"].replace(b"<w:evenAndOddHeaders/>", b"")
    contents["word/settings.xml"] = sides
    return build_package(contents)


def text_of(word: bytes) -> str:
    return "".join(one.text or "" for one in Document(BytesIO(word)).element.body.iter(qn("w:t")))


def test_papers_in_one_file_keep_text_styles_heads_and_begin_on_odd_pages() -> None:
    letter, old = sample("urging_notice"), with_other_styles(sample("crime_transfer"))
    goods = sample("goods_list")

    made = merged([letter, old, goods])

    assert text_of(made) == text_of(letter) + text_of(old) + text_of(goods)
    document = Document(BytesIO(made))
    assert [str(one.start_type) for one in document.sections[1:]] == ["ODD_PAGE (4)"] * 2
    assert [one.orientation for one in document.sections] == [0, 0, 1]
    sizes = {
        one.style_id: one.font.size for one in document.styles if one.style_id.endswith("Title")
    }
    assert sizes["Title"].pt == 22
    assert sizes["p1-Title"].pt == 18
    first, second, _ = document.sections
    assert "示例市司法局" in first.first_page_header._element.xpath("string()")
    assert "示例市司法局" not in second.first_page_header._element.xpath("string()")
    assert second._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    pictures = document.element.body.xpath("//wp:docPr/@id")
    assert len(pictures) == len(set(pictures)) == 3


def test_a_paper_with_numbering_of_its_own_is_printed_by_itself() -> None:
    contents, _ = read_members(sample("circular"))
    body = contents["word/document.xml"]
    numbered = body.replace(b"<w:pPr>", b"<w:pPr><w:numPr/>", 1)

    assert not why_apart(sample("circular"))
    assert "自动编号" in why_apart(build_package({**contents, "word/document.xml": numbered}))


@needs_office
def test_the_pdf_leaves_the_back_of_a_single_page_empty() -> None:
    """Each is printed as it is printed alone: the rule at a letter's foot stays in its place."""
    words = {"1": sample("urging_notice"), "2": sample("goods_list")}
    made = joined(list(PdfConverter().convert_all(words).values()))

    assert max(int(one) for one in re.findall(rb"/Count (\d+)", made)) == 3


def test_ticked_papers_are_printed_together_and_what_stands_in_the_way_is_said(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench.walk("register", "dispatch", "accept")
    client = workbench.at("handler")
    ids = ids_of(client)
    query = {"query": "", "form": "word"}

    answer = client.post("/documents/print", data={**query, "pick": ids})

    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert len(Document(BytesIO(answer.content)).sections) >= len(ids)
    for picked, told in (([], "请先勾选"), ([999_999], "1份没有找到，或者您无权查看")):
        refused = client.post("/documents/print", data={**query, "pick": picked})
        assert refused.status_code == 422
        assert told in refused.text
    monkeypatch.setattr(chosen, "MOST_PRINTED", 1)
    assert "请分几次打印" in client.post("/documents/print", data={**query, "pick": ids}).text
    monkeypatch.setattr(chosen, "MOST_PRINTED", 40)
    monkeypatch.setenv("PATH", "/nonexistent")
    no_pdf = client.post("/documents/print", data={"query": "", "form": "pdf", "pick": ids})
    assert no_pdf.status_code == 422
    assert "LibreOffice" in no_pdf.text


def test_the_register_names_party_and_addressee_and_is_searched_by_party(
    workbench: Workbench,
) -> None:
    workbench.walk("register", "dispatch", "accept")
    client = workbench.at("handler")
    [slip] = workbench.story.papers("dispatch_slip")
    party = str(slip.facts["当事人"])

    page = client.get("/documents", params={"party": party[2:6]}).text

    assert slip.id in ids_of(client, f"party={party[2:6]}")
    assert ids_of(client, "party=没有这一家") == []
    assert party in page
    assert "送：" in page
    table = client.get("/documents.xlsx", params={"party": party[2:6]})
    assert table.status_code == 200


@pytest.mark.parametrize("way", WAYS)
def test_a_paper_is_found_by_the_party_it_names_though_the_clue_names_another_now(
    workbench: Workbench, way: str
) -> None:
    workbench.walk("register", "dispatch", "accept")
    [slip] = workbench.story.papers("dispatch_slip")
    with workbench.office.engine.begin() as connection:
        connection.execute(text("UPDATE clue SET subject_name = '另一家'"))
    as_versions_wrote(workbench.office, way)

    party = str(slip.facts["当事人"])

    assert slip.id in ids_of(workbench.at("handler"), f"party={party[:4]}")


@needs_office
@needs_poppler
def test_every_letter_of_a_printed_stack_bears_its_head_on_its_first_page_only() -> None:
    letters = {kind: sample(kind) for kind in ("return_letter", "opinion_reply", "dispute_letter")}

    stack = joined(list(PdfConverter().convert_all(letters).values()))

    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=stack, capture_output=True, check=True
    ).stdout.decode()
    heads = [
        "示例市市场监督管理局" in re.findall(r'yMax="(?:\d\d|1[0-4]\d)\.\d+">([^<]*)<', one)
        for one in told.split("<page ")[1:]
    ]
    assert heads == [True, False] * 3
