"""Lists of every kind alike: filtered, counted, ordered, taken along, and kept under a name."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from tests.helpers.circulars import CircularStory
from tests.helpers.story import APPROVED
from tests.web.conftest import Workbench

FIRST, SECOND = "TB2026000001", "TB2026000002"


def test_undertakings_are_filtered_counted_ordered_and_taken_along(workbench: Workbench) -> None:
    story = CircularStory(workbench.office)
    story.does("circular.draft", title="关于ＡＢＣ礼盒的通报", answer_due="2026-05-20")
    story.does("circular.draft", title="关于校园周边的通报", answer_due="2026-05-20")
    workbench.clock.now = story.now + timedelta(minutes=1)
    handler = workbench.at("handler")

    both = handler.get("/circulars?view=all&sort=oldest").text
    assert "共2件" in both and both.index(FIRST) < both.index(SECOND)
    one = handler.get("/circulars", params={"view": "all", "q": "abc 礼盒"}).text
    assert "共1件" in one and FIRST in one and SECOND not in one
    assert 'aria-label="不再按字词：abc 礼盒筛选"' in one
    assert "没有符合条件的" in handler.get("/circulars?view=all&state=issued").text
    for file in ("/circulars.xlsx?view=all&q=abc", "/undertakings.xlsx?kind=circular&q=ABC"):
        assert _column(handler, file) == [FIRST], file


def test_a_list_kept_under_a_name_is_found_on_its_own_page(workbench: Workbench) -> None:
    workbench.walk(*APPROVED, "referral.deliver")
    handler = workbench.at("handler")
    kept = {"path": "/referrals", "name": "鑫源的", "query": "q=%E9%91%AB%E6%BA%90"}

    assert handler.post("/filters", data=kept).headers["location"] == (
        "/referrals?q=%E9%91%AB%E6%BA%90"
    )
    assert handler.post("/filters", data={**kept, "path": "/documents"}).status_code == 303
    link = 'href="/referrals?q=%E9%91%AB%E6%BA%90">鑫源的'
    assert link in handler.get("/referrals").text
    assert link not in handler.get("/documents").text and "鑫源的" in handler.get("/documents").text
    assert "鑫源的" not in handler.get("/clues").text
    assert "鑫源的" not in workbench.at("head").get("/referrals").text
    away = handler.post("/filters", data={**kept, "path": "//example.org"})
    assert urlsplit(away.headers["location"]).netloc == ""
    text = handler.get("/referrals?q=%E9%91%AB%E6%BA%90").text
    assert "共1件" in text and "没有符合条件的移送" in handler.get("/referrals?q=%E6%9F%90").text


def test_who_keeps_users_takes_along_those_that_are_listed(workbench: Workbench) -> None:
    keeper = workbench.at("administrator")

    listed = keeper.get("/admin/users", params={"q": "张经", "department": "shili-market"}).text

    assert "共1人" in listed and "部门：" in listed
    assert _column(keeper, "/admin/users.xlsx?q=%E5%BC%A0%E7%BB%8F") == ["handler"]
    assert workbench.at("handler").get("/admin/users.xlsx").status_code == 403


def _column(client: TestClient, path: str) -> list[object]:
    """The first column of a file, without its heads."""
    taken = client.get(path)
    rows = CalamineWorkbook.from_filelike(BytesIO(taken.content)).get_sheet_by_index(0).to_python()
    heads = next(place for place, row in enumerate(rows) if row[0] == "编号")
    return list(dict.fromkeys(row[0] for row in rows[heads + 1 :] if row[0]))
