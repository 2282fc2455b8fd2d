"""Who goes to an inspection: officers of the roster by their certificates, fit on the day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from domain.tables.roster import Avoidance, RosterOfficer, Subject
from flows.site.office import Office

FEWEST = 2
"""行政处罚法第四十二条; of inspections 国办发〔2024〕54号, second-hand."""
Row = dict[str, str]


@dataclass(frozen=True)
class Team:
    """The officers as rows of the record, and everything that stands against them."""

    rows: list[Row]
    complaints: list[str]


def certificates_in(given: object) -> list[str]:
    """The certificate numbers that somebody picked or wrote, each once, however they are parted."""
    text = " ".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
    return list(dict.fromkeys(one for one in re.split(r"[、，,；;\s]+", text) if one))


def team_of(session: Session, office: Office, department: str, certificates: Iterable[str]) -> Team:
    """The officers of a department by their certificate numbers; one it does not have is told."""
    wanted = list(certificates)
    query = select(RosterOfficer).where(col(RosterOfficer.certificate_no).in_(wanted))
    known = {one.certificate_no: one for one in session.exec(query)}
    name = office.rules.departments[department].name
    found: list[str] = []
    rows: list[Row] = []
    for one in wanted:
        officer = known.get(one)
        if officer is None or officer.department_id != department:
            found.append(f"{name}的执法检查人员名录中没有证号{one}")
            continue
        rows.append({"部门": name, "姓名": officer.name, "证号": one})
    return Team(rows, found)


def against_team(
    session: Session, office: Office, team: Sequence[Mapping[str, str]], what: "Where"
) -> list[str]:
    """Everything that stands against a team on a day: too few, ended, left, or who has to avoid."""
    certificates = [one["证号"] for one in team]
    query = select(RosterOfficer).where(col(RosterOfficer.certificate_no).in_(certificates))
    officers = {one.certificate_no: one for one in session.exec(query)}
    avoided = _avoided(session, what)
    found: list[str] = []
    fit: dict[str, set[str]] = {one: set() for one in what.departments}
    for one in team:
        officer = officers.get(one["证号"])
        against = _against(officer, what.day, avoided)
        if against:
            found.append(f"{one['姓名']}（{one['证号']}）{against}")
        elif officer is not None and officer.department_id in fit:
            fit[officer.department_id].add(officer.certificate_no)
    for key, those in fit.items():
        if len(those) < FEWEST:
            name = office.rules.departments[key].name
            found.append(f"{name}能够派出的执法人员{len(those)}名，至少{FEWEST}名")
    return found


@dataclass(frozen=True)
class Where:
    """Where a team goes: the subject's key, the day, and the departments that send somebody."""

    subject: str
    day: date
    departments: tuple[str, ...]


def _against(officer: RosterOfficer | None, day: date, avoided: set[int]) -> str:
    if officer is None:
        return "不在执法检查人员名录中"
    if officer.left_on is not None and officer.left_on <= day:
        return "已不在执法岗位"
    if officer.valid_until is None:
        return "没有登记执法证有效期"
    if officer.valid_until < day:
        return f"执法证已于{officer.valid_until}失效"
    return "应当回避该对象" if (officer.id or 0) in avoided else ""


def _avoided(session: Session, what: Where) -> set[int]:
    query = select(Avoidance).join(Subject, col(Subject.id) == col(Avoidance.subject_id))
    rows = session.exec(
        query.where(col(Subject.key) == what.subject, col(Avoidance.since) <= what.day)
    )
    return {one.officer_id for one in rows if one.until is None or one.until > what.day}
