"""A document proves itself: by its bytes, or by the eight characters on its paper."""

import json
import re
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from sqlalchemy import text
from zxingcpp import read_barcode

from documents.templates.engine import CompiledTemplate
from documents.templates.kinds import load_template, sample_facts
from documents.templates.template_files import TEMPLATES
from documents.values.codes import (
    CODE,
    CORE,
    QR,
    check_address,
    code_inside,
    read_code,
    shown_code,
)
from documents.values.qr_code import qr_png
from flows.papers.correction_rights import Correction
from flows.papers.corrections import void
from flows.papers.genuineness import Verdict, verify_code, verify_file
from flows.site.keys import load_keys
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, Story


def _of_file(story: Story, raw: bytes) -> Verdict:
    with reading(story.office.engine) as session:
        return verify_file(session, story.office, raw)


def _of_code(story: Story, code: str) -> Verdict:
    with reading(story.office.engine) as session:
        [found] = verify_code(session, story.office, code)
        return found


def _bytes(story: Story, kind: str) -> bytes:
    return story.office.shelf.get(story.papers(kind)[-1].sha256)


def _rewritten(raw: bytes, change: dict[str, tuple[bytes, bytes]], drop: str = "") -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in (one for one in old.namelist() if one != drop):
            before, after = change.get(name, (b"", b""))
            new.writestr(name, old.read(name).replace(before, after) if before else old.read(name))
    return made.getvalue()


def test_the_file_as_issued_is_authentic(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("crime_transfer")[0]

    found = _of_file(story, _bytes(story, "crime_transfer"))

    assert found.holds
    assert (found.number, found.organ) == (paper.number, "示例市市场监督管理局")
    assert (found.issued_on, found.sha256) == (paper.issued_at.date(), paper.sha256)


def test_a_verdict_tells_no_case_facts(story: Story) -> None:
    story.walk(*APPROVED)

    found = repr(_of_code(story, story.papers("crime_transfer")[0].code))

    assert "鑫源" not in found
    assert "XS2026" not in found


def test_one_character_changed_is_altered(story: Story) -> None:
    story.walk(*APPROVED)
    change = {"word/document.xml": ("鑫源食品".encode(), "鑫源乳品".encode())}

    found = _of_file(story, _rewritten(_bytes(story, "crime_transfer"), change))

    assert found.outcome == "altered"
    assert found.number == "示市监涉罪移〔2026〕1号"


def test_a_form_without_a_number_is_known_by_the_code_inside(story: Story) -> None:
    story.walk(*ACCEPTED)
    change = {"word/document.xml": ("鑫源食品".encode(), "鑫源乳品".encode())}

    assert _of_file(story, _rewritten(_bytes(story, "clue_registration"), change)).outcome == (
        "altered"
    )


def test_a_file_saved_by_another_program_is_known_by_number_and_title(story: Story) -> None:
    story.walk(*APPROVED)
    copy = Document()
    copy.add_paragraph("涉嫌犯罪案件移送书")
    copy.add_paragraph("示市监涉罪移〔2026〕1号")
    saved = BytesIO()
    copy.save(saved)

    assert _of_file(story, saved.getvalue()).outcome == "altered"


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"PK\x03\x04 broken"])
def test_what_was_never_issued_is_unknown(story: Story, raw: bytes) -> None:
    assert _of_file(story, raw).outcome == "unknown"


def test_a_strange_word_file_is_unknown(story: Story) -> None:
    story.walk(*ACCEPTED)
    saved = BytesIO()
    Document().save(saved)

    assert _of_file(story, saved.getvalue()).outcome == "unknown"


