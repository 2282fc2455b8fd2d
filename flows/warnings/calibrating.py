"""How bold the indicator of surges is: set in false alarms a year, on the site's own clues."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.limits.limit import day_of
from domain.situation.situation import Actor
from domain.surge.calibration import Calibration, calibrate
from domain.tables.warning import IndicatorSetting
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.row_marks import marked
from flows.site.store import reading, transaction
from flows.warnings.reports_read import read_reports

SURGE = "surge"
LONGEST = timedelta(days=1096)
"""Older clues say little about how many come in now."""


@dataclass(frozen=True)
class Trial:
    """What a calibration is made with: false alarms wanted a year, rounds of shuffling, a seed."""

    wanted: float
    rounds: int
    seed: int


class NotSet(Exception):
    """No setting keeps to the false alarms that are wanted; told in Chinese."""


def try_settings(office: Office, trial: Trial, now: datetime) -> Calibration:
    """All settings on the site's clues of three years, shuffled and as they are; nothing is set.

    Raises `domain.surge.calibration.TooLittle`.
    """
    today = day_of(now)
    with reading(office.engine) as session:
        reports = read_reports(session, _first(today), today)
    rule = office.rules.indicators[SURGE]
    return calibrate(reports, rule, trial.wanted, trial.rounds, trial.seed)


def set_indicator(
    office: Office, trial: Trial, found: Calibration, actor: Actor, now: datetime
) -> IndicatorSetting:
    """From now on surges are raised by the setting that a calibration chose; or NotSet."""
    if found.chosen is None:
        least = found.tried[-1]
        raise NotSet(
            f"最谨慎的设置一年仍误报{least.false_a_year:.1f}次，多于要求的{trial.wanted:g}次；请放宽次数"
        )
    row = IndicatorSetting(
        indicator=SURGE,
        chance=found.chosen.chance,
        wanted=trial.wanted,
        false_a_year=found.chosen.false_a_year,
        real_a_year=found.chosen.real_a_year,
        clues=found.reports,
        days=found.days,
        rounds=found.rounds,
        seed=trial.seed,
        set_by=actor.id,
        set_at=now,
    )
    told = row.model_dump(include={"chance", "wanted", "false_a_year", "clues", "rounds", "seed"})
    with transaction(office.engine) as session:
        session.add(row)
        session.flush()
        told |= marked("indicator", row, office.keys.chain)
        act = Act("calibrate", actor, now, {"indicator": SURGE, **told})
        append(session, [act_event(Thing("indicator", row.id or 0), act)], office.keys.chain)
        session.refresh(row)
        session.expunge(row)
    return row


def _first(today: date) -> date:
    return today - LONGEST
