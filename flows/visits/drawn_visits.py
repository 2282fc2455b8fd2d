"""What a released draw makes of its sample: one inspection for each object, kept in step with it.

Every object that was drawn has one, with every item it was drawn for; one that was replaced or
voided before anybody went there is cancelled; replaced officers take their places.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from sqlmodel import Session, col, select

from domain.draws.draw_record import outcome_of
from domain.draws.frame import department_of
from domain.draws.replacing import standing_after
from domain.situation.situation import SYSTEM, Actor
from domain.tables.record import Event
from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform_in
from flows.draws import drawing
from flows.draws.drawn_rows import replacements_of
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.visits.caps import matters_of
from flows.visits.roster_changes import correct_standing
from flows.visits.teams import Row, team_of
from flows.visits.visiting import KIND, record_view

DRAWN = drawing.KIND
CANCELLED = "cancelled"
NOT_YET = ("planned", "approved", "noticed")
"""States in which nobody went there yet."""


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """A step of a draw with all that is worked out of it, and its inspections."""
    done = drawing.act_in(session, office, command, actor, now)
    row = session.get_one(Undertaking, done.clue_id)
    if (command.process, command.action) == (DRAWN, "replace_object"):
        correct_standing(session, office, row, (actor, now))
    if row.state == "released":
        _keep_in_step(session, office, row, now)
    elif row.state == "voided":
        for one in chain.from_iterable(made_by(session, row).values()):
            _cancel(session, office, one, f"抽取{row.no}已作废", now)
    return done


def made_by(session: Session, draw: Undertaking) -> dict[str, list[Undertaking]]:
    """The inspections of a draw by object, the oldest first: those that stand or a person ended.

    Left out are those that the system cancelled, because the draw was voided or changed.
    """
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND, col(Undertaking.parent_id) == draw.id
    )
    rows = list(session.exec(query.order_by(col(Undertaking.id))))
    cancelled = select(Event.clue_id).where(
        col(Event.clue_id).in_([one.id for one in rows]),
        col(Event.process_kind) == KIND,
        col(Event.to_state) == CANCELLED,
        col(Event.actor_id) == SYSTEM,
    )
    withdrawn = set(session.exec(cancelled))
    found: dict[str, list[Undertaking]] = {}
    for one in rows:
        if one.id not in withdrawn:
            found.setdefault(str(one.facts["object"]), []).append(one)
    return found


def _keep_in_step(session: Session, office: Office, draw: Undertaking, now: datetime) -> None:
    frame, opened = drawing.opened_of(session, office, draw)
    seed, outcome = outcome_of(frame, opened)
    standing = standing_after(frame, seed, outcome, replacements_of(draw.facts))
    made = made_by(session, draw)
    for gone in (one for thing in made if thing not in standing.items for one in made[thing]):
        _cancel(session, office, gone, f"抽取{draw.no}中已更换该对象", now)
    for thing, teams in standing.sent.items():
        what = (thing, standing.items[thing], made.get(thing, []))
        visit = _visit_of(session, office, draw, what, now)
        if visit is None:
            continue
        going = {visit.department_id, *(visit.facts.get("departments") or ())}
        sent = {key: team for key, team in teams.items() if key in going}
        team = _team(session, office, sent)
        if visit.facts.get("team") != team:
            record_view(session, office, visit, (team, "抽取"), now)


def _visit_of(
    session: Session,
    office: Office,
    draw: Undertaking,
    what: tuple[str, Sequence[str], Sequence[Undertaking]],
    now: datetime,
) -> Undertaking | None:
    """The inspection of an object where nobody was yet, for all it is drawn for; None for none.

    What takes another's place may have been drawn for something else already: its inspection is
    then proposed anew with everything; or apart, where somebody went there before. What a person
    cancelled or did not approve is settled and not proposed again.
    """
    thing, items, visits = what
    waiting = [one for one in visits if one.state in NOT_YET]
    done = {matter for one in visits if one.state not in NOT_YET for matter in matters_of(one)}
    left = [one for one in items if matter_of(one) not in done]
    for one in waiting:
        if set(matters_of(one)) == {matter_of(item) for item in left}:
            return one
        _cancel(session, office, one, f"抽取{draw.no}更换后检查事项有变动，另行提出", now)
    return _propose(session, office, draw, (thing, left), now) if left else None


def _propose(
    session: Session,
    office: Office,
    draw: Undertaking,
    what: tuple[str, Sequence[str]],
    now: datetime,
) -> Undertaking:
    thing, items = what
    departments = list(dict.fromkeys(department_of(one) for one in items))
    lead = draw.department_id if draw.department_id in departments else departments[0]
    name = session.exec(select(Subject.name).where(col(Subject.key) == thing)).one()
    form = {
        "title": f"{name}检查（{draw.title}）"[:200],
        "object": thing,
        "kind": "daily",
        "ground": f"双随机抽取{draw.no}",
        "draw": draw.no,
        "matters": [matter_of(one) for one in items],
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


def matter_of(item: str) -> str:
    """The matter of an item of a frame."""
    return item.partition("|")[2]


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
