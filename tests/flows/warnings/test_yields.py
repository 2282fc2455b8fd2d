"""抽查发现问题率: what drawn inspections find of a matter against the year before, by counting."""

from datetime import datetime, timedelta

from sqlmodel import Session

from domain.surge.chance import chance_of
from domain.tables.dossier import Dossier
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.warnings.figures import clues_behind, standings
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.helpers.people import actor

MARKET = "shili-market"


def _results(session: Session, at: datetime, number: int, bad: int, draw: str | None) -> None:
    """So many results of a day's drawn inspections, some of which found a problem."""
    for place in range(number):
        no = f"JC{at:%Y%m%d}{place:04d}{'' if draw else 'x'}"
        dossier = Dossier(kind="visit", no=no)
        session.add(dossier)
        session.flush()
        facts = {"matters": ["catering"], "draw": draw}
        session.add(
            Undertaking(
                id=dossier.id, kind="visit", no=no, title=no, area="shili", state="closed",
                department_id=MARKET, facts=facts, opened_at=at, ended_at=at,
            )
        )  # fmt: skip
        outcome = "pending" if place < bad else "none"
        session.add(
            Process(
                kind="finding", clue_id=dossier.id or 0, state="published", department_id=MARKET,
                facts={"outcome": outcome, "finished_at": at.isoformat()},
                opened_at=at, ended_at=at,
            )
        )  # fmt: skip


def test_a_matter_of_which_draws_find_more_than_last_year_is_warned_of_once(
    office: Office,
) -> None:
    """鲁政办发〔2023〕14号三（三）第11项: the share is counted, told in words, and raised once."""
    story = WarningStory(office)
    now = story.now
    with transaction(office.engine) as session:
        _results(session, now - timedelta(days=200), 29, 3, "CQ2025000001")
        _results(session, now - timedelta(days=20), 20, 12, "CQ2026000001")
        # Picked for a ground, not drawn: neither counts.
        _results(session, now - timedelta(days=201), 40, 0, None)
    assert story.computes().raised == 0
    with transaction(office.engine) as session:
        _results(session, now - timedelta(days=150), 11, 1, "CQ2025000002")

    assert (story.computes().raised, story.computes().raised) == (1, 0)

    row = story.warning()
    assert row.title == "抽查发现问题率升高：餐饮服务与网络订餐监督检查"
    assert row.department_id == MARKET
    told = "近90日抽查20次，发现问题12次，占60%；此前365日抽查40次，发现问题4次，占10%；若无变化"
    assert row.facts["arithmetic"].startswith(told)
    assert chance_of(12, 20, 4, 40) < 0.001
    with reading(office.engine) as session:
        viewer = Viewer(office, actor("supervisor"), story.now)
        assert clues_behind(session, viewer, row).unseen == 0
        found = {one.label: one.setting for one in standings(session, viewer)}
    assert found["抽查发现问题率升高"] == "概率不高于0.001（本级约定，不由校准设定）"
    assert "尚不计算：基线不足" in found["去年同期"]
    story.walk("risk_warning.assess", "risk_warning.push")
    assert "抽查结果的件数" in story.text("risk_warning_notice")
