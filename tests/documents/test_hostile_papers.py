"""A Word file made to harm is refused in Chinese, within its budget, by whoever reads it."""

import io
import random
import resource
import time
import zipfile
from collections.abc import Iterable

import pytest

from documents.output.claims import claims_of
from documents.templates.markup import find_tags, outside_tags
from documents.templates.pictures import described_pictures
from documents.templates.safety import read_outside, read_safely
from documents.templates.template_files import TEMPLATES

pytestmark = pytest.mark.early

SECONDS = 4.0
MEMORY = 200 << 10
SOUND = next(iter(sorted(TEMPLATES.glob("*/template.docx")))).read_bytes()
BODY = "word/document.xml"


def changed(
    member: str = "",
    old: bytes = b"",
    new: bytes = b"",
    more: Iterable[tuple[str, bytes, int]] = (),
) -> bytes:
    """The sound file with one piece changed and parts added, each packed in its own way."""
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOUND)) as before, zipfile.ZipFile(raw, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            assert info.filename != member or old in content
            found = content.replace(old, new, 1) if info.filename == member else content
            after.writestr(info.filename, found, zipfile.ZIP_DEFLATED)
        for name, content, method in more:
            after.writestr(name, content, method)
    return raw.getvalue()


def bombs() -> dict[str, bytes]:
    """By name the files that are refused."""
    noughts = bytes(64 << 20)
    closing = b"</w:body>"
    return {
        "bzip2": changed(more=[("word/media/a.png", noughts, zipfile.ZIP_BZIP2)]),
        "lzma": changed(more=[("word/media/a.png", noughts, zipfile.ZIP_LZMA)]),
        "bomb": changed(more=[("word/media/a.png", noughts, zipfile.ZIP_DEFLATED)]),
        "elements": changed(BODY, closing, b"<w:p/>" * 1_200_000 + closing),
        "commented elements": changed(BODY, closing, b"<!--" + b"<" * 400_000 + b"-->" + closing),
        "deep": changed(BODY, closing, b"<w:p>" * 5000 + b"</w:p>" * 5000 + closing),
        "nothing": b"",
        "no zip": b"PK\3\4" + noughts,
    }


@pytest.mark.parametrize(
    "name", ["bzip2", "lzma", "bomb", "elements", "commented elements", "deep"]
)
def test_a_hostile_paper_is_refused_within_its_budget(name: str) -> None:
    raw = bombs()[name]
    before, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    contents, complaints = read_outside(raw)
    claims = claims_of(raw)

    assert complaints
    assert not contents
    assert claims is None
    assert time.monotonic() - before < SECONDS * 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MEMORY


@pytest.mark.parametrize(
    "member", ["[Content_Types].xml", "word/_rels/document.xml.rels", "_rels/.rels"]
)
def test_a_comment_in_a_list_of_parts_is_no_fault(member: str) -> None:
    """It was an error of the server, for anybody who sent such a file to be verified."""
    old = b"</Types>" if member.startswith("[") else b"</Relationships>"
    raw = changed(member, old, b"<!-- made by hand -->" + old)

    assert read_safely(raw)[1] == ()
    assert read_outside(raw)[1] == ()
    assert claims_of(raw) is not None


def test_an_uploaded_paper_reads_the_same_within_limits() -> None:
    assert read_outside(SOUND) == read_safely(SOUND)


def test_open_tags_cost_no_time() -> None:
    text = "{{" * 200_000 + "{%" * 200_000 + "{{ 案号 }}"
    before = time.monotonic()

    assert len(find_tags(text)) == 1
    assert outside_tags("甲{{ 案号 }}乙{% if 案号 %}丙") == "甲乙丙"
    assert find_tags("{%{{ 案号 }}") == ["{{ 案号 }}"]

    assert time.monotonic() - before < SECONDS


def test_open_drawings_cost_no_time() -> None:
    before = time.monotonic()

    assert described_pictures({BODY: b"<a><!--" + b"<w:drawing " * 100_000 + b"--></a>"}) == {}
    assert described_pictures({BODY: b"<w:drawing " * 100_000}) == {}

    assert time.monotonic() - before < SECONDS


def test_damaged_papers_are_read_or_refused() -> None:
    """Any bytes may come: two hundred mutants, none of them an error."""
    chance = random.Random(12)
    for _ in range(200):
        raw = bytearray(SOUND)
        for _ in range(chance.randint(1, 12)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        _, complaints = read_safely(bytes(raw))
        assert all(one.message for one in complaints)
