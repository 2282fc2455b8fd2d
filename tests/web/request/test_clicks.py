"""The ten most frequent tasks, counted in clicks from one's first page; typing is not counted."""

import sys
from dataclasses import dataclass, field

import pytest

from tests.helpers.story import CONCLUDED
from tests.helpers.wanted import needs_browser
from tests.web.helpers.browsing import Person, Site

pytestmark = [pytest.mark.slow, needs_browser]


@dataclass(frozen=True)
class Task:
    """A task: who does it, what he clicks on his first page, and the most clicks it may cost."""

    label: str
    chair: str
    link: str
    action: str
    typed: dict[str, object] = field(default_factory=dict)
    most: int = 2


LEFT_OUT: dict[str, object] = {"silent_reason": "其他部门职责不涉及，先作结论"}
OF_A_CASE = (
    Task("分办转办", "desk", "分办转办", "dispatch"),
    Task("签收", "handler", "签收", "accept"),
    Task("启动核查", "handler", "启动核查", "verify", {"cooperating": ["shili-health"]}),
    Task("提交核查意见", "health", "提交核查意见", "part.submit"),
    Task("作出核查结论", "handler", "作出核查结论", "conclude", LEFT_OUT),
    Task("立案", "head", "立案", "file_case"),
)
OF_A_REFERRAL = (
    Task("批准移送", "principal", "批准移送", "referral.approve"),
    Task("送达公安", "handler", "移送公安机关", "referral.deliver"),
    Task("公安签收回执", "police", "回执", "referral.receipt"),
)
"""Each in the order of one clue's life: a task prepares the next."""


def test_the_ten_most_frequent_tasks_cost_few_clicks(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [("并入疑似重复", _merges(site), 2)]
    for tasks in (OF_A_CASE, OF_A_REFERRAL):
        for task in tasks:
            site.passes(minutes=20)
            with site.at(task.chair) as person:
                told.append((task.label, _clicks(site, person, task), task.most))
        site.workbench.story.clue = None
        site.workbench.walk(*CONCLUDED, "refer")

    with capsys.disabled():
        sys.stdout.write("".join(f"\n{label}\t{clicks}次" for label, clicks, _ in told))
    assert [(label, clicks) for label, clicks, most in told if clicks > most] == []


def _clicks(site: Site, person: Person, task: Task) -> int:
    """How many clicks the task costs this person, who begins at his first page."""
    person.open("/")
    clicks = 1
    link = person.page.locator("main").get_by_role("link", name=task.link)
    if not link.count():
        waiting = person.page.locator('main table th a[href^="/clues/"]')
        assert waiting.count(), f"{task.label}：首页没有等待{task.chair}办理的线索"
        waiting.first.click()
        clicks += 1
    link.first.click()
    person.fills(site.workbench, task.action, **task.typed)
    person.confirms()
    return clicks + 1


def _merges(site: Site) -> int:
    """Two clues of one matter are there; the second goes into the first."""
    for _ in range(2):
        site.workbench.story.clue = None
        site.workbench.walk("register")
    with site.at("desk") as desk:
        desk.open("/")
        desk.click("link", "并入")
        desk.fills(site.workbench, "merge")
        desk.confirms()
    return 2
