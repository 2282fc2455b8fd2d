"""Which fields of a form nobody asks for yet: what must be filled in, guards say, and when."""

from dataclasses import replace

from domain.rulebook.named_functions import condition, guard
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import FormField, Transition
from domain.situation.form_reading import read_form
from domain.situation.situation import Situation


def fields_not_asked(
    situation: Situation, transition: Transition, rules: Rulebook
) -> frozenset[str]:
    """The blank fields whose guards find nothing missing in the form as it stands, half filled.

    And those whose condition does not hold: what they would say is on record already.

    What is filled in is never among them, whatever the guards say of it.
    """
    if all(not (one.asked_by or one.when) for one in transition.form.values()):
        return frozenset()
    values, _ = read_form(transition.form, situation.form, rules)
    as_it_stands = replace(situation, form=values)
    return frozenset(
        name
        for name, field in transition.form.items()
        if situation.form.get(name) in (None, "", [], {}) and _is_not_asked(field, as_it_stands)
    )


def _is_not_asked(field: FormField, as_it_stands: Situation) -> bool:
    if field.when:
        return not condition[field.when](as_it_stands)
    asked_by = [guard[one](as_it_stands) for one in field.asked_by]
    return bool(asked_by) and not any(asked_by)
