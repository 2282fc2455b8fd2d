"""Verifying a clue on the spot: an inspection of its own that the verification waits for.

It is a 个案检查 with the clue as its ground: approved, announced and entered like any other, for
四十一问第二十一问 names those after complaints and reports too.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.visits import visiting

KIND, VERIFICATION, GOES = "clue", "verification", "go_on_site"
HANDED = {
    "site_object": "object",
    "site_matters": "matters",
    "site_officers": "officers",
    "site_departments": "departments",
    "site_reason": "why_on_site",
}
"""What the verification's form says of the inspection, by the names of the other's form."""
DONE = frozenset({"gathered", "told", "closed", "ended_early", "cancelled"})
"""States of an inspection in which a verification waits for it no longer."""


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`perform_in`, and where a verification goes on the spot the inspection that this is."""
    done = perform_in(session, office, command, actor, now)
    if (command.process, command.action) != (VERIFICATION, GOES):
        return done
    clue = session.get_one(Clue, done.clue_id)
    said = session.get_one(Process, done.process_id).facts["forms"][GOES]
    form = {HANDED[name]: value for name, value in said.items()}
    form |= {"title": f"线索{clue.no}现场核查", "kind": "single", "way": "on_site"}
    form |= {"ground": f"线索{clue.no}", "clue_no": clue.no}
    made = visiting.act_in(session, office, Command("propose", "visit", form=form), actor, now)
    _record(
        session, office, "record_site_visit", (done.clue_id, done.process_id, made.clue_no), now
    )
    return done


def told_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """A step of an inspection; the verification that waits for its results hears of them."""
    done = visiting.act_in(session, office, command, actor, now)
    row = session.get_one(Undertaking, done.clue_id)
    number = row.facts.get("clue_no")
    if row.state not in DONE or not number:
        return done
    query = (
        select(Process)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .where(
            col(Clue.no) == number,
            col(Process.kind) == VERIFICATION,
            col(Process.ended_at).is_(None),
        )
    )
    for one in session.exec(query):
        if row.no in (one.facts.get("site_visits_open") or ()):
            _record(session, office, "record_site_result", (one.clue_id, one.id or 0, row.no), now)
    return done


def _record(
    session: Session, office: Office, action: str, what: tuple[int, int, str], now: datetime
) -> None:
    clue, process, visit = what
    holder = session.get_one(Process, process).department_id
    command = Command(action, VERIFICATION, clue, process, {"site_visit": visit})
    perform_in(session, office, command, system_actor(holder), now)
