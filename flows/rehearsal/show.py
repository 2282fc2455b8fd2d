"""A rehearsal as a whole: from the spreadsheet to the archive, day by day. No Prefect here.

People act, reminders climb; where work has to follow before anybody acts on, the play says so and
waits. Nothing sleeps: the day is an argument.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from flows.afterwards.outbox import queue
from flows.imports.clerk import Clerk
from flows.imports.import_result import ImportResult
from flows.imports.order_import import import_file
from flows.rehearsal.case_folders import write_case_folders
from flows.rehearsal.haste import act_until
from flows.rehearsal.people import person
from flows.rehearsal.play import (
    CHANNEL,
    IMPORTED_AT,
    LAST_DAY,
    MAPPING,
    Day,
    cast_all,
    days,
    set_stage,
)
from flows.rehearsal.scene import Stage
from flows.rehearsal.timeline import Chronicle, Line
from flows.reminders.sweep import SweepResult, sweep
from flows.site.office import Office

ENOUGH, LONGEST_WAIT = 25, 2
"""Follow-ups that are worth a look of their own, and the days after which fewer are."""
Listener = Callable[[datetime, Sequence[Line]], None]
Welcome = Callable[[ImportResult], None]


@dataclass
class Show:
    """A rehearsal: where it is played, what it begins with and leaves behind, and who listens.

    `speed`: real seconds to stay on each simulated day. `written`: how many papers it left.
    """

    office: Office
    workbook: Path
    case_files: Path
    hear_import: Welcome
    hear_day: Listener
    speed: float = 0
    last: date = LAST_DAY
    days_waiting: int = 0
    stage: Stage = field(init=False)
    swept: list[SweepResult] = field(default_factory=list)
    told: int = 0
    written: int = 0

    def __post_init__(self) -> None:
        self.stage = set_stage(self.office)

    def play(self) -> Iterator[datetime]:
        """Plays it; what is due at a moment it yields is to be done before it goes on."""
        self.hear_import(self._arrive())
        cast_all(self.stage)
        chronicle = Chronicle(self.office)
        for day in days(self.stage, self.last):
            yield from self._pass(day)
            lines = chronicle.since_last(self.stage.notes)
            if lines:
                self.hear_day(day.morning, lines)
                time.sleep(self.speed)
        yield from self._follow_up(self.stage.now, 1)

    def put_away(self) -> None:
        """Writes the case files, once it is played."""
        self.written = write_case_folders(self.office, self.case_files)

    def _arrive(self) -> ImportResult:
        """The hotline's spreadsheet becomes clues."""
        clerk = Clerk(self.office, person(self.office.settings.desk, "intake_clerk"), IMPORTED_AT)
        return import_file(clerk, self.workbook, CHANNEL, MAPPING)

    def _pass(self, day: Day) -> Iterator[datetime]:
        """Reminders in the morning, people at their desks, and all that follows by evening."""
        yield from self._act(day.morning)
        self.swept.append(sweep(self.office, day.morning))
        yield from self._act(day.evening)
        agenda = self.stage.agenda
        agenda.now = max(agenda.now, day.evening)
        yield from self._follow_up(day.evening, ENOUGH)

    def _act(self, until: datetime) -> Iterator[datetime]:
        """People act up to a moment; what follows under a limit in hours is done the same hour."""
        while self.stage.agenda.has_turn(until):
            if act_until(self.stage, until):
                yield from self._follow_up(self.stage.now, 1)

    def _follow_up(self, now: datetime, enough: int) -> Iterator[datetime]:
        """What follows from the acts is due, a day's worth or two at a time."""
        due = queue(self.office, now).due
        self.days_waiting += 1 if due else 0
        if due >= enough or self.days_waiting >= LONGEST_WAIT:
            yield now
            self.days_waiting = 0
