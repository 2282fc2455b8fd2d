"""What a form says about crime before it is sent: what screening finds, and what it asks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from domain.crime.recorded_facts import entered, screening_facts
from domain.effects.change import situation_after
from domain.guards.crime_notice import CrimeNotice, crime_notice
from domain.lookup.screening_report import questions_of
from domain.rulebook.named_functions import effect
from domain.situation.form_reading import read_form
from domain.situation.situation import Actor, Situation
from flows.door.preview import situation_before
from flows.door.steps import Command
from flows.site.office import Office

SCREENING = "screened_for_crime"
"""The effect of an action that holds facts against criminal thresholds."""
ANSWERS: Mapping[bool | None, str] = {True: "是", False: "否", None: ""}


@dataclass(frozen=True)
class Asked:
    """A question of screening with the offence and tier it belongs to, and the answer so far."""

    offence: str
    tier: str
    text: str
    answer: str


def is_screened(office: Office, process: str, action: str) -> bool:
    """Whether an action holds facts against criminal thresholds."""
    return SCREENING in office.rules.lifecycles[process].actions[action].effects


def foresee_crime(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime]
) -> CrimeNotice | None:
    """What screening would find in a form, complete or not; None where it finds nothing."""
    if not is_screened(office, command.process, command.action):
        return None
    typed = typed_situation(session, office, command, who)
    return crime_notice(situation_after(typed, effect[SCREENING](typed)))


def questions_asked(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime]
) -> tuple[tuple[str, tuple[Asked, ...]], ...]:
    """Every question that the offences of a form put to people, offence by offence."""
    s = typed_situation(session, office, command, who)
    recorded = entered(s, s.process.facts, s.form)
    facts = screening_facts(s, {**s.process.facts, **s.form, **recorded})
    acted_on = min(facts.acted_on or s.today, s.today)
    found: list[tuple[str, tuple[Asked, ...]]] = []
    for key in facts.offences or ():
        offence = office.rules.offences[key]
        texts = {**questions_of(key, offence, s.today), **questions_of(key, offence, acted_on)}
        asked = tuple(
            Asked(key, one.partition(".")[2], text, ANSWERS[facts.answers.get(one)])
            for one, text in texts.items()
        )
        found += [(offence.name, asked)] if asked else []
    return tuple(found)


def typed_situation(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime]
) -> Situation:
    """The situation with whatever of the form can be read."""
    situation = situation_before(session, office, command, who)
    fields = office.rules.lifecycles[command.process].actions[command.action].form
    values, _ = read_form(fields, situation.form, office.rules)
    return replace(situation, form=values)
