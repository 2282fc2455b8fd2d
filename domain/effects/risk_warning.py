"""What happens to a risk warning: pushed to departments, talked over."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation


@effect
def asked_by_warning(s: Situation) -> Change:
    """A department's answer lies with it, with the day by which it is wanted."""
    [warning] = s.of_kind("risk_warning")
    return Change(
        department=str(s.item),
        counterpart=warning.department,
        facts={"respond_by": s.text("respond_by")},
    )


@effect
def convened_now(s: Situation) -> Change:
    """When it was talked over: counted among the warnings that led to something."""
    return facts_recorded(convened_at=moment(s))


@effect
def warning_led_to(s: Situation) -> Change:
    """One more inspection or plan that it led to, by its number."""
    known = s.process.facts.get("led_to")
    numbers = [str(one) for one in known] if isinstance(known, list) else []
    return facts_recorded(led_to=[*numbers, s.text("led_to_no")])
