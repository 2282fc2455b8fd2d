"""A person's step carried out whole: what pages, commands and the interface call."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from domain.situation.situation import Actor
from flows.assessment import assessing
from flows.door.steps import Command, Outcome, Whole, perform, perform_in
from flows.joint import bound_cases, joining
from flows.papers import evidence_given
from flows.publications import publishing
from flows.site.office import Office
from flows.visits import clue_visits, drawn_visits, visiting, warned_visits


def _of_clue(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """A step of a clue, with its inspection, the evidence it gives, and its joint proceeding."""
    if command.process in joining.BESIDE:
        return joining.told_in(session, office, command, actor, now)
    done = clue_visits.act_in(session, office, command, actor, now)
    if evidence_given.is_giving(command):
        evidence_given.give_in(session, office, done, actor, now)
    return done


WHOLE: Mapping[str, Whole] = {
    assessing.KIND: assessing.act_in,
    drawn_visits.DRAWN: drawn_visits.act_in,
    bound_cases.KIND: joining.act_in,
    publishing.KIND: publishing.act_in,
    visiting.KIND: clue_visits.told_in,
    clue_visits.KIND: _of_clue,
    warned_visits.KIND: warned_visits.act_in,
}
"""By main line, what does a step of it with all that follows."""


def act(office: Office, command: Command, actor: Actor, now: datetime) -> Outcome:
    """`flows.door.steps.perform` with all that belongs to the step, or nothing at all."""
    return perform(office, command, actor, now, _whole(office, command))


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`act` in a transaction of the caller's, who rolls back after Refused."""
    return _whole(office, command)(session, office, command, actor, now)


def _whole(office: Office, command: Command) -> Whole:
    lifecycle = office.rules.lifecycles.get(command.process)
    # A process that no table has is told by the door.
    return WHOLE.get(lifecycle.root, perform_in) if lifecycle else perform_in
