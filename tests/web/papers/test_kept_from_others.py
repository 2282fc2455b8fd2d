"""An offence of office is seen by who sends it, by whom it is sent to, and by supervision alone.

310号令第十九条、监察法第三十七条: wherever a party to the clue may look.
"""

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlmodel import select

from domain.tables.record import IssuedDocument
from flows.site.store import reading
from tests.helpers.story import ACCEPTED
from tests.web.conftest import Workbench
from tests.web.helpers.callers import system

PERSON = "工作人员黄某"
LETTER = "职务犯罪线索移送函"
OTHERS = ("health", "desk", "arbiter")
"""A department that verifies along, the hotline's desk, and who coordinates disputes."""


@pytest.fixture
def number(workbench: Workbench) -> str:
    """A clue under joint verification, in which the lead found an offence of office."""
    workbench.walk(*ACCEPTED)
    workbench.story.does("verify", cooperating=["shili-health"])
    workbench.story.does("duty_crime.propose", person=PERSON)
    return workbench.walk("duty_crime.approve")


def _letter(workbench: Workbench) -> int:
    with reading(workbench.office.engine) as session:
        query = select(IssuedDocument).where(IssuedDocument.kind == "duty_crime_letter")
        return session.exec(query).one().id or 0


@pytest.mark.parametrize("chair", ["handler", "principal", "supervisor"])
def test_the_sending_organ_and_supervision_see_it(
    workbench: Workbench, number: str, chair: str
) -> None:
    page = workbench.at(chair).get(f"/clues/{number}").text

    assert PERSON in page
    assert LETTER in page
    assert workbench.at(chair).get(f"/documents/{_letter(workbench)}/file").status_code == 200


@pytest.mark.parametrize("chair", OTHERS)
def test_no_page_tells_the_other_parties_of_it(
    workbench: Workbench, number: str, chair: str
) -> None:
    page = workbench.at(chair).get(f"/clues/{number}")

    assert page.status_code == 200
    assert PERSON not in page.text
    assert LETTER not in page.text
    assert "批准移送监察机关" not in page.text


@pytest.mark.parametrize("chair", OTHERS)
def test_no_register_and_no_download_gives_its_letter(
    workbench: Workbench, number: str, chair: str
) -> None:
    client, letter = workbench.at(chair), _letter(workbench)

    assert number in client.get("/documents").text
    assert LETTER not in client.get("/documents").text.split("<tbody", 1)[-1]
    for way in ("view", "file", "pdf"):
        assert client.get(f"/documents/{letter}/{way}").status_code == 404


@pytest.mark.parametrize("chair", ["health", "desk"])
def test_programs_are_not_told_either(workbench: Workbench, number: str, chair: str) -> None:
    program = system(workbench, chair)

    told = program.get(f"/api/v1/clues/{number}").json()
    assert "duty_crime" not in str(told)
    assert PERSON not in str(told)
    assert "duty_crime_letter" not in str(program.get(f"/api/v1/clues/{number}/documents").json())
    assert program.get(f"/api/v1/documents/{_letter(workbench)}").status_code == 404


def test_the_case_file_does_not_hold_it(workbench: Workbench, number: str) -> None:
    """The file is read by the organ that holds the clue; the letter is kept apart."""
    packed = workbench.at("handler").get(f"/clues/{number}/case-file")

    assert packed.status_code == 200
    with ZipFile(BytesIO(packed.content)) as file:
        assert not [one for one in file.namelist() if LETTER in one]
        log = file.read("办理记录.jsonl").decode()
        assert "clue.verify" in log or "verify" in log
        assert "duty_crime" not in log
        assert LETTER not in file.read("材料核对.txt").decode()


def test_nobody_else_is_held_up_by_it_or_learns_of_it_in_a_refusal(
    workbench: Workbench, number: str
) -> None:
    story = workbench.story
    story.walk("part.submit", "conclude")

    assert story.does("dismiss").state == "closed"
    assert story.state("duty_crime") == "sent"
    assert story.does("duty_crime.receipt").state == "received"


def test_another_department_may_still_begin_one_of_its_own(workbench: Workbench) -> None:
    """What is hidden is somebody else's; the road itself is open to whoever has the clue."""
    number = workbench.walk(*ACCEPTED)

    assert "移送职务犯罪线索" in workbench.at("handler").get(f"/clues/{number}").text
