"""At a clue's end, its life as one table in Prefect, an artifact called by its number."""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence

from prefect.client.orchestration import PrefectClient

from domain.limits.limit import at_shanghai
from flows.afterwards.step_notes import StepNote, steps_of
from flows.site.office import Office
from flows.site.store import reading

HEAD = "| 时间 | 流程 | 操作 | 状态 | 部门 |\n|---|---|---|---|---|\n"
AT_ONCE = 8
TOGETHER = 100
"""Keys that are asked for in one request; Prefect answers with two hundred at most."""


def key_of(no: str) -> str:
    """A number as Prefect takes it for the key of an artifact."""
    return re.sub(r"[^a-z0-9]+", "-", no.lower()).strip("-")


def life_of(steps: Sequence[StepNote]) -> str:
    """The steps as a table; no person, and no word of a clue."""
    return HEAD + "\n".join(
        f"| {at_shanghai(one.at):%Y-%m-%d %H:%M} | {one.process} | {one.label} | {one.state} "
        f"| {one.department} |"
        for one in steps
    )


async def keep_lives(client: PrefectClient, office: Office, notes: Iterable[StepNote]) -> None:
    """One artifact for each clue or undertaking that ended; one that is there is written anew."""
    gate = asyncio.Semaphore(AT_ONCE)
    ended = list(dict.fromkeys(one.no for one in notes if one.ends))

    async def keep(no: str, known: Mapping[str, str]) -> None:
        async with gate:
            told = life_of(await asyncio.to_thread(_steps, office, no))
            await _keep(client, no, told, known.get(key_of(no)))

    for at in range(0, len(ended), TOGETHER):
        some = ended[at : at + TOGETHER]
        known = await _known(client, some)
        await asyncio.gather(*(keep(no, known) for no in some))


def _steps(office: Office, no: str) -> Sequence[StepNote]:
    with reading(office.engine) as session:
        return steps_of(session, office, no)


async def _known(client: PrefectClient, numbers: Sequence[str]) -> Mapping[str, str]:
    """The ids of the artifacts that are there, by their keys."""
    wanted = {"key": {"any_": [key_of(no) for no in numbers]}}
    found = await client.request("POST", "/artifacts/latest/filter", json={"artifacts": wanted})
    return {one["key"]: one["latest_id"] for one in found.raise_for_status().json()}


async def _keep(client: PrefectClient, no: str, told: str, known: str | None) -> None:
    # Not by the client's own calls: these tell each artifact once more, as an event.
    if known is not None:
        path = {"id": known}
        answer = await client.request(
            "PATCH", "/artifacts/{id}", path_params=path, json={"data": told}
        )
    else:
        made = {
            "key": key_of(no),
            "type": "markdown",
            "description": f"{no} 办理经过",
            "data": told,
        }
        answer = await client.request("POST", "/artifacts/", json=made)
    answer.raise_for_status()
