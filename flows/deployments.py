"""Production: the flows as deployments on a work pool, with their schedules."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from prefect import Flow, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from domain.rulebook.rulebook import Rulebook
from flows.followups import drain
from flows.inspection import inspection_day
from flows.running.alarms import alarms
from flows.running.alarms import register as register_alarms
from flows.supervision import every_day, every_hour, post, remind
from flows.warning import warning

MINUTE = timedelta(minutes=1)
STAY_SECONDS = 50.0
"""A run stays for most of its minute, so that starting its process is paid for once a minute."""
DAILY, HOURLY = "0 6 * * *", "20 * * * *"
CHINA_TIME = "Asia/Shanghai"
DRAIN = "yisong-drain"
ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)
"""A run that is still busy when the next one is due makes that one unnecessary."""


async def register(pool: str, rules: Rulebook, drains: int) -> list[str]:
    """The flows deployed to a work pool, which is made when missing; the deployments' names.

    `drains`: how many processes work off follow-ups at once, one for each worker. Runs and
    processes that die are raised, and what else hangs.
    """
    async with get_client() as client:
        with suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    await register_alarms(*alarms(rules))
    every_minute = Interval(MINUTE, timezone=CHINA_TIME)
    each_morning = Cron(DAILY, timezone=CHINA_TIME)
    each_hour = Cron(HOURLY, timezone=CHINA_TIME)
    stays = {"stay_seconds": STAY_SECONDS}
    names = [DRAIN, *(f"{DRAIN}-{number}" for number in range(2, drains + 1))]
    found = [await _deploy(drain, (one, pool), every_minute, stays) for one in names]
    await _forget_drains(names)
    for flow, schedule in (
        (remind, every_minute),
        (post, every_minute),
        (every_day, each_morning),
        (inspection_day, each_morning),
        (warning, each_morning),
        (every_hour, each_hour),
    ):
        found.append(await _deploy(flow, (f"yisong-{flow.fn.__name__}", pool), schedule, {}))
    return found


async def _deploy(
    flow: Flow[..., Any],
    where: tuple[str, str],
    schedule: Schedule,
    parameters: dict[str, Any],
) -> str:
    name, pool = where
    deployment = RunnerDeployment.from_flow(
        flow,
        name=name,
        schedule=schedule,
        parameters=parameters,
        concurrency_limit=ONE_AT_A_TIME,
        work_pool_name=pool,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await deployment.aapply()
    return f"{flow.name}/{deployment.name}"


async def _forget_drains(wanted: list[str]) -> None:
    """Drains of an earlier, larger number are taken away."""
    like = DeploymentFilter(name=DeploymentFilterName(like_=DRAIN))
    async with get_client() as client:
        for one in await client.read_deployments(deployment_filter=like):
            if one.name not in wanted:
                await client.delete_deployment(one.id)
