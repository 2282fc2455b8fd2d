"""The e-seal: asked for with the paper, put on by a command or an address, kept beside it, told."""

import hashlib
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from pydantic import SecretStr, ValidationError
from sqlmodel import select

from documents.output.bundle import Bundled
from documents.output.joined import joined
from documents.output.page_count import count_pages
from documents.values.codes import shown_code
from domain.lifecycle.plan import Refused
from domain.tables.record import IssuedDocument
from domain.tables.seal import DocumentSeal
from flows.afterwards.case_file import CATALOGUE, README
from flows.afterwards.outbox import MOST_ATTEMPTS, Job, Later, claim, fail, finish
from flows.audit.replay import replay
from flows.audit.shelf_check import FOLDERS, check_folder
from flows.lists.event_lines import history_of
from flows.papers.clue_downloads import case_file_for, packet_for
from flows.papers.document_zip import pack_chosen
from flows.papers.genuineness import verify_file
from flows.papers.seals import SealStanding, ask_seal, seal_standing
from flows.people.viewer import Viewer
from flows.printing.chosen import print_chosen
from flows.printing.sheets import NotPrinted
from flows.site.event_chain import verify
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import reading
from flows.systems.seal_service import NotSealed
from flows.systems.sealing import seal_document
from tests.helpers.people import actor
from tests.helpers.scans import pdf_of
from tests.helpers.story import APPROVED, Story

SIGNED = b"\n/ByteRange [0 1 2 3]"
WITH_SEAL = "import sys; open(sys.argv[2],'wb').write(b'%PDF-1.7 '+open(sys.argv[1],'rb').read())"


@dataclass
class Service:
    """A seal service on this machine: what it got, and what it answers."""

    url: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def service() -> Iterator[Service]:
    found = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.heard.append(dict(self.headers))
            status, content = found.answers.pop(0) if found.answers else (200, b"")
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content or b"%PDF-1.7 " + body + SIGNED)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test listens itself."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_port}/seal"
    yield found
    server.shutdown()
    server.server_close()


def with_service(office: Office, **settings: object) -> Office:
    chosen = {"seal_format": "docx", "seal_token": SecretStr("geheim"), **settings}
    return replace(office, settings=office.settings.model_copy(update=chosen))


def jobs_of(story: Story) -> list[Job]:
    return [one for one in claim(story.office, story.now, "test") if one.task == "seal_document"]


def seal_row(story: Story) -> DocumentSeal:
    with reading(story.office.engine) as session:
        return session.exec(select(DocumentSeal)).one()


def test_a_paper_is_sealed_once_beside_its_original_and_known_as_genuine(
    office: Office, service: Service
) -> None:
    """The paper waits with its issue; the address gets it and what it is; all of it is checked."""
    story = Story(with_service(office, seal_url=service.url))
    story.walk("register", "dispatch")
    [paper] = story.papers("dispatch_slip")
    standing = stands(story, paper, "desk")
    assert (standing.state, standing.may_ask) == ("等待加盖", False)
    [job] = jobs_of(story)

    for _ in range(2):  # a worker may die between the answer and its note
        assert seal_document(story.office, job, story.now) is None

    [heard] = service.heard
    assert heard["Authorization"] == "Bearer geheim"
    assert unquote(heard["Yisong-Number"]) == paper.number
    assert heard["Yisong-Check"] == shown_code(paper.code)
    row = seal_row(story)
    assert (row.form, row.is_signed) == ("pdf", True)
    original = story.office.shelf.get(paper.sha256)
    sealed = story.office.shelf.get(row.sha256)
    assert sealed == b"%PDF-1.7 " + original + SIGNED
    with reading(story.office.engine) as session:
        verdict = verify_file(session, story.office, sealed)
        assert (verdict.outcome, verdict.number) == ("authentic", paper.number)
        assert "加盖电子印章的文件，与登记一致" in verdict.note
        assert verify(session, story.office.keys.chain).holds
        assert list(replay(session, story.office, 1, 9)) == []
        lost = [one for at in range(FOLDERS) for one in check_folder(session, story.office, at)]
        assert lost == []
        [*_, told] = history_of(session, story.office, story.clue or 0)
        assert (told.process, told.action, told.who) == ("文书", "加盖电子印章", "系统")
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE document_seal SET sha256 = 'other'")
    with reading(story.office.engine) as session:
        [(_, told)] = replay(session, story.office, 1, 9)
    assert "加盖电子印章的文件与办理记录不符" in told


def stands(story: Story, paper: IssuedDocument, chair: str) -> SealStanding:
    with reading(story.office.engine) as session:
        found = seal_standing(session, story.office, paper, actor(chair))
    return found or SealStanding("", None, may_ask=False)


def test_a_failure_is_told_on_the_paper_rests_and_is_tried_once_more(
    office: Office, service: Service
) -> None:
    service.answers = [(422, b"no"), (200, b"hello"), (503, b"down")]
    story = Story(with_service(office, seal_url=service.url))
    story.walk("register", "dispatch")
    [paper] = story.papers("dispatch_slip")
    [job] = jobs_of(story)
    told = []
    for _ in range(3):
        with pytest.raises(NotSealed) as failed:
            seal_document(story.office, job, story.now)
        told.append(str(failed.value))
    assert told[0] == "印章服务没有加盖：HTTP 422"
    assert "不是 PDF、OFD 或者 Word 文件" in told[1]
    assert seal_row(story).error == "印章服务没有加盖：HTTP 503"

    fail(story.office, job.model_copy(update={"attempts": MOST_ATTEMPTS}), told[2], story.now)
    with pytest.raises(Refused) as refused:
        ask_seal(story.office, paper.id or 0, actor("health"), story.now)
    assert "由制发机关" in str(refused.value)
    ask_seal(story.office, paper.id or 0, actor("desk"), story.now)
    [again] = jobs_of(story)
    assert seal_document(story.office, again, story.now) is None
    finish(story.office, [again], story.now)
    assert stands(story, paper, "desk").state == "已加盖"


