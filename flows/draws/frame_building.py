"""The frame that the rosters give for some matters on a day: who could be drawn, and who not, why.

Nothing is changed: it is looked at while a draw is prepared, before anything is sealed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from domain.draws.frame import Frame, Item, Place, department_of
from domain.draws.quotas import falling, quota_of
from domain.tables.roster import (
    Avoidance,
    CreditClass,
    RosterExpert,
    RosterOfficer,
    Subject,
    SubjectTag,
)
from domain.tables.visit import EntryCount
from flows.rosters.roster_list import borne_on
from flows.rosters.roster_rows import scheme_of
from flows.site.office import Office

UNGRADED = "未分级"
"""The stratum of subjects without a class, or with one too old to be used."""


@dataclass(frozen=True)
class Wish:
    """For which matters somebody wants to draw in an area, by what shares (per cent) of a class."""

    area: str
    matters: tuple[str, ...]
    shares: Mapping[str, Decimal]
    day: date


@dataclass(frozen=True)
class LeftOut:
    """A subject with a fitting tag that is not in the frame, and why."""

    key: str
    name: str
    reason: str


@dataclass(frozen=True)
class Layer:
    """A stratum of an item: how many are in it, and how many of them would be drawn.

    `quota`: None where no share was told for it.
    """

    item: str
    stratum: str
    size: int
    quota: int | None


@dataclass(frozen=True)
class FrameView:
    """A frame with what has to be known before it is sealed.

    `leaderless`: matters for which no department of the area leads. `joint`: how many objects are
    in the frames of two or more departments. `short`: by department, the objects to which it could
    not send two officers. `falling`: pairs of classes whose share falls although the risk rises.
    """

    frame: Frame
    layers: tuple[Layer, ...]
    left_out: tuple[LeftOut, ...]
    leaderless: tuple[str, ...]
    joint: int
    short: Mapping[str, Sequence[str]]
    falling: tuple[tuple[str, str], ...]


def frame_view(session: Session, office: Office, wish: Wish) -> FrameView:
    """The frame that a wish comes to, by the tags, classes, officers and avoidances of its day."""
    items = _items(office, wish)
    bearing = {item: _bearing(session, office, wish, item) for item in items}
    grades = _grades(session, office, wish)
    often = _inspected_enough(session, office, wish, grades)
    kept: list[Place] = []
    left: dict[str, LeftOut] = {}
    for item, subjects in bearing.items():
        for one in subjects:
            if one.ceased_on is not None and one.ceased_on <= wish.day:
                label = office.rules.rosters.statuses[one.status].label
                left[one.key] = LeftOut(one.key, one.name, f"已{label}（{one.ceased_on}）")
            elif one.id in often:
                told = f"本年已检查{often[one.id]}次，达到本单位规定的频次"
                left[one.key] = LeftOut(one.key, one.name, told)
            else:
                kept.append((one.key, str(item), grades.get(one.id or 0, UNGRADED)))
    layers = _layers(items, kept, wish, strata_of(office))
    frame = _frame(session, wish, items, kept, layers)
    met: dict[str, set[str]] = {}
    for key, its, _ in kept:
        met.setdefault(key, set()).add(department_of(its))
    led = {one.matter for one in items}
    return FrameView(
        frame=frame,
        layers=tuple(layers),
        left_out=tuple(left.values()),
        leaderless=tuple(one for one in wish.matters if one not in led),
        joint=sum(len(one) > 1 for one in met.values()),
        short=frame.short_of_officers(),
        falling=tuple(falling(scheme_of(office).grades, wish.shares)),
    )


def strata_of(office: Office) -> tuple[str, ...]:
    """The strata for which a share is asked: the classes of the region, and those without one."""
    return (*scheme_of(office).grades, UNGRADED)


def _items(office: Office, wish: Wish) -> list[Item]:
    """Each matter with the department of the area that leads it."""
    leads = {
        one.function: key
        for key, one in office.rules.departments.items()
        if one.area == wish.area and not one.closed
    }
    known = office.rules.matters
    return [
        Item(leads[known[one].lead], one)
        for one in dict.fromkeys(wish.matters)
        if known[one].lead in leads
    ]


def _bearing(session: Session, office: Office, wish: Wish, item: Item) -> list[Subject]:
    tags = office.rules.rosters.tags_of(item.matter)
    marked = select(SubjectTag.subject_id).where(col(SubjectTag.tag).in_(tags), *borne_on(wish.day))
    query = select(Subject).where(
        col(Subject.area) == wish.area,
        col(Subject.listed_on) <= wish.day,
        col(Subject.id).in_(marked),
    )
    return list(session.exec(query.order_by(col(Subject.id))))


def _grades(session: Session, office: Office, wish: Wish) -> dict[int, str]:
    """The class of each subject on the day; one too old, or of another scheme, is none."""
    rosters = office.rules.rosters
    oldest = wish.day - timedelta(days=rosters.grade_days)
    query = select(CreditClass).join(Subject, col(Subject.id) == col(CreditClass.subject_id))
    found = session.exec(
        query.where(
            col(Subject.area) == wish.area,
            col(CreditClass.from_day) <= wish.day,
            col(CreditClass.from_day) >= oldest,
            col(CreditClass.scheme).in_(("", rosters.scheme_id(office.settings.region))),
        ).order_by(col(CreditClass.from_day), col(CreditClass.id))
    )
    return {one.subject_id: one.grade for one in found}


def _inspected_enough(
    session: Session, office: Office, wish: Wish, grades: Mapping[int, str]
) -> dict[int, int]:
    """The subjects that were inspected this year as often as their class is at most: how often.

    Doors of all departments count; where the site has no rule on a class, there is no end.
    """
    most = scheme_of(office).yearly
    if not most:
        return {}
    year = wish.day.replace(month=1, day=1)
    counted = (
        select(Subject.id, func.count(func.distinct(EntryCount.visit_no)))
        .join(EntryCount, col(EntryCount.subject_key) == col(Subject.key))
        .where(
            col(Subject.area) == wish.area,
            col(EntryCount.day) >= year,
            col(EntryCount.day) <= wish.day,
        )
        .group_by(col(Subject.id))
    )
    return {
        key: number
        for key, number in session.execute(counted)
        if number >= most.get(grades.get(key, ""), number + 1)
    }


def _layers(
    items: Sequence[Item], kept: Sequence[Place], wish: Wish, strata: Sequence[str]
) -> list[Layer]:
    sizes: dict[tuple[str, str], int] = {}
    for _, item, stratum in kept:
        sizes[item, stratum] = sizes.get((item, stratum), 0) + 1
    order = [(str(item), stratum) for item in items for stratum in strata]
    found = []
    for item, stratum in order:
        if size := sizes.get((item, stratum)):
            share = wish.shares.get(stratum)
            quota = None if share is None else quota_of(size, share)
            found.append(Layer(item, stratum, size, quota))
    return found


def _frame(
    session: Session, wish: Wish, items: Sequence[Item], kept: list[Place], layers: Sequence[Layer]
) -> Frame:
    quotas: dict[str, dict[str, int]] = {}
    for one in layers:
        if one.quota is not None:
            quotas.setdefault(one.item, {})[one.stratum] = one.quota
    able = select(RosterOfficer).where(
        col(RosterOfficer.department_id).in_({one.department for one in items}),
        col(RosterOfficer.valid_until) >= wish.day,
        col(RosterOfficer.left_on).is_(None),
    )
    officers = {one.id: one for one in session.exec(able)}
    until = col(Avoidance.until)
    running = select(Avoidance, Subject.key).join(
        Subject, col(Subject.id) == col(Avoidance.subject_id)
    )
    avoided = session.exec(
        running.where(col(Avoidance.since) <= wish.day, or_(until.is_(None), until > wish.day))
    )
    experts = select(RosterExpert.name).where(
        col(RosterExpert.area) == wish.area, col(RosterExpert.left_on).is_(None)
    )
    return Frame(
        places=tuple(kept),
        quotas=quotas,
        officers={one.certificate_no: one.department_id for one in officers.values()},
        experts=tuple(session.exec(experts)),
        avoided=frozenset(
            (officers[one.officer_id].certificate_no, key)
            for one, key in avoided
            if one.officer_id in officers
        ),
        rules={stratum: f"{share}%" for stratum, share in wish.shares.items()},
    )
