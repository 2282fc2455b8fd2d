"""Every page about documents is plain HTML that everybody can follow, empty or full."""

import pytest

from tests.web.conftest import Workbench
from tests.web.helpers.plain_html import complaints
from tests.web.helpers.template_files import changed, examine, uploaded

FOR_ALL = (
    "/documents",
    "/documents?since=x&number=%3Cb%3E",
    "/documents/stale",
    "/documents/stale?archived=yes&after=1",
    "/templates",
    "/templates/crime_transfer",
    "/verify",
    "/v/QDPM2EGV",
)


@pytest.mark.parametrize("path", FOR_ALL)
def test_pages_are_plain_empty_and_full(workbench: Workbench, path: str) -> None:
    empty = workbench.at("legal").get(path)
    workbench.walk("register", "dispatch", "accept", "verify", "conclude")
    full = workbench.at("legal").get(path)

    for answer in (empty, full):
        assert answer.status_code == 200
        assert complaints(answer.text) == []


def test_pages_of_one_document_are_plain(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept", "verify", "conclude", "file_case")
    first, second = [one for one in workbench.story.papers() if one.organ == "shili-market"][:2]
    legal, head = workbench.at("legal"), workbench.at("head")
    legal.post(f"/documents/{first.id}/reissue", data={"reason": "有误"})

    for one in (first, second):
        for path in ("view", "correct"):
            assert complaints(legal.get(f"/documents/{one.id}/{path}").text) == []
    refused = legal.post(f"/documents/{second.id}/void", data={"reason": ""})
    assert complaints(refused.text) == []
    draft = head.get(f"/clues/{number}/do/case/assign_officers/papers")
    assert draft.status_code in {200, 404}
    assert complaints(draft.text) == []


def test_pages_of_a_new_template_are_plain(workbench: Workbench) -> None:
    legal = workbench.at("legal")

    bad = examine(legal, changed("{{ 线索编好 }}"))
    good = examine(legal, changed("本局转办{{ 线索编号 }}"))
    place = uploaded(legal, changed("本局转办{{ 线索编号 }}"))

    pages = [bad.text, good.text, legal.get(place).text, legal.get("/templates").text]
    assert [complaints(one) for one in pages] == [[], [], [], []]
    assert complaints(workbench.at("health_legal").get(place).text) == []
