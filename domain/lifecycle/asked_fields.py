"""Which fields of a form nobody asks for yet: what must be filled in, guards say, and when."""

from dataclasses import replace

from domain.rulebook.named_functions import guard
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import Transition
from domain.situation.form_reading import read_form
from domain.situation.situation import Situation


def fields_not_asked(
    situation: Situation, transition: Transition, rules: Rulebook
) -> frozenset[str]:
    """The blank fields whose guards find nothing missing in the form as it stands, half filled.

    What is filled in is never among them, whatever the guards say of it.
    """
    if all(not one.asked_by for one in transition.form.values()):
        return frozenset()
    values, _ = read_form(transition.form, situation.form, rules)
    as_it_stands = replace(situation, form=values)
    return frozenset(
        name
        for name, field in transition.form.items()
        if field.asked_by
        and situation.form.get(name) in (None, "", [])
        and all(guard[one](as_it_stands) is None for one in field.asked_by)
    )
