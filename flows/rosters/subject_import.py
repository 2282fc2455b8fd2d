"""A file of subjects laid over the roster: every row's fate first, then all of them at once."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from domain.files.cells import line_of
from domain.files.rows import RawRow, SpreadsheetError, Table, heading
from domain.files.spreadsheet import read_table
from domain.limits.limit import day_of
from domain.rosters.adjustment import Fate
from domain.rosters.listed_subject import ListedSubject
from domain.rosters.subject_row import read_subject
from domain.shapes.entries import Strings
from flows.people.user_keeping import Keeper, NotKept
from flows.rosters.roster_rows import GRADERS, Writer, roster_of, scheme_of
from flows.site.store import reading, transaction

GRADE_COLUMNS = ("grade", "grade_day")
WHO_GRADES = (
    "信用风险等级不公开，由督办员导入；其他各列照常登记，需要登记等级的，请把文件交督办员导入"
)


@dataclass(frozen=True)
class RosterTrial:
    """What a file does or did: the fate of every row, and what was said of the file itself."""

    fates: tuple[Fate, ...]
    remarks: tuple[str, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows have each fate, and how many raise a question."""
        found = Counter({"added": 0, "changed": 0, "same": 0, "aside": 0})
        found.update(one.kind for one in self.fates)
        found["asked"] = sum(bool(one.questions) for one in self.fates)
        return found


def roster_table(
    path: Path, columns: Mapping[str, Strings], needed: Callable[[], str], key: str = "name"
) -> Table:
    """The table of a roster's file; NotKept where it cannot be read or bears other headings.

    `needed` tells of the headings that must be there; without that of `key` it is no such file.
    """
    known = frozenset(heading(name) for names in columns.values() for name in names)
    try:
        table = read_table(path, known)
    except SpreadsheetError as problem:
        raise NotKept({"file": str(problem)}) from problem
    if not {heading(name) for name in columns[key]} & {heading(one) for one in table.columns}:
        raise NotKept({"file": f"没有找到“{columns[key][0]}”列；{needed()}"})
    return table


def try_subjects(keeper: Keeper, path: Path) -> RosterTrial:
    """The fate of every row, with nothing changed; NotKept for a file that is no roster."""
    with reading(keeper.office.engine) as session:
        return _trial(session, keeper, path)


def import_subjects(keeper: Keeper, path: Path, name: str) -> RosterTrial:
    """Takes a file (called `name`) into the roster of the keeper's area, in one transaction.

    Rows with faults are left aside, each with its reasons; NotKept for a file that is no roster.
    """
    with transaction(keeper.office.engine) as session:
        found = _trial(session, keeper, path)
        digest = sha256(path.read_bytes()).hexdigest()
        writer = Writer(session, keeper, f"{name}（SHA-256 {digest[:12]}）")
        for first, last in settled(found.fates):
            writer.write(first.before, last)
        if writer.changes:
            counts = {key: found.counts[key] for key in ("added", "changed", "aside")}
            writer.record("import_subjects", 0, {"label": name, "sha256": digest, **counts})
    return found


def settled(fates: tuple[Fate, ...]) -> Iterator[tuple[Fate, ListedSubject]]:
    """Each subject once: how it stood before the file, and how the last of its rows leaves it."""
    begun: dict[tuple[str, str], Fate] = {}
    ended: dict[tuple[str, str], ListedSubject] = {}
    for one in fates:
        if one.after is None or one.kind == "same":
            continue
        key = ("", str(one.after.id)) if one.after.id else (one.after.kind, _called(one.after))
        begun.setdefault(key, one)
        ended[key] = one.after
    for key, first in begun.items():
        yield first, ended[key]


def _called(one: ListedSubject) -> str:
    return one.credit_code or one.name


def _trial(session: Session, keeper: Keeper, path: Path) -> RosterTrial:
    words, scheme = keeper.office.rules.rosters, scheme_of(keeper.office)
    columns = words.columns.subjects
    usual = "、".join(columns[key][0] for key in subject_columns(keeper.actor.roles, columns))
    table = roster_table(path, columns, lambda: f"可用的列名：{usual}")
    roster, today = roster_of(session, keeper), day_of(keeper.now)
    rows = table.rows if keeper.actor.roles & GRADERS else _ungraded(table, columns)
    fates = tuple(roster.lay(read_subject(row, words, scheme, today)) for row in rows)
    return RosterTrial(fates, tuple(table.remarks))


def subject_columns(roles: Collection[str], columns: Mapping[str, Strings]) -> tuple[str, ...]:
    """The columns of a file of subjects that somebody in these roles may fill."""
    may_grade = bool(GRADERS.intersection(roles))
    return tuple(key for key in columns if may_grade or key not in GRADE_COLUMNS)


def _ungraded(table: Table, columns: Mapping[str, Strings]) -> Iterator[RawRow]:
    """The rows without their classes; the file's remarks say how many bore one, and why."""
    graded = {heading(name) for key in GRADE_COLUMNS for name in columns[key]}
    classes = {heading(name) for name in columns["grade"]}
    borne = 0
    for row in table.rows:
        named = {name: heading(name) for name in row.cells}
        borne += any(line_of(row.cells[name]) for name, one in named.items() if one in classes)
        left = {name: cell for name, cell in row.cells.items() if named[name] not in graded}
        yield replace(row, cells=left)
    if borne:
        table.remarks.append(f"{borne}行填写的“{columns['grade'][0]}”没有登记：{WHO_GRADES}")
