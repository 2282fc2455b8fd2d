"""Who may see the criminal file: every route, every chair, every kind of document, one answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from domain.lifecycle.visibility import LEADS_INTO_THE_FILE
from domain.tables.process import Clue, Process
from domain.tables.record import IssuedDocument
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import IN_CASE
from tests.web.conftest import Workbench
from tests.web.helpers.callers import system

pytestmark = pytest.mark.early

SECRET = "销售金额二十万元，已达追诉标准"
ORGAN = ("handler", "colleague", "head", "principal", "legal", "section")
OVERSIGHT = ("supervisor", "auditor")
OUTSIDE = ("police", "procuratorate")
WITHOUT = ("desk", "arbiter", "government", "health", "health_head", "health_legal")
STRANGERS = ("urban", "county", "county_police", "administrator")
OPEN = {"clue", "transfer", "verification", "part"}


@dataclass(frozen=True)
class File:
    """A clue verified by two, filed, referred and delivered, with its papers."""

    bench: Workbench
    number: str
    papers: tuple[IssuedDocument, ...]

    def client(self, chair: str) -> TestClient:
        """Somebody at his browser."""
        return self.bench.at(chair)


@pytest.fixture
def file(workbench: Workbench) -> Iterator[File]:
    """The file before its referral is delivered, then delivered."""
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"], scope="核查进货渠道")
    story.does("part.submit")
    story.walk(*IN_CASE[4:])
    story.walk("case.record_facts")
    story.does("refer", crime_facts=SECRET)
    story.walk("referral.review", "referral.approve", "referral.deliver")
    yield _file(workbench)


def _file(workbench: Workbench) -> File:
    return File(workbench, workbench.walk(), tuple(workbench.story.papers()))


def _may_read(file: File, chair: str, paper: IssuedDocument) -> bool:
    """The rule in the words of the requirement, independent of the code that keeps it."""
    inner = file.bench.office.rules.documents[paper.kind].to == "本机关"
    if chair in ORGAN + OVERSIGHT:
        return True
    if chair in OUTSIDE:
        return paper.process_kind == "referral" and not inner
    if chair in WITHOUT:
        own = paper.organ == actor(chair).department
        return paper.process_kind in OPEN and (own or not inner)
    return False


EVERYBODY = (*ORGAN, *OVERSIGHT, *OUTSIDE, *WITHOUT, *STRANGERS)


def test_the_file_holds_papers_of_the_case_and_of_the_referral(file: File) -> None:
    kinds = {one.kind for one in file.papers}

    assert {"filing_approval", "crime_investigation_report", "transfer_approval"} <= kinds
    assert {"case", "referral"} <= {one.process_kind for one in file.papers}


def test_page_list_search_download_and_bundle_give_one_answer(file: File) -> None:
    wrong = {chair: _wrong_answers(file, chair) for chair in EVERYBODY}

    assert {chair: found for chair, found in wrong.items() if found} == {}


def _wrong_answers(file: File, chair: str) -> list[tuple[str, str, str]]:
    client = file.client(chair)
    page = client.get(f"/clues/{file.number}").text
    listed = client.get(f"/documents?clue={file.number}").text
    found: list[tuple[str, str, str]] = []
    for paper in file.papers:
        allowed = _may_read(file, chair, paper)
        mark = f"/documents/{paper.id}/"
        for name, shown in (
            ("view", client.get(f"{mark}view").status_code == 200),
            ("file", client.get(f"{mark}file").status_code == 200),
            ("qr", client.get(f"{mark}qr").status_code == 200),
            ("correct", client.get(f"{mark}correct").status_code == 200),
            ("page", f'"{mark}' in page),
            ("list", f'"{mark}view"' in listed),
            ("search", mark in client.get(f"/documents?kind={paper.kind}").text),
            ("bundle", _bundled(client, paper)),
        ):
            if shown is not allowed:
                found.append((name, paper.kind, "shown" if shown else "hidden"))
    return found


def _bundled(client: TestClient, paper: IssuedDocument) -> bool:
    answer = client.post("/documents/zip", data={"pick": str(paper.id)})
    if answer.status_code != 200 or not answer.content.startswith(b"PK"):
        return False
    names = ZipFile(BytesIO(answer.content)).namelist()
    return any(paper.title in one for one in names)


def test_other_systems_get_the_same_answer_as_their_owner(file: File) -> None:
    wrong = []
    for chair in ("handler", "supervisor", "police", "desk", "health"):
        program = system(file.bench, chair, "clues", "documents")
        listed = program.get(f"/api/v1/clues/{file.number}/documents").json()
        ids = {one["id"] for one in listed["items"]}
        for paper in file.papers:
            allowed = _may_read(file, chair, paper)
            taken = program.get(f"/api/v1/documents/{paper.id}").status_code == 200
            if not (allowed == taken == (paper.id in ids)):
                wrong.append((chair, paper.kind))
        told = SECRET in program.get(f"/api/v1/clues/{file.number}").text
        assert told is (chair not in WITHOUT), chair

    assert wrong == []


def test_what_the_referral_says_is_read_in_no_page_by_who_may_not(file: File) -> None:
    for chair in EVERYBODY:
        _reads_what_he_may(file, chair)


def _reads_what_he_may(file: File, chair: str) -> None:
    client = file.client(chair)
    case, referral = _ids(file)
    inside = chair in ORGAN + OVERSIGHT
    told = SECRET in client.get(f"/clues/{file.number}").text
    assert told is (inside or chair in OUTSIDE)
    for path, allowed in (
        (f"/clues/{file.number}/case-file", inside),
        (f"/clues/{file.number}/volumes", inside),
        (f"/clues/{file.number}/packet", inside or chair in OUTSIDE),
        (f"/referrals/{referral}/packet.zip", inside or chair in OUTSIDE),
        (f"/referrals/{referral}", inside or chair in OUTSIDE),
        (f"/screening/{file.number}", inside and chair not in {"auditor", "section"}),
        (f"/clues/{file.number}/do/case/notice/{case}", inside),
        (f"/clues/{file.number}/do/case/record_facts/{case}", inside),
        (f"/clues/{file.number}/do/referral/file/{referral}", inside or chair in OUTSIDE),
    ):
        assert (client.get(path).status_code == 200) is allowed, (chair, path)
    page = client.get("/clues").text + client.get("/").text
    assert inside or "行政处罚案件：" not in page


def test_a_report_that_has_not_left_the_organ_is_nobody_elses(workbench: Workbench) -> None:
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"], scope="核查进货渠道")
    story.does("part.submit")
    story.walk("conclude")
    story.does("refer", crime_facts=SECRET)
    number = workbench.walk()
    [paper] = workbench.story.papers("crime_investigation_report")
    referral = story.processes("referral")[-1].id

    for chair in ("desk", "health", "health_head", "police", "arbiter"):
        client = workbench.at(chair)
        assert SECRET not in client.get(f"/clues/{number}").text, chair
        assert client.get(f"/documents/{paper.id}/view").status_code == 404, chair
        assert client.get(f"/referrals/{referral}").status_code in {403, 404}, chair


def test_a_co_verifier_still_reads_what_was_asked_and_what_it_answered(file: File) -> None:
    page = file.client("health").get(f"/clues/{file.number}").text

    assert "核查进货渠道" in page
    assert "联合核查通知书" in page


def test_the_hotline_still_reads_the_reply(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept", "verify", "conclude", "dismiss")
    page = workbench.at("desk").get(f"/clues/{number}").text

    assert "办理结果" in page or "答复" in page
    assert "不予立案审批表" not in page


def test_every_step_that_opens_a_file_keeps_its_form_inside(workbench: Workbench) -> None:
    """A new way into a case or a referral has to be named, or its form is told to all parties."""
    actions = workbench.office.rules.lifecycles["clue"].actions
    opening = {
        name
        for name, one in actions.items()
        for then in one.then
        if then.process in {"case", "referral", "spot_penalty"}
        and "none" in workbench.office.rules.lifecycles[then.process].actions[then.action].from_
    }

    assert opening <= LEADS_INTO_THE_FILE


def _ids(file: File) -> tuple[int, int]:
    with reading(file.bench.office.engine) as session:
        clue = session.exec(select(Clue).where(col(Clue.no) == file.number)).one()
        rows = session.exec(select(Process).where(col(Process.clue_id) == clue.id))
        found = {one.kind: one.id or 0 for one in rows}
    return found["case"], found["referral"]
