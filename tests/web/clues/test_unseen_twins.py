"""A suspected duplicate that somebody may not see is not told to him: number, state, nor why."""

from sqlmodel import col, select

from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.lists.clue_sheet import alike_of
from flows.site.store import reading
from tests.helpers.people import actor
from tests.web.conftest import Workbench

TOLD = {"reporter_name": "刘小民", "reporter_phone": "13800001234", "content": "鑫源食品卖过期奶粉"}


def test_twins_of_another_department_are_not_told(workbench: Workbench) -> None:
    story = workbench.story
    story.does("register", **TOLD)
    story.does("dispatch", lead="shili-health")
    number = workbench.walk("register", "dispatch")
    story.does("register", **TOLD)
    story.does("dispatch")
    with reading(story.office.engine) as session:
        rows = session.exec(select(Clue).order_by(col(Clue.id))).all()
        elsewhere, own, third = (one.no for one in rows)
        pairs = session.exec(select(Suspicion.clue_id, Suspicion.other_id)).all()
        assert (rows[2].id, rows[0].id) in pairs
        alike = alike_of(session, story.office, rows[2], actor("handler"))
    workbench.clock.now = story.now

    desk = workbench.at("desk").get(f"/clues/{third}").text
    handler = workbench.at("handler").get(f"/clues/{third}").text

    assert number == own
    assert elsewhere in desk and "疑似重复" in desk
    assert elsewhere not in handler
    assert elsewhere not in [one.no for one in alike]
