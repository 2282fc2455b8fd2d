"""Pages cost what they show: the database reads them along indexes, not through all that was."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select, update

from domain.tables.process import Clue
from flows.people.visible_clues import visible, ways_to_see
from flows.site.store import reading, transaction
from tests.helpers.people import CHAIRS, actor
from tests.helpers.story import RECEIVED, REVIEWED
from tests.web.conftest import Workbench

PAGES = (
    "/",
    "/clues",
    "/clues?state=verifying&channel=hotline",
    "/clues?q=鑫源",
    "/clues?view=ended",
    "/clues?view=ended&q=鑫源",
    "/messages",
    "/messages?only=unread",
)
AUDITED = (
    "/",
    "/audit/reveals",
    "/audit/events?action=accept",
    "/audit/events?kind=case",
    "/audit/events?actor=handler",
)
WATCHED = ("/board", "/overdue", "/board/limits", "/board/limits?light=red", "/warnings")
GROWING = re.compile(
    r"^SCAN (clue|clock\w*|process\w*|event|document|inbox_message)$"
    r"|USING INDEX \w+ \(kind=\?\)( LEFT-JOIN)?$"
)
"""A table read whole, or all of a kind that ever was; partial indexes hold only what is open."""


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, object]]]:
    """What is asked of the database within the block."""
    asked: list[tuple[str, object]] = []

    def note(*told: object) -> None:
        if str(told[2]).startswith("SELECT"):
            asked.append((str(told[2]), told[3]))

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("chair", "pages"),
    [
        ("handler", PAGES),
        ("legal", (*PAGES, "/review")),
        ("head", (*PAGES, "/approvals", "/warnings")),
        ("police", PAGES),
        ("desk", PAGES),
        ("supervisor", (*PAGES, *WATCHED)),
        ("auditor", AUDITED),
    ],
)
def test_no_page_reads_a_growing_table_whole(
    workbench: Workbench, chair: str, pages: tuple[str, ...]
) -> None:
    pages = (*pages, f"/clues/{workbench.walk(*RECEIVED)}")
    browser = workbench.at(chair)

    with statements(workbench.office.engine) as asked:
        answers = [browser.get(one).status_code for one in pages]

    plans = {
        f"{line}: {text}"
        for text, values in asked
        for line in _plan(workbench.office.engine, text, values)
    }
    assert answers == [200] * len(pages)
    assert [one for one in plans if GROWING.match(one.partition(":")[0])] == []


def test_a_queue_of_three_asks_no_more_than_a_queue_of_one(workbench: Workbench) -> None:
    asked = []

    for waiting in (1, 3):
        numbers = [workbench.walk(*REVIEWED[:-1]) for _ in range(waiting)]
        browser = workbench.at("legal")
        with statements(workbench.office.engine) as found:
            text = browser.get("/review").text
        assert all(one in text for one in numbers)
        asked.append(len(found))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("page", ["/documents/stale", "/documents/stale.xlsx"])
def test_stale_papers_of_three_clues_ask_no_more_than_those_of_one(
    workbench: Workbench, page: str
) -> None:
    asked, sizes, renamed = [], [], update(Clue).values(subject_name="示例市新名食品有限公司")

    for waiting in (1, 2):
        for _ in range(waiting):
            workbench.walk(*REVIEWED[:-1])
        with transaction(workbench.office.engine) as session:
            session.connection().execute(renamed)
        browser = workbench.at("legal")
        with statements(workbench.office.engine) as found:
            answer = browser.get(page)
        sizes.append(len(answer.content))
        asked.append(len(found))

    assert sizes[0] < sizes[1]
    assert asked[0] == asked[1]


@pytest.mark.parametrize("page", ["/admin/users", "/admin/users.xlsx"])
def test_a_list_of_all_users_asks_no_more_than_a_list_of_one(
    workbench: Workbench, page: str
) -> None:
    asked, sizes = [], []
    browser = workbench.at("administrator")

    for narrowed in ("?q=auditor", ""):
        with statements(workbench.office.engine) as found:
            answer = browser.get(f"{page}{narrowed}")
        sizes.append(len(answer.content))
        asked.append(len(found))

    assert sizes[0] < sizes[1]
    assert asked[0] == asked[1]


@pytest.mark.parametrize("chair", CHAIRS)
def test_the_ways_to_see_a_clue_lead_to_exactly_what_is_visible(
    workbench: Workbench, chair: str
) -> None:
    office, who = workbench.office, actor(chair)
    workbench.walk("register")
    workbench.walk("register", "dispatch", "accept")
    workbench.walk(*RECEIVED)
    workbench.walk(*RECEIVED, "referral.file", "referral.hand_over", "referral.close")
    workbench.walk("register", "dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health"])

    with reading(office.engine) as session:
        seen = set(session.exec(select(Clue.id).where(visible(office, who))))
        led = {one for way in ways_to_see(office, who) for one in session.exec(way.ids)}
        total = len(list(session.exec(select(col(Clue.id)))))

    assert led == seen
    assert len(seen) == (
        0 if chair in {"administrator", "security"} else SEEN.get(CHAIRS[chair][1], total)
    )


SEEN = {
    "shili-ecology": 0,
    "shili-human": 0,
    "shili-market": 4,
    "shili-health": 1,
    "shili-police": 2,
    "shili-procuratorate": 2,
    **{one: 0 for one in ("shili-urban", "shili-ecology", "shixian-market", "shixian-police")},
}
"""How many of the clues each department sees; the departments not named see everything."""


def _plan(engine: Engine, text: str, values: object) -> list[str]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)  # type: ignore[arg-type]
        return [row[3] for row in rows]
