"""What happens to a publication: called for, drafted, approved, published."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation
from domain.undertakings.publication import kind_of

PLAN = "annual_plan"


@effect
def plan_called(s: Situation) -> Change:
    """What the program calls for each year is a yearly plan."""
    return facts_recorded(kind=PLAN)


@effect
def plan_day_set(s: Situation) -> Change:
    """A yearly plan is due on its region's day; its limit runs from the first of January."""
    kind, year = kind_of(s), s.form.get("year")
    annual = s.text("kind") == "" or bool(kind and kind.annual)
    if not annual or not s.region.plan_day or not isinstance(year, int):
        return Change()
    return facts_recorded(plan_from=f"{year}-01-01", plan_due=f"{year}-{s.region.plan_day}")


@effect
def draft_rewritten(s: Situation) -> Change:
    """The draft as it was written last: what is left blank now is no longer said."""
    return facts_recorded(co_departments=list(s.names("co_departments")))


@effect
def publication_approved(s: Situation) -> Change:
    """When it was approved, and by whom."""
    return facts_recorded(approved_at=moment(s), approved_by=s.actor.name)


@effect
def publication_issued(s: Situation) -> Change:
    """When it was published."""
    return facts_recorded(published_at=moment(s))
