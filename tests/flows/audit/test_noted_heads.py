"""The end of the record noted outside: a record that was cut, emptied or set back never passes."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from flows.audit import noted_heads
from flows.audit.chain_check import start_check
from flows.audit.noted_heads import NotNoted, has_notes, misfits, note_head
from flows.audit.rounds import check_rows
from flows.site.event_chain import NOTES, head_of
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, Story

CUT = (
    "DELETE FROM event WHERE seq > 3",
    "UPDATE chain_head SET seq = 3, hash = (SELECT hash FROM event WHERE seq = 3)",
)
EMPTIED = ("DELETE FROM event", "DELETE FROM chain_head")


@pytest.fixture
def story(any_office: Office) -> Story:
    """An office with a record that was noted in its home and in a file on another path."""
    elsewhere = any_office.settings.home / "elsewhere" / "heads.txt"
    settings = any_office.settings.model_copy(update={"chain_note_file": elsewhere})
    told = Story(replace(any_office, settings=settings))
    told.walk(*CONCLUDED)
    assert not has_notes(settings)
    assert "已记下链尾" in note_head(told.office, told.now)
    return told


def tamper(story: Story, *statements: str) -> None:
    with transaction(story.office.engine) as session:
        for one in statements:
            session.connection().execute(text(one))


def missed(story: Story) -> list[str]:
    with reading(story.office.engine) as session:
        return [words for _, words in misfits(session, story.office.settings)]


@pytest.mark.parametrize("statements", [CUT, EMPTIED], ids=["cut", "emptied"])
def test_what_was_noted_outside_is_missed(story: Story, statements: tuple[str, ...]) -> None:
    story.walk("file_case")
    note_head(story.office, story.now)
    note_head(story.office, story.now)
    assert missed(story) == []
    assert len((story.office.settings.home / NOTES).read_text().splitlines()) == 2

    tamper(story, *statements)

    assert len(missed(story)) == 2, "the file in the home, and the one elsewhere"
    assert all("末尾的记录被删除" in one for one in missed(story))
    check = start_check(story.office, actor("auditor"), story.now, whole=True)
    with reading(story.office.engine) as session:
        row = session.connection().execute(
            text(f"SELECT failures FROM chain_check WHERE id = {check}")
        )
        assert "heads.txt" in str(row.scalar_one())


def test_a_file_of_the_sites_choice_that_is_gone_is_told(story: Story) -> None:
    elsewhere = story.office.settings.chain_note_file
    assert isinstance(elsewhere, Path)
    elsewhere.unlink()

    assert missed(story) == [f"记在「{elsewhere}」的链尾读不到，无法比对末尾的记录是否被删除"]


def test_a_site_elsewhere_is_told_the_head_and_asked_again(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["Authorization"] == "Bearer geheim"
        if request.method == "POST":
            kept.append(httpx.Response(200, content=request.content).json()["line"])
        return httpx.Response(200, text="\n".join(kept))

    made = httpx.Client
    monkeypatch.setattr(
        noted_heads.httpx,
        "Client",
        lambda **_: made(transport=httpx.MockTransport(answer)),
    )
    told = {"chain_note_url": "https://log.example.gov.cn/heads", "chain_note_file": None}
    given = story.office.settings.model_copy(update=told)
    settings = type(given)(**{**given.model_dump(), "chain_note_token": "geheim"})
    story.office = replace(story.office, settings=settings)
    note_head(story.office, story.now)

    with reading(story.office.engine) as session:
        assert kept == [str(head_of(session))]
    assert missed(story) == []
    tamper(story, *CUT)
    assert missed(story)[-1].startswith("记在外部系统的链尾：记下时有第")
    monkeypatch.setattr(
        noted_heads.httpx,
        "Client",
        lambda **_: made(transport=httpx.MockTransport(lambda _: httpx.Response(503))),
    )
    with pytest.raises(NotNoted, match="HTTP 503"):
        note_head(story.office, story.now)


def test_a_record_set_back_no_more_explains_the_rows_that_are_left(story: Story) -> None:
    tamper(story, *CUT)
    told = list(check_rows(story.office))

    assert any("线索的状态与办理记录不符" in one for one in told)
    tamper(story, *EMPTIED)
    assert any("有登记内容而没有办理记录" in one for one in check_rows(story.office))
