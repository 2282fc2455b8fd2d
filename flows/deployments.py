"""Production: the flows as deployments on a work pool, with their schedules."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from prefect import Flow, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.followups import drain
from flows.inspection import inspection_day
from flows.running.run_heartbeats import watch_heartbeats
from flows.supervision import every_day, post, remind
from flows.warning import warning

MINUTE = timedelta(minutes=1)
STAY_SECONDS = 45.0
"""A run stays for most of its minute, so that starting its process is paid for once a minute."""
DAILY = "0 6 * * *"
CHINA_TIME = "Asia/Shanghai"
ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)
"""A run that is still busy when the next one is due makes that one unnecessary."""


async def register(pool: str) -> list[str]:
    """The flows deployed to a work pool, which is made when missing; the deployments' names.

    Runs whose hosts die are told as crashed.
    """
    async with get_client() as client:
        with suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    await watch_heartbeats()
    every_minute = Interval(MINUTE, timezone=CHINA_TIME)
    each_morning = Cron(DAILY, timezone=CHINA_TIME)
    return [
        await _deploy(drain, pool, every_minute, {"stay_seconds": STAY_SECONDS}),
        await _deploy(remind, pool, every_minute, {}),
        await _deploy(post, pool, every_minute, {}),
        await _deploy(every_day, pool, each_morning, {}),
        await _deploy(inspection_day, pool, each_morning, {}),
        await _deploy(warning, pool, each_morning, {}),
    ]


async def _deploy(
    flow: Flow[..., Any],
    pool: str,
    schedule: Schedule,
    parameters: dict[str, Any],
) -> str:
    deployment = RunnerDeployment.from_flow(
        flow,
        name=f"yisong-{flow.fn.__name__}",
        schedule=schedule,
        parameters=parameters,
        concurrency_limit=None if parameters else ONE_AT_A_TIME,
        work_pool_name=pool,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await deployment.aapply()
    return f"{flow.name}/{deployment.name}"
