"""An organ's discretion standards as its people see them: every version and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from domain.shapes.discretion import WrittenStandard
from domain.tables.people import User
from domain.tables.site import SiteStandard
from flows.site.site_standards import confirmed_versions

MOST = 200
"""So many versions are listed, the newest first."""
WAITING = "待确认"


@dataclass(frozen=True)
class VersionLine:
    """A version, the names of those who handled it, and how it stands on a day."""

    row: SiteStandard
    written: WrittenStandard
    from_day: date
    state: str
    enterer: str
    judge: str


def version_lines(session: Session, organ: str, today: date) -> list[VersionLine]:
    """The versions that an organ entered, newest first; an empty `organ` means every organ."""
    query = select(SiteStandard).order_by(col(SiteStandard.id).desc()).limit(MOST)
    if organ:
        query = query.where(col(SiteStandard.department_id) == organ)
    rows = list(session.exec(query))
    names = _names(session, rows)
    days = {one.row.id: one.from_day for one in confirmed_versions(session)}
    newest = _in_force(session, today)
    return [
        VersionLine(
            row=row,
            written=WrittenStandard.model_validate(row.content),
            from_day=days.get(row.id, row.from_day),
            state=_state(row, days.get(row.id, row.from_day), newest, today),
            enterer=names.get(row.entered_by, row.entered_by),
            judge=names.get(judge := row.confirmed_by or row.rejected_by or "", judge),
        )
        for row in rows
    ]


def one_line(session: Session, version_id: int, today: date) -> VersionLine:
    """One version; LookupError in Chinese where there is none."""
    row = session.get(SiteStandard, version_id)
    if row is None:
        raise LookupError(f"没有编号为{version_id}的裁量基准登记")
    lines = version_lines(session, row.department_id, today)
    return next(one for one in lines if one.row.id == version_id)


def newest_of(session: Session, standard: str, organ: str) -> WrittenStandard:
    """The version of an organ's standard that was confirmed last; LookupError where none was."""
    rows = session.exec(
        select(SiteStandard)
        .where(
            col(SiteStandard.standard) == standard,
            col(SiteStandard.department_id) == organ,
            col(SiteStandard.confirmed_at).is_not(None),
        )
        .order_by(col(SiteStandard.confirmed_at).desc(), col(SiteStandard.id).desc())
    )
    row = rows.first()
    if row is None:
        raise LookupError(f"本机关没有编号为「{standard}」的、已经确认的裁量基准")
    return WrittenStandard.model_validate(row.content)


def _in_force(session: Session, today: date) -> frozenset[int | None]:
    found: dict[str, tuple[date, int | None]] = {}
    for one in confirmed_versions(session):
        last = found.get(one.row.standard)
        if one.from_day <= today and (last is None or last[0] <= one.from_day):
            found[one.row.standard] = (one.from_day, one.row.id)
    return frozenset(number for _, number in found.values())


def _state(row: SiteStandard, day: date, newest: frozenset[int | None], today: date) -> str:
    if row.rejected_at is not None:
        return "已退回"
    if row.confirmed_at is None:
        return WAITING
    if day > today:
        return "尚未施行"
    if row.id not in newest:
        return "已被替代"
    return "现行" if row.content.get("degrees") else "已停用"


def _names(session: Session, rows: Iterable[SiteStandard]) -> dict[str, str]:
    people = {one for r in rows for one in (r.entered_by, r.confirmed_by, r.rejected_by) if one}
    query = select(User.id, User.name).where(col(User.id).in_(sorted(people)))
    return dict(session.exec(query).all())