def test_a_voided_document_is_genuine_and_not_valid(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("crime_transfer")[0]

    void(story.office, paper.id or 0, Correction(actor("legal"), story.now, "罪名有误"))

    assert _of_file(story, _bytes(story, "crime_transfer")).outcome == "void"
    assert not _of_code(story, paper.code).holds


def test_codes_may_be_typed_as_people_write_them(story: Story) -> None:
    story.walk(*ACCEPTED)
    paper = story.papers("dispatch_slip")[0]

    for typed in (
        paper.code,
        shown_code(paper.code).lower(),
        f" {paper.code[:3]} {paper.code[3:]}",
    ):
        assert _of_code(story, typed).number == paper.number


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert read_code("oil0-1234") == "01101234"
    assert read_code("ABC") is None
    assert read_code("ABCDEFGU") is None


@pytest.mark.parametrize("code", ["00000000", "not a code", ""])
def test_a_code_of_nobody_is_unknown(story: Story, code: str) -> None:
    story.walk(*ACCEPTED)

    assert _of_code(story, code).outcome == "unknown"


def test_every_issued_file_carries_its_code_and_no_author(story: Story) -> None:
    story.walk(*ACCEPTED)
    paper = story.papers("dispatch_slip")[0]

    with ZipFile(BytesIO(_bytes(story, "dispatch_slip"))) as file:
        properties = file.read(CORE)

    assert code_inside(properties) == paper.code
    assert "示例市12345" in properties.decode()
    assert b"lastModifiedBy" not in properties


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document SET number = '示市监涉罪移〔2026〕9号' WHERE kind = 'crime_transfer'",
        "UPDATE document SET facts = '{}' WHERE kind = 'crime_transfer'",
        "UPDATE document SET organ = 'shili-health' WHERE kind = 'crime_transfer'",
        "UPDATE event SET detail = '{}' WHERE action = 'approve'",
    ],
)
def test_a_register_that_somebody_changed_proves_nothing(story: Story, change: str) -> None:
    story.walk(*APPROVED)
    code = story.papers("crime_transfer")[0].code

    with transaction(story.office.engine) as session:
        session.connection().execute(text(change))

    assert _of_code(story, code).outcome == "altered"


def test_other_keys_make_other_codes(story: Story, tmp_path: Path) -> None:
    keys = load_keys(story.office.settings.keys)

    assert load_keys(tmp_path / "other" / "keys.json").verify != keys.verify


def test_an_old_key_file_gets_the_new_key_and_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    before = load_keys(path)
    old = json.loads(path.read_text())
    del old["verify"]
    path.write_text(json.dumps(old))

    after = load_keys(path)

    assert (after.chain, after.seal, after.match) == (before.chain, before.seal, before.match)
    assert after.verify != before.verify
    assert load_keys(path) == after
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("address", ["https://yisong.example.invalid/v/QDPM2EGV", "移送链尾 9f2c"])
def test_the_qr_code_is_a_picture_of_the_address(address: str, tmp_path: Path) -> None:
    picture = qr_png(address)

    assert picture == qr_png(address)
    assert _read(picture) == address


def _read(picture: bytes) -> str:
    """What a camera reads from a one-bit picture of the kind that is made here."""
    width = int.from_bytes(picture[16:20], "big")
    [content] = re.findall(rb"IDAT(.*)....\0{4}IEND", picture, re.DOTALL)
    lines, octets = zlib.decompress(content), -(-width // 8) + 1
    dots = [
        [255 * (lines[row * octets + 1 + x // 8] >> (7 - x % 8) & 1) for x in range(width)]
        for row in range(width)
    ]
    grey = memoryview(bytes(dot for line in dots for dot in line)).cast("B", (width, width))
    return str(read_barcode(grey).text)


def test_the_qr_code_of_an_issued_document_leads_to_its_verification(story: Story) -> None:
    story.walk(*APPROVED)
    base_url = story.office.settings.base_url

    for paper in story.papers():
        with ZipFile(BytesIO(story.office.shelf.get(paper.sha256))) as archive:
            pictures = [archive.read(one) for one in archive.namelist() if "/media/" in one]
        assert pictures == [qr_png(check_address(base_url, paper.code))], paper.title


def test_the_qr_codes_place_is_known_by_its_alternative_text(story: Story) -> None:
    """Word numbers pictures anew when a template gets another one."""
    old, new = b"media/image1.png", b"media/image7.png"
    raw = _rewritten(
        (TEMPLATES / "return_letter" / "template.docx").read_bytes(),
        {"word/_rels/document.xml.rels": (old, new)},
    )
    made = BytesIO()
    with ZipFile(BytesIO(raw)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name.replace(old.decode(), new.decode()), before.read(name))

    assert CompiledTemplate(made.getvalue()).pictures == {QR: "word/media/image7.png"}


def test_a_paper_that_nobody_issued_has_no_qr_code() -> None:
    template = load_template("return_letter")

    with ZipFile(BytesIO(template.render(sample_facts(template) | {CODE: None}))) as archive:
        assert b"<w:drawing" not in archive.read("word/document.xml")
