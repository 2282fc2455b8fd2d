"""The discretion standards that organs entered for themselves, laid over those of `config/`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.rulebook.rulebook import CitedArticle, Rulebook
from domain.shapes.discretion import Degree, DegreeTable, DiscretionStandard, WrittenStandard
from domain.shapes.entries import Citation, Instrument
from domain.tables.site import SiteStandard

WHOLE = "裁量基准"
"""What is cited of a document whose article was not named."""


@dataclass(frozen=True)
class Version:
    """A confirmed version and the day from which it really holds."""

    row: SiteStandard
    written: WrittenStandard
    from_day: date


def with_standards(rules: Rulebook, session: Session) -> Rulebook:
    """The rules with every organ's confirmed standards, each citing the document it stands in."""
    versions = list(confirmed_versions(session))
    found: dict[str, DiscretionStandard] = {}
    for one in versions:
        before = found.get(one.row.standard)
        values = {**(before.values if before else {}), one.from_day: _table(one)}
        found[one.row.standard] = DiscretionStandard(
            conduct=one.written.conduct,
            matters=one.written.matters,
            organ=one.row.department_id,
            values=values,
        )
    cited = {key: article for one in versions for key, article in _cited(one)}
    written = {instrument_id(one.row): _instrument(one) for one in versions}
    return replace(
        rules,
        discretion=MappingProxyType({**rules.discretion, **found}),
        citations=MappingProxyType({**rules.citations, **cited}),
        instruments=MappingProxyType({**rules.instruments, **written}),
    )


def confirmed_versions(session: Session, standard: str = "") -> Iterable[Version]:
    """The versions in force, past and to come, in the order in which they were confirmed.

    A version begins on its day, or on the day of its confirmation if that is later; where another
    one began on that very day, on the next: what has once been in force is never changed.
    """
    query = select(SiteStandard).where(col(SiteStandard.confirmed_at).is_not(None))
    if standard:
        query = query.where(col(SiteStandard.standard) == standard)
    begun: dict[str, set[date]] = {}
    for row in session.exec(query.order_by(col(SiteStandard.confirmed_at), col(SiteStandard.id))):
        if row.confirmed_at is None:
            continue
        days, today = begun.setdefault(row.standard, set()), day_of(row.confirmed_at)
        day = max(row.from_day, today)
        if day == today and day in days:
            day += timedelta(days=1)
        days.add(day)
        yield Version(row, WrittenStandard.model_validate(row.content), day)


def instrument_id(row: SiteStandard) -> str:
    """The id of the document a version stands in, among the instruments of the rulebook."""
    return f"standard{row.id}"


def citation_id(row: SiteStandard) -> str:
    """The id by which the document is cited."""
    return f"{instrument_id(row)}-1"


def in_words(degrees: Iterable[Degree]) -> str:
    """What an article about the degrees says, in one line."""
    return "；".join(f"{one.label}：{'、'.join(one.factors)}" for one in degrees)


def _table(one: Version) -> DegreeTable:
    return DegreeTable(basis=citation_id(one.row), degrees=one.written.degrees)


def _instrument(one: Version) -> Instrument:
    written, row = one.written, one.row
    checked = day_of(row.confirmed_at or row.entered_at)
    article = Citation(
        article=written.article or WHOLE,
        says=in_words(written.degrees.values()) or f"自此日起不再适用：{written.reason}",
        evidence=written.evidence,
        last_checked=checked,
    )
    made: dict[str, object] = {
        "title": written.title,
        "number": written.number,
        "from": written.issued_on,
        "note": "本单位登记的裁量基准",
        "citations": {citation_id(row): article},
    }
    return Instrument.model_validate(made)


def _cited(one: Version) -> Iterable[tuple[str, CitedArticle]]:
    instrument = _instrument(one)
    for key, article in instrument.citations.items():
        yield (
            key,
            CitedArticle(
                id=key,
                title=instrument.title,
                number=instrument.number,
                article=article.article,
                says=article.says,
                evidence=article.evidence,
                last_checked=article.last_checked,
                from_=instrument.from_,
                until=None,
                note=instrument.note,
            ),
        )
