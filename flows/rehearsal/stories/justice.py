"""Beside a referral: a paper that brings an archived case back, a clue of an offence of office."""

from flows.rehearsal.clockwork import Story
from flows.rehearsal.police_scenes import number
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.penalty import to_the_end


def comes_back(scene: Scene) -> Story:
    """Long after the archive the procuratorate's opinion arrives on paper: the case goes on."""
    yield scene.days(12, "10:30")
    scene.does(
        "handler",
        "justice_paper.register_opinion",
        paper_kind="penalty_opinion",
        paper_organ=scene.stage.office.rules.departments[scene.department("procuratorate")].name,
        paper_no=number(scene, "检行建"),
        paper_received_at=scene.now.isoformat(),
        paper_text="决定不起诉，建议对当事人给予行政处罚，并函告处理结果。",
    )
    yield from to_the_end(scene)


def office_crime_sent(scene: Scene) -> Story:
    """The party tells of money for an official: the clue goes to the 监察机关, the case goes on."""
    yield scene.hours(2)
    scene.does(
        "handler",
        "duty_crime.propose",
        supervisory=scene.department("supervisory"),
        person="某街道办事处工作人员，姓名由监察机关核实。",
        duty_facts="当事人经营者在询问中称，为免受检查向该人员支付过现金，账簿记有相应支出。",
        duty_evidence="询问笔录1份\n账簿复印件4页",
        reason="公职人员涉嫌受贿，属监察机关管辖。",
    )
    yield scene.days(1, "09:20")
    scene.does("principal", "duty_crime.approve", approval_note="同意移送。")
    yield scene.days(1, "15:10")
    scene.does(
        "handler",
        "duty_crime.receipt",
        receiver="监察委员会信访室工作人员",
        receipt_at=scene.now.isoformat(),
    )
