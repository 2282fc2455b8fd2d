"""Which of what was published holds on a day: a version takes the place from its own day on."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from documents.values.filters import cn_date
from domain.tables.undertaking import Undertaking

PUBLICATION, PUBLISHED, SUPERSEDED, WITHDRAWN = (
    *("publication", "published"),
    *("superseded", "withdrawn"),
)
SHOWN = (PUBLISHED, SUPERSEDED, WITHDRAWN)
"""States in which it was published; what no longer holds says so."""


def begins_on(row: Undertaking) -> date:
    """The day from which it holds."""
    return date.fromisoformat(str(row.facts["in_force_on"]))


def in_force(
    session: Session, kinds: Collection[str], day: date, area: str | None = None
) -> list[Undertaking]:
    """The publications of some kinds that hold on a day, of an area or (None) of all.

    A version takes the place of the one before also where it was withdrawn later: what it replaced
    does not come back.
    """
    query = select(Undertaking).where(
        col(Undertaking.kind) == PUBLICATION,
        col(Undertaking.state).in_(SHOWN),
        col(Undertaking.facts)["kind"].as_string().in_(kinds),
    )
    if area is not None:
        query = query.where(col(Undertaking.area) == area)
    rows = session.exec(query.order_by(col(Undertaking.id)))
    begun = [one for one in rows if begins_on(one) <= day]
    replaced = {str(one.facts.get("supersedes") or "") for one in begun}
    return [one for one in begun if one.state != WITHDRAWN and one.no not in replaced]


def holds(session: Session, row: Undertaking, day: date) -> bool:
    """Whether a publication binds on a day."""
    if row.state == WITHDRAWN or begins_on(row) > day or _year_is_over(row, day):
        return False
    return row.state == PUBLISHED or _replaced_on(session, row) > day


def effect_told(session: Session, row: Undertaking, day: date) -> str:
    """Whether a publication holds on a day, in words; empty before it was published."""
    if row.state == WITHDRAWN:
        return "已停止执行"
    if row.state not in SHOWN:
        return ""
    begun, told = begins_on(row), ""
    if row.state == SUPERSEDED:
        since, by = _replaced_on(session, row), row.facts.get("superseded_by")
        told = f"{cn_date(since)}起由{by}代替"
        if since <= max(day, begun):
            return f"已由新版代替（{told}）"
    if _year_is_over(row, day):
        return f"{row.facts['year']}年度已经结束"
    stands = "现行有效" if begun <= day else f"尚未施行，{cn_date(begun)}起施行"
    return "，".join(filter(None, (stands, told)))


def _year_is_over(row: Undertaking, day: date) -> bool:
    """Whether it is the plan of a year before."""
    year = row.facts.get("year")
    return isinstance(year, int) and year < day.year


def _replaced_on(session: Session, row: Undertaking) -> date:
    """The day from which the version that took a publication's place holds."""
    query = select(Undertaking).where(
        col(Undertaking.no) == str(row.facts.get("superseded_by")),
        col(Undertaking.kind) == PUBLICATION,
    )
    return begins_on(session.exec(query).one())
