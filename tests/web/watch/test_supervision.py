"""The supervisor's pages: for whom, what they show, and the way from a red light to an answer."""

import re
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from python_calamine import CalamineWorkbook

from flows.reminders.sweep import sweep
from tests.web.conftest import OWN, Workbench

PAGES = (
    "/board",
    "/board/limits",
    "/board/ages",
    "/board/ages/clues",
    "/overdue",
    "/supervision",
    "/warnings",
    "/warnings/unreferred",
    "/warnings/untaken",
    "/warnings/fined",
    "/statistics",
)
TABLES = (
    "/board.xlsx",
    "/board/limits.xlsx",
    "/board/ages.xlsx",
    "/board/ages/clues.xlsx",
    "/overdue.xlsx",
    "/supervision.xlsx",
    "/warnings/unreferred.xlsx",
    "/warnings/untaken.xlsx",
    "/warnings/fined.xlsx",
    "/statistics.xlsx",
)
LATE = "2026-06-05T10:00"


def late(workbench: Workbench) -> str:
    """A clue that its department let lie; the ladder has climbed."""
    number = workbench.walk("register", "dispatch", "accept")
    workbench.story.waits_until(LATE)
    workbench.clock.now = workbench.story.now
    sweep(workbench.office, workbench.clock.now)
    return number


