"""What the desk is shown of a service request: department, duty, way of handling, two clicks."""

from datetime import timedelta

import pytest

from tests.web.conftest import Workbench


@pytest.fixture
def number(workbench: Workbench) -> str:
    """A clue that asks for more buses, before the desk."""
    workbench.story.does(
        "register", title="公交线路能不能延长到新区", content="早高峰公交车等不到，请增加班次。"
    )
    workbench.clock.now = workbench.story.now + timedelta(minutes=1)
    return workbench.story.row().no


def test_the_clue_says_which_duty_and_that_it_is_no_violation(
    workbench: Workbench, number: str
) -> None:
    shown = workbench.at("desk").get(f"/clues/{number}").text

    assert "建议主办：<strong>示例市交通运输局</strong>" in shown
    assert "部门职责：城市公共汽电车服务" in shown
    assert "不作为违法线索核查" in shown


def test_many_are_sent_on_at_once_with_their_way_of_handling(
    workbench: Workbench, number: str
) -> None:
    asked = workbench.at("desk").post("/clues/bulk", data={"action": "dispatch", "pick": [number]})

    assert "办理方式：非监管服务事项" in asked.text
