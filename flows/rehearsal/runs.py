"""The rehearsal's Prefect runs: completed, retried and failed."""

import asyncio
from collections import Counter
from dataclasses import dataclass

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import FlowRun

PAGE = 200
SETTLES_IN = 20
"""Looks, half a second apart, until all runs have ended."""
UNFINISHED = {"PENDING", "RUNNING", "SCHEDULED"}
BAD = {"FAILED", "CRASHED", "CANCELLED"}


@dataclass(frozen=True)
class Runs:
    """How the runs of the stages went."""

    completed: int
    retried: int
    failed: int
    unfinished: int


async def count_runs() -> Runs:
    """Flow runs on the server, once all have come to rest."""
    async with get_client() as client:
        for _ in range(SETTLES_IN):
            found = _counted(await _flow_runs(client))
            if not found.unfinished:
                break
            await asyncio.sleep(0.5)
    return found


async def _flow_runs(client: PrefectClient) -> list[FlowRun]:
    found: list[FlowRun] = []
    while page := await client.read_flow_runs(limit=PAGE, offset=len(found)):
        found += page
    return found


def _counted(runs: list[FlowRun]) -> Runs:
    states = Counter(str(run.state_type.value) if run.state_type else "PENDING" for run in runs)
    return Runs(
        completed=states["COMPLETED"],
        retried=sum(run.run_count > 1 for run in runs),
        failed=sum(states[one] for one in BAD),
        unfinished=sum(states[one] for one in UNFINISHED),
    )
