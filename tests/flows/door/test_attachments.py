"""Evidence: taken from parties only, by what it is, kept by hash, recognised by others."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from domain.lifecycle.plan import Refused
from domain.rulebook.rulebook import Rulebook
from domain.situation.evidence_files import SIGNS, file_complaints
from domain.tables.attachment import Attachment
from flows.door.attachments import Evidence, Upload, add_attachment, list_attachments
from flows.papers.recognition import recognise
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, RECEIVED, Story

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def _package(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return made.getvalue()


def _add(story: Story, by: str = "handler", **changes: object) -> Attachment:
    values = {"name": "检验报告.pdf", "content": PDF, "title": "检验报告", "kind": "appraisal"}
    upload = Upload(**{**values, **changes})  # type: ignore[arg-type]
    return add_attachment(story.office, story.clue or 0, upload, actor(by), story.now)


def _refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return "\n".join(str(one) for one in refused.value.reasons)


def _listed(story: Story) -> tuple[Evidence, ...]:
    with reading(story.office.engine) as session:
        return list_attachments(session, story.clue or 0)


def test_a_file_is_kept_byte_for_byte_and_on_record(story: Story) -> None:
    story.walk(*ACCEPTED)

    row = _add(story)

    assert story.office.shelf.get(row.sha256) == PDF
    assert (row.suffix, row.size, row.department_id) == (".pdf", len(PDF), "shili-market")
    assert story.events()[-1] == "clue.add_attachment"
    assert story.chain_holds()


def test_everything_wrong_is_told_at_once(story: Story) -> None:
    story.walk(*ACCEPTED)

    reasons = _refused(lambda: _add(story, "auditor", title=" ", kind="gossip", name="a.exe"))

    for said in (
        "只能由",
        "您所在部门不是",
        "写明附件的名称",
        "没有证据种类「gossip」",
        "「.exe」",
    ):
        assert said in reasons
    assert _listed(story) == ()


@pytest.mark.parametrize("chair", ["health", "county", "police", "supervisor", "procuratorate"])
def test_who_is_no_party_may_not_add(story: Story, chair: str) -> None:
    story.walk(*ACCEPTED)

    assert "您所在部门不是" in _refused(lambda: _add(story, chair))


def test_the_police_may_add_once_the_case_was_delivered_to_them(story: Story) -> None:
    story.walk(*APPROVED)
    assert "您所在部门不是" in _refused(lambda: _add(story, "police"))

    story.walk("referral.deliver", "referral.receipt")

    assert _add(story, "police").department_id == "shili-police"


def test_the_desk_that_registered_may_add(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert _add(story, "desk", name="来电录音.mp3", content=b"ID3\4\0rest").suffix == ".mp3"


def test_the_same_file_is_taken_once_per_clue(story: Story) -> None:
    story.walk(*ACCEPTED)
    _add(story)

    assert "已上传为第1号附件「检验报告」" in _refused(lambda: _add(story, title="另一份"))


def test_nothing_is_added_to_an_archived_clue(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")
    story.walk("dismiss", "archive")

    assert "归档后不得改动" in _refused(lambda: _add(story))


# --- what a file is ------------------------------------------------------------------------------

GOOD = {
    "a.pdf": PDF,
    "a.PNG": PNG,
    "a.jpeg": b"\xff\xd8\xff\xe0rest",
    "a.tif": b"II*\0rest",
    "a.docx": _package("[Content_Types].xml", "word/document.xml"),
    "a.xlsx": _package("[Content_Types].xml", "xl/workbook.xml"),
    "b.xlsx": _package("xl/workbook.xml", "xl/printerSettings/printerSettings1.bin"),
    "b.pdf": b"\r\n\xef\xbb\xbf" + PDF,
    "b.txt": "现场笔录\n".encode("utf-16"),
    "a.ofd": _package("OFD.xml", "Doc_0/Document.xml"),
    "a.txt": "现场笔录\n".encode("gb18030"),
    "a.csv": "名称,数量\n".encode("utf-8-sig"),
    "a.mp3": b"\xff\xfbrest",
    "a.wav": b"RIFF\0\0\0\0WAVEfmt ",
    "a.mp4": b"\0\0\0\x18ftypisom",
    "a.avi": b"RIFF\0\0\0\0AVI LIST",
}


@pytest.mark.parametrize("name", GOOD)
def test_files_of_the_listed_types_are_taken(rules: Rulebook, name: str) -> None:
    assert file_complaints(name, GOOD[name], rules.attachments) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ", "不能上传「.exe」文件"),
        ("a", PDF, "不能上传没有扩展名的文件"),
        ("a.pdf.html", b"<script>", "不能上传「.html」"),
        ("a.svg", b"<svg onload=x>", "不能上传「.svg」"),
        ("a.docm", GOOD["a.docx"], "不能上传「.docm」"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "不能上传「.doc」"),
        ("a.pdf", b"", "文件是空的"),
        ("a.pdf", PNG, "文件内容不是PDF"),
        ("a.png", b"<html>", "文件内容不是PNG"),
        ("a.jpg", b"MZ\x90", "文件内容不是JPEG"),
        ("a.txt", b"MZ\0\1\2", "文件内容不是文本"),
        ("a.txt", b"\xff\xff\xff", "文件内容不是文本"),
        ("a.docx", _package("word/document.xml", "word/vbaProject.bin"), "含有宏"),
        ("a.xlsx", _package("xl/workbook.xml", "xl/embeddings/oleObject1.bin"), "含有宏"),
        ("a.docx", GOOD["a.xlsx"], "文件内容不是Word"),
        ("a.docx", GOOD["a.docx"][:-8], "已经损坏"),
        ("a.ofd", GOOD["a.docx"], "文件内容不是OFD"),
        ("a.wav", GOOD["a.avi"], "文件内容不是WAV"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    rules: Rulebook, name: str, content: bytes, said: str
) -> None:
    [complaint] = file_complaints(name, content, rules.attachments)

    assert said in complaint


def test_a_file_beyond_the_limit_names_size_and_limit(rules: Rulebook) -> None:
    small = rules.attachments.model_copy(update={"largest_megabytes": 1})

    assert file_complaints("a.pdf", PDF + b"0" * (1 << 20), small) == ["文件有1.1MB，最大1MB"]


def test_every_listed_type_can_be_told_from_its_bytes(rules: Rulebook) -> None:
    assert set(rules.attachments.types) == set(SIGNS)


# --- recognised by others ------------------------------------------------------------------------


def _jointly(story: Story) -> Attachment:
    story.walk(*ACCEPTED)
    story.does("verify", cooperating=["shili-health"])
    return _add(story)


def test_a_cooperating_department_recognises_evidence(story: Story) -> None:
    attachment = _jointly(story)

    recognise(story.office, attachment.id or 0, "检验结论可以采用", actor("health"), story.now)

    [evidence] = _listed(story)
    assert [one.department_id for one in evidence.recognitions] == ["shili-health"]
    assert story.events()[-1] == "clue.recognise_evidence"


@pytest.mark.parametrize(
    ("chair", "opinion", "said"),
    [
        ("colleague", "可以", "不必由本部门认可"),
        ("urban", "可以", "您所在部门不是"),
        ("health_legal", "可以", "只能由"),
        ("health", " ", "请写明认可意见"),
        ("health", "可" * 501, "不能超过500个字"),
    ],
)
def test_recognition_is_refused(story: Story, chair: str, opinion: str, said: str) -> None:
    number = _jointly(story).id or 0

    assert said in _refused(
        lambda: recognise(story.office, number, opinion, actor(chair), story.now)
    )


def test_a_department_recognises_once(story: Story) -> None:
    number = _jointly(story).id or 0
    recognise(story.office, number, "可以采用", actor("health"), story.now)

    assert "本部门已经认可该证据" in _refused(
        lambda: recognise(story.office, number, "可以采用", actor("health_head"), story.now)
    )


def test_the_receiving_police_have_the_evidence_too(story: Story) -> None:
    story.walk(*RECEIVED)
    _add(story)

    assert [one.attachment.title for one in _listed(story)] == ["检验报告"]


def test_both_databases_keep_evidence(any_office: Office) -> None:
    story = Story(any_office)
    number = _jointly(story).id or 0

    recognise(any_office, number, "可以采用", actor("health"), story.now)

    assert len(_listed(story)[0].recognitions) == 1
    assert story.chain_holds()
