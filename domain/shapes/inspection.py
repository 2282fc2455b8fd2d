"""The shape of `config/inspection.yaml`: kinds of inspection, caps of organs, back-entry."""

from pydantic import Field

from domain.shapes.entries import Record, Strings


class InspectionKind(Record):
    """A kind of inspection; `counts`: towards the times a year; `capped`: none beyond the cap."""

    label: str
    counts: bool = True
    capped: bool = True


class Cap(Record):
    """How often a year an organ inspects one subject; `published`: in what, if it was."""

    yearly: int = Field(ge=0)
    published: str = ""


class InspectionRules(Record):
    """What a site sets for its inspections; caps are by department.

    `back_entry_days`: later than so many days after a visit, its entry is told to the supervisor;
    None: no days are set. `result_days`: so many working days after an inspection its result is
    asked for (None: never). `publishes_before`: so many working days before the end of the limit
    the program publishes what nobody did (None: never). `draw_ahead_days`: so many days before a
    plan's window its draw may be made, and before its end it is reminded of.
    """

    basis: Strings = ()
    kinds: dict[str, InspectionKind] = Field(default_factory=dict)
    caps: dict[str, Cap] = Field(default_factory=dict)
    back_entry_days: int | None = None
    result_days: int | None = Field(default=None, ge=0)
    publishes_before: int | None = Field(default=None, ge=0)
    draw_ahead_days: int = Field(default=30, ge=0)


NO_INSPECTION = InspectionRules()
"""Where the file could not be read."""
