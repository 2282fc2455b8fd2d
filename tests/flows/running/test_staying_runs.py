"""Runs that stay: one takes up the portions of a while and is named after them."""

import asyncio
from datetime import datetime, timedelta

import pytest
from prefect import flow, get_client
from prefect.client.schemas.objects import FlowRun

from domain.situation.situation import CHINA
from flows.afterwards.outbox import Job
from flows.followups import Way, work_off
from flows.running.stage_tasks import Batch, Portion, StageFlow
from flows.running.staying_runs import StayingRuns
from flows.site.workplace import workplace
from tests.helpers.by_hand import inbox
from tests.helpers.story import Story

pytestmark = [
    pytest.mark.flow,
    pytest.mark.usefixtures("prefect_server"),
    # Prefect's own server and client, not this project.
    pytest.mark.filterwarnings("ignore"),
]


async def runs() -> list[FlowRun]:
    async with get_client() as client:
        found = await client.read_flow_runs()
    return sorted(found, key=lambda one: str(one.created))


async def worked_off(story: Story, staying: StayingRuns) -> None:
    async def carry(stage: StageFlow, jobs: list[Job], now: datetime) -> Batch:
        return await staying.carry(stage, jobs, now, f"{now.astimezone(CHINA):%Y年%-m月}")

    with workplace(story.office):
        await work_off(story.now, way=Way(carry=carry))


def test_portions_of_a_month_are_one_run_and_the_next_month_has_another(story: Story) -> None:
    async def three_looks() -> list[FlowRun]:
        before, staying = len(await runs()), StayingRuns()
        story.does("register", outside_no="GD1")
        story.does("dispatch")
        await worked_off(story, staying)
        story.walk("accept", "verify", "extend_reply")
        await worked_off(story, staying)
        story.now += timedelta(days=31)
        story.walk("conclude", "dismiss")
        await worked_off(story, staying)
        await staying.end()
        return (await runs())[before:]

    found = asyncio.run(three_looks())

    assert [one.name for one in found] == [
        "转办 2026年5月 送达文书×1、回写12345×2",
        "转办 2026年6月 回写12345×1",
    ]
    assert {one.state_name for one in found} == {"Completed"}
    assert {tuple(one.tags) for one in found} == {("stage:transfer",)}
    assert len(inbox(story, "letter")) == 1


def test_a_stage_that_breaks_down_is_told_to_who_awaits_it_and_to_prefect(story: Story) -> None:
    @flow(name="坏了", persist_result=False)
    async def broken(jobs: Portion, now: datetime) -> Batch:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(StayingRuns().carry(broken, [], story.now, "2026年5月"))

    assert asyncio.run(runs())[-1].state_name == "Failed"
