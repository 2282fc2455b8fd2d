"""What a released draw makes of its sample: one inspection for each object, kept in step with it.

Every object that was drawn has one, with every item it was drawn for; one that was replaced or
voided before anybody went there is cancelled; replaced officers take their places.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from domain.draws.draw_record import outcome_of
from domain.draws.frame import department_of
from domain.draws.replacing import Standing, standing_after
from domain.situation.situation import Actor
from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform_in
from flows.draws import drawing
from flows.draws.drawn_rows import replacements_of
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.visits.teams import Row, team_of
from flows.visits.visiting import KIND, record_view

DRAWN = drawing.KIND
NOT_YET = ("planned", "approved", "noticed")
"""States in which nobody went there yet."""


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """A step of a draw with all that is worked out of it, and its inspections."""
    done = drawing.act_in(session, office, command, actor, now)
    row = session.get_one(Undertaking, done.clue_id)
    if row.state == "released":
        _keep_in_step(session, office, row, now)
    elif row.state == "voided":
        for one in made_by(session, row).values():
            _cancel(session, office, one, f"抽取{row.no}已作废", now)
    return done


def made_by(session: Session, draw: Undertaking) -> dict[str, Undertaking]:
    """The inspections of a draw that stand, by object."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        col(Undertaking.parent_id) == draw.id,
        col(Undertaking.state) != "cancelled",
    )
    return {str(one.facts["object"]): one for one in session.exec(query)}


def _keep_in_step(session: Session, office: Office, draw: Undertaking, now: datetime) -> None:
    frame, opened = drawing.opened_of(session, office, draw)
    seed, outcome = outcome_of(frame, opened)
    standing = standing_after(frame, seed, outcome, replacements_of(draw.facts))
    made = made_by(session, draw)
    for thing, gone in made.items():
        if thing not in standing.items:
            _cancel(session, office, gone, f"抽取{draw.no}中已更换该对象", now)
    for thing, teams in standing.sent.items():
        team = _team(session, office, teams)
        visit = made.get(thing)
        if visit is None:
            visit = _propose(session, office, draw, (standing, thing), now)
        elif visit.state not in NOT_YET or visit.facts.get("team") == team:
            continue
        record_view(session, office, visit, (team, "抽取"), now)


def _propose(
    session: Session,
    office: Office,
    draw: Undertaking,
    what: tuple[Standing, str],
    now: datetime,
) -> Undertaking:
    standing, thing = what
    items = standing.items[thing]
    departments = list(dict.fromkeys(department_of(one) for one in items))
    lead = draw.department_id if draw.department_id in departments else departments[0]
    name = session.exec(select(Subject.name).where(col(Subject.key) == thing)).one()
    form = {
        "title": f"{name}检查（{draw.title}）"[:200],
        "object": thing,
        "kind": "daily",
        "ground": f"双随机抽取{draw.no}",
        "draw": draw.no,
        "matters": [one.partition("|")[2] for one in items],
        "departments": [one for one in departments if one != lead],
        "way": "on_site",
    }
    command = Command("propose_drawn", KIND, form=form)
    done = perform_in(session, office, command, system_actor(lead), now)
    row = session.get_one(Undertaking, done.clue_id)
    row.parent_id = draw.id
    session.add(row)
    session.flush()
    return row


def _team(session: Session, office: Office, teams: Mapping[str, list[str]]) -> list[Row]:
    return [
        one
        for department, certificates in teams.items()
        for one in team_of(session, office, department, certificates).rows
    ]


def _cancel(
    session: Session, office: Office, visit: Undertaking, reason: str, now: datetime
) -> None:
    if visit.state in NOT_YET:
        command = Command("cancel", KIND, visit.id, form={"reason": reason})
        perform_in(session, office, command, system_actor(visit.department_id), now)
