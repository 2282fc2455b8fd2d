"""Column mappings that the site settled for itself, beside those that are delivered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from domain.files.column_mapping import ClueField, ColumnMapping, known_headings
from domain.files.column_proposal import Proposed, missing, propose, settled
from domain.files.rows import RawRow, SpreadsheetError
from domain.files.spreadsheet import read_table
from domain.tables.site import SiteMapping
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import Unusable, mappings, own_mappings
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.row_marks import marked
from flows.site.store import transaction

SHOWN = 10
"""So many rows are shown with a proposal."""
LOOKED_AT = 50
"""So many rows are looked at for what a column holds."""
BASE = "12345"
"""The delivered mapping whose words and bounds a new one begins with."""
LONGEST_NAME = 40


@dataclass(frozen=True)
class Proposal:
    """An unknown file: its columns, first rows, and the column proposed for each field."""

    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    proposed: Mapping[ClueField, Proposed]

    @property
    def chosen(self) -> dict[ClueField, str]:
        """The columns proposed, as a person may settle them."""
        return {one: each.column for one, each in self.proposed.items()}


def propose_for(clerk: Clerk, path: Path) -> Proposal:
    """What the columns of a file may be; Unusable where it cannot be read at all."""
    known = {**mappings(clerk.office.settings.layers), **own_mappings(clerk.office)}
    try:
        table = read_table(path, known_headings(known.values()))
        rows = tuple(islice(table.rows, LOOKED_AT))
    except SpreadsheetError as problem:
        raise Unusable(str(problem)) from problem
    proposed = propose(table.columns, rows, _base(clerk), clerk.now)
    return Proposal(table.columns, rows[:SHOWN], proposed)


def keep_mapping(
    clerk: Clerk, name: str, chosen: Mapping[ClueField, str], columns: tuple[str, ...]
) -> ColumnMapping:
    """Keeps how such files are read, under a name, on record; Unusable with all that is wrong."""
    name = " ".join(name.split())
    if faults := [*_misnamed(clerk, name), *_faults(chosen, columns)]:
        raise Unusable("；".join(faults))
    try:
        mapping = settled(name, _base(clerk), chosen, columns)
    except ValidationError as fault:
        raise Unusable(f"列对照表有误：{fault.errors()[0]['msg']}") from fault
    told = {one: column for one, column in chosen.items() if column}
    with transaction(clerk.office.engine) as session:
        row = SiteMapping(
            name=name,
            content=mapping.model_dump(mode="json"),
            saved_by=clerk.actor.id,
            saved_at=clerk.now,
        )
        session.add(row)
        session.flush()
        detail = {"name": name, "columns": told, **marked("mapping", row, clerk.office.keys.chain)}
        act = Act("save_mapping", clerk.actor, clerk.now, detail)
        append(session, [act_event(Thing("mapping"), act)], clerk.office.keys.chain)
    return mapping


def _base(clerk: Clerk) -> ColumnMapping:
    return mappings(clerk.office.settings.layers)[BASE]


def _misnamed(clerk: Clerk, name: str) -> Iterator[str]:
    if not name or len(name) > LONGEST_NAME:
        yield f"请填写对照表的名称，不超过{LONGEST_NAME}字"
    if name in mappings(clerk.office.settings.layers):
        yield f"「{name}」是配置中的对照表，请另起名称"


def _faults(chosen: Mapping[ClueField, str], columns: tuple[str, ...]) -> Iterator[str]:
    if lacks := missing(chosen):
        yield f"还没有选定列：{'、'.join(lacks)}"
    used = [one for one in chosen.values() if one]
    if strange := sorted(set(used) - set(columns)):
        yield f"文件中没有列：{'、'.join(strange)}"
    if twice := sorted({one for one in used if used.count(one) > 1}):
        yield f"一列只能对应一项：{'、'.join(twice)}"
