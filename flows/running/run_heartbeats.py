"""Heartbeats of flow runs: an automation marks as crashed what is heard of no more.

Nothing depends on it: what such a run left undone comes back when its lease ends.
"""

import logging
from datetime import timedelta

import httpx
from prefect import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import PrefectException

NAME = "yisong：中断的运行标为崩溃"
SILENT_FOR = timedelta(seconds=120)
"""Silence that tells of a death: three heartbeats and half of one, as settings space them."""
BEAT = "prefect.flow-run.heartbeat"
ENDS = {f"prefect.flow-run.{one}" for one in ("Completed", "Failed", "Cancelled", "Crashed")}
RUN = "prefect.resource.id"

log = logging.getLogger("yisong.schedule")
_watched: set[str] = set()


def automation(silent_for: timedelta = SILENT_FOR) -> AutomationCore:
    """After a heartbeat another is due, or the run's end; a run without either has crashed."""
    return AutomationCore(
        name=NAME,
        description="运行的进程被强行结束时，把运行标为崩溃；未完成的后续事项到时自动由他人接手",
        trigger=EventTrigger(
            after={BEAT},
            expect={BEAT, *ENDS},
            match=ResourceSpecification({RUN: ["prefect.flow-run.*"]}),
            for_each={RUN},
            posture=Posture.Proactive,
            threshold=1,
            within=silent_for,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message="心跳中断，进程已不在运行")],
    )


async def watch_heartbeats(silent_for: timedelta = SILENT_FOR) -> None:
    """Registers the automation with the server, once and as it is meant to be now."""
    wanted = automation(silent_for)
    async with get_client() as client:
        known = await client.read_automations_by_name(NAME)
        if not known:
            await client.create_automation(wanted)
            return
        first, *others = known
        await client.update_automation(first.id, wanted)
        for one in others:
            await client.delete_automation(one.id)


async def watch_once(api_url: str) -> None:
    """`watch_heartbeats` on the first call for a server; a failure is told and stops nothing."""
    if api_url in _watched:
        return
    try:
        await watch_heartbeats()
        _watched.add(api_url)
    except (PrefectException, httpx.HTTPError) as problem:
        log.warning("没有登记中断运行的自动处理：%s", problem)
