"""The rehearsal's Prefect runs: flow and task runs completed, retried and failed."""

import asyncio
from collections import Counter
from dataclasses import dataclass

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, TaskRun

PAGE = 200
SETTLES_IN = 20
"""Looks, half a second apart, until the states of all task runs have arrived as events."""
UNFINISHED = {"PENDING", "RUNNING", "SCHEDULED"}
BAD = {"FAILED", "CRASHED", "CANCELLED"}


@dataclass(frozen=True)
class Runs:
    """Runs of one kind."""

    kind: str
    completed: int
    retried: int
    failed: int
    unfinished: int


async def count_runs() -> tuple[Runs, Runs]:
    """Flow runs and task runs on the server, once all have come to rest."""
    async with get_client() as client:
        for _ in range(SETTLES_IN):
            found = (
                _counted("流程", await _flow_runs(client)),
                _counted("任务", await _task_runs(client)),
            )
            if not any(one.unfinished for one in found):
                break
            await asyncio.sleep(0.5)
    return found


async def _flow_runs(client: PrefectClient) -> list[FlowRun]:
    found: list[FlowRun] = []
    while page := await client.read_flow_runs(limit=PAGE, offset=len(found)):
        found += page
    return found


async def _task_runs(client: PrefectClient) -> list[TaskRun]:
    found: list[TaskRun] = []
    while page := await client.read_task_runs(limit=PAGE, offset=len(found)):
        found += page
    return found


def _counted(kind: str, runs: list[FlowRun] | list[TaskRun]) -> Runs:
    states = Counter(str(run.state_type.value) if run.state_type else "PENDING" for run in runs)
    return Runs(
        kind=kind,
        completed=states["COMPLETED"],
        retried=sum(run.run_count > 1 for run in runs),
        failed=sum(states[one] for one in BAD),
        unfinished=sum(states[one] for one in UNFINISHED),
    )
