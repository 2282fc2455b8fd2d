"""The shape of `config/deadlines.yaml`, `ladders.yaml` and the figures beside them."""

from datetime import date
from decimal import Decimal
from typing import Literal

from domain.shapes.entries import (
    Record,
    Strings,
    Unit,
)


class DeadlineValue(Record):
    """A limit as in force from its date; `amount` is None where the document itself states it."""

    amount: int | None
    unit: Unit
    basis: str


class ExtensionRung(Record):
    """One rung of an extension ladder; `amount` None means that the approver states the figure.

    `to_total`: the whole limit becomes `amount` (至30日); it does not grow by it (延长30日).
    """

    amount: int | None
    unit: Unit
    approver: str
    condition: str = ""
    times: int = 1
    to_total: bool = False
    basis: str


class ConfirmedReading(Record):
    """How legal staff read a limit on whose holidays the law is silent; decides what is late."""

    unit: Unit
    roll_forward: bool
    confirmed_by: str
    confirmed_on: date


class Unwatched(Record):
    """Why no clock is started for a limit: nobody here is told when it ends (系统不计时)."""

    nobody: str


class DeadlineRule(Record):
    """A time limit: who owes what until when, and on which article.

    `roll_forward`: a last day that is a day off moves to the next working day. `first_day`: whether
    the day after the start counts first, or the next working day. `direction`: backward from a
    hearing. `excluded`: grounds for pauses that the article names. `optional_right`: missing it
    costs a right, not a duty. `same_as`: one duty written down twice, for which one clock runs.
    `said`: how a letter names it where the label also says whose rule it is. `instead_of`: the
    limit in whose place it runs for the organs in `binds`, by function; without it, a limit that
    binds some organs is opened for these only. `follows`: limits with the
    last of which it ends; its own figure counts once none of them runs. `read_by`: guards that ask
    its figure and need no clock. `watched_by`: nobody, and why, where no action opens it.
    """

    label: str
    said: str = ""
    actor: str
    starts_on: str
    stops_on: str
    roll_forward: bool
    first_day: Literal["not_counted", "next_working_day"] = "not_counted"
    direction: Literal["forward", "backward"] = "forward"
    excluded: Strings = ()
    extensions: tuple[ExtensionRung, ...] = ()
    optional_right: bool = False
    same_as: str | None = None
    instead_of: str | None = None
    binds: Strings = ()
    follows: Strings = ()
    read_by: Strings = ()
    watched_by: Unwatched | None = None
    ladder: str = "standard"
    until: date | None = None
    confirmed: ConfirmedReading | None = None
    note: str = ""
    values: dict[date, DeadlineValue]

    def in_force(self, day: date) -> DeadlineValue | None:
        """The value for a clock that starts on `day`, or None where the rule was not in force."""
        if self.until is not None and day >= self.until:
            return None
        dates = [start for start in self.values if start <= day]
        return self.values[max(dates)] if dates else None


class ParameterValue(Record):
    """A figure of law that is not a time limit, as in force from its date."""

    amount: Decimal
    basis: str


class Parameter(Record):
    """A dated figure of law: a rate or a share."""

    label: str
    unit: str
    values: dict[date, ParameterValue]

    def in_force(self, day: date) -> Decimal:
        """The figure on `day`; before the first date, the first figure."""
        dates = [start for start in self.values if start <= day]
        return self.values[max(dates) if dates else min(self.values)].amount
