"""A clue verified on the spot: an inspection of its own, for whose results it waits."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, select

from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.site.office import Office
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.people import actor
from tests.helpers.story import Story


def test_a_verification_that_went_on_the_spot_waits_for_the_results(
    office: Office, tmp_path: Path
) -> None:
    """四十一问第二十一问."""
    fill_rosters(office, tmp_path)
    clue = Story(office)
    clue.walk("register", "dispatch", "accept", "verify")
    clue.now += timedelta(hours=1)
    act(office, clue.command("verification.go_on_site"), actor("handler"), clue.now)
    with Session(office.engine) as session:
        row = session.exec(select(Undertaking).where(Undertaking.kind == "visit")).one()
    assert (row.state, row.facts["kind"]) == ("planned", "single")
    assert row.facts["clue_no"] == clue.row().no
    waits = clue.refused("conclude")
    assert f"现场核查（检查{row.no}）尚未取得结果" in waits

    visit = VisitStory(office, clue.now, clue=row.id)
    visit.walk("visit.approve", "visit.notice", "visit.enter", "finding.enter_result")
    clue.now = visit.now
    [verification] = clue.processes("verification")
    assert verification.facts["site_visits_open"] == []
    clue.does("conclude")
    assert clue.state() == "concluded"
