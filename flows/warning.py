"""The stage of risk warnings: what stands out in the site's clues is raised once a day."""

import asyncio
from datetime import datetime

from prefect import flow, get_run_logger

from flows.site.workplace import current_office, moment
from flows.warnings.raising import Raised, raise_warnings


@flow(name="风险预警", retries=1, retry_delay_seconds=5, persist_result=False)
async def warning(now: datetime | None = None) -> Raised:
    """Every cell that stands out is raised once; what is known keeps silent."""
    result = await asyncio.to_thread(raise_warnings, current_office(), moment(now))
    get_run_logger().info(str(result))
    return result
