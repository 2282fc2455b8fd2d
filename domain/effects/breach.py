"""What happens to 失信信息: confirmed, joint measures asked of departments, a repair held."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation
from domain.undertakings.breach import BREACH


@effect
def breach_confirmed(s: Situation) -> Change:
    """When it was taken in, and by whom."""
    return facts_recorded(confirmed_at=moment(s), confirmed_by=s.actor.name)


@effect
def asked_by_breach(s: Situation) -> Change:
    """The measure lies with the department asked; who found the breach is on its other side."""
    [breach] = s.of_kind(BREACH)
    return Change(
        department=str(s.item),
        counterpart=breach.department,
        facts={"respond_by": s.text("respond_by")},
    )


@effect
def breach_corrected(s: Situation) -> Change:
    """Level and publicity as an objection had them corrected."""
    names = ("level", "publicity_from", "publicity_until")
    return Change(facts={name: s.text(name) or None for name in names})


@effect
def held_by_breach(s: Situation) -> Change:
    """Who found the breach decides on its repair."""
    [breach] = s.of_kind(BREACH)
    return Change(department=breach.department, counterpart=breach.department)
