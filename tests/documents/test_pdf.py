"""PDF: optional, in its own profile, one at a time, with every character of a name."""

import re
import subprocess
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from typer.testing import CliRunner

from cli.main import app
from documents.output import pdf
from documents.output.pdf import FONTS, NoPdf, PdfConverter, unavailable
from documents.templates.kinds import load_template, sample_facts
from tests.helpers import fake_office
from tests.helpers.wanted import needs_office, needs_poppler

pytestmark = pytest.mark.early

LONGEST = 120
"""Seconds that a busy machine may take for what takes none."""
NAMES = "玥堃翀昇祎镕"
"""Characters that common Chinese fonts lack."""


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without LibreOffice."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., PdfConverter]:
    """A program in LibreOffice's place that does what it is told."""

    def placed(script: str, seconds: float = LONGEST) -> PdfConverter:
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        return PdfConverter(home=tmp_path / "home", seconds=seconds)

    return placed


def word(**changes: object) -> bytes:
    template = load_template("return_letter")
    return template.render({**sample_facts(template), **changes})


def paragraphs_of(content: bytes) -> list[str]:
    """The text of every paragraph, in tables too, without blanks."""
    body = Document(BytesIO(content)).element.body
    texts = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return [found for one in texts if (found := re.sub(r"\s", "", one))]