def test_a_service_that_does_not_answer_rests(office: Office) -> None:
    story = Story(with_service(office, seal_url="http://127.0.0.1:9/seal"))
    story.walk("register", "dispatch")
    [job] = jobs_of(story)
    for _ in range(2):
        with pytest.raises(NotSealed, match="连接不上印章服务"):
            seal_document(story.office, job, story.now)
    assert isinstance(seal_document(story.office, job, story.now), Later)
    with pytest.raises(NotSealed):
        seal_document(story.office, job, story.now + timedelta(hours=1))


def test_a_command_seals_and_knows_nothing_of_our_settings(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YISONG_SMTP_PASSWORD", "geheim")
    told = tmp_path / "told"
    program = f"import os; open({str(told)!r},'w').write(repr(dict(os.environ))); {WITH_SEAL}"
    command = f'{sys.executable} -c "{program}" {{input}} {{output}}'
    story = Story(with_service(office, seal_command=command))
    story.walk("register", "dispatch")
    [job] = jobs_of(story)

    assert seal_document(story.office, job, story.now) is None

    assert seal_row(story).form == "pdf"
    surroundings = told.read_text("utf-8")
    assert "YISONG_SEAL_NUMBER" in surroundings
    assert "geheim" not in surroundings


@pytest.mark.parametrize(
    ("command", "seconds", "words"),
    [
        (
            "{python} -c 'import sys; sys.exit(\"没有印章\")' {input} {output}",
            60,
            "以1退出（没有印章）",
        ),
        ("{python} -c 'import time; time.sleep(60)' {input} {output}", 1, "没有在1秒内完成"),
        ("cp {input} {output}", 60, "与原文件相同，没有加盖印章"),
        ("true {input} {output}", 60, "没有写出文件"),
        ("no-such-program {input} {output}", 60, "不能运行：no-such-program"),
    ],
)
def test_what_a_command_does_wrong_is_said(
    office: Office, command: str, seconds: int, words: str
) -> None:
    told = command.replace("{python}", sys.executable)
    story = Story(with_service(office, seal_command=told, seal_seconds=seconds))
    story.walk("register", "dispatch")
    [job] = jobs_of(story)

    with pytest.raises(NotSealed) as failed:
        seal_document(story.office, job, story.now)

    assert words in str(failed.value)
    assert seal_row(story).error == str(failed.value)


def test_a_site_without_a_service_asks_for_nothing_and_says_who_sets_it(story: Story) -> None:
    story.walk("register", "dispatch")
    [paper] = story.papers("dispatch_slip")

    assert jobs_of(story) == []
    assert stands(story, paper, "desk").state == ""
    with pytest.raises(Refused) as refused:
        ask_seal(story.office, paper.id or 0, actor("desk"), story.now)
    assert "YISONG_SEAL_URL" in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"seal_url": "http://seal.example.gov.cn"}, "应以 https:// 开头"),
        ({"seal_command": "seal"}, "应写明 {input} 和 {output}"),
        ({"seal_url": "https://a.cn", "seal_command": "a {input} {output}"}, "只能设定一个"),
    ],
)
def test_a_wrong_setting_is_refused_when_the_program_starts(
    settings: dict[str, str], words: str
) -> None:
    with pytest.raises(ValidationError, match=words.replace("{", r"\{").replace("}", r"\}")):
        Settings.model_validate(settings)


def test_the_sealed_file_lies_in_every_bundle_beside_the_original_and_is_what_is_printed(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "sealed.pdf").write_bytes(pdf_of(1) + SIGNED)
    program = f"import shutil, sys; shutil.copy('{tmp_path}/sealed.pdf', sys.argv[2])"
    command = f'{sys.executable} -c "{program}" {{input}} {{output}}'
    story = Story(with_service(office, seal_command=command))
    story.walk(*APPROVED)
    for job in jobs_of(story):
        seal_document(story.office, job, story.now)
    viewer = Viewer(story.office, actor("handler"), story.now)

    with reading(story.office.engine) as session:
        case = case_file_for(session, viewer, story.row())
        packet = packet_for(session, viewer, story.row())
        [letter] = story.papers("crime_transfer")
        zipped = pack_chosen(session, viewer, [letter.id or 0]).files
        pdf = print_chosen(session, viewer, [letter.id or 0] * 2, as_pdf=True)
        with pytest.raises(NotPrinted, match="Word 合并件没有印章"):
            print_chosen(session, viewer, [letter.id or 0], as_pdf=False)

    for files in (case, packet, zipped):
        name = next(one.name for one in files if "移送书" in one.name and "已盖章" in one.name)
        assert name.endswith(".pdf")
        told = next(one for one in files if one.name == CATALOGUE).content.decode()
        assert "已盖电子印章" in told
    sha256 = hashlib.sha256((tmp_path / "sealed.pdf").read_bytes()).hexdigest()
    assert sha256 in told_in(case, CATALOGUE)
    assert "加盖电子印章的文件" in told_in(case, README)
    assert "加盖电子印章的文件" in told_in(packet, README)
    assert pdf.content == (tmp_path / "sealed.pdf").read_bytes()
    assert count_pages("joined.pdf", joined([pdf_of(1), pdf_of(2)])) == 4


def told_in(files: Sequence[Bundled], name: str) -> str:
    return next(one for one in files if one.name == name).content.decode()
