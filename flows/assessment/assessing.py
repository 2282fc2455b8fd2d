"""A yearly report acted on: its figures are worked out and recorded with the step, or anew."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.situation.situation import Actor
from domain.tables.undertaking import Undertaking
from flows.assessment.assessed import assess
from flows.assessment.report_rows import report_form
from flows.door.steps import Command, Outcome, perform_in
from flows.people.actors import system_actor
from flows.people.viewer import Viewer
from flows.site.office import Office

KIND = "assessment"
COUNTING = frozenset({"draw_up", "recount"})
"""Steps after which the figures are recorded as they are at that moment."""


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`perform_in`, and of a report what it counts; all or nothing."""
    done = perform_in(session, office, command, actor, now)
    if command.process != KIND or command.action not in COUNTING:
        return done
    row = session.get_one(Undertaking, done.clue_id)
    found = assess(session, Viewer(office, actor, now), int(str(row.facts["year"])))
    order = Command("record_figures", KIND, row.id, form=report_form(found))
    perform_in(session, office, order, system_actor(row.department_id), now)
    return replace(done, state=row.state)