def text_of(content: bytes, *arguments: str) -> str:
    command = ["pdftotext", *arguments, "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_the_reason_is_said() -> None:
    assert "没有安装 LibreOffice" in (unavailable() or "")

    with pytest.raises(NoPdf, match="没有安装 LibreOffice"):
        PdfConverter().convert(word())


@pytest.mark.usefixtures("no_office")
def test_the_command_says_why_there_is_no_pdf(tmp_path: Path) -> None:
    source, out = tmp_path / "a.docx", tmp_path / "a.pdf"
    source.write_bytes(word())

    result = CliRunner().invoke(app, ["document", "pdf", str(source), "-o", str(out)])

    assert result.exit_code == 2
    assert "没有安装 LibreOffice" in result.output
    assert not out.exists()


def test_a_conversion_that_hangs_is_stopped_with_its_children(
    stand_in: Callable[..., PdfConverter], tmp_path: Path
) -> None:
    note = f"echo $$ >> {tmp_path}/pids; exec sleep {2 * LONGEST}"
    converter = stand_in(f"sh -c '{note}' & {note}", seconds=5)

    with pytest.raises(NoPdf, match="超过5秒"):
        converter.convert(word())

    pids = [int(one) for one in (tmp_path / "pids").read_text().split()]
    assert pids
    assert all(_ends(one) for one in pids)


def _ends(pid: int) -> bool:
    """Whether a process that was killed is gone, or will be when somebody asks for its end."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_a_document_without_result_is_named(stand_in: Callable[..., PdfConverter]) -> None:
    converter = stand_in("exit 0")

    with pytest.raises(NoPdf, match="未能转换“退回函”"):
        converter.convert_all({"退回函": word()})


def test_the_program_sees_neither_proxies_nor_secrets(
    stand_in: Callable[..., PdfConverter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YISONG_SECRET", "hush")
    converter = stand_in(f"env > {tmp_path}/seen")

    with pytest.raises(NoPdf):
        converter.convert(word())

    seen = (tmp_path / "seen").read_text()
    assert "hush" not in seen
    assert f"FONTCONFIG_FILE={FONTS}" in seen
    assert f"HOME={tmp_path}/home" in seen


def test_a_file_with_a_macro_never_reaches_the_program(
    stand_in: Callable[..., PdfConverter], tmp_path: Path
) -> None:
    converter = stand_in(f"touch {tmp_path}/ran")

    with pytest.raises(NoPdf, match="不能转换"):
        converter.convert(b"not a word file")

    assert not (tmp_path / "ran").exists()


def test_nothing_to_convert_needs_no_program(stand_in: Callable[..., PdfConverter]) -> None:
    assert stand_in("exit 1").convert_all({}) == {}


@pytest.mark.parametrize("chokes", [fake_office.STOPS, fake_office.HANGS])
def test_a_paper_that_cannot_be_converted_holds_back_no_other(
    chokes: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_office.placed(monkeypatch, tmp_path, "王坏件", chokes)
    monkeypatch.setattr(pdf, "SECONDS_MORE", 0)
    words = {"first": word(), "bad": word(联系人="王坏件"), "last": word(), "macro": b"no file"}

    made, refused = PdfConverter(home=tmp_path / "home", seconds=4).convert_each(words)

    assert set(made) == {"first", "last"}
    assert set(refused) == {"bad", "macro"}
    assert "“" not in refused["bad"], "the reason names no hash"


@needs_office
@needs_poppler
def test_rare_characters_of_names_are_printed(tmp_path: Path) -> None:
    content = PdfConverter(home=tmp_path).convert(word(联系人=f"李{NAMES}"))

    assert content.startswith(b"%PDF")
    assert f"李{NAMES}" in text_of(content)
    listed = subprocess.run(
        ["pdffonts", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    fonts = [line.split() for line in listed.splitlines()[2:]]
    assert fonts
    assert all("yes" in line[-5:-3] for line in fonts), "every font is embedded"


@needs_office
@needs_poppler
def test_a_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    paragraph = "一" * 28 * 60
    content = PdfConverter(home=tmp_path).convert(word(退回理由=paragraph))

    second = text_of(content, "-f", "2", "-l", "2", "-layout").splitlines()
    lines = [line.strip() for line in second if set(line.strip()) == {"一"}]
    assert {len(line) for line in lines[:-1]} == {28}
    assert len(lines) == 22


@needs_office
def test_several_documents_are_converted_in_one_run(tmp_path: Path) -> None:
    made = PdfConverter(home=tmp_path).convert_all({"甲": word(), "乙/../丙": word(联系人="丙")})

    assert set(made) == {"甲", "乙/../丙"}
    assert all(one.startswith(b"%PDF") for one in made.values())


@needs_office
def test_the_command_writes_a_pdf(tmp_path: Path) -> None:
    source, out = tmp_path / "a.docx", tmp_path / "a.pdf"
    source.write_bytes(word())

    result = CliRunner().invoke(app, ["document", "pdf", str(source), "-o", str(out)])

    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"%PDF")


def test_every_font_a_template_names_has_a_substitute_with_rare_characters() -> None:
    mapped = FONTS.read_text(encoding="utf-8")

    for name in ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"):
        assert f'<test name="family"><string>{name}</string></test>' in mapped
    for block in mapped.split("<match")[1:]:
        assert "<string>Noto Ser" in block or "<string>Noto Sans" in block
    assert pdf.FONTS.is_file()


@needs_office
@needs_poppler
def test_the_pdf_says_every_character_of_the_document() -> None:
    kinds = ("penalty_decision", "designation_request", "crime_investigation_report")
    templates = {kind: load_template(kind) for kind in kinds}
    words = {kind: one.render(sample_facts(one)) for kind, one in templates.items()}

    for kind, made in PdfConverter().convert_all(words).items():
        pages = re.sub(r"—\s*\d+\s*—", "", text_of(made, "-raw"))
        said = re.sub(r"\s", "", pages)
        assert [one for one in paragraphs_of(words[kind]) if one not in said] == [], kind


@needs_office
@needs_poppler
@pytest.mark.parametrize("kind", ["designation_request", "supervision_circular"])
def test_the_imprint_stands_at_the_foot_of_the_last_page(kind: str, tmp_path: Path) -> None:
    template = load_template(kind)
    made = tmp_path / "made.pdf"
    made.write_bytes(PdfConverter().convert(template.render(sample_facts(template))))

    told = subprocess.run(
        ["pdftotext", "-bbox", str(made), "-"], capture_output=True, check=True, text=True
    ).stdout
    [foot] = re.findall(r'yMax="([\d.]+)">[^<]*印发</word>', told.rpartition("<page ")[2])

    type_area = (297 - 35) / 25.4 * 72
    assert type_area - 10 < float(foot) <= type_area


@needs_office
@needs_poppler
def test_the_signature_leaves_no_page_half_empty(tmp_path: Path) -> None:
    """Word parts a long paragraph that is kept with the signature; LibreOffice moved all of it."""
    opinion = load_template("opinion_reply")
    [last] = [one.name for one in opinion.form.fields if one.type == "long_text"][-1:]
    long = {"opinion_reply": {last: "已经依照检察意见办理，有关情况如下，请予审查。" * 20}}
    kinds = ("crime_transfer", "goods_transfer_notice", "seizure_release", "opinion_reply")
    samples = {kind: load_template(kind) for kind in kinds}
    words = {
        kind: one.render({**sample_facts(one), **long.get(kind, {})})
        for kind, one in samples.items()
    }

    for kind, made in PdfConverter().convert_all(words).items():
        (tmp_path / "made.pdf").write_bytes(made)
        told = subprocess.run(
            ["pdftotext", "-bbox", str(tmp_path / "made.pdf"), "-"],
            capture_output=True, check=True, text=True,
        ).stdout  # fmt: skip
        first, *_ = told.split("<page ")[1:]
        feet = [float(one) for one in re.findall(r'yMax="([\d.]+)"', first)]
        top, foot = 37 / 25.4 * 72, (297 - 35) / 25.4 * 72
        assert max(one for one in feet if one < foot + 5) - top > 0.45 * (foot - top), kind
