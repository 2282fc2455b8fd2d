"""The rehearsal's year of inspections: the plan, the draw, twelve visits, what came of them."""

from collections import Counter
from pathlib import Path

from sqlmodel import Session, col, select

from domain.guards.registry import moment_of
from domain.tables.process import Clue, Process
from domain.tables.undertaking import Undertaking
from flows.rehearsal.inspections.inspection_books import year_told
from flows.rehearsal.inspections.inspection_year import cast_inspections
from flows.rehearsal.timeline import Chronicle
from tests.helpers.rehearsed import play, rehearsal_office
from tests.rehearsal.paper_faults import faults_of

SCHOOL = ("SL20260921048", "SL20260922008")
"""The orders about one school, which stand out at its place."""


def test_a_plan_is_drawn_visited_and_published_and_a_warning_leads_to_a_special_check(
    tmp_path: Path,
) -> None:
    office = rehearsal_office(tmp_path)

    stage = play(office, *SCHOOL, besides=cast_inspections)

    assert stage.stuck == []
    with Session(office.engine) as session:
        rows = list(session.exec(select(Undertaking).order_by(col(Undertaking.id))))
        findings = session.exec(select(Process).where(col(Process.kind) == "finding")).all()
        made = [one for one in session.exec(select(Clue)).all() if one.channel == "inspection"]
        kinds = {
            one.no: set(session.exec(select(Process.kind).where(col(Process.clue_id) == one.id)))
            for one in made
        }
        assert [fault for one in made for fault in faults_of(office, session, one)] == []
    by_kind = Counter((one.kind, one.state) for one in rows)
    assert by_kind == {
        ("publication", "published"): 2,
        ("draw", "released"): 1,
        ("risk_warning", "closed"): 1,
        ("visit", "closed"): 16,
        ("visit", "cancelled"): 1,
        ("visit", "recognised"): 1,
        ("joint_proceeding", "ended"): 1,
        ("breach_record", "repaired"): 1,
    }
    entered = {one.id: moment_of(one.facts.get("entered_at")) for one in rows}
    began = {one.clue_id: moment_of(one.facts.get("started_at")) for one in findings}
    came = {one: at for one, at in began.items() if at and entered.get(one)}
    assert len(came) > 10 and all(entered[one] == at for one, at in came.items())
    visits = [one for one in rows if one.kind == "visit" and one.state == "closed"]
    assert Counter(one.facts["way"] for one in visits) == {"on_site": 14, "papers": 1, "reports": 1}
    assert Counter(one.facts.get("outcome") for one in findings) == {
        **{"none": 15, "pending": 4, "unreachable": 1, "ordered": 1, None: 2},
    }
    ended = Counter(one.state for one in findings)
    assert ended == {"published": 20, "exempt": 1, "called_off": 2}
    by_program = [one for one in findings if "由系统公示" in one.facts.get("published_where", "")]
    assert len(by_program) == 2
    assert sorted("referral" in one for one in kinds.values()) == [False, False, False, True]
    assert {one.state for one in made} == {"archived"}
    assert len(list((office.settings.home / "publicity").glob("*.json"))) >= 20
    lines = Chronicle(office).since_last(stage.notes)
    assert any("更换执法人员" in one.text for one in lines)
    refused = "\n".join(one.text for one in stage.notes)
    assert "频次上限" in refused and "同一违法行为不得给予两次以上罚款" in refused
    told = dict(year_told(office))
    assert told["检查"] == "16次：现场14次，非现场2次，两个部门一次上门5次"
    assert told["抽取"] == "1次，见证数2个，抽中8户"
    assert "（行政处罚）" in told["登记线索"] and "（涉嫌犯罪移送）" in told["登记线索"]
    assert told["风险预警"] == "1件，据此拟制专项计划或者提出检查1件，专项检查2次"
    assert told["频次上限"] == "达到公布的上限不批准1次，个案检查写明理由后批准1次"
    assert told["结果互认"].startswith("少上门1次（采用示例市卫生健康委员会JC2026")
    assert told["结果互认"].endswith("证据供其他案件采用1件")
    assert told["不予公示"] == "1份（个人隐私）"
    assert told["联合处罚"].startswith("1件，各自作出决定2份：《行政处罚决定书》")
    assert told["失信信息"] == "1件，联合惩戒已解除，信用异议已更正，信用修复准予修复"
    office.engine.dispose()
