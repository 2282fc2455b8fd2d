"""How routing did on the site's own record, and what its lessons would have said."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from domain.limits.limit import at_shanghai
from domain.routing.learning import Differing, learn
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.matching.routing_lessons import Kept, last_kept, lessons_of, who_took
from flows.site.office import Office

MONTHS = 12
PORTION = 500
SHOWN = 10


@dataclass(frozen=True)
class Line:
    """A month and the department that was proposed: how its clues went on, in clues.

    `returned`: it sent the clue back at least once. `waiting`: nobody has taken it yet.
    """

    month: str
    department: str
    proposed: int
    taken: int
    by_another: int
    returned: int
    waiting: int


@dataclass(frozen=True)
class Report:
    """Routing month by month, the state of the lessons, and the latest clues they differ on.

    `registered` and `named` by month: clues that came in, and those for which a department was
    proposed. `kept` is None while nothing was learnt.
    """

    registered: Mapping[str, int]
    named: Mapping[str, int]
    lines: tuple[Line, ...]
    kept: Kept | None
    differing: tuple[Differing, ...]


def routing_report(session: Session, office: Office, now: datetime) -> Report:
    """The report over the months up to `now`, in China's months; reads and changes nothing."""
    counts = _Counts()
    taken = who_took(session)
    took = {one.clue_id: one.department for one in taken}
    sent_back = _returned(session)
    query = select(
        col(Clue.id),
        col(Clue.received_at),
        col(Clue.desk_id),
        col(Clue.facts)["suggestion"]["lead"].as_string(),
    ).where(col(Clue.received_at) >= _first_day(now))
    rows = session.connection().execute(query).yield_per(PORTION)
    for clue_id, received_at, desk, proposed in rows:
        month = at_shanghai(received_at).strftime("%Y-%m")
        counts.registered[month] += 1
        if proposed and proposed != desk:
            counts.named[month] += 1
            counts.note((month, proposed), took.get(clue_id), (clue_id, proposed) in sent_back)
    return Report(
        registered=dict(sorted(counts.registered.items())),
        named=counts.named,
        lines=counts.lines(),
        kept=last_kept(session),
        differing=learn(lessons_of(session, office.rules, taken)).differing[-SHOWN:][::-1],
    )


def _first_day(now: datetime) -> datetime:
    """The first of the month eleven months back, in China."""
    today = at_shanghai(now)
    months = today.year * 12 + today.month - MONTHS
    first = today.replace(year=months // 12, month=months % 12 + 1, day=1)
    return first.replace(hour=0, minute=0, second=0, microsecond=0)


def _returned(session: Session) -> set[tuple[int, str]]:
    """The clues with the departments that sent them back."""
    query = select(col(Event.clue_id), col(Event.department_id)).where(
        col(Event.process_kind) == "clue", col(Event.action) == "return"
    )
    return {(clue, department) for clue, department in session.connection().execute(query) if clue}


class _Counts:
    """Clues by month and proposed department, counted as they are read."""

    def __init__(self) -> None:
        self.registered: Counter[str] = Counter()
        self.named: Counter[str] = Counter()
        self.proposed: Counter[tuple[str, str]] = Counter()
        self.ends: Counter[tuple[str, str, str]] = Counter()

    def note(self, key: tuple[str, str], taken: str | None, returned: bool) -> None:
        """One clue for which a department was proposed."""
        self.proposed[key] += 1
        end = "waiting" if taken is None else "taken" if taken == key[1] else "by_another"
        self.ends[(*key, end)] += 1
        self.ends[(*key, "returned")] += returned

    def lines(self) -> tuple[Line, ...]:
        """The newest month first, in it the department proposed most often."""
        ranked = sorted(self.proposed.items(), key=lambda one: (one[0][0], one[1]), reverse=True)
        return tuple(
            Line(
                *key,
                proposed,
                taken=self.ends[(*key, "taken")],
                by_another=self.ends[(*key, "by_another")],
                returned=self.ends[(*key, "returned")],
                waiting=self.ends[(*key, "waiting")],
            )
            for key, proposed in ranked
        )
