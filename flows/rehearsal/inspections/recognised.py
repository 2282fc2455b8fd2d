"""The rehearsal's 结果互认: what one department found last week saves another one's visit."""

from flows.rehearsal.clockwork import Story
from flows.rehearsal.inspections.proposing import Proposal, proposed, subject_tagged
from flows.rehearsal.inspections.visited import Errand, visited
from flows.rehearsal.people import person
from flows.rehearsal.scene import Stage

HEALTH, EDUCATION = "shili-health", "shili-education"
MATTERS = ("childcare",)


def recognised(stage: Stage) -> Story:
    """Health inspects a nursery; education, about to go there, takes its result instead."""
    nursery = subject_tagged("托育机构")
    ground = "年度日常监督检查安排"
    first = proposed(stage, Proposal(HEALTH, nursery, "托育服务检查", MATTERS, ground))
    yield from visited(first, Errand(found="照护人员、餐食、消毒记录逐项检查，没有发现问题。"))
    second = proposed(stage, Proposal(EDUCATION, nursery, "托育服务检查", MATTERS, ground))
    yield second.days(1, "10:40")
    second.does(
        person(EDUCATION, "principal"),
        "visit.recognise",
        from_visit=first.row().no,
        recognise_reason="卫生健康部门刚对相同事项检查，未发现问题，情况没有变化，不需要再次上门。",
    )
