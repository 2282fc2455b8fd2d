"""The rehearsal's circulars: a few to look at in every state that matters."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from domain.situation.situation import CHINA
from domain.tables.undertaking import Undertaking
from flows.rehearsal.demonstration import make_demonstration
from flows.rehearsal.play import days, set_stage
from flows.rehearsal.stories.circular import cast_circulars
from flows.rehearsal.timeline import Chronicle
from flows.reminders.sweep import sweep
from flows.site.office import open_office
from flows.site.schema import upgrade
from flows.site.settings import Settings


def test_the_demonstration_shows_a_finished_a_late_and_a_drafted_circular(tmp_path: Path) -> None:
    office = open_office(Settings(home=tmp_path))
    upgrade(office.engine)
    start = datetime(2026, 9, 23, 8, 0, tzinfo=CHINA)
    make_demonstration(office, start)
    stage = set_stage(office, start)
    cast_circulars(stage)

    for day in days(stage):
        stage.agenda.play(day.morning, stage.failed)
        sweep(office, day.morning)
        stage.agenda.play(day.evening, stage.failed)

    with Session(office.engine) as session:
        rows = session.exec(select(Undertaking).order_by(col(Undertaking.id))).all()
    assert stage.stuck == []
    assert [(one.no, one.state) for one in rows] == [
        ("TB2026000001", "archived"),
        ("TB2026000002", "issued"),
        ("TB2026000003", "drafted"),
    ]
    told = Chronicle(office).since_last(stage.notes)
    assert any("提醒：签收情况通报（已逾期）" in one.text for one in told)
    office.engine.dispose()
