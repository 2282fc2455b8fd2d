"""Automations of Prefect that raise what hangs: dead runs and workers, parked work, no receipt.

Nothing depends on them: what a dead run left undone comes back when its lease ends, a missing
receipt is asked for by the program itself. Whom Prefect tells is the site's to set, in its pages;
what was set there is left as it is.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

import httpx
from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState, DoNothing
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import PrefectException

from domain.rulebook.rulebook import Rulebook
from flows.running.work_events import ALIVE, ENDED, FOLLOW_UP

SILENT_FOR = timedelta(seconds=120)
"""Silence that tells of a run's death: three heartbeats and half of one, as settings space them."""
WORKER_SILENT_FOR = timedelta(seconds=180)
RECEIPT, RECEIPT_WITHIN = "receipt_back", timedelta(days=3)
"""The limit of the receipt is a working day; Prefect knows no holidays and looks when three natural
days have passed. The program's own reminder comes by the working day."""
BEAT = "prefect.flow-run.heartbeat"
ENDS = {f"prefect.flow-run.{one}" for one in ("Completed", "Failed", "Cancelled", "Crashed")}
RUN = "prefect.resource.id"

log = logging.getLogger("yisong.schedule")
_registered: set[str] = set()


def dead_runs(silent_for: timedelta = SILENT_FOR) -> AutomationCore:
    """After a heartbeat another is due, or the run's end; a run without either has crashed."""
    return AutomationCore(
        name="yisong：中断的运行标为崩溃",
        description="运行的进程被强行结束时，把运行标为崩溃；未完成的后续事项到时自动由他人接手",
        trigger=_awaited({BEAT}, {BEAT, *ENDS}, "prefect.flow-run.*", silent_for),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message="心跳中断，进程已不在运行")],
    )


def dead_workers(silent_for: timedelta = WORKER_SILENT_FOR) -> AutomationCore:
    """After a process told that it is at work it tells so again, or that it ended."""
    return AutomationCore(
        name="yisong：工作进程没有消息",
        description="yisong run 的进程没有报告停止就不再报告；它领取的后续事项一分钟内由他人接手",
        trigger=_awaited({ALIVE}, {ALIVE, ENDED}, "yisong.worker.*", silent_for),
        actions=[DoNothing()],
    )


def parked_work() -> AutomationCore:
    """Work was given up after its last attempt and waits for an administrator."""
    return AutomationCore(
        name="yisong：后续事项搁置",
        description="后续事项多次失败，已搁置，等管理员在后续事项里处理",
        trigger=EventTrigger(
            expect={f"{FOLLOW_UP}.parked"},
            match=ResourceSpecification({RUN: ["yisong.clue.*"]}),
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=[DoNothing()],
    )


def missing_receipts(rules: Rulebook, within: timedelta = RECEIPT_WITHIN) -> AutomationCore:
    """After what opens the limit of the receipt, something has to stop it."""
    opens, stops = (set(_steps(rules, opening=one)) for one in (True, False))
    return AutomationCore(
        name="yisong：移送公安后没有回执",
        description="移送公安机关三日后仍没有登记回执；本系统另按工作日提醒承办人和督办部门",
        trigger=_awaited(opens, stops, "yisong.clue.*", within),
        actions=[DoNothing()],
    )


def alarms(rules: Rulebook) -> tuple[AutomationCore, ...]:
    """All that a site registers."""
    return dead_runs(), dead_workers(), parked_work(), missing_receipts(rules)


async def register(*wanted: AutomationCore) -> None:
    """Registers automations with the server, each once, with the trigger it is meant to have now.

    What a site has it do instead of nothing stays.
    """
    async with get_client() as client:
        for one in wanted:
            await _register(client, one)


async def register_once(api_url: str, rules: Rulebook) -> None:
    """`register` of all, on the first call for a server; a failure is told and stops nothing."""
    if api_url in _registered:
        return
    try:
        await register(*alarms(rules))
        _registered.add(api_url)
    except (PrefectException, httpx.HTTPError) as problem:
        log.warning("没有登记 Prefect 的自动处理：%s", problem)


async def _register(client: PrefectClient, wanted: AutomationCore) -> None:
    known = await client.read_automations_by_name(wanted.name)
    if not known:
        await client.create_automation(wanted)
        return
    first, *others = known
    if isinstance(wanted.actions[0], DoNothing):
        wanted = wanted.model_copy(update={"actions": first.actions, "enabled": first.enabled})
    await client.update_automation(first.id, wanted)
    for one in others:
        await client.delete_automation(one.id)


def _awaited(after: set[str], expect: set[str], match: str, within: timedelta) -> EventTrigger:
    """What fires when, after one event of a resource, no other comes within a time."""
    return EventTrigger(
        after=after,
        expect=expect,
        match=ResourceSpecification({RUN: [match]}),
        for_each={RUN},
        posture=Posture.Proactive,
        threshold=1,
        within=within,
    )


def _steps(rules: Rulebook, *, opening: bool) -> Iterator[str]:
    """The events of the steps that open the limit of the receipt, or stop it."""
    for kind, lifecycle in rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            opened = any(one.clock == RECEIPT for one in action.opens)
            if opened if opening else RECEIPT in action.stops:
                yield f"yisong.{kind}.{name}"
