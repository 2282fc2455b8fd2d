"""The shape of `config/inspection.yaml`: kinds of inspection, caps of organs, back-entry."""

from datetime import date

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


class Pilot(Record):
    """试点: matters and areas whose work is also counted apart, from a day on; none of them: all.

    `document`: by what it was set up. Of the pilot's last day `until` is still counted.
    """

    label: str
    matters: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    since: date
    until: date | None = None
    document: str = ""


class ExchangeItem(Record):
    """The codes of a matter on the national platform; `checks`: its list's code by department."""

    code: str
    checks: dict[str, str] = Field(default_factory=dict)


class Exchange(Record):
    """The codes by which other platforms know a site's matters, organs, areas and values.

    `codes`: by field (`mode`, `result`), the platform's code of each value of ours.
    """

    items: dict[str, ExchangeItem] = Field(default_factory=dict)
    institutions: dict[str, str] = Field(default_factory=dict)
    areas: dict[str, str] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    source: str = ""


class InspectionRules(Record):
    """What a site sets for its inspections; caps are by department.

    `back_entry_days`: later than so many days after a visit, its entry is told to the supervisor;
    None: no days are set. `result_days`: so many working days after an inspection its result is
    asked for (None: never). `publishes_before`: so many working days before the end of the limit
    the program publishes what nobody did (None: never). `draw_ahead_days`: so many days before a
    plan's window its draw may be made, and before its end it is reminded of. `recognised_days`: so
    old at most is another department's result that stands for a visit (None: no days are set).
    """

    basis: Strings = ()
    kinds: dict[str, InspectionKind] = Field(default_factory=dict)
    caps: dict[str, Cap] = Field(default_factory=dict)
    back_entry_days: int | None = None
    result_days: int | None = Field(default=None, ge=0)
    publishes_before: int | None = Field(default=None, ge=0)
    draw_ahead_days: int = Field(default=30, ge=0)
    recognised_days: int | None = Field(default=None, ge=1)
    pilots: dict[str, Pilot] = Field(default_factory=dict)
    exchange: Exchange = Exchange()


NO_INSPECTION = InspectionRules()
"""Where the file could not be read."""
