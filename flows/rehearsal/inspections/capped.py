"""The rehearsal's published cap: a second daily inspection is refused, one on a report is not."""

from flows.rehearsal.clockwork import Story
from flows.rehearsal.inspections.proposing import Proposal, proposed, subject_named
from flows.rehearsal.inspections.visited import Errand, visited
from flows.rehearsal.people import person
from flows.rehearsal.scene import Stage

CULTURE = "shili-culture"
CAFE = "示例市蓝鲸网络科技有限公司"
MATTER = "entertainment"


def capped(stage: Stage) -> Story:
    """Inspected once, not again as a matter of routine, and again when a report calls for it."""
    daily = Proposal(CULTURE, subject_named(CAFE), "日常检查", (MATTER,), "日常监督检查")
    yield from visited(proposed(stage, daily), Errand())
    again = proposed(stage, daily)
    principal = person(CULTURE, "principal")
    yield again.days(1, "10:10")
    again.is_refused(principal, "visit.approve")
    again.does(
        principal, "visit.refuse", reason="本年度日常检查已达公布的上限，没有新的线索，不再上门。"
    )
    yield again.days(1, "09:20")
    single = Proposal(
        CULTURE,
        subject_named(CAFE),
        "个案检查",
        (MATTER,),
        "家长来电反映该场所周末接纳未成年人",
        kind="single",
    )
    told = "有具体举报，须到现场核实，不计入日常检查的安排。"
    yield from visited(proposed(stage, single), Errand(over_cap=told, exempt="privacy"))
