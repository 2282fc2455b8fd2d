"""A backup of a site: its database of one moment, its papers, its files; and back again.

A folder with `database.sqlite3` – also of a PostgreSQL database, so that it can be restored into
either –, `shelf/`, `home/`, `config/` and `manifest.json`. The keys are not in it: whoever had both
could write a record anew.
"""

import hashlib
import json
import shutil
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine, text

from documents.output.exchange import Exchange
from documents.output.shelf import DamagedOnShelf, NotOnShelf, Shelf
from flows.site.first_start import database_file, remains
from flows.site.keys import load_keys
from flows.site.schema import newest_revision, revision_of, upgrade
from flows.site.settings import Settings
from flows.site.store import open_store
from flows.site.stored_documents import DatabaseTray
from flows.upkeep.row_copy import copy_rows

DATABASE, SHELF, HOME, CONFIG, MANIFEST = (
    "database.sqlite3",
    "shelf",
    "home",
    "config",
    "manifest.json",
)
FILES = ("site.env", "chain-heads.txt", "demonstration")
FOLDERS = ("uploads", "write-back", "publicity", "rejected")
"""What of the home folder, and what of the exchange, is kept besides database, papers, keys."""
NAMED = text(
    "SELECT sha256 FROM document UNION SELECT sha256 FROM attachment"
    " UNION SELECT sha256 FROM template_version"
)
HEAD = text("SELECT seq, hash FROM chain_head")


class NotBackedUp(Exception):
    """The backup could not be made; says why."""


class NotRestored(Exception):
    """The backup is not whole, or there is something where it should go; says what."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: of which program and tables, when, how far the record went."""

    program: str
    revision: str
    made_at: str
    events: int
    head: str
    papers: int
    database_sha256: str


# --- making one ----------------------------------------------------------------------------------


def back_up(settings: Settings, folder: Path, now: datetime) -> Manifest:
    """Writes the backup into a folder: a new one, or an earlier one, whose papers are kept.

    The database first: papers are stored before the row that names them, and never taken away.
    NotBackedUp where a paper that a row names is missing or altered.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder / f".{DATABASE}.new"
    kept.unlink(missing_ok=True)
    engine = open_store(settings.database)
    try:
        revision = revision_of(engine)
        if not revision:
            raise NotBackedUp("数据库里还没有表，没有可以备份的内容")
        _keep_database(settings, engine, kept)
    finally:
        engine.dispose()
    _keep_files(settings, folder)
    own = open_store(f"sqlite:///{kept}")
    try:
        papers = _carry_papers(
            _opened(settings.shelf, settings.keys, own), Shelf(str(folder / SHELF)), own
        )
        if papers.lost:
            raise NotBackedUp(f"文书存储缺少或者损坏{len(papers.lost)}份：{papers.lost[0]}")
        events, head = _end_of_record(own)
    finally:
        own.dispose()
    made = Manifest(
        program=version("yisong"),
        revision=revision,
        made_at=now.isoformat(timespec="seconds"),
        events=events,
        head=head,
        papers=papers.there,
        database_sha256=_sha256(kept),
    )
    kept.replace(folder / DATABASE)
    told = json.dumps(asdict(made), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(told + "\n", encoding="utf-8")
    return made


def _keep_database(settings: Settings, engine: Engine, kept: Path) -> None:
    """The database of one moment as a SQLite file, whatever is written to it meanwhile."""
    file = database_file(settings)
    if file is not None:
        with sqlite3.connect(file) as source, sqlite3.connect(kept) as target:
            source.backup(target)
        source.close()
        target.close()
        return
    target_engine = open_store(f"sqlite:///{kept}")
    try:
        upgrade(target_engine)
        copy_rows(engine, target_engine)
    finally:
        target_engine.dispose()
    _close_journal(kept)


def _close_journal(file: Path) -> None:
    """Everything into the one file: what stands in the journal beside it would be left behind."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def _keep_files(settings: Settings, folder: Path) -> None:
    home = folder / HOME
    home.mkdir(exist_ok=True)
    for name in FILES:
        if (settings.home / name).is_file():
            shutil.copy2(settings.home / name, home / name)
    for name in FOLDERS:
        Exchange(settings.exchange).copy_to(Exchange(str(home)), name)
    if settings.config is not None:
        shutil.copytree(settings.config, folder / CONFIG, dirs_exist_ok=True)


# --- papers --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Papers:
    """How many papers lie on a shelf, and what is wrong with those that rows name."""

    there: int
    lost: tuple[str, ...]


