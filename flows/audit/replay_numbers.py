"""Numbers held against the record: each series counts from its beginning without a gap."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlalchemy import select as plain_select
from sqlmodel import Session, SQLModel, col, select

from domain.tables.record import Counter, Event
from flows.site.office import Office

Series = tuple[str, str, int]
"""Whose, its letters, its year."""
DIGITS = 6
"""So many digits of a dossier's number count within its year; four before them are the year."""


def replay_numbers(session: Session, office: Office) -> Iterator[str]:
    """Series that are not numbered from their beginning to the last number given out."""
    last = {(one.organ, one.series, one.year): one.last for one in session.exec(select(Counter))}
    begins = _begins(session)
    for series, count, highest in _papers(session):
        if not _fits(last.get(series), begins.get(series, 1), count, highest):
            organ, name, year = series
            yield f"文号系列 {organ} {name}〔{year}〕与已制发的文书不符：缺号或者计数被改动"
    for series, count, highest in _dossiers(session, office):
        if not _fits(last.get(series), 1, count, highest):
            yield f"编号系列 {series[1]}{series[2]} 与登记的事项不符：缺号或者计数被改动"


def _fits(last: int | None, begin: int, count: int, highest: int) -> bool:
    return last == highest and count == highest - begin + 1


def _begins(session: Session) -> dict[Series, int]:
    """The first numbers that administrators set, as the record has them."""
    query = (
        select(Event)
        .where(col(Event.process_kind) == "department", col(Event.action) == "begin_numbers")
        .order_by(col(Event.seq))
    )
    return {
        (told["department"], told["series"], told["year"]): int(told["after"])
        for told in (one.detail for one in session.exec(query))
    }


def _papers(session: Session) -> Iterator[tuple[Series, int, int]]:
    papers = SQLModel.metadata.tables["document"].c
    series = (papers.organ, papers.series, papers.year)
    query = plain_select(*series, func.count(), func.max(papers.serial))
    given = query.where(papers.serial.is_not(None)).group_by(*series)
    for organ, name, year, count, highest in session.connection().execute(given).all():
        yield (organ, name, year), count, highest


def _dossiers(session: Session, office: Office) -> Iterator[tuple[Series, int, int]]:
    number = SQLModel.metadata.tables["dossier"].c.no
    length = func.length(number)
    letters = func.substr(number, 1, length - DIGITS)
    tail = func.max(func.substr(number, length - DIGITS + 1))
    query = plain_select(letters, func.count(), tail).group_by(letters)
    kinds = {one.numbers: kind for kind, one in office.rules.lifecycles.items() if one.numbers}
    for start, count, highest in session.connection().execute(query).all():
        name, year = start[:-4], int(start[-4:])
        yield (kinds.get(name, "clue"), name, year), count, int(highest)
