"""What the processes of the concurrency tests do: each opens the office for itself."""

import os
import secrets
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA
from flows.afterwards import outbox
from flows.door.steps import Command, perform
from flows.site.office import Office
from tests.helpers.filled_forms import filled
from tests.helpers.office import open_test_office
from tests.helpers.people import actor
from tests.helpers.story import Story

T = TypeVar("T")
SPAWN = get_context("forkserver")
"""Processes begin as copies of one that has nothing open, and has loaded what all of them need."""
SPAWN.set_forkserver_preload(["tests.helpers.haste.workers_begin"])
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=CHINA)
PATIENCE = 300


@dataclass(frozen=True)
class Site:
    """Where an office lies, so that another process can open it."""

    home: Path
    database_url: str

    @staticmethod
    def of(office: Office) -> "Site":
        """The site of an open office."""
        return Site(office.settings.home, office.settings.database_url)

    def open(self) -> Office:
        """The office as this process sees it."""
        return open_test_office(self.home, self.database_url)


@dataclass(frozen=True)
class Crowd:
    """Processes that wait for work, so that each test need not start its own."""

    pool: ProcessPoolExecutor

    def at_once(
        self, office: Office, job: Callable[[Office, str], T], each: Iterable[str]
    ) -> list[T]:
        """One process per argument, all let go at the same moment; their results in order."""
        given = list(each)
        gate = office.settings.home / f"gate-{secrets.token_hex(4)}"
        gate.mkdir()
        futures = [
            self.pool.submit(_work, Site.of(office), job, one, (gate, len(given))) for one in given
        ]
        return [future.result(PATIENCE) for future in futures]


def _work(site: Site, job: Callable[[Office, str], T], argument: str, gate: tuple[Path, int]) -> T:
    office = site.open()
    folder, expected = gate
    (folder / str(os.getpid())).touch()
    patience = time.monotonic() + PATIENCE
    while len(list(folder.iterdir())) < expected:
        assert time.monotonic() < patience, "the others never came"
        time.sleep(0.001)
    try:
        return job(office, argument)
    finally:
        office.engine.dispose()


def register_and_dispatch(office: Office, how_many: str) -> None:
    """Some clues, one after another, each registered and sent on."""
    story = Story(office)
    for _ in range(int(how_many)):
        story.walk("register", "dispatch")


def act_once(office: Office, who_does_what: str) -> str:
    """One action on the first clue, as `chair action`; the new state, or the refusal."""
    chair, action = who_does_what.split()
    command = Command(action, "clue", 1, form=filled("clue", action, NOW))
    try:
        return perform(office, command, actor(chair), NOW + timedelta(hours=5)).state
    except Refused as refusal:
        return f"refused: {refusal}"


def merge_first_two(office: Office, from_and_into: str) -> str:
    """One clue merged into another; the new state, or the refusal."""
    clue, master = from_and_into.split()
    form = {**filled("clue", "merge", NOW), "master": master}
    command = Command("merge", "clue", int(clue), form=form)
    try:
        return perform(office, command, actor("desk"), NOW + timedelta(hours=5)).state
    except Refused as refusal:
        return f"refused: {refusal}"


def claim_all(office: Office, worker: str) -> list[int]:
    """Claims follow-ups a few at a time until none is left."""
    mine: list[int] = []
    while jobs := outbox.claim(office, NOW + timedelta(days=1), worker, limit=3):
        mine += [job.id for job in jobs]
    return mine


def live_on(site: Site, report: Connection) -> None:
    """Clue after clue until the process is killed; says so after each of them."""
    story = Story(site.open())
    while True:
        story.walk("register", "dispatch", "accept")
        story.does("verify", same_subject_reason="各查各的")
        story.does("conclude", finding="unfounded")
        story.does("dismiss")
        report.send(story.clue)
