"""Calendar feeds: a person's running time limits for his calendar program, under a secret key.

A feed tells numbers and limits only: neither parties nor content leave the house this way.
"""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event
from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from domain.limits.board_stages import duties
from domain.limits.limit import day_of, in_words
from domain.situation.situation import SYSTEM, Actor
from domain.tables.feed import CalendarFeed
from domain.tables.people import User
from domain.tables.process import Clock, Clue, Process
from domain.tables.undertaking import Undertaking
from flows.door.locked_dossier import Root
from flows.door.page_paths import path_of
from flows.door.visible_undertakings import visible_undertakings
from flows.lists.clue_listing import ClockLine, clock_line
from flows.people.actors import actor_of, in_service
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.people.visible_papers import shown_process
from flows.site.office import Office
from flows.site.store import transaction

MOST_EVENTS = 1000
REFRESH = timedelta(hours=1)
WARNS = timedelta(days=1)
WARNS_BY_THE_HOUR = timedelta(hours=4)


def make_feed(office: Office, actor: Actor, now: datetime) -> str:
    """A new secret key for the actor's feed, given once; the one he had opens nothing any more."""
    key = secrets.token_urlsafe(32)
    with transaction(office.engine) as session:
        session.merge(CalendarFeed(user_id=actor.id, key_sha256=_digest(key), made_at=now))
    return key


def revoke_feed(office: Office, actor: Actor) -> None:
    """Ends the actor's feed; its address opens nothing any more."""
    with transaction(office.engine) as session:
        found = session.get(CalendarFeed, actor.id)
        if found is not None:
            session.delete(found)


def feed_of(session: Session, actor: Actor) -> CalendarFeed | None:
    """The actor's feed, if he has one."""
    return session.get(CalendarFeed, actor.id)


def whose_feed(session: Session, key: str, now: datetime) -> Actor | None:
    """Whose feed the key opens; None for an unknown key, and where he is let in no more."""
    query = (
        select(User)
        .join(CalendarFeed, col(CalendarFeed.user_id) == col(User.id))
        .where(col(CalendarFeed.key_sha256) == _digest(key), in_service())
    )
    user = session.exec(query).one_or_none()
    if user is None:
        return None
    found = actor_of(session, user.id, now)
    return replace(found, roles=found.roles - {SYSTEM})


def calendar_of(session: Session, viewer: Viewer) -> bytes:
    """The viewer's running limits as an iCalendar file, each an event at its due moment."""
    calendar = Calendar()
    calendar.add("prodid", "-//yisong//clocks//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"移送时限（{viewer.actor.name}）")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for clock, root in _own_clocks(session, viewer):
        line = clock_line(viewer.office, clock, viewer.now)
        calendar.add_component(_event(viewer, clock, line, root))
    found: bytes = calendar.to_ical()
    return found


def _own_clocks(session: Session, viewer: Viewer) -> Iterable[tuple[Clock, Root]]:
    """The limits that the viewer's department owes and he is not kept from, and his own orders."""
    query = (
        select(Clock, Clue)
        .join(Clue, col(Clue.id) == col(Clock.clue_id))
        .where(
            col(Clock.ended_at).is_(None),
            col(Clock.paused).is_(False),
            col(Clock.rule).in_(duties(viewer.office.rules.deadlines)),
            _is_own(viewer),
            visible(viewer.office, viewer.actor),
            shown_process(
                viewer.office, viewer.actor, col(Clock.process_kind), col(Clock.process_id)
            ),
        )
        .order_by(col(Clock.due_at), col(Clock.id))
        .limit(MOST_EVENTS)
    )
    yield from session.exec(query)
    yield from session.exec(_of_undertakings(viewer))


def _of_undertakings(viewer: Viewer) -> Select[Clock, Undertaking]:
    """The limits that the viewer's department owes without a clue."""
    return (
        select(Clock, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(Clock.clue_id))
        .where(
            col(Clock.ended_at).is_(None),
            col(Clock.paused).is_(False),
            col(Clock.owner_id) == viewer.actor.department,
            visible_undertakings(viewer.office, viewer.actor),
        )
        .order_by(col(Clock.due_at), col(Clock.id))
        .limit(MOST_EVENTS)
    )


def _is_own(viewer: Viewer) -> ColumnElement[bool]:
    actor = viewer.actor
    his = col(Clue.handler_id).in_(["", actor.id]) if actor.roles == {"handler"} else true()
    ordered = select(Process.id).where(
        col(Process.kind) == "supervision",
        col(Process.counterpart_id) == actor.department,
        col(Process.ended_at).is_(None),
    )
    watched = and_(col(Clock.process_kind) == "supervision", col(Clock.process_id).in_(ordered))
    return or_(
        and_(col(Clock.owner_id) == actor.department, his),
        watched if "supervisor" in actor.roles else false(),
    )


def _event(viewer: Viewer, clock: Clock, line: ClockLine, root: Root) -> Event:
    by_the_hour = clock.unit == "hours"
    event = Event()
    event.add("uid", f"clock-{clock.id}@yisong")
    event.add("dtstamp", viewer.now)
    event.add("summary", f"{line.label}届满：{root.no}")
    if by_the_hour:
        event.add("dtstart", clock.due_at)
        event.add("dtend", clock.due_at)
    else:
        event.add("dtstart", day_of(clock.due_at))
        event.add("dtend", day_of(clock.due_at) + timedelta(days=1))
    event.add("description", _described(line))
    event.add("url", f"{viewer.office.settings.base_url.rstrip('/')}{path_of(root)}")
    event.add("status", "TENTATIVE" if line.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{line.label}即将届满：{root.no}")
    alarm.add("trigger", -(WARNS_BY_THE_HOUR if by_the_hour else WARNS))
    event.add_component(alarm)
    return event


def _described(line: ClockLine) -> str:
    lines = [f"{line.owner}：{line.label}", f"{in_words(line.due_at)}届满", f"依据：{line.article}"]
    if line.provisional:
        lines.append("暂定：下一年度放假安排公布后重新计算")
    return "\n".join(lines)


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
