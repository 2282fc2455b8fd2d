"""An incoming file: which platform it is from, and its rows in portions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from sqlmodel import col, select

from domain.files.column_mapping import (
    BadMappings,
    ColumnMapping,
    UnknownColumns,
    known_headings,
    load_mappings,
    missing_columns,
    recognise,
)
from domain.files.rows import RawRow, SpreadsheetError, Table, is_blank
from domain.files.spreadsheet import read_table
from domain.routing.competence import competent_departments
from domain.tables.site import SiteMapping
from flows.imports.rejections import ADDED
from flows.site.office import Office
from flows.site.store import reading

UNREAD = "没有读取的列："
"""How the remark begins that names columns which no field is read from."""
_NAMELESS = re.compile(r"第\d+列")


class Unusable(Exception):
    """A file, mapping, channel or actor with which no row can be imported; says what would do."""


class UnknownHeader(Unusable):
    """A file whose columns no mapping knows: a person may say what they are."""


@dataclass(frozen=True)
class IncomingFile:
    """A file of rows, and how its columns become clues of a channel."""

    path: Path
    table: Table
    mapping_name: str
    mapping: ColumnMapping

    def portions(self, size: int) -> Iterator[list[RawRow]]:
        """The rows in portions, read only when asked for.

        At their end the table's remarks tell which columns without a heading hold something.
        """
        rows = iter(self.table.rows)
        nameless = {one for one in self.table.columns if _NAMELESS.fullmatch(one)}
        filled: set[str] = set()
        while portion := list(islice(rows, size)):
            for row in portion if nameless - filled else ():
                filled |= {one for one in nameless if not is_blank([row.cells.get(one)])}
            yield portion
        if filled:
            told = "、".join(one for one in self.table.columns if one in filled)
            self.table.remarks.append(f"{told}没有表头而有内容，没有读取；请补上表头后重新导入")


def open_incoming(
    office: Office, path: Path, channel: str | None = None, mapping: str | None = None
) -> IncomingFile:
    """The file with the mapping of that name, else the one its header fits; or Unusable.

    `channel` overrules the mapping's own; the mapping's home area is the office's.
    """
    own = own_mappings(office)
    known = {**mappings(office.settings.layers), **own}
    if mapping is not None and mapping not in known:
        names = "、".join(f"{name}（{one.label}）" for name, one in known.items())
        raise Unusable(f"没有列对照表「{mapping}」，可用：{names}")
    if not path.is_file():
        raise Unusable(f"没有「{path}」这个文件，请核对路径")
    try:
        table = read_table(path, known_headings(known.values()))
        fitting = {key: one for key, one in own.items() if not missing_columns(one, table.columns)}
        # What the site settled itself comes before what is delivered.
        name = mapping or recognise(table.columns, fitting or known)
    except UnknownColumns as problem:
        raise UnknownHeader(str(problem)) from problem
    except SpreadsheetError as problem:
        raise Unusable(str(problem)) from problem
    chosen = known[name]
    if missing := missing_columns(chosen, table.columns):
        raise Unusable(
            f"文件 {path} 缺少「{chosen.label}」必须有的列：{'、'.join(missing)}；"
            f"现有列：{'、'.join(table.columns)}"
        )
    if unread := [one for one in table.columns if _is_unread(one, chosen)]:
        table.remarks.append(f"{UNREAD}{'、'.join(unread)}；表头不在「{chosen.label}」对照表中")
    constants = {**chosen.constants, "area": office.settings.area}
    values = {**chosen.values, "area": areas_here(office, chosen.values.get("area", {}))}
    changes = {
        "channel": channel_of(office, channel or chosen.channel),
        "constants": constants,
        "values": values,
        "starts_1904": chosen.starts_1904 or table.starts_1904,
    }
    fitted = chosen.model_copy(update=changes)
    return IncomingFile(path, table, name, fitted)


def areas_here(office: Office, names: Mapping[str, str]) -> dict[str, str]:
    """Of the names of a mapping those of the site's own area, of those above it and below it.

    A mapping that was made for another city so sends nothing there.
    """
    above = competent_departments(office.rules.departments).above
    home = office.settings.area
    return {
        name: area
        for name, area in names.items()
        if home in _upwards(area, above) or area in _upwards(home, above)
    }


def _upwards(area: str, above: Mapping[str, str]) -> set[str]:
    """An area with all those above it."""
    found = {area}
    while (area := above.get(area, area)) not in found:
        found.add(area)
    return found


def _is_unread(column: str, mapping: ColumnMapping) -> bool:
    """Whether a column says something that no field takes; a nameless or repeated one does not."""
    told = re.search(r"第\d+列", column) or column in ADDED
    return not told and not mapping.knows(column)


def own_mappings(office: Office) -> dict[str, ColumnMapping]:
    """The column mappings that the site settled for itself, by name; the newest of each holds."""
    with reading(office.engine) as session:
        rows = session.exec(select(SiteMapping).order_by(col(SiteMapping.id)))
        return {one.name: ColumnMapping.model_validate(one.content) for one in rows}


@cache
def mappings(roots: tuple[Path, ...]) -> Mapping[str, ColumnMapping]:
    """Every column mapping of the site by name; Unusable names what is wrong with one of them.

    `roots`: the folders of its configuration (`Settings.layers`).
    """
    try:
        return load_mappings(roots)
    except BadMappings as fault:
        told = "；".join(map(str, fault.problems))
        raise Unusable(f"{fault.heading}：{told}") from fault


def channel_of(office: Office, word: str) -> str:
    """The id of the channel that a word names: by id, by label, or by a part of one label only.

    Raises Unusable with the channels there are.
    """
    channels = office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    if word in channels:
        return word
    found = [key for key, label in channels.items() if word.strip() and word.strip() in label]
    if len(found) != 1:
        names = "、".join(f"{key}（{label}）" for key, label in channels.items())
        raise Unusable(f"没有线索来源「{word}」，可用：{names}")
    return found[0]
