"""The supervisor's board: running limits counted by department, stage and light; open clues by age.

Only what runs is read; closed clues cost nothing. Who sees one department sees its own lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlmodel import Session, col

from domain.limits.board_stages import (
    BY_ID,
    STAGES,
    Stage,
    others_duties,
    rules_of_other_stages,
    stage_of,
)
from domain.limits.limit import SHANGHAI, day_of
from domain.limits.organ_limits import limits_meant
from domain.rulebook.rulebook import Rulebook
from domain.shapes.deadlines import DeadlineRule
from domain.tables.process import Clock, Clue
from flows.lists.list_filters import along
from flows.people.viewer import Viewer
from flows.watch.light_counts import colour, counts

COLOURS = ("red", "yellow", "green", "grey")
AGES = (3, 7, 15, 30, 60)
"""The ends of the age groups in days; the last group is older than all of them."""


@dataclass
class Cell:
    """How many limits stand at each light."""

    red: int = 0
    yellow: int = 0
    green: int = 0
    grey: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.red + self.yellow + self.green + self.grey

    def add(self, light: str, count: int) -> None:
        """Counts some more at a light."""
        setattr(self, light, getattr(self, light) + count)


@dataclass
class BoardRow:
    """One department: its cells by stage, and all of them together."""

    department: str
    name: str
    level: str
    cells: dict[str, Cell] = field(default_factory=dict)
    total: Cell = field(default_factory=Cell)


@dataclass(frozen=True)
class Board:
    """Rows with the most late ones first, and the sums below."""

    stages: tuple[Stage, ...]
    rows: tuple[BoardRow, ...]
    sums: BoardRow


@dataclass(frozen=True)
class AgeRow:
    """One department's open clues by age group, and the oldest one's day of receipt."""

    department: str
    name: str
    counts: tuple[int, ...]
    oldest: datetime

    @property
    def total(self) -> int:
        """All open clues of the department."""
        return sum(self.counts)


def board(session: Session, viewer: Viewer) -> Board:
    """Every running limit that an organ owes, counted by department, stage and light, as seen."""
    rules = viewer.office.rules
    # Whose duty a limit is, is asked of a group and not of each of its thousands.
    of_others = set(others_duties(rules.deadlines))
    keys = (col(Clock.owner_id), col(Clock.process_kind), col(Clock.rule))
    lights = counts(viewer.now, rules.calendar)
    query = select(*keys, *lights.values()).where(*_watched(viewer)).group_by(*keys)
    rows: dict[str, BoardRow] = {}
    sums = BoardRow("", "合计", "")
    for owner, kind, rule, grey, red, yellow, every in session.connection().execute(query):
        if rule in of_others:
            continue
        row = rows.setdefault(owner, _row(rules, owner))
        stage = stage_of(kind, rule, rules.deadlines).id
        found = {"grey": grey, "red": red, "yellow": yellow, "green": every - grey - red - yellow}
        for one in (row, sums):
            cell = one.cells.setdefault(stage, Cell())
            for shade, count in found.items():
                cell.add(shade, count)
                one.total.add(shade, count)
    ordered = sorted(rows.values(), key=lambda one: (-one.total.red, -one.total.yellow, one.name))
    return Board(STAGES, tuple(ordered), sums)


def how_many_lit(session: Session, viewer: Viewer, light: str, most: int) -> int:
    """How many of the board's limits are `red` or `yellow`, counted no further than `most`."""
    place, now = col(Clock.breach_at), viewer.now.replace(microsecond=0)
    if light == "red":
        lit = [place < now, col(Clock.paused).is_(False)]
    else:
        # The next to be breached are looked at first: they are most likely to be near.
        lit = [place >= now, along([colour(viewer.now, viewer.office.rules.calendar) == light])]
    query = select(col(Clock.id)).where(*running(viewer), *lit)
    few = query.order_by(place, col(Clock.id)).limit(most).subquery()
    return int(session.execute(select(func.count()).select_from(few)).scalar_one())


def _row(rules: Rulebook, department: str) -> BoardRow:
    found = rules.departments[department]
    return BoardRow(department, found.name, found.level)


def running(viewer: Viewer) -> list[ColumnElement[bool]]:
    """The conditions on `Clock`: running, owed by an organ, and the viewer's to watch."""
    of_others = others_duties(viewer.office.rules.deadlines)
    return [*_watched(viewer), col(Clock.rule).not_in(of_others)]


def _watched(viewer: Viewer) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Clock.ended_at).is_(None)]
    if viewer.watched is not None:
        found.append(col(Clock.owner_id).in_(viewer.watched))
    return found


def in_stage(stage: str, deadlines: Mapping[str, DeadlineRule]) -> ColumnElement[bool]:
    """The condition on `Clock` under which it belongs to a stage; unknown stages have none."""
    found = BY_ID.get(stage)
    if found is None:
        return literal(value=False)
    kind, rule = col(Clock.process_kind), col(Clock.rule)
    beside = kind.in_(sorted(found.kinds - {"clue"}))
    own: ColumnElement[bool] = rule.in_(sorted(limits_meant(found.rules, deadlines)))
    if "clue" in found.kinds:
        own = or_(own, rule.not_in(rules_of_other_stages(deadlines)))
    return or_(beside, and_(kind == "clue", own))


# --- ages ----------------------------------------------------------------------------------------


def age_labels() -> tuple[str, ...]:
    """The age groups in words."""
    starts = [0, *(end + 1 for end in AGES)]
    return (
        *(f"{start}—{end}日" for start, end in zip(starts, AGES, strict=False)),
        f"{AGES[-1]}日以上",
    )


def ages(session: Session, viewer: Viewer) -> tuple[AgeRow, ...]:
    """Open clues by the department they lie with and the days since they came in."""
    group = _age_group(viewer.now)
    query = (
        select(col(Clue.department_id), group, func.count(), func.min(col(Clue.received_at)))
        .where(*_open_clues(viewer))
        .group_by(col(Clue.department_id), group)
    )
    found = [
        (department, place, count, first)
        for department, place, count, first in session.connection().execute(query)
    ]
    return tuple(_age_rows(viewer.office.rules, found))


def of_age(group: int, now: datetime) -> ColumnElement[bool]:
    """The condition on `Clue` under which it belongs to an age group."""
    return _age_group(now) == group


def _age_rows(rules: Rulebook, found: Sequence[tuple[str, int, int, datetime]]) -> Iterable[AgeRow]:
    counts: dict[str, list[int]] = {}
    oldest: dict[str, datetime] = {}
    for department, group, count, first in found:
        counts.setdefault(department, [0] * (len(AGES) + 1))[group] = count
        oldest[department] = min(first, oldest.get(department, first))
    names: Mapping[str, str] = {key: rules.departments[key].name for key in counts}
    rows = [AgeRow(key, names[key], tuple(counts[key]), oldest[key]) for key in counts]
    return sorted(rows, key=lambda one: (tuple(-count for count in reversed(one.counts)), one.name))


def _age_group(now: datetime) -> ColumnElement[int]:
    """0 for the youngest; days are calendar days in China, the day of receipt is day 0."""
    today = day_of(now)
    starts = (
        datetime.combine(today - timedelta(days=end), time(0), tzinfo=SHANGHAI) for end in AGES
    )
    received = col(Clue.received_at)
    return case(
        *((received >= start, place) for place, start in enumerate(starts)), else_=len(AGES)
    )


def _open_clues(viewer: Viewer) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Clue.ended_at).is_(None)]
    if viewer.watched is not None:
        found.append(col(Clue.department_id).in_(viewer.watched))
    return found
