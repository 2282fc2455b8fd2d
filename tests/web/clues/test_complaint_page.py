"""A complaint on its page: what it was taken for, and the report that was taken off it."""

from sqlmodel import Session, select

from domain.tables.process import Clue
from tests.web.conftest import Workbench


def test_the_page_says_what_a_clue_was_taken_for_and_where_its_report_went(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk("register", "dispatch")
    story.does("accept", complaint_kind="both")
    workbench.clock.now = story.now
    before = workbench.at("handler").get(f"/clues/{story.row().no}").text
    assert "投诉并举报，须拆开办理" in before
    assert "拆出举报" in before

    story.walk("split_report", "admit_complaint")
    with Session(story.office.engine) as session:
        report = list(session.exec(select(Clue)))[-1].no

    page = workbench.at("handler").get(f"/clues/{story.row().no}").text
    assert "投诉处理中" in page
    assert f'href="/clues/{report}"' in page
    assert f'href="/clues/{story.row().no}"' in workbench.at("desk").get(f"/clues/{report}").text
