"""A reporter in clear: only with a reason, only for who needs him, always on record."""

from io import BytesIO
from zipfile import ZipFile

from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from domain.tables.record import Event, IssuedDocument
from flows.papers.genuineness import verify_file
from flows.site.office import Office
from flows.site.store import reading
from flows.site.stored_documents import DatabaseTray
from tests.helpers.office import on_the_shelf
from tests.helpers.story import CONCLUDED
from tests.web.conftest import Workbench
from tests.web.helpers.callers import system

REPORTER = "刘小民"


def test_reporter_is_masked_on_every_page(workbench: Workbench) -> None:
    workbench.story.does("register", reporter_name=REPORTER, reporter_phone="0000-7654321")
    number = workbench.walk("dispatch")

    text = workbench.at("handler").get(f"/clues/{number}").text

    assert "刘**" in text
    assert REPORTER not in text
    assert "0000-7654321" not in text


def test_reveal_shows_him_once_and_says_so_in_the_record(workbench: Workbench) -> None:
    workbench.story.does("register", reporter_name=REPORTER, reporter_phone="0000-7654321")
    number = workbench.walk("dispatch", "accept")
    client = workbench.at("handler")

    shown = client.post(f"/clues/{number}/reveal", data={"reason": "电话核实举报情况"})
    again = client.get(f"/clues/{number}")

    assert REPORTER in shown.text
    assert REPORTER not in again.text
    assert "查看举报人信息" in again.text
    assert "电话核实举报情况" in again.text
    event = _last_event(workbench)
    assert (event.action, event.actor_id) == ("reveal_reporter", "handler")
    assert REPORTER not in str(event.detail)
    assert workbench.story.chain_holds()


def test_no_reveal_without_a_reason(workbench: Workbench) -> None:
    workbench.story.does("register", reporter_name=REPORTER)
    number = workbench.walk("dispatch", "accept")

    answer = workbench.at("handler").post(f"/clues/{number}/reveal", data={"reason": "  "})

    assert answer.status_code == 422
    assert REPORTER not in answer.text
    assert _last_event(workbench).action != "reveal_reporter"


def test_other_departments_and_overseers_never_see_him(workbench: Workbench) -> None:
    workbench.story.does("register", reporter_name=REPORTER)
    workbench.story.walk("dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health"])
    number = workbench.walk()

    for chair in ("health", "supervisor", "auditor", "legal"):
        client = workbench.at(chair)
        answer = client.post(f"/clues/{number}/reveal", data={"reason": "想知道是谁举报的"})

        assert answer.status_code == 422, chair
        assert REPORTER not in answer.text


def test_a_letter_to_the_reporter_is_opened_by_who_may_reveal_him_and_by_nobody_else(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.does("register", reporter_name=REPORTER, reporter_phone="0000-7654321")
    story.walk(*CONCLUDED[1:], "tell_reporter")
    number = workbench.walk()
    [letter] = story.papers("report_result_notice")

    for chair in ("handler", "head", "desk"):
        text = workbench.at(chair).get(f"/documents/{letter.id}/view").text
        assert REPORTER in text, chair
        assert (_last_event(workbench).action, _last_event(workbench).actor_id) == (
            "reveal_reporter",
            chair,
        )
    for chair in ("legal", "principal", "supervisor", "auditor", "health", "police"):
        assert _traces(workbench.at(chair), number, letter) == [], chair
    program = system(workbench, "supervisor", "clues", "documents")
    assert program.get(f"/api/v1/documents/{letter.id}").status_code == 404


def _traces(client: TestClient, number: str, letter: IssuedDocument) -> list[str]:
    """Where a person meets with the letter or its reporter."""
    mark = f"/documents/{letter.id}/"
    found = [one for one in ("view", "file", "pdf", "qr") if client.get(mark + one).is_success]
    for path in (f"/clues/{number}", "/documents", f"/documents?number={letter.number}"):
        answer = client.get(path).text
        found += [path] if REPORTER in answer or f'"{mark}' in answer else []
    packed = client.post("/documents/zip", data={"pick": str(letter.id)}).content
    return found + (["zip"] if packed.startswith(b"PK") else [])


def test_the_letter_lies_sealed_and_no_bundle_holds_it(workbench: Workbench) -> None:
    story, office = workbench.story, workbench.office
    story.does("register", reporter_name=REPORTER)
    story.walk(*CONCLUDED[1:], "tell_reporter")
    number = workbench.walk()
    [letter] = story.papers("report_result_notice")

    packed = ZipFile(BytesIO(workbench.at("handler").get(f"/clues/{number}/case-file").content))

    assert REPORTER not in str(letter.facts)
    assert REPORTER in story.text("report_result_notice")
    assert b"word/document.xml" not in _lying(office, letter.sha256)
    assert not any(letter.title in one for one in packed.namelist())
    [catalogue] = [one for one in packed.namelist() if one.endswith("目录.txt")]
    assert "写明举报人，另行保管" in packed.read(catalogue).decode()
    with reading(office.engine) as session:
        assert verify_file(session, office, office.shelf.get(letter.sha256)).outcome == "authentic"


def _lying(office: Office, sha256: str) -> bytes:
    """As it lies with its row, and then on the disk."""
    laid = DatabaseTray(office.engine).found(sha256) or b""
    kept = (on_the_shelf(office) / sha256[:2] / sha256).read_bytes()
    assert kept == laid
    return kept


def _last_event(workbench: Workbench) -> Event:
    with Session(workbench.office.engine) as session:
        return session.exec(select(Event).order_by(col(Event.seq).desc()).limit(1)).one()
