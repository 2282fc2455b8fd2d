"""失信信息 from its record to its end: publicity, joint measures, repair, a ground that fell."""

import pytest

from flows.lists.undertaking_list import WantedUndertakings, undertakings
from flows.people.viewer import Viewer
from flows.rosters.breach_list import breaches_sheet, standing_breaches
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.inspections.breaches import BreachStory
from tests.helpers.people import actor

YEARS = {"publicity_from": "2026-05-11"}


@pytest.fixture
def story(office: Office) -> BreachStory:
    """A desk on a Monday morning in May."""
    return BreachStory(office)


def _pushed(story: BreachStory, chair: str) -> list[tuple[object, ...]]:
    with reading(story.office.engine) as session:
        viewer = Viewer(story.office, actor(chair), story.now)
        return list(breaches_sheet(standing_breaches(session, viewer)).rows)


def test_joint_measures_are_asked_answered_and_lifted_when_the_breach_is_repaired(
    story: BreachStory,
) -> None:
    """鲁政办发〔2023〕14号三（三）第14项；国办发〔2025〕22号第二项；山东省社会信用条例第二十七条."""
    record = "breach_record.record"
    assert "统一社会信用代码" in story.refused(record, code="91370000000000001Z")
    long, short = "2030-01-01", "2026-12-31"
    assert "公示最长36个月，最迟到2029-05-11" in story.refused(record, publicity_until=long)
    assert "公示最短12个月，至少到2027-05-11" in story.refused(record, publicity_until=short)
    unpublished = {"publicity_from": None, "publicity_until": None}
    assert "应当公示" in story.refused(record, level="general", **unpublished)
    story.does(record)
    assert story.row().no == "SX2026000001"
    assert "待审核" in story.refused("breach_record.trigger")
    story.does("breach_record.confirm")
    assert "breach_publicity" in story.open_rules()
    story.does("breach_record.trigger")
    letter = story.text("measure_request")
    told = ("限制申请财政资金项目", "《山东省社会信用条例》第二十七条", "示例市卫生健康委员会")
    assert [one for one in told if one not in letter] == []
    assert "measure_answer" in story.open_rules()
    story.does("joint_measure.apply")
    assert ("shili-market", "handler") in story.told("joint_measure.apply")
    [row] = _pushed(story, "supervisor")
    assert row[-1] == "示例市卫生健康委员会：已采取；示例市城市管理局：待反馈"
    [own] = _pushed(story, "health")
    assert own[-1] == "示例市卫生健康委员会：已采取"

    story.does("credit_repair.apply")
    assert "自2027-05-11起才能准予修复" in story.refused("credit_repair.grant")
    story.does("credit_repair.refuse")
    assert "补齐上述事项以后" in story.text("repair_answer")
    story.waits_until("2027-05-12T09:00")
    story.does("credit_repair.apply")
    assert "有尚未决定的信用修复申请" in story.refused("credit_repair.apply")
    story.does("credit_repair.grant")
    assert "终止公示、停止共享和使用" in story.text("repair_answer")
    assert story.row().state == "repaired"
    states = {one.department_id: one.state for one in story.processes("joint_measure")}
    assert states == {"shili-health": "lifting", "shili-urban": "called_off"}
    assert story.open_rules() == {"measure_lift"}
    assert _pushed(story, "supervisor") == []
    with reading(story.office.engine) as session:
        viewer = Viewer(story.office, actor("supervisor"), story.now)
        [line] = undertakings(session, viewer, WantedUndertakings("breach_record")).lines
    assert (line.done, line.asked) == (0, 1)  # the two repairs are no measures
    story.does("joint_measure.lift")
    assert story.open_rules() == set()
    assert story.chain_holds()


def test_a_breach_ends_with_its_publicity_and_is_withdrawn_when_its_ground_fell(
    story: BreachStory,
) -> None:
    """国办发〔2025〕22号第二项；山东省社会信用条例第四十条."""
    story.does("breach_record.record")
    story.does("breach_record.confirm")
    assert "公示到2028-05-11，尚未期满" in story.refused("breach_record.end")
    story.does("breach_record.note_ground_fallen")
    assert story.due("breach_withdrawal")[:10] == "2026-05-14"
    story.does("breach_record.withdraw")
    assert story.open_rules() == set()

    minor = {"level": "minor", "publicity_from": None, "publicity_until": None}
    story.does("breach_record.record", **minor)
    story.does("breach_record.confirm")
    assert "没有公示期" in story.refused("breach_record.end")
    story.does("credit_repair.apply")
    story.does("credit_repair.grant")
    assert story.row().state == "repaired"

    story.does("breach_record.record")
    story.walk("breach_record.confirm", "breach_record.trigger")
    story.does("joint_measure.decline")
    assert ("shili-justice", "supervisor") in story.told("joint_measure.decline")
    story.waits_until("2028-05-12T09:00")
    story.does("breach_record.end")
    assert {one.state for one in story.processes("joint_measure")} == {"declined", "called_off"}


def test_an_objection_is_answered_in_its_days_and_what_was_wrong_is_corrected_or_withdrawn(
    story: BreachStory,
) -> None:
    """山东省社会信用条例第三十九条: three working days, seven with the help of others."""
    story.walk("breach_record.record", "breach_record.confirm", "breach_record.trigger")
    early = story.refused("credit_objection.file", objected_on="2026-05-01")
    assert "不能早于认定日期" in early
    story.does("credit_objection.file")
    assert story.due("credit_objection")[:10] == "2026-05-14"
    assert "有尚未处理的信用异议" in story.refused("credit_objection.file")
    story.does("credit_objection.ask_help")
    assert story.due("credit_objection_helped")[:10] == "2026-05-20"
    long = {"level": "minor", "publicity_until": "2027-05-11"}
    assert "轻微失信信息公示最长3个月" in story.refused("credit_objection.correct", **long)
    three_years = {"publicity_until": "2029-05-11"}
    told = story.refused("credit_objection.correct", level="serious", **three_years)
    assert "公示期长于原记录" in told and "待法制核对" in told
    waiting = story.refused("joint_measure.apply")
    assert "正在处理信用主体的异议" in waiting and "待法制核对" in waiting
    story.does("credit_objection.correct")
    assert story.row().facts["level"] == "general"
    assert story.due("breach_publicity")[:10] == "2026-11-10"
    assert "有误，已经更正" in story.text("objection_answer")
    story.waits(days=1)
    story.does("credit_objection.file")
    anew = {"publicity_from": story.now.date().isoformat(), "publicity_until": "2027-05-12"}
    assert "不重新起算" in story.refused("credit_objection.correct", **anew)
    story.does("credit_objection.reject")
    assert "继续有效" in story.text("objection_answer")
    assert story.row().state == "standing"
    story.does("joint_measure.apply")
    story.does("credit_objection.file")
    story.does("credit_objection.uphold")
    assert story.row().state == "withdrawn"
    assert story.open_rules() == {"measure_lift"}
    assert story.chain_holds()