def _opened(address: str, keys: Path, rows: Engine) -> Shelf:
    """A shelf that is read with the site's keys, where they are at hand: letters to reporters.

    `rows`: the database in which papers lie that were not carried to it yet.
    """
    return Shelf(address, load_keys(keys) if keys.is_file() else None, DatabaseTray(rows))


def _carry_papers(source: Shelf, target: Shelf, engine: Engine) -> Papers:
    """Everything of a shelf onto another; what rows name is read, and so held against its hash."""
    named = _named(engine)
    lost, there = [], 0
    for sha256 in sorted({*named, *source.everything()}):
        try:
            if not target.has(sha256):
                source.copy_to(target, sha256)
            there += 1
        except (NotOnShelf, DamagedOnShelf) as fault:
            if sha256 in named:
                lost.append(str(fault))
    return Papers(there, tuple(lost))


def _named(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(NAMED).scalars())


def _end_of_record(engine: Engine) -> tuple[int, str]:
    with engine.connect() as connection:
        found = connection.execute(HEAD).one_or_none()
    return (found.seq, found.hash) if found else (0, "")


# --- and back ------------------------------------------------------------------------------------


def restore(settings: Settings, folder: Path, keys: Path) -> Manifest:
    """Puts a backup where the settings say: database, papers, files, and the keys given.

    NotRestored where anything of a site is there, the database is not the one that the manifest
    tells of, or a paper that a row names is missing or altered. Whoever calls verifies the record.
    """
    made = _read(folder)
    if there := _in_the_way(settings):
        raise NotRestored(f"这里已经有{'、'.join(there)}，没有恢复；请用 --home、--db 另指位置")
    if not keys.is_file():
        raise NotRestored(f"没有密钥文件 {keys}：没有原来的密钥，恢复出来的记录打不开")
    if _sha256(folder / DATABASE) != made.database_sha256:
        raise NotRestored(f"{folder / DATABASE} 与备份时的校验值不符，备份已损坏")
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _bring_database(settings, folder, made)
    _bring_files(settings, folder, keys)
    engine = open_store(settings.database)
    try:
        source = _opened(str(folder / SHELF), keys, engine)
        papers = _carry_papers(source, Shelf(settings.shelf), engine)
        if papers.lost:
            raise NotRestored(f"备份缺少或者损坏{len(papers.lost)}份文书：{papers.lost[0]}")
        if _end_of_record(engine) != (made.events, made.head):
            raise NotRestored("恢复出来的记录与备份时的链尾不符")
    finally:
        engine.dispose()
    return made


def _read(folder: Path) -> Manifest:
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise NotRestored(f"{folder} 不是完整的备份：没有可以读取的 {MANIFEST}") from error


def _in_the_way(settings: Settings) -> tuple[str, ...]:
    """What is there that a restored site would mix with; an empty PostgreSQL database is not."""
    found = [one for one in remains(settings) if one != "数据库"]
    file = database_file(settings)
    if file is not None:
        return (*found, "数据库") if file.exists() else tuple(found)
    engine = open_store(settings.database)
    try:
        return (*found, "数据库") if revision_of(engine) else tuple(found)
    finally:
        engine.dispose()


def _bring_database(settings: Settings, folder: Path, made: Manifest) -> None:
    file = database_file(settings)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / DATABASE, file)
        return
    if made.revision != newest_revision():
        raise NotRestored(
            f"备份是旧版本的（{made.revision}，本程序需要 {newest_revision()}）：先恢复到 SQLite，"
            "运行 yisong migrate，再用 yisong move 移到 PostgreSQL"
        )
    # Read from a copy: opening it in WAL mode writes beside the file.
    copy = settings.home / f".{DATABASE}"
    shutil.copyfile(folder / DATABASE, copy)
    source, target = open_store(f"sqlite:///{copy}"), open_store(settings.database)
    try:
        upgrade(target)
        copy_rows(source, target)
    finally:
        source.dispose()
        target.dispose()
        for path in settings.home.glob(f".{DATABASE}*"):
            path.unlink()


def _bring_files(settings: Settings, folder: Path, keys: Path) -> None:
    home = folder / HOME
    if home.is_dir():
        ignored = shutil.ignore_patterns(*FOLDERS)
        shutil.copytree(home, settings.home, dirs_exist_ok=True, ignore=ignored)
    for name in FOLDERS:
        Exchange(str(home)).copy_to(Exchange(settings.exchange), name)
    settings.keys.parent.mkdir(parents=True, exist_ok=True)
    if keys.resolve() != settings.keys.resolve():
        shutil.copyfile(keys, settings.keys)
    settings.keys.chmod(0o600)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
