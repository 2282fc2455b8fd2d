"""However rare the words are and whichever way the database goes, a list holds the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from sqlmodel import Session

from flows.lists.list_filters import Wanted
from flows.lists.worklist import read_counted, read_page
from flows.people.viewer import Viewer
from flows.rows.grams import Borne
from flows.site import word_search
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import Story

Asked = Callable[[Session, Sequence[str]], Borne]
pytestmark = pytest.mark.early
TITLES = (
    "华信食品过期奶粉",
    "华信食品没有许可证",
    "信食华品牌奶粉",
    "霓虹灯扰民㊋",
    "华信ＨＸ奶粉",
)
ASKED = (
    Wanted(),
    Wanted(text="华信"),
    Wanted(text="奶粉 华信"),
    Wanted(text="华信食品"),
    Wanted(text="华信食品过期奶粉"),
    Wanted(text="华信 奶"),
    Wanted(text="hx"),
    Wanted(text="火"),
    Wanted(text="x 信"),
    Wanted(text="没有这个词"),
    Wanted(text="过期", inside="yes"),
    Wanted(state="received", channel="hotline"),
    Wanted(text="华信", state="received"),
    Wanted(text="华信", sort="newest"),
    Wanted(text="华信", light="new"),
    Wanted(text="华信", view="waiting"),
    Wanted(handler="nobody"),
)
EVERYWHERE = (*ASKED, *(replace(one, view="ended", sort="", light="") for one in ASKED))


@pytest.fixture
def story(any_office: Office) -> Story:
    """Ten clues alike in pairs: five that go on, some of them at the desk, and five that ended."""
    found = Story(any_office)
    for title in TITLES:
        found.does("register", title=title, outside_no=None)
        found.walk("dispatch", "accept", "verify")
        found.does("conclude", finding="minor")
        found.walk("govern", "archive")
    for place, title in enumerate(TITLES):
        found.does("register", title=title, outside_no=None)
        if place % 2:
            found.walk("dispatch", "accept")
    return found


def _as_if(is_common: bool, borne: Asked) -> Asked:
    def told(session: Session, pairs: Sequence[str]) -> Borne:
        return replace(borne(session, pairs), is_common=is_common, by=None)

    return told


def _told(story: Story) -> Iterator[tuple[str, Wanted, list[str]]]:
    for chair in ("desk", "handler", "supervisor"):
        viewer = Viewer(story.office, actor(chair), story.now)
        for wanted in EVERYWHERE:
            with reading(story.office.engine) as session:
                found = _on_pages(session, viewer, wanted)
                page, total = read_counted(session, viewer, wanted)
            assert [one.clue.no for one in page.lines] == found
            assert total == len(found)
            yield chair, wanted, found


def _on_pages(session: Session, viewer: Viewer, wanted: Wanted) -> list[str]:
    found: list[str] = []
    while True:
        page = read_page(session, viewer, wanted, size=2)
        found += [one.clue.no for one in page.lines]
        if not page.older:
            return found
        wanted = replace(wanted, after=page.older)


def test_a_list_holds_the_same_where_another_pair_of_a_word_is_asked(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = {(chair, wanted): found for chair, wanted, found in _told(story)}
    assert len(usual["desk", Wanted(text="华信食品过期奶粉")]) == 1

    monkeypatch.setattr("flows.rows.grams.NARROWED", 0)

    for chair, wanted, found in _told(story):
        assert found == usual[chair, wanted], (chair, wanted)


def test_a_list_holds_the_same_whichever_way_it_is_read(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = {(chair, wanted): found for chair, wanted, found in _told(story)}
    assert len(usual["desk", Wanted(text="华信")]) == 3
    assert len(usual["handler", Wanted(text="华信", view="ended")]) == 3
    assert len(usual["handler", Wanted(text="火", view="ended")]) == 1, "as the circled sign"
    borne = word_search.borne

    for is_common, first in ((False, 1), (True, 3)):
        monkeypatch.setattr(word_search, "borne", _as_if(is_common, borne))
        for module in ("list_queries", "worklist"):
            monkeypatch.setattr(f"flows.lists.{module}.FIRST", first)
        for chair, wanted, found in _told(story):
            assert found == usual[chair, wanted], (chair, wanted, is_common, first)
