"""The cells of an XLSX that hold a formula without a value, or an error: what stands there.

The reader of workbooks gives a formula without a value as empty: a column that a program wrote and
never computed would be lost without a word.
"""

import re
import zipfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from posixpath import join, normpath

from domain.files.rows import NoValue

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>/]*)>(.*?)</c>', re.DOTALL)
_FORMULA = re.compile(rb"<f[^>/]*>(.*?)</f>", re.DOTALL)
_VALUE = re.compile(rb"<v[^>/]*>([^<]+)</v>")
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"[^>]*?:id="([^"]*)"')
_RELATION = re.compile(r"<Relationship [^>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
FOLDER = "xl"
Cells = Mapping[int, Mapping[int, NoValue]]
"""By row and column, both from 0."""


def valueless_cells(path: Path) -> Mapping[str, Cells]:
    """By sheet name the cells; other kinds of workbooks tell none."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        parts = _parts(archive) if f"{FOLDER}/workbook.xml" in names else {}
        return {name: _cells(archive.read(part)) for name, part in parts.items() if part in names}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The member of the archive that holds each sheet."""
    book = archive.read(f"{FOLDER}/workbook.xml").decode("utf-8", "replace")
    told = archive.read(f"{FOLDER}/_rels/workbook.xml.rels").decode("utf-8", "replace")
    relations = [dict(_ATTRIBUTE.findall(one)) for one in _RELATION.findall(told)]
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    return {
        unescape(name): normpath(join(FOLDER, targets.get(key, ""))).removeprefix("/")
        for name, key in _SHEET.findall(book)
    }


def _cells(sheet: bytes) -> Cells:
    if b"<f" not in sheet and b't="e"' not in sheet:
        return {}
    found: dict[int, dict[int, NoValue]] = {}
    for column, row, attributes, inner in _CELL.findall(sheet):
        value, formula = _VALUE.search(inner), _FORMULA.search(inner)
        if b't="e"' in attributes and value:
            stands = value.group(1).decode()
        elif formula and not value:
            stands = "=" + unescape(formula.group(1).decode("utf-8", "replace"))
        else:
            continue
        found.setdefault(int(row) - 1, {})[_number(column.decode())] = NoValue(stands)
    return found


def _number(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1
