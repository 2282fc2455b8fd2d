"""The credit-risk classes of an area for who plans and supervises, pushed out on record.

Never shown to anybody else, and on no public or inspection page (不公开、不作为处理依据,
second-hand).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import day_of
from domain.situation.situation import CHINA
from domain.tables.record import Event
from domain.tables.roster import CreditClass, Subject
from flows.people.user_keeping import Keeper
from flows.rosters.class_import import IMPORTED
from flows.rosters.roster_rows import area_of, scheme_of
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.store import transaction

TAKEN = "export_classes"
"""The act under which classes that were taken away stand in the record."""
READERS = frozenset({"supervisor", "auditor"})


@dataclass(frozen=True)
class ClassOf:
    """The newest class of a subject; `is_used`: it is young enough to decide a share."""

    key: str
    name: str
    grade: str
    scheme: str
    day: date
    source: str
    is_used: bool


@dataclass(frozen=True)
class Quarter:
    """Whether an evaluation came in this quarter (鲁政办发〔2023〕14号 third part, 第14项)."""

    label: str
    last: date | None
    is_missing: bool


def classes_of(session: Session, keeper: Keeper) -> list[ClassOf]:
    """The newest class of every subject of the keeper's area, by its name."""
    rules, today = keeper.office.rules.rosters, day_of(keeper.now)
    query = (
        select(Subject, CreditClass)
        .join(CreditClass, col(CreditClass.subject_id) == col(Subject.id))
        .where(col(Subject.area) == area_of(keeper))
        .order_by(col(CreditClass.from_day), col(CreditClass.id))
    )
    oldest, here = today - timedelta(days=rules.grade_days), rules.scheme_id(_region(keeper))
    newest: dict[int | None, ClassOf] = {}
    for row, one in session.exec(query):
        scheme = rules.schemes.get(one.scheme or here)
        newest[row.id] = ClassOf(
            key=row.key,
            name=row.name,
            grade=one.grade,
            scheme=scheme.label if scheme else one.scheme,
            day=one.from_day,
            source=one.source,
            is_used=one.from_day >= oldest and one.scheme in ("", here),
        )
    return sorted(newest.values(), key=lambda one: (one.name, one.key))


def quarter_of(session: Session, keeper: Keeper) -> Quarter:
    """The quarter of today, and the last day on which classes were imported."""
    today = day_of(keeper.now)
    first = (today.month - 1) // 3 * 3 + 1
    query = (
        select(Event)
        .where(col(Event.process_kind) == "subject", col(Event.action) == IMPORTED)
        .order_by(col(Event.seq).desc())
    )
    found = session.exec(query.limit(1)).first()
    last = found.at.astimezone(CHINA).date() if found else None
    begun = today.replace(month=first, day=1)
    label = f"{today.year}年第{(first + 2) // 3}季度"
    return Quarter(label, last, last is None or last < begun)


def take_away(keeper: Keeper) -> tuple[ClassOf, ...]:
    """Every class of the area, noted in the record with who took them and how many."""
    with transaction(keeper.office.engine) as session:
        found = tuple(classes_of(session, keeper))
        detail = {"label": scheme_of(keeper.office).label, "rows": len(found)}
        act = Act(TAKEN, keeper.actor, keeper.now, detail)
        append(session, [act_event(Thing("subject"), act)], keeper.office.keys.chain)
    return found


def classes_sheet(found: Iterable[ClassOf]) -> Sheet:
    """The classes as a table for departments that plan draws."""
    heads = (
        Column("统一社会信用代码", 22), Column("名称", 40), Column("信用风险等级", 12),
        Column("评价体系", 30), Column("评价日期", 12), Column("是否用于抽取", 12),
    )  # fmt: skip
    rows: Iterable[tuple[Cell, ...]] = (
        (one.key, one.name, one.grade, one.scheme, one.day, "是" if one.is_used else "已过期")
        for one in found
    )
    return Sheet("信用风险等级", heads, rows)


def _region(keeper: Keeper) -> str:
    return keeper.office.settings.region
