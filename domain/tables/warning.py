"""Risk warnings: how a site set their indicators."""

from datetime import datetime

from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class IndicatorSetting(Row, table=True):
    """A calibration of an indicator on the site's own clues; of an indicator's the newest holds.

    `chance`: how likely it may be at most that nothing changed. `false_a_year`, `real_a_year`: the
    warnings a year of the clues shuffled, and as they were; `wanted`: how many false ones the site
    allows. `clues`, `days`, `rounds`, `seed`: on what it was computed, so that it can be again.
    """

    __tablename__ = "indicator_setting"

    id: int | None = Field(default=None, primary_key=True)
    indicator: str = Field(index=True)
    chance: float
    wanted: float
    false_a_year: float
    real_a_year: float
    clues: int
    days: int
    rounds: int
    seed: int
    set_by: str
    set_at: datetime = Field(sa_type=UTCDateTime)
