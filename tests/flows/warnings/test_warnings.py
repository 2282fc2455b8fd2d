"""Risk warnings from the clues that raise one to its end: silence, push, answers, clue, figures."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.surge.calibration import TooLittle
from domain.tables.dossier import Dossier
from domain.tables.process import Clue
from domain.tables.undertaking import Undertaking
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.warnings.calibrating import Trial, set_indicator, try_settings
from flows.warnings.figures import clues_behind, months, standings
from flows.warnings.signals_found import chance_in_force
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.helpers.people import actor


@pytest.fixture
def story(office: Office) -> WarningStory:
    """Clues of the market bureau, and the warning that they raise."""
    return WarningStory(office)


def test_three_people_raise_one_warning_that_is_pushed_answered_and_becomes_a_clue(
    story: WarningStory,
) -> None:
    """威海办法第十七条；国办发〔2023〕1号（八）."""
    story.reports(2)
    assert story.computes().raised == 0
    story.reports(1, reporter_phone="13800000000", reporter_name="甲某0")
    assert story.computes().raised == 0
    story.reports(1, reporter_phone="13900000009", reporter_name="乙某")
    assert (story.computes().raised, story.computes().raised) == (1, 0)

    raised = story.warning()
    assert raised.department_id == "shili-market"
    assert raised.title == "同一当事人被多人反映：示例市鑫源食品有限公司"
    assert raised.facts["arithmetic"] == "近30日4件，3名不同的人反映（达到3名即预警）"
    assert story.due("warning_assess")[:10] == "2026-05-13"
    assert story.told("risk_warning.raise") >= {("shili-market", None)}

    story.walk("risk_warning.assess")
    assert "收件部门" in story.refused("risk_warning.push", addressees=["shili-market"])
    assert "早于" in story.refused("risk_warning.push", respond_by="2026-05-01")
    story.walk("risk_warning.push")
    notice = story.text("risk_warning_notice")
    assert "近30日4件，3名不同的人反映" in notice
    assert "示例市卫生健康委员会：" in notice
    assert "不是对违法事实的认定" in notice
    assert story.open_rules() == {"warning_response"}
    assert ("transfer", "deliver_letter") in story.followups()
    assert "尚未反馈" in story.refused("risk_warning.close")
    story.walk("risk_response.answer")
    assert story.warning().state == "responding"

    story.does("risk_warning.to_clue", clue_subject="示例市鑫源食品有限公司")
    number = story.warning().facts["split_into"][0]
    with Session(story.office.engine) as session:
        clue = session.exec(select(Clue).where(col(Clue.no) == number)).one()
    assert (clue.channel, clue.desk_id, clue.state) == ("risk", "shili-hotline", "registered")
    story.walk("risk_warning.convene", "risk_warning.close")
    assert story.computes().raised == 0
    assert story.chain_holds()

    health, auditor = (Viewer(story.office, actor(one), story.now) for one in ("health", "auditor"))
    with reading(story.office.engine) as session:
        [month] = months(session, auditor)
        behind = clues_behind(session, health, raised)
        assert len(clues_behind(session, auditor, raised).seen) == 4
    assert (month.raised, month.acted, month.problems, month.open) == (1, 1, 1, 0)
    assert (behind.seen, behind.unseen) == ((), 4)

    # Silent for 28 days after its end; then the same cell may be raised anew.
    story.waits(days=30)
    story.reports(3)
    assert story.computes().raised == 1


def test_a_warning_is_dismissed_with_a_reason_and_counted_by_it(story: WarningStory) -> None:
    story.reports(3)
    story.computes()

    assert "请填写「排除理由」" in story.refused("risk_warning.dismiss", ground=None)
    assert "只能由" in story.refused("risk_warning.dismiss", "health_head")
    story.does("risk_warning.dismiss", "supervisor")

    assert story.open_rules() == set()
    with reading(story.office.engine) as session:
        [month] = months(session, Viewer(story.office, actor("supervisor"), story.now))
    assert (month.acted, dict(month.dismissed)) == (0, {"季节性变化": 1})


def test_merged_clues_count_once_and_silent_answers_end_with_their_day(
    story: WarningStory,
) -> None:
    story.reports(3)
    with transaction(story.office.engine) as session:
        first = session.exec(select(Clue).order_by(col(Clue.id))).all()
        first[2].merged_into_id = first[0].id
    assert story.computes().raised == 0

    story.begins()
    story.walk("risk_warning.assess", "risk_warning.push")
    story.waits(days=9)
    story.does("risk_warning.close", result="none", report="未见异常")
    assert story.state("risk_response") == "called_off"
    assert story.open_rules() == set()


def _a_year_of_clues(story: WarningStory, number: int) -> None:
    """Clues as a site has them after a year and a half, copied from one that was registered."""
    chance = random.Random(3)
    matters = ("food_production", "food_sales", "catering", "gas", "heating", "pricing")
    with transaction(story.office.engine) as session:
        told = session.exec(select(Clue).order_by(col(Clue.id))).first()
        assert told is not None
        same = told.model_dump(exclude={"id", "no", "matter_id", "received_at", "subject_key"})
        numbers = {one: f"XS2025{one:06d}" for one in range(number)}
        for one, no in numbers.items():
            session.add(Dossier(id=10_000 + one, kind="clue", no=no))
        session.flush()
        for one, no in numbers.items():
            received = story.now - timedelta(days=chance.randrange(1, 540))
            from_row = {**same, "received_at": received, "matter_id": chance.choice(matters)}
            session.add(Clue(id=10_000 + one, no=no, **from_row))


def test_a_surge_is_raised_by_the_setting_that_the_sites_own_clues_gave(
    story: WarningStory,
) -> None:
    story.reports(1)
    office, now = story.office, story.now
    trial = Trial(wanted=1, rounds=2, seed=1)
    with pytest.raises(TooLittle):
        try_settings(office, trial, now)
    _a_year_of_clues(story, 1500)
    with reading(office.engine) as session:
        assert chance_in_force(session, office, "surge") == 0.001
        told = {
            one.label: one.setting
            for one in standings(session, Viewer(office, actor("supervisor"), now))
        }
    assert "尚未按本站数据校准" in told["同类线索突增"]
    assert told["去年同期"] == "写在“同类线索突增”的预警里"

    row = set_indicator(office, trial, try_settings(office, trial, now), actor("supervisor"), now)
    assert row.false_a_year <= 1
    with reading(office.engine) as session:
        assert chance_in_force(session, office, "surge") == row.chance
    story.computes()
    with transaction(office.engine) as session:
        session.exec(
            update(Clue)
            .where(col(Clue.id) >= 10_000, col(Clue.id) < 10_012)
            .values(matter_id="school_food", received_at=now - timedelta(days=2))
        )
    story.computes()

    with Session(office.engine) as session:
        rows = session.exec(select(Undertaking).where(col(Undertaking.kind) == "risk_warning"))
        surge = next(one for one in rows if one.facts["cell"] == "shili|school_food")
    assert surge.facts["arithmetic"].startswith("近14日12件，占")
    assert "若无变化" in surge.facts["arithmetic"]
    assert "去年同期0件" in surge.facts["arithmetic"]
    assert story.chain_holds()
