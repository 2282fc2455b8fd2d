"""Credit-risk classes of a quarter or month laid over the roster: every row's fate, then all."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from domain.files.rows import RawRow
from domain.limits.limit import day_of
from domain.rosters.class_row import read_class
from flows.people.user_keeping import Keeper
from flows.rosters.roster_rows import Writer, roster_of, scheme_of
from flows.rosters.subject_import import RosterTrial, roster_table, settled
from flows.site.store import reading, transaction

IMPORTED = "import_classes"
"""The act under which an import stands in the record."""


def try_classes(keeper: Keeper, path: Path) -> RosterTrial:
    """The fate of every row, with nothing changed; NotKept for a file that bears no classes."""
    with reading(keeper.office.engine) as session:
        return _trial_of_file(session, keeper, path)


def import_classes(keeper: Keeper, path: Path, name: str) -> RosterTrial:
    """Takes a file (called `name`) of classes into the roster, in one transaction, on record.

    Rows with faults are left aside, each with its reasons; no class goes back to an older day.
    """
    with transaction(keeper.office.engine) as session:
        found = _trial_of_file(session, keeper, path)
        digest = sha256(path.read_bytes()).hexdigest()
        take_classes(session, keeper, found, (name, digest))
    return found


def trial_of(session: Session, keeper: Keeper, rows: Iterable[RawRow]) -> RosterTrial:
    """What rows of classes do to the roster of the keeper's area."""
    words, scheme = keeper.office.rules.rosters, scheme_of(keeper.office)
    roster, today = roster_of(session, keeper), day_of(keeper.now)
    return RosterTrial(
        tuple(roster.grade(read_class(one, words, scheme, today)) for one in rows), ()
    )


def push_classes(
    session: Session, keeper: Keeper, told: Sequence[Mapping[str, str]], source: str
) -> RosterTrial:
    """Takes classes pushed by another system, in a transaction of the caller's, on record.

    Each is named by the keys of `columns.classes` in `config/rosters.yaml`; `source`: whose they
    are. The same rules as for a file: what has a fault is set aside and stops none.
    """
    headings = keeper.office.rules.rosters.columns.classes
    rows = [
        RawRow(number, {headings[key][0]: value for key, value in one.items() if key in headings})
        for number, one in enumerate(told, start=1)
    ]
    found = trial_of(session, keeper, rows)
    content = json.dumps([dict(one) for one in told], sort_keys=True, ensure_ascii=False)
    take_classes(session, keeper, found, (source, sha256(content.encode()).hexdigest()))
    return found


def take_classes(
    session: Session, keeper: Keeper, found: RosterTrial, source: tuple[str, str]
) -> None:
    """Writes what a trial found, within the caller's transaction; `source`: its name and hash."""
    name, digest = source
    writer = Writer(session, keeper, f"{name}（SHA-256 {digest[:12]}）")
    for first, last in settled(found.fates):
        writer.write(first.before, last)
    counts = {key: found.counts[key] for key in ("changed", "same", "aside")}
    writer.record(IMPORTED, 0, {"label": name, "sha256": digest, **counts})


def _trial_of_file(session: Session, keeper: Keeper, path: Path) -> RosterTrial:
    columns = keeper.office.rules.rosters.columns.classes
    usual = "、".join(names[0] for names in columns.values())
    table = roster_table(path, columns, lambda: f"可用的列名：{usual}", "grade")
    found = trial_of(session, keeper, table.rows)
    return RosterTrial(found.fates, tuple(table.remarks))
