"""The shape of `config/offences.yaml`: offences, the quantities they measure and the floors."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from domain.shapes.entries import Record


class Threshold(Record):
    """One way of reaching the criminal threshold: every quantity of `all` at its floor or above.

    `provided`: a question that must be answered yes for this way to count.
    `after_penalty`: a lower floor that counts only after the offence's earlier penalties.
    """

    all: dict[str, Decimal]
    by: Literal["anyone", "individual", "unit"] = "anyone"
    when: str = ""
    provided: str = ""
    after_penalty: bool = False
    basis: str


class Offence(Record):
    """A criminal offence clues are screened for.

    `nature`: `threshold` is computed from quantities; `qualitative` and `suspicion` are asked.
    `review`: the limit of the police's examination where an instrument of the field sets its own.
    `eighty_percent`: four fifths of a floor suffice after the earlier penalties.
    `questions`: circumstances asked of people; with `ask_when_unmet` one of them suffices alone.
    """

    name: str
    article: str
    field: str
    nature: Literal["threshold", "qualitative", "suspicion"]
    economic: bool = False
    review: str | None = None
    questions: tuple[str, ...] = ()
    eighty_percent: bool = False
    repeat_within_years: int | None = None
    repeat_times: int = 2
    ask_when_unmet: bool = False
    note: str = ""
    values: dict[date, tuple[Threshold, ...]] = Field(default_factory=dict)

    def in_force(self, day: date) -> tuple[Threshold, ...]:
        """The thresholds for facts judged on `day`; none where no value is in force."""
        dates = [start for start in self.values if start <= day]
        return self.values[max(dates)] if dates else ()


class Quantity(Record):
    """A quantity that thresholds measure: its Chinese name and unit, never mixed with another."""

    label: str
    unit: str
