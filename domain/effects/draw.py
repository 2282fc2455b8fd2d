"""What happens to a draw: sealed, witnessed, revealed, changed afterwards."""

from collections.abc import Mapping

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation


@effect
def frozen_by_actor(s: Situation) -> Change:
    """Who sealed the frame, and when; the seal itself is recorded in the same transaction."""
    return facts_recorded(frozen_by=s.actor.id, frozen_at=moment(s))


@effect
def asked_of_item(s: Situation) -> Change:
    """What is asked of several departments lies with each; who asks is on its other side."""
    return Change(department=str(s.item), counterpart=s.actor.department)


@effect
def number_given(s: Situation) -> Change:
    """When a witness gave his number, and who entered it."""
    return facts_recorded(given_at=moment(s), given_by=s.actor.name)


@effect
def numbers_completed(s: Situation) -> Change:
    """All numbers are there: the draw follows in the same transaction."""
    return facts_recorded(numbers_complete=True)


@effect
def change_asked(s: Situation) -> Change:
    """A replacement that is to be worked out: of an object, or of an officer by his certificate."""
    return facts_recorded(
        pending={name: s.text(name) for name in ("object", "certificate", "ground")}
    )


@effect
def change_recorded(s: Situation) -> Change:
    """The sample after a replacement; the rows that changed are taken over, new ones added."""
    facts = s.process.facts
    changed = {one["对象"]: one for one in _rows(s.form.get("changed"))}
    rows = [changed.pop(one["对象"], one) for one in _rows(facts.get("drawn"))]
    made = facts.get("changes")
    earlier = made if isinstance(made, list) else []
    return facts_recorded(
        drawn=[*rows, *changed.values()], changes=[*earlier, facts["pending"]], pending=None
    )


def _rows(value: object) -> list[Mapping[str, str]]:
    return list(value) if isinstance(value, list | tuple) else []
