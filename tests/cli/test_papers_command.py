"""Legal staff at the command line: templates, corrections, verification, evidence, case files."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from cli.papers.issued import in_words
from documents.templates.template_files import TEMPLATES
from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue, void
from flows.site.moment import set_moment
from tests.helpers.people import actor
from tests.helpers.story import APPROVED, Story

AT = ("--at", "2026-05-12T09:00")


@pytest.fixture
def told(story: Story, monkeypatch: pytest.MonkeyPatch) -> Story:
    """An approved referral, in the demonstration that the command opens."""
    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    set_moment(story.office, story.now)
    story.walk(*APPROVED)
    return story


def _yisong(story: Story, *words: str | Path) -> Result:
    home = str(story.office.settings.home)
    return CliRunner().invoke(app, ["--home", home, *map(str, words)])


def _number(story: Story, kind: str = "crime_transfer") -> str:
    return str(story.papers(kind)[-1].id)


def test_a_template_goes_from_check_to_use(told: Story, tmp_path: Path) -> None:
    file = tmp_path / "模板.docx"
    with ZipFile(TEMPLATES / "return_letter" / "template.docx") as old, ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    kind = ("--kind", "return_letter")

    assert "合格" in _yisong(told, "template", "check", file, *kind).output
    assert _yisong(told, "template", "upload", file, *kind, "--as", "legal", *AT).exit_code == 0
    own = _yisong(told, "template", "approve", 1, "--as", "legal", *AT)
    foreign = _yisong(told, "template", "approve", 1, "--as", "health_legal", *AT)
    shared = _yisong(told, "template", "upload", file, *kind, "--as", "legal", "--shared", *AT)
    other = _yisong(told, "template", "approve", 1, "--as", "administrator", *AT)

    assert (own.exit_code, foreign.exit_code, shared.exit_code, other.exit_code) == (1, 1, 1, 0)
    assert "该机关的另一名法制人员" in foreign.output.replace("\n", "")
    assert "共用的模板由管理员上传" in shared.output
    assert "上传人以外的另一人" in own.output
    assert "使用中" in _yisong(told, "template", "list").output
    assert "全部合格" in _yisong(told, "template", "check").output


def test_an_unfit_template_is_refused_with_its_complaints(told: Story, tmp_path: Path) -> None:
    file = tmp_path / "坏.docx"
    file.write_bytes(b"no word file")

    for words in (("check",), ("upload", "--as", "legal")):
        command, *rest = words
        found = _yisong(told, "template", command, file, "--kind", "return_letter", *rest)
        assert found.exit_code == 1
        assert "不是有效的 Word 文档" in found.output


def test_a_document_is_voided_reissued_and_verified(told: Story, tmp_path: Path) -> None:
    number, old, new = _number(told), tmp_path / "旧.docx", tmp_path / "新.docx"
    _yisong(told, "document", "fetch", number, "-o", old)

    void = _yisong(told, "document", "void", number, "--as", "legal", "--reason", "罪名有误", *AT)
    again = _yisong(told, "document", "reissue", number, "--as", "principal", *AT)
    _yisong(told, "document", "fetch", _number(told), "-o", new)

    assert (void.exit_code, again.exit_code) == (0, 0)
    assert "示市监涉罪移〔2026〕2号" in again.output
    void_one = _yisong(told, "document", "verify", old)
    assert void_one.exit_code == 1
    assert "已经作废" in void_one.output
    assert "由示市监涉罪移〔2026〕2号" in void_one.output
    genuine = _yisong(told, "document", "verify", new)
    assert genuine.exit_code == 0
    assert "真实有效" in genuine.output
    assert "文书：《涉嫌犯罪案件移送书》" in genuine.output
    assert "文号：示市监涉罪移〔2026〕2号" in genuine.output
    code = told.papers("crime_transfer")[-1].code
    assert _yisong(told, "document", "verify", code).exit_code == 0
    assert _yisong(told, "document", "verify", tmp_path / "无.docx").exit_code == 2


def test_no_seal_is_told_with_who_sets_the_service(told: Story, tmp_path: Path) -> None:
    number = _number(told)

    taken = _yisong(told, "document", "fetch", number, "--sealed", "-o", tmp_path / "章.pdf")
    asked = _yisong(told, "document", "seal", number, "--as", "handler")

    assert (taken.exit_code, asked.exit_code) == (2, 1)
    assert "没有加盖电子印章的文件" in taken.output
    assert "YISONG_SEAL_URL" in asked.output


def test_who_may_not_void_is_told_why(told: Story) -> None:
    words = ("document", "void", _number(told), "--as", "handler", "--reason", "有误")

    found = _yisong(told, *words)

    assert found.exit_code == 1
    assert "文书更正规则" in found.output


def test_stale_documents_are_listed_with_what_changed(told: Story) -> None:
    assert _yisong(told, "document", "stale", "XS2026000001").exit_code == 0
    paper = told.papers("crime_transfer")[0].id or 0

    void(told.office, paper, Correction(actor("legal"), told.now, "罪名有误"))
    reissue(told.office, paper, Correction(actor("principal"), told.now))

    found = _yisong(told, "document", "stale", "XS2026000001")
    assert found.exit_code == 1
    assert "移送书文号：文书载明「示市监涉罪移〔2026〕1号」" in found.output


def test_a_changed_list_is_told_in_words_and_not_as_it_is_stored() -> None:
    rows = [{"名称": "责令改正通知书", "文号": "1号"}, {"名称": "送达回证", "文号": None}]

    assert in_words(rows) == "名称：责令改正通知书，文号：1号；名称：送达回证"
    assert in_words(True) == "是"
    assert in_words([]) == "无"


def test_evidence_is_added_listed_and_fetched(told: Story, tmp_path: Path) -> None:
    file, copy = tmp_path / "报告.pdf", tmp_path / "取出.pdf"
    file.write_bytes(b"%PDF-1.7")
    add = ("attachment", "add", "XS2026000001", file, "--as", "handler", "--kind", "appraisal")

    added = _yisong(told, *add, "--title", "检验报告", *AT)
    again = _yisong(told, *add, "--title", "检验报告", *AT)
    _yisong(told, "attachment", "get", 1, "-o", copy)

    assert (added.exit_code, again.exit_code) == (0, 1)
    assert "检验报告.pdf" in _yisong(told, "attachment", "list", "XS2026000001").output
    assert copy.read_bytes() == file.read_bytes()


def test_a_bundle_and_an_export_are_written(told: Story, tmp_path: Path) -> None:
    packed, register = tmp_path / "案卷.zip", tmp_path / "台账.xlsx"

    bundled = _yisong(told, "bundle", "XS2026000001", "-o", packed, *AT)
    exported = _yisong(told, "export", "documents", "-o", register, *AT)

    assert "仅有名称，没有上传文件" in bundled.output
    assert "SHA256SUMS" in ZipFile(packed).namelist()
    assert exported.exit_code == 0
    assert ZipFile(register).testzip() is None


def test_a_folder_that_is_not_there_is_told_and_not_made(told: Story, tmp_path: Path) -> None:
    nowhere = tmp_path / "没有" / "台账.xlsx"

    for words in (("export", "clues"), ("bundle", "XS2026000001")):
        refused = _yisong(told, *words, "-o", nowhere)
        assert refused.exit_code == 2
        assert "这个文件夹，请先建立或者改写路径" in "".join(refused.output.split("\n"))
    assert not nowhere.parent.exists()


def test_a_file_too_large_is_told_with_its_own_size(told: Story, tmp_path: Path) -> None:
    large = tmp_path / "录像.pdf"
    with large.open("wb") as stream:
        stream.truncate(200 << 20)

    words = ("attachment", "add", "XS2026000001", large, "--as", "handler")
    refused = _yisong(told, *words, "--title", "录像", "--kind", "audiovisual")

    assert refused.exit_code == 2
    assert "文件有200.0MB，最大50MB" in refused.output


@pytest.mark.parametrize(
    "words",
    [
        ("bundle", "XS9", "-o", "a.zip"),
        ("export", "clues", "-o", "a.doc"),
        ("export", "rumours", "-o", "a.csv"),
        ("export", "clues", "-o", "a.csv", "--department", "nobody"),
        ("attachment", "list", "XS9"),
        ("attachment", "get", "99", "-o", "a"),
        ("document", "void", "99", "--as", "legal", "--reason", "x"),
        ("template", "approve", "99", "--as", "legal"),
        ("template", "check", "nothing.docx"),
    ],
)
def test_a_wrong_name_is_told_and_nothing_is_written(
    told: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    home = told.office.settings.home
    before = {path for path in tmp_path.iterdir() if path != home}

    found = CliRunner().invoke(app, ["--home", str(home.absolute()), *words])

    assert found.exit_code == 2
    assert "错误：" in found.output
    assert {path for path in tmp_path.iterdir() if path != home} == before
