"""The register of documents reads the same whichever way it is read."""

from itertools import product

import pytest

from flows.papers import document_list
from flows.papers.document_list import list_counted
from flows.papers.wanted_documents import OLDEST, WantedDocuments
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import APPROVED, IN_CASE, Story

CHAIRS = ("handler", "desk", "supervisor", "police", "urban", "health")


@pytest.mark.parametrize(("looked", "few"), list(product((1, 3, 5000), (0, 5000))))
def test_who_sees_few_papers_reads_the_same_as_from_the_whole_register(
    any_office: Office, monkeypatch: pytest.MonkeyPatch, looked: int, few: int
) -> None:
    """Among the first, among his own clues, or along all: order, total and pages stay."""
    story = Story(any_office)
    story.walk(*APPROVED, "referral.deliver")
    story.clue = None
    story.waits(days=1)
    story.walk(*IN_CASE)
    monkeypatch.setattr(document_list, "PAGE", 3)

    # So small a record is read through; what is told then is what has to be told always.
    monkeypatch.setattr(document_list, "FEW", 0)
    expected = {chair: _register(story, chair) for chair in CHAIRS}
    monkeypatch.setattr(document_list, "LOOKED", looked)
    monkeypatch.setattr(document_list, "FEW", few)

    assert {chair: _register(story, chair) for chair in CHAIRS} == expected
    assert len(expected["supervisor"][0]) > 3 and expected["health"] == ([], [], 0)
    assert expected["supervisor"][0] == expected["supervisor"][1][::-1]


def _register(story: Story, chair: str) -> tuple[list[int], list[int], int]:
    """All pages, the newest first and the oldest first, and the total."""
    viewer = Viewer(story.office, actor(chair), story.now)
    pages: list[list[int]] = []
    total = 0
    with reading(story.office.engine) as session:
        for sort in ("", OLDEST):
            wanted, found = WantedDocuments(sort=sort), list[int]()
            while True:
                page, total = list_counted(session, viewer, wanted, 300)
                found += [one.document.id for one in page.lines]
                if not page.older:
                    break
                wanted = WantedDocuments(sort=sort, after=page.older)
            pages.append(found)
    return pages[0], pages[1], total
