"""The shape of `config/offences.yaml`: offences by tiers, what they measure, kinds of conduct."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from domain.shapes.entries import Record, Strings


class Threshold(Record):
    """One way of reaching a tier: every quantity of `all` at its floor or above, if it names any.

    `at_most`: the highest floor a province may choose where the law leaves a range; the floor of
    `all` is then the lowest one.
    """

    all: dict[str, Decimal]
    by: Literal["anyone", "individual", "unit"] = "anyone"
    when: str = ""
    at_most: dict[str, Decimal] = Field(default_factory=dict)
    basis: str


class Repeat(Record):
    """Earlier penalties that a tier asks for, by kind of conduct and window.

    `years`: how far before the new act a penalty counts, None for ever. `share`: the part of the
    floor that suffices after such penalties; without one the tier is open only after them.
    """

    conduct: Strings
    times: int = 2
    years: int | None = None
    share: Decimal | None = None


class Tier(Record):
    """One tier of an offence: its own amounts, its own question and its own earlier penalties.

    A yes to the question opens the amounts of this tier only; where it has none, the yes suffices.
    `lacks_figures`: the law has figures whose text was not seen; legal staff enter them.
    """

    question: str = ""
    repeat: Repeat | None = None
    lacks_figures: bool = False
    basis: str = ""
    values: dict[date, tuple[Threshold, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_reached_somehow(self) -> "Tier":
        if not (self.question or self.repeat or self.values):
            raise ValueError("一档须有数额、问题或者既往处罚中的一项")
        return self

    def in_force(self, day: date) -> tuple[Threshold, ...]:
        """The thresholds for facts judged on `day`; none where no value is in force."""
        dates = [start for start in self.values if start <= day]
        return self.values[max(dates)] if dates else ()


class Offence(Record):
    """A criminal offence clues are screened for: it is reached by any of its tiers.

    `nature`: `threshold` is computed from quantities; `qualitative` and `suspicion` are asked.
    `duty`: an offence of office (职务犯罪), referred to the 监察机关 and not to the police.
    `review`: the limit of the police's examination where an instrument of the field sets its own.
    """

    name: str
    article: str
    field: str
    nature: Literal["threshold", "qualitative", "suspicion"]
    economic: bool = False
    duty: bool = False
    review: str | None = None
    note: str = ""
    tiers: dict[str, Tier]

    @property
    def charge(self) -> str:
        """The offence as the law calls it, without what tells its standards apart (烟草专卖品)."""
        return self.name.partition("（")[0]

    @property
    def starts(self) -> tuple[date, ...]:
        """Every day on which a standard of any tier begins, oldest first."""
        return tuple(sorted({day for one in self.tiers.values() for day in one.values}))

    def in_force(self, day: date) -> tuple[tuple[Tier, Threshold], ...]:
        """Every threshold for facts judged on `day`, with its tier."""
        return tuple((one, way) for one in self.tiers.values() for way in one.in_force(day))

    def questions(self, day: date) -> dict[str, str]:
        """What may be asked of people under the standards of `day`, by tier."""
        return {
            key: one.question
            for key, one in self.tiers.items()
            if one.question and (not one.values or one.in_force(day))
        }

    def sole_question(self) -> str | None:
        """The tier that an answer to the offence alone belongs to: the only one with a question."""
        asking = [key for key, one in self.tiers.items() if one.question]
        return asking[0] if len(asking) == 1 else None


class Quantity(Record):
    """A quantity that thresholds measure: its Chinese name and unit, never mixed with another."""

    label: str
    unit: str


class Conduct(Record):
    """A kind of unlawful conduct for which earlier penalties count.

    `matters`: a penalty over one of these may have been for it; a person says whether it was.
    """

    label: str
    matters: tuple[str, ...] = ()
