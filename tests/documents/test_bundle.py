"""The case file in one ZIP: complete, in order, equal whenever it is made, proving itself."""

import hashlib
import json
import subprocess
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from documents.output.bundle import Bundled, BundleFile, bundle, stream_bundle, write_bundle
from documents.templates import package
from documents.templates.package import TooLarge
from domain.situation.situation import CHINA
from domain.tables.record import IssuedDocument
from flows.afterwards.case_file import filed_anew, packet_papers
from flows.audit.case_log_check import differences
from flows.door.attachments import Upload, add_attachment
from flows.papers.case_packing import whole_file
from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue, void
from flows.papers.recognition import recognise
from flows.site.store import reading, transaction
from flows.site.stored_documents import note_pages
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, CONCLUDED, Story, docx_text

PDF = b"%PDF-1.7 evidence"


def _evidence(story: Story, title: str = "检验报告/原件") -> int:
    file = Upload("报告.pdf", PDF, title, "appraisal")
    row = add_attachment(story.office, story.clue or 0, file, actor("handler"), story.now)
    return row.id or 0


def _bundle(story: Story) -> bytes:
    with reading(story.office.engine) as session:
        return bundle(whole_file(session, story.office, story.row(), story.now))


def _opened(raw: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(raw)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def test_the_whole_file_lies_in_order(story: Story) -> None:
    story.walk(*APPROVED)
    _evidence(story)

    names = list(_opened(_bundle(story)))

    assert names[:3] == ["README.txt", "00 目录.txt", "00 卷内目录.docx"]
    papers = [f"{place:02d} {one.title}" for place, one in enumerate(story.papers(), start=1)]
    found = names[3 : 3 + len(papers)]
    assert all(name.startswith(paper) for name, paper in zip(found, papers, strict=True))
    assert names[3 + len(papers) :] == [
        "附件01 检验报告 原件.pdf",
        "办理记录.jsonl",
        "材料核对.txt",
        "SHA256SUMS",
    ]


def test_documents_and_evidence_are_byte_for_byte_what_was_issued(story: Story) -> None:
    story.walk(*ACCEPTED)
    _evidence(story)

    found = {hashlib.sha256(one).hexdigest() for one in _opened(_bundle(story)).values()}

    assert {paper.sha256 for paper in story.papers()} <= found
    assert hashlib.sha256(PDF).hexdigest() in found


def test_anyone_can_verify_it_without_this_program(story: Story, tmp_path: Path) -> None:
    story.walk(*APPROVED)
    _evidence(story)
    with ZipFile(BytesIO(_bundle(story))) as file:
        file.extractall(tmp_path)

    command = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    assert "sha256sum -c SHA256SUMS" in (tmp_path / "README.txt").read_text("utf-8")
    (tmp_path / "附件01 检验报告 原件.pdf").write_bytes(PDF + b" altered")
    assert (
        subprocess.run(command, cwd=tmp_path, check=False, stderr=subprocess.DEVNULL).returncode
        == 1
    )


def test_of_a_volume_filed_anew_the_newest_cover_and_catalogue_are_the_volumes_own() -> None:
    """程序规定第七十八条: one cover and one catalogue per volume, whatever was filed before."""

    def paper(number: int, kind: str, process: str = "case") -> IssuedDocument:
        return IssuedDocument(id=number, kind=kind, process_kind=process, process_id=1)

    papers = [
        paper(1, "case_cover"),
        paper(2, "case_catalogue"),
        paper(3, "case_cover", "clue"),
        paper(4, "penalty_decision"),
        paper(5, "case_cover"),
        paper(6, "case_catalogue"),
    ]

    assert filed_anew(papers) == {1, 2}


def test_a_penalty_goes_to_the_police_only_where_it_was_imposed_before_the_letter() -> None:
    """What was decided after the police sent a matter back was never in the packet."""

    def paper(number: int, kind: str, process: str, day: int) -> IssuedDocument:
        at = datetime(2026, 10, day, tzinfo=CHINA)
        return IssuedDocument(
            id=number, kind=kind, process_kind=process, process_id=7, issued_at=at
        )

    before = paper(1, "penalty_decision", "case", 1)
    papers = [
        before,
        paper(2, "crime_investigation_report", "referral", 2),
        paper(3, "crime_transfer", "referral", 3),
        paper(4, "penalty_decision", "case", 20),
    ]

    assert [one.id for one in packet_papers(papers, 7)] == [1, 2, 3]
    assert [one.id for one in packet_papers(papers[:2], 7)] == [1, 2], "no letter yet"
    before.voided_at = datetime(2026, 10, 2, tzinfo=CHINA)
    assert [one.id for one in packet_papers(papers, 7)] == [2, 3]


def test_equal_files_make_equal_bytes(story: Story) -> None:
    story.walk(*APPROVED)
    _evidence(story)

    first = _bundle(story)
    story.waits(days=3)

    assert _bundle(story) == first


def test_the_record_goes_along_with_its_hashes(story: Story) -> None:
    story.walk(*ACCEPTED)

    log = _opened(_bundle(story))["办理记录.jsonl"].decode().splitlines()

    events = [json.loads(line) for line in log]
    assert events[0]["action"] == "register"
    assert all(len(one["hash"]) == len(one["previous"]) == 64 for one in events)


def test_the_check_names_what_the_packet_still_misses(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("goods_list")[0].id or 0
    complete = _opened(_bundle(story))["材料核对.txt"].decode()

    with story.office.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE document SET voided_at = issued_at WHERE id = {paper}")
    gaps = _opened(_bundle(story))["材料核对.txt"].decode()

    assert "所列2种仅有名称，没有上传文件：检验报告、现场笔录" in complete
    assert "移送材料齐全" not in complete
    assert "有　涉嫌犯罪案件移送书" in complete
    assert "第六条" in complete
    assert "缺　涉案物品清单" in gaps
    assert "移送材料不齐：缺涉案物品清单" in gaps


def test_the_check_tells_a_report_that_is_only_mentioned_from_one_that_lies_there(
    story: Story,
) -> None:
    story.walk(*CONCLUDED)
    story.does("refer", materials=[{"名称": "现场笔录", "份数": "1", "页数": "4"}])
    story.walk("referral.approve")
    mentioned = _opened(_bundle(story))["材料核对.txt"].decode()
    _evidence(story)
    record = Upload("笔录.pdf", PDF + b"\n", "现场笔录", "record")
    add_attachment(story.office, story.clue or 0, record, actor("handler"), story.now)
    attached = _opened(_bundle(story))["材料核对.txt"].decode()

    assert "只有文字说明　检验报告或者鉴定结论（检验报告1份）" in mentioned
    assert "检验报告或者鉴定结论只有文字说明，没有上传附件" in mentioned
    assert "移送材料齐全" not in mentioned
    assert "所列1种仅有名称，没有上传文件：现场笔录；请上传为附件" in mentioned
    assert "没有上传电子附件" in mentioned
    assert "有　检验报告或者鉴定结论" in attached
    assert "移送材料齐全" in attached


def test_pages_that_the_list_leaves_open_are_told_for_the_pen(story: Story) -> None:
    """310号令第六条: what was issued with the list was not counted when the list was written."""
    story.walk(*APPROVED)
    waiting = _opened(_bundle(story))["材料核对.txt"].decode()
    [goods] = story.papers("goods_list")
    with transaction(story.office.engine) as session:
        note_pages(session, goods.sha256, 2)
    counted = _opened(_bundle(story))["材料核对.txt"].decode()
    story.walk("referral.deliver")
    gone = _opened(_bundle(story))["材料核对.txt"].decode()

    assert "请用笔填写" in waiting and "涉案物品清单（页数待计）" in waiting
    assert "涉案物品清单2页" in counted
    assert "请用笔填写" not in gone, "what the police have cannot be completed here"


def test_the_record_is_checked_by_a_few_lines_and_against_the_house(
    story: Story, tmp_path: Path
) -> None:
    story.walk(*APPROVED)
    with ZipFile(BytesIO(_bundle(story))) as file:
        file.extractall(tmp_path)
    readme = (tmp_path / "README.txt").read_text("utf-8")
    script = "".join(
        f"{line.removeprefix('    ')}\n"
        for line in readme[readme.index("    import json") :].partition("\n\n")[0].splitlines()
    ).partition("    内容")[0]
    (tmp_path / "check.py").write_text(script, "utf-8")
    log = (tmp_path / "办理记录.jsonl").read_text("utf-8").splitlines()
    altered = [*log[:2], log[2].replace('"to": "', '"to": "x'), *log[3:]]

    told = subprocess.run(
        [sys.executable, "check.py"], cwd=tmp_path, capture_output=True, check=True
    )
    with reading(story.office.engine) as session:
        key = story.office.keys.chain
        same = list(differences(session, key, log))
        wrong = list(differences(session, key, altered))
        turned = list(differences(session, key, [log[1], log[0]]))

    assert "办理记录次序正确" in told.stdout.decode()
    assert same == []
    assert len(wrong) == 1
    assert "第3行与本系统的第" in wrong[0]
    assert "次序颠倒" in turned[0]


def test_void_and_stale_documents_are_named(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("crime_transfer")[0]

    void(story.office, paper.id or 0, Correction(actor("legal"), story.now, "罪名有误"))
    reissue(story.office, paper.id or 0, Correction(actor("principal"), story.now))
    files = _opened(_bundle(story))
    check = files["材料核对.txt"].decode()

    assert any(name.endswith("〔2026〕1号（作废）.docx") for name in files)
    assert "涉嫌犯罪案件移送书 示市监涉罪移〔2026〕1号（作废）　罪名有误" in check
    assert "移送材料清单　移送书文号" in check


def test_the_catalogue_lists_papers_and_who_recognised_evidence(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.does("verify", cooperating=["shili-health"])
    number = _evidence(story, "检验报告")
    recognise(story.office, number, "可以采用", actor("health"), story.now)

    files = _opened(_bundle(story))

    form = docx_text(files["00 卷内目录.docx"])
    assert "线索转办单" in form
    assert "检验报告（鉴定意见）" in form
    assert "证据互认：示例市卫生健康委员会" in form
    assert "附件01　检验报告　鉴定意见　证据互认：示例市卫生健康委员会" in (
        files["00 目录.txt"].decode()
    )


# --- the packer ----------------------------------------------------------------------------------


class Counted:
    """A file that tells how many of its kind are read and not yet passed on."""

    def __init__(self, name: str, read: list[str]) -> None:
        self.name, self.read = name, read

    @property
    def content(self) -> bytes:
        """Read when asked for."""
        self.read.append(self.name)
        return b"x" * 1000


def test_files_are_read_one_by_one_as_the_pieces_are_taken() -> None:
    read: list[str] = []
    files: list[Bundled] = [Counted(f"{number}.pdf", read) for number in range(5)]

    pieces = stream_bundle(files)
    next(pieces)
    next(pieces)

    assert read == ["0.pdf", "1.pdf"]


def test_what_is_compressed_already_is_stored() -> None:
    raw = bundle([BundleFile("a.docx", b"x" * 500), BundleFile("a.txt", b"x" * 500)])

    with ZipFile(BytesIO(raw)) as file:
        kinds = {one.filename: one.compress_type == ZIP_STORED for one in file.infolist()}
    assert kinds == {"a.docx": True, "a.txt": False, "SHA256SUMS": False}


def test_names_and_modes_are_those_of_a_unix_archive() -> None:
    """Otherwise unpackers take Chinese names for those of an old code page."""
    raw = bundle([BundleFile("01 移送书.docx", b"x")])

    with ZipFile(BytesIO(raw)) as file:
        one = file.infolist()[0]
    assert one.filename == "01 移送书.docx"
    assert (one.create_system, one.external_attr >> 16) == (3, 0o100644)
    assert one.flag_bits & 0x800


def test_a_bundle_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    twice = [BundleFile("a", b"1"), BundleFile("a", b"2")]

    with pytest.raises(ValueError, match="同名"):
        write_bundle(twice, path)
    assert list(tmp_path.iterdir()) == []

    sha256 = write_bundle([BundleFile("a", b"1")], path)
    assert sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_bundle_beyond_the_zip_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST", 5000)
    files = [BundleFile(f"{number}.pdf", b"x" * 1000) for number in range(9)]

    with pytest.raises(TooLarge, match="请分卷"):
        bundle(files)
