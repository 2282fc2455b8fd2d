"""The figures of a site for its monitoring: read from the database whenever they are asked for.

Every process of the site gives the same figures, but for its own pool of connections.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlmodel import select

from domain.tables.record import ChainHead
from flows.afterwards.mail import count_waiting
from flows.afterwards.outbox import queue
from flows.afterwards.outside_rests import failing
from flows.afterwards.schedule_log import ticks
from flows.site.office import Office
from flows.site.schema import newest_revision, revision_of
from flows.site.store import reading
from flows.systems.webhooks import failing_webhooks

Gauge = tuple[str, str, dict[str, str], float]
"""A name, what it says, its labels, its value."""


def gauges(office: Office, now: datetime) -> Iterator[Gauge]:
    """All figures; where the database does not answer, that and the disks alone."""
    yield from _disks(office)
    pool = office.engine.pool
    if isinstance(pool, QueuePool):
        yield "yisong_pool_in_use", "connections in use by this process", {}, pool.checkedout()
    try:
        is_right = revision_of(office.engine) == newest_revision()
        found = tuple(_of_database(office, now)) if is_right else ()
    except SQLAlchemyError:
        is_right, found = False, ()
    yield "yisong_database_up", "1 where the database answers with the right tables", {}, is_right
    yield from found


def _of_database(office: Office, now: datetime) -> Iterator[Gauge]:
    waiting = queue(office, now)
    age = (now - waiting.oldest).total_seconds() if waiting.oldest else 0.0
    yield "yisong_follow_ups_due", "follow-ups that wait to be done", {}, waiting.due
    yield "yisong_follow_ups_parked", "follow-ups put aside after failures", {}, waiting.parked
    yield "yisong_follow_ups_oldest_seconds", "how long the oldest waits", {}, max(age, 0.0)
    with reading(office.engine) as session:
        for one in ticks(session):
            label, ago = {"name": one.name}, (now - one.ran_at).total_seconds()
            yield "yisong_tick_age_seconds", "since a part of the schedule ran", label, ago
            yield "yisong_tick_well", "1 where it went well", label, one.went_well
        mails = count_waiting(session, now) if office.settings.smtp_host else 0
        yield "yisong_mail_waiting", "messages that are to be mailed", {}, mails
        silent = len(failing(session)) + len(failing_webhooks(session))
        yield "yisong_outside_failing", "destinations that do not answer", {}, silent
        head = session.exec(select(ChainHead)).one_or_none()
        yield "yisong_record_events", "events of the record", {}, head.seq if head else 0


def _disks(office: Office) -> Iterator[Gauge]:
    for name, place in places(office).items():
        usage = shutil.disk_usage(place)
        share = usage.free / usage.total
        yield "yisong_disk_free_ratio", "share of the disk that is free", {"place": name}, share


def places(office: Office) -> dict[str, Path]:
    """What of a site lies on this machine's disks, each by the nearest folder that is there."""
    settings = office.settings
    found = {"home": settings.home}
    if "://" not in settings.shelf:
        found["shelf"] = Path(settings.shelf)
    if office.engine.dialect.name == "sqlite":
        found["database"] = Path(str(office.engine.url.database)).parent
    return {name: existing(place) for name, place in found.items()}


def existing(place: Path) -> Path:
    """A folder, or the nearest above it that is there."""
    place = place.resolve()
    return next(one for one in (place, *place.parents) if one.exists())
