"""Guards of yearly reports: a year that can be counted."""

from domain.guards.registry import guard
from domain.situation.situation import Situation

FIRST = 2019


@guard
def assessed_year_has_begun(s: Situation) -> str | None:
    """Nothing can be counted of a year to come, nor of one before all records."""
    year = s.form.get("year")
    if isinstance(year, int) and FIRST <= year <= s.today.year:
        return None
    return f"年度应在{FIRST}至{s.today.year}之间"