def rows_of(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


class Inline(HTMLParser):
    """Whatever a strict content policy would refuse, and tables nobody can follow."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.tables = self.captions = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        bad = {name for name in names if name == "style" or name.startswith("on")}
        self.refused += [f"{tag} {name}" for name in bad]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.refused.append(tag)
        if tag == "th" and "scope" not in names:
            self.refused.append("th without scope")
        self.tables += tag == "table"
        self.captions += tag == "caption"


@pytest.mark.parametrize("path", (*PAGES, "/calendar"))
def test_every_page_is_plain_html_with_or_without_anything_to_show(
    workbench: Workbench, path: str
) -> None:
    empty = workbench.at("supervisor").get(path)
    late(workbench)
    full = workbench.at("supervisor").get(path)

    for answer in (empty, full):
        assert answer.status_code == 200
        found = Inline()
        found.feed(answer.text)
        assert found.refused == []
        assert found.tables == found.captions


@pytest.mark.parametrize("chair", ["desk", "handler", "legal", "police", "administrator"])
def test_other_chairs_do_not_watch(workbench: Workbench, chair: str) -> None:
    client = workbench.at(chair)

    for path in (*PAGES, *TABLES):
        if chair == "handler" and path.startswith("/supervision"):
            continue
        assert client.get(path).status_code == 403, path


@pytest.mark.parametrize("path", [*PAGES, *TABLES])
def test_a_head_of_another_department_reads_nothing_of_it(workbench: Workbench, path: str) -> None:
    number = late(workbench)

    own = workbench.at("head").get(path)
    other = workbench.at("health_head").get(path)

    assert own.status_code == other.status_code == 200
    if path.endswith(".xlsx"):
        assert number not in str(rows_of(other.content))
    else:
        assert number not in other.text
        assert "department=shili-market" not in other.text


@pytest.mark.parametrize("path", TABLES)
def test_every_table_can_be_taken_away(workbench: Workbench, path: str) -> None:
    late(workbench)

    answer = workbench.at("supervisor").get(path)

    assert answer.headers["content-disposition"].startswith("attachment")
    heading, *_ = rows_of(answer.content)
    assert all(heading)


def test_a_red_figure_leads_to_its_lines(workbench: Workbench) -> None:
    number = late(workbench)
    client = workbench.at("supervisor")

    board = client.get("/board").text
    link = "/overdue?department=shili-market&amp;stage=verify"
    assert link in board
    lines = client.get(link.replace("&amp;", "&")).text

    assert number in lines
    assert "已逾期" in lines
    assert "○ 未确认" in lines
    assert "/order" in lines


def test_an_acknowledged_reminder_shows_in_the_overdue_list(workbench: Workbench) -> None:
    late(workbench)
    head = workbench.at("head")
    ids = [
        part.split('"')[0] for part in head.get("/messages").text.split('name="which" value="')[1:]
    ]
    head.post("/messages/read", data={"which": ids, "received": "yes"})

    shown = workbench.at("supervisor").get("/overdue").text
    assert "✓ 已确认" in shown
    own = shown.partition("督办员：")[2].partition("</li>")[0]
    assert "本岗位尚未确认" in own and "○ 未确认" not in own


def test_from_overdue_to_order_to_answer(workbench: Workbench) -> None:
    number = late(workbench)
    supervisor, head = workbench.at("supervisor"), workbench.at("head")
    page = supervisor.get("/overdue?stage=verify").text
    [click] = {part.split('"')[0] for part in page.split('href="/overdue/')[1:]}

    form = supervisor.get(f"/overdue/{click}")
    assert form.status_code == 303
    target = form.headers["location"]
    assert "督办期限" in supervisor.get(target).text
    given = {key: value[0] for key, value in parse_qs(urlsplit(target).query).items()}
    unset = supervisor.post(urlsplit(target).path, data=given)
    assert unset.status_code == 422
    sent = supervisor.post(urlsplit(target).path, data={**given, "f.due_on": "2026-06-12"})
    assert sent.status_code == 303

    listed = supervisor.get("/supervision").text
    assert "示司督办〔2026〕1号" in listed
    [one] = re.findall(
        r'href="/supervision/(\d+)">《行政执法监督督办函》示司督办〔2026〕1号', listed
    )
    assert "签收督办" in head.get(f"/supervision/{one}").text
    for action, field in (("acknowledge", "plan"), ("report", "progress")):
        url = f"/clues/{number}/do/supervision/{action}/{one}"
        assert head.post(url, data={f"f.{field}": "已安排专人"}).status_code == 303
    closing = {"f.closing_opinion": "同意销号"}
    close = supervisor.post(f"/clues/{number}/do/supervision/close/{one}", data=closing)
    assert close.status_code == 303

    ended = supervisor.get("/supervision?ended=yes").text
    assert "督办销号" in ended
    assert "示司督办〔2026〕1号" not in supervisor.get("/supervision").text
    assert "已安排专人" in supervisor.get(f"/supervision/{one}").text


def test_only_a_supervisor_is_offered_the_order(workbench: Workbench) -> None:
    late(workbench)
    head = workbench.at("head")
    page = head.get("/overdue").text

    assert "/order" not in page
    assert head.get("/overdue/1/order").status_code == 403


def test_unknown_things_are_not_found(workbench: Workbench) -> None:
    client = workbench.at("supervisor")

    for path in ("/warnings/nothing", "/supervision/99", "/overdue/99/order"):
        assert client.get(path).status_code == 404, path
    for path in ("/board/limits?after=x_y", "/statistics?until=9999-99", "/overdue?stage=none"):
        assert client.get(path).status_code == 200, path
    for path in ("/supervision?before=x", "/statistics?span=99", "/board/ages/clues?group=9"):
        assert client.get(path).status_code == 422, path


def test_a_chart_says_in_words_what_it_draws(workbench: Workbench) -> None:
    late(workbench)

    page = workbench.at("supervisor").get("/statistics?measure=kept&span=3").text

    assert '<svg viewBox="0 0 400.0' in page
    assert '<title id="chart-1-title">按期率（按月）</title>' in page
    assert "2026-06" in page.split("<desc", 1)[1].split("</desc>")[0]
    assert "<caption>按期率" in page


def test_all_six_figures_stand_on_one_page_the_worst_first(workbench: Workbench) -> None:
    late(workbench)
    supervisor = workbench.at("supervisor")

    page = supervisor.get("/statistics?span=3").text
    by_matter = supervisor.get("/statistics?span=3&by=matter&sort=returned").text
    nobody = supervisor.get("/statistics?department=shili-urban").text

    assert page.count('class="chart-drawing trend"') + page.count(">—</strong>") >= 6
    assert 'trend-kept-title">按期率（按月）' in page and "2026-06" in page
    assert "示例市市场监督管理局" in page.partition("较差的在前")[2]
    assert "没有选定监管事项" in by_matter or "食品" in by_matter
    assert "没有可以统计的事项" in nobody


def test_a_calendar_is_read_by_its_key_and_by_nothing_else(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch", "accept")
    handler, nobody = workbench.at("handler"), workbench.nobody()

    made = handler.post("/calendar").text
    address = "http" + made.split('value="http')[1].split('"')[0]
    path = address.removeprefix("http://127.0.0.1:8000")

    answer = nobody.get(path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "BEGIN:VEVENT" in answer.text
    key = address.split("key=")[1]
    assert key not in handler.get("/calendar").text
    assert nobody.get("/calendar.ics").status_code == 404
    assert nobody.get("/calendar.ics?key=guess").status_code == 404

    handler.post("/calendar/revoke")
    assert nobody.get(path).status_code == 404


def test_a_foreign_page_cannot_make_or_end_a_feed(workbench: Workbench) -> None:
    handler = workbench.at("handler")
    foreign = {**OWN, "Sec-Fetch-Site": "cross-site"}

    assert handler.post("/calendar", headers=foreign).status_code == 403
    assert handler.post("/calendar/revoke", headers=foreign).status_code == 403


def test_a_key_is_in_no_log(workbench: Workbench, caplog: pytest.LogCaptureFixture) -> None:
    handler = workbench.at("handler")
    with caplog.at_level("INFO", logger="yisong.web"):
        made = handler.post("/calendar").text
        key = made.split("key=")[1].split('"')[0]
        workbench.nobody().get(f"/calendar.ics?key={key}")

    told = caplog.text + "".join(str(vars(one)) for one in caplog.records)
    assert "/calendar.ics" in told
    assert key not in told
