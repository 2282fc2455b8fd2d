"""Files of officers and experts taken into their rosters: each row added, adjusted or set aside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from sqlmodel import Session, col, select

from domain.files.named_cells import NamedCells
from domain.limits.limit import day_of
from domain.rosters.adjustment import Fate, FateKind
from domain.tables.roster import RosterExpert, RosterOfficer
from flows.people.user_keeping import Keeper
from flows.rosters.people_keeping import keeps_officers_of
from flows.rosters.roster_rows import area_of
from flows.rosters.subject_import import RosterTrial, roster_table
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.row_marks import all_marked
from flows.site.store import reading, transaction

People = Literal["officers", "experts"]
Key = tuple[str, ...]
Values = Mapping[str, Any]
ALSO_EXPERT = "同时在专家名录中，专家不作为执法人员抽取，请核对"


@dataclass(frozen=True)
class Reading:
    """A row of people: its fate, whom it means, and what it says of him; nothing if set aside."""

    fate: Fate
    key: Key = ()
    values: Values | None = None


def try_people(keeper: Keeper, path: Path, people: People) -> RosterTrial:
    """The fate of every row, with nothing changed; NotKept for a file that is no roster."""
    with reading(keeper.office.engine) as session:
        found, remarks = _read(session, keeper, path, people)
        return RosterTrial(tuple(one.fate for one in found), remarks)


def import_people(keeper: Keeper, path: Path, name: str, people: People) -> RosterTrial:
    """Takes a file (called `name`) of officers or experts into their roster, on record."""
    with transaction(keeper.office.engine) as session:
        found, remarks = _read(session, keeper, path, people)
        trial = RosterTrial(tuple(one.fate for one in found), remarks)
        rows = _known(session, keeper, people)
        settled = {one.key: one.values for one in found if one.values is not None}
        written: list[RosterOfficer | RosterExpert] = []
        for key, values in settled.items():
            row = rows.get(key)
            if row is None:
                row = RosterOfficer(**values) if people == "officers" else RosterExpert(**values)
            for field, value in values.items():
                setattr(row, field, value)
            session.add(row)
            written.append(row)
        if settled:
            session.flush()
            kind = "officer" if people == "officers" else "expert"
            marks = all_marked(kind, written, keeper.office.keys.chain)
            digest = sha256(path.read_bytes()).hexdigest()
            counts = {key: trial.counts[key] for key in ("added", "changed", "aside")}
            detail = {"label": name, "sha256": digest, **counts, **marks}
            act = Act(f"import_{people}", keeper.actor, keeper.now, detail)
            append(session, [act_event(Thing("subject"), act)], keeper.office.keys.chain)
    return trial


def _known(
    session: Session, keeper: Keeper, people: People
) -> dict[Key, RosterOfficer | RosterExpert]:
    if people == "officers":
        return {(one.certificate_no,): one for one in session.exec(select(RosterOfficer))}
    here = select(RosterExpert).where(col(RosterExpert.area) == area_of(keeper))
    return {(one.name, one.unit): one for one in session.exec(here)}


def _read(
    session: Session, keeper: Keeper, path: Path, people: People
) -> tuple[list[Reading], tuple[str, ...]]:
    columns = getattr(keeper.office.rules.rosters.columns, people)
    usual = "、".join(names[0] for names in columns.values())
    table = roster_table(path, columns, lambda: f"可用的列名：{usual}")
    cells = (NamedCells(row, columns) for row in table.rows)
    known: dict[Key, Values]
    known = {key: one.model_dump() for key, one in _known(session, keeper, people).items()}
    if people == "officers":
        experts = set(session.exec(select(RosterExpert.name)))  # of any area: nobody is both
        return list(_officers(keeper, cells, known, experts)), tuple(table.remarks)
    return list(_experts(keeper, cells, known)), tuple(table.remarks)


def _officers(
    keeper: Keeper, rows: Iterable[NamedCells], known: dict[Key, Values], experts: set[str]
) -> Iterator[Reading]:
    departments, here = keeper.office.rules.departments, area_of(keeper)
    labels = {k: one.name for k, one in departments.items() if one.area == here and not one.closed}
    for cells in rows:
        name, number = cells.line("name", required=True), cells.number("certificate_no")
        until, fields = cells.day("valid_until"), list(cells.words("fields"))
        named = cells.named("department", labels) or (keeper.actor.department,)
        _check_certificate(cells, number, until, day_of(keeper.now))
        if not keeps_officers_of(keeper, named[0]):
            cells.blame("department", "是其他单位，由该单位或者督办员登记")
        old = known.get((number,))
        if old and old["name"] != name:
            cells.blame("certificate_no", f"在名录中是{old['name']}的")
        values: dict[str, Any] = {"name": name, "department_id": named[0]}
        values |= {"certificate_no": number, "valid_until": until}
        values |= {"fields": fields, "left_on": None}
        asked = (ALSO_EXPERT,) if name in experts else ()
        yield _weighed(cells, (number,), values, known, asked)


def _check_certificate(cells: NamedCells, number: str, until: date | None, today: date) -> None:
    if not number:
        cells.blame("certificate_no", "没有填写，没有执法证件的不得从事行政检查")
    if until is None and not cells.line("valid_until"):
        cells.blame("valid_until", "没有填写，请填写执法证件上的有效期")
    elif until is not None and until < today:
        cells.blame("valid_until", f"已过（{until}），换证后再登记")


def _experts(
    keeper: Keeper, rows: Iterable[NamedCells], known: dict[Key, Values]
) -> Iterator[Reading]:
    here = area_of(keeper)
    for cells in rows:
        name, unit = cells.line("name", required=True), cells.line("unit", required=True)
        fields = list(cells.words("fields"))
        if not fields:
            cells.blame("fields", "没有填写")
        values = {"name": name, "unit": unit, "area": here, "fields": fields, "left_on": None}
        yield _weighed(cells, (name, unit), values, known, ())


def _weighed(
    cells: NamedCells, key: Key, values: Values, known: dict[Key, Values], asked: tuple[str, ...]
) -> Reading:
    """The fate of a row, and what later rows of the same person are compared with."""
    name, row = str(values["name"]), cells.row.row
    if cells.faults:
        return Reading(Fate(row, name, "aside", faults=tuple(cells.faults)))
    old = known.get(key)
    is_same = old is not None and all(old[field] == value for field, value in values.items())
    kind: FateKind = "added" if old is None else "same" if is_same else "changed"
    known[key] = {**(old or {}), **values}
    return Reading(Fate(row, name, kind, questions=asked), key, None if is_same else values)
