"""What stands out on a day in the site's clues, by every indicator that is computed."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from domain.surge.reports import YIELD, Remedy, Report, Signal
from domain.surge.signals import Wanted, clusters, relapses, repeated_subjects, surges, yields
from domain.tables.undertaking import Undertaking
from domain.tables.warning import IndicatorSetting
from flows.site.office import Office
from flows.warnings.reports_read import begun_before, first_day, read_remedies, read_reports
from flows.warnings.results_read import read_results

KIND = "risk_warning"


@dataclass(frozen=True)
class Found:
    """What stands out, with the remedies behind relapses by subject and matter."""

    signals: tuple[Signal, ...]
    remedies: tuple[Remedy, ...]


def signals_of(session: Session, office: Office, today: date) -> Found:
    """Every signal of a day; one query for the clues of the longest window, whatever the record."""
    rules = {key: one for key, one in office.rules.indicators.items() if one.is_computed}
    of_clues = (one for key, one in rules.items() if key != YIELD)
    span = max((one.days + one.base_days for one in of_clues), default=0)
    reports = read_reports(session, today - timedelta(days=span - 1), today)
    found: list[Signal] = []
    remedies: list[Remedy] = []
    for key, rule in rules.items():
        wanted = Wanted(key, rule, chance_in_force(session, office, key))
        if key == "repeat_subject":
            found += repeated_subjects(reports, today, wanted)
        elif key == "place_cluster":
            found += clusters(reports, today, wanted)
        elif key == "relapse":
            remedies = read_remedies(session, today - timedelta(days=rule.days))
            found += relapses(reports, remedies, today, wanted)
        elif key == "surge":
            found += surges(*_compared(session, reports, today, wanted))
        elif key == YIELD:
            first = today - timedelta(days=rule.days + rule.base_days - 1)
            found += yields(*read_results(session, first, today), today, wanted)
    return Found(tuple(found), tuple(remedies))


def _compared(
    session: Session, reports: list[Report], today: date, wanted: Wanted
) -> tuple[list[Report], date, Wanted, frozenset[int]]:
    """The reports of sources that are older than the days compared with, and those explained."""
    start = today - timedelta(days=wanted.rule.days + wanted.rule.base_days - 1)
    old = begun_before(session, {one.channel for one in reports}, start)
    known = _found_true(session)
    explained = frozenset(one.id for one in reports if one.no in known)
    return [one for one in reports if one.channel in old], today, wanted, explained


def _found_true(session: Session) -> frozenset[str]:
    """The clues of surges that ended with a problem found: they are no base for the next."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND, col(Undertaking.state) == "closed"
    )
    return frozenset(
        str(line["编号"])
        for row in session.exec(query)
        if row.facts.get("indicator") == "surge" and row.facts.get("result") == "problem"
        for line in row.facts.get("reports") or ()
    )


def chance_in_force(session: Session, office: Office, indicator: str) -> float:
    """How likely a surge may be by chance at most: as calibrated last, else as delivered."""
    found = setting_of(session, indicator)
    return found.chance if found else float(office.rules.indicators[indicator].chance)


def setting_of(session: Session, indicator: str) -> IndicatorSetting | None:
    """The last calibration of an indicator; None before the first."""
    query = select(IndicatorSetting).where(col(IndicatorSetting.indicator) == indicator)
    return session.exec(query.order_by(col(IndicatorSetting.id).desc())).first()


def year_before(session: Session, signal: Signal, today: date, days: int) -> str:
    """The same days of last year beside a surge, for the eye; or that there is no base yet."""
    last = today - timedelta(days=365)
    first = last - timedelta(days=days - 1)
    begun = first_day(session)
    if begun is None or begun > first:
        return "去年同期基线不足"
    area, _, matter = signal.cell.partition("|")
    same = [
        one
        for one in read_reports(session, first, last)
        if (one.area, one.matter) == (area, matter)
    ]
    return f"去年同期{len(same)}件"
