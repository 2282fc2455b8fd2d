"""The office that flows work in: the one they were called for, else that of the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache

from flows.site.moment import now_at
from flows.site.office import Office, open_office
from flows.site.site_rules import in_force

_office: ContextVar[Office | None] = ContextVar("office", default=None)


@contextmanager
def workplace(office: Office) -> Iterator[Office]:
    """Flows called inside work in this office."""
    token = _office.set(office)
    try:
        yield office
    finally:
        _office.reset(token)


def current_office() -> Office:
    """The office of the caller; a Prefect worker's process opens the one of its settings."""
    found = _office.get()
    if found is not None:
        return found
    own = _own_office()
    return in_force(own, now_at(own))


@cache
def _own_office() -> Office:
    return open_office()


def moment(now: datetime | None) -> datetime:
    """The moment a flow was given, as a rehearsal does, or the moment on the wall; aware."""
    return now or datetime.now(UTC)
