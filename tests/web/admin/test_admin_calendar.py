"""The calendar in the browser: looked at, handed in, held against the limits, and applied."""

import html
import re

import pytest
from sqlmodel import select

from domain.tables.site import SiteCalendar
from flows.site.store import reading
from tests.flows.upkeep.test_calendar_keeping import LINES
from tests.helpers.moments import at
from tests.helpers.story import ACCEPTED
from tests.web.conftest import Workbench
from tests.web.watch.test_supervision import Inline

FORM = {"year": "2027", "notice": "国办发明电〔2026〕9号", "pasted": LINES}


@pytest.fixture
def in_december(workbench: Workbench) -> Workbench:
    """Limits run into a year that nobody has announced."""
    workbench.story.waits_until("2026-12-21T08:00")
    workbench.walk(*ACCEPTED, "verify")
    return workbench


def content_of(page: str) -> str:
    found = re.search(r'name="content" value="([^"]+)"', page)
    assert found is not None
    return html.unescape(found[1])


def test_a_year_is_shown_with_its_days_off_and_its_source(workbench: Workbench) -> None:
    client = workbench.at("administrator")

    told = client.get("/admin/calendar?year=2026").text
    provisional = client.get("/admin/calendar?year=2027").text

    found = Inline()
    found.feed(told)
    assert (found.refused, found.tables - found.captions) == ([], 0)
    assert "国办发明电〔2025〕7号" in told
    assert 'title="国庆节休假">1<sup>休</sup>' in told
    assert 'class="makeup"' in told
    assert "暂定" in provisional
    assert client.get("/admin/calendar?year=2060").status_code == 404


def test_the_effect_is_shown_before_anything_changes(in_december: Workbench) -> None:
    client = in_december.at("administrator")

    told = client.post("/admin/calendar/upload", data=FORM).text

    assert "XS2026000001" in told
    assert "在算的时限届满日改变" in told
    assert "（暂定）" in told
    with reading(in_december.office.engine) as session:
        assert session.exec(select(SiteCalendar)).all() == []


def test_applying_changes_what_everybody_sees_from_the_next_page_on(
    in_december: Workbench,
) -> None:
    client, handler = in_december.at("administrator"), in_december.at("handler")
    before = handler.get("/clues/XS2026000001").text
    preview = client.post("/admin/calendar/upload", data=FORM).text

    done = client.post("/admin/calendar/apply", data={"content": content_of(preview)})

    said = client.get(done.headers["location"]).text
    assert "2027年的放假安排已启用" in said
    assert "吕管理" in said
    assert "暂定" in before
    assert "暂定" not in handler.get("/clues/XS2026000001").text
    assert client.get("/admin/calendar/2027.yaml").text.startswith("year: 2027")
    assert 'value="2028"' in client.get("/admin/calendar/upload").text


def test_a_refused_year_keeps_what_was_typed(workbench: Workbench) -> None:
    workbench.clock.now = at("2026-12-01T09:00")
    wrong = {**FORM, "pasted": LINES.replace("休假 元旦", "出差")}

    answer = workbench.at("administrator").post("/admin/calendar/upload", data=wrong)

    assert answer.status_code == 422
    assert "第2行：第二列应为" in answer.text
    assert "2027-02-20 上班" in answer.text
    assert "国办发明电〔2026〕9号" in answer.text


def test_a_file_is_taken_as_well(workbench: Workbench) -> None:
    client = workbench.at("administrator")
    own = client.get("/admin/calendar/2026.yaml").content

    answer = client.post("/admin/calendar/upload", files={"file": ("2026.yaml", own)})

    assert answer.status_code == 200
    assert "2026年已有放假安排" in answer.text
    assert "<strong>0</strong>个在算的时限" in answer.text


def test_altered_content_is_not_applied(workbench: Workbench) -> None:
    client = workbench.at("administrator")

    assert client.post("/admin/calendar/apply", data={"content": "{}"}).status_code == 422
    assert client.post("/admin/calendar/apply").status_code == 422


@pytest.mark.parametrize("chair", ["handler", "auditor", "legal"])
def test_other_chairs_keep_no_calendar(workbench: Workbench, chair: str) -> None:
    client = workbench.at(chair)

    assert client.get("/admin/calendar").status_code == 403
    assert client.post("/admin/calendar/upload", data=FORM).status_code == 403
    assert client.post("/admin/calendar/apply", data={"content": "{}"}).status_code == 403
