"""A site is backed up, restored, moved and upgraded, and what comes out of it is proved."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlmodel import SQLModel, col
from typer.testing import CliRunner

from cli.main import app
from domain.tables.process import Clock, Process
from domain.tables.record import IssuedDocument
from flows.site.moment import Mark, read_mark, write_mark
from flows.site.office import Office
from flows.site.schema import OtherTables, newest_revision, prepare, revision_of
from flows.site.store import open_store, transaction
from flows.upkeep.row_copy import copy_rows
from tests.conftest import Postgres
from tests.helpers.office import on_the_shelf
from tests.helpers.one_row_each import fill_empty_tables
from tests.helpers.story import ACCEPTED, Story

ROOT = Path(__file__).parents[2]
COPY = """
import sys
from flows.site.store import open_store
from flows.upkeep.row_copy import copy_rows
copy_rows(*map(open_store, sys.argv[1:]))
"""


def stamp(office: Office, revision: str = "") -> None:
    """The tables were made by the migrations, as far as anybody can tell."""
    with office.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT)"))
        connection.execute(text("DELETE FROM alembic_version"))
        told = {"revision": revision or newest_revision()}
        connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), told)


@pytest.fixture
def site(office: Office) -> Office:
    """A site that has a clue with papers, files, and an event that points to a later row."""
    story = Story(office)
    story.walk(*ACCEPTED)
    on_the_shelf(office)
    story.does("verify")
    stamp(office)
    uploads = office.settings.home / "uploads"
    uploads.mkdir()
    (uploads / "orders.xlsx").write_bytes(b"rows")
    return office


def yisong(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(one) for one in words])
    return done.exit_code, done.output


def rows(url: str) -> dict[str, list[str]]:
    """Every row of every table as the program reads it, whichever the database."""
    engine = open_store(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in SQLModel.metadata.sorted_tables
        }
    engine.dispose()
    return found


def test_a_backup_is_restored_and_proved(
    site: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, kept, new = site.settings.home, tmp_path / "kept", tmp_path / "new"
    code, told = yisong("--home", home, "backup", kept)
    assert code == 0, told
    assert "密钥文件" in told
    assert not list(kept.rglob("keys.json"))
    monkeypatch.setenv("YISONG_EXCHANGE_URL", str(tmp_path / "exchange"))

    code, told = yisong("--home", new, "restore", kept, "--keys", home / "keys.json")

    assert code == 0, told
    assert "前后相连，未被改动；登记的文书、附件和模板都在" in told
    assert rows(f"sqlite:///{new}/yisong.sqlite3") == rows(site.settings.database)
    assert (tmp_path / "exchange" / "uploads" / "orders.xlsx").read_bytes() == b"rows"
    assert not (new / "uploads").exists(), "what several hosts need lies where they share it"
    assert yisong("--home", new, "verify", "--shelf")[0] == 0
    # Not over what is there, and not with the keys of another site.
    code, told = yisong("--home", new, "restore", kept, "--keys", home / "keys.json")
    assert code == 2
    assert "没有恢复" in told
    strange = tmp_path / "strange.json"
    keys = json.loads((home / "keys.json").read_text("utf-8"))
    strange.write_text(json.dumps(dict.fromkeys(keys, next(iter(keys.values()))[::-1])), "utf-8")
    assert yisong("--home", tmp_path / "other", "restore", kept, "--keys", strange)[0] != 0


def test_a_backup_that_is_not_whole_is_told(site: Office, tmp_path: Path) -> None:
    home, kept = site.settings.home, tmp_path / "kept"
    yisong("--home", home, "backup", kept)
    paper = next(one for one in (kept / "shelf").rglob("*") if one.is_file())
    paper.write_bytes(b"altered")

    code, told = yisong("--home", tmp_path / "a", "restore", kept, "--keys", home / "keys.json")
    assert code == 2
    assert "份文书" in told
    (kept / "database.sqlite3").write_bytes(b"no database")
    code, told = yisong("--home", tmp_path / "b", "restore", kept, "--keys", home / "keys.json")
    assert code == 2
    assert "备份已损坏" in told
    # A site whose own shelf lost a paper makes no backup that looks whole.
    lost = next(one for one in Path(site.settings.shelf).rglob("*") if one.is_file())
    query = select(col(IssuedDocument.title)).where(col(IssuedDocument.sha256) == lost.name)
    with site.engine.connect() as connection:
        title = connection.execute(query).scalar_one()
    lost.unlink()
    code, told = yisong("--home", home, "backup", tmp_path / "later")
    assert code == 2
    assert "文书存储缺少或者损坏1份" in told
    code, told = yisong("--home", home, "verify", "--shelf")
    assert code == 1
    assert "文书存放中缺少" in told
    assert title in told


def test_a_site_moves_to_postgresql_and_back(
    site: Office, tmp_path: Path, postgres: Postgres, pg_url: str
) -> None:
    home = site.settings.home
    code, told = yisong("--home", home, "move", "--to", pg_url)
    assert code == 0, told
    assert "核验通过" in told
    assert rows(pg_url) == rows(site.settings.database)
    # New rows go on after the highest number.
    engine = open_store(pg_url)
    with transaction(engine) as session:
        highest = max(session.execute(select(Process.id)).scalars())
        following = session.execute(text("SELECT nextval('process_id_seq')")).scalar_one()
        assert following > highest
    engine.dispose()
    code, told = yisong("--home", home, "move", "--to", pg_url)
    assert code == 2
    assert "已经有数据" in told

    # A backup of PostgreSQL is restored into either.
    kept, other = tmp_path / "kept", postgres.make()
    assert yisong("--home", home, "--db", pg_url, "backup", kept)[0] == 0
    keys = ("--keys", home / "keys.json")
    for place in (("--home", tmp_path / "a"), ("--home", tmp_path / "b", "--db", other)):
        code, told = yisong(*place, "restore", kept, *keys)
        assert code == 0, told
    assert rows(other) == rows(f"sqlite:///{tmp_path}/a/yisong.sqlite3") == rows(pg_url)
    postgres.drop(other)


def test_a_process_that_has_just_begun_copies_every_table(site: Office, tmp_path: Path) -> None:
    """It knows only of the tables that it has used, and it has used hardly any."""
    fill_empty_tables(site)
    url = f"sqlite:///{tmp_path}/copied.sqlite3"
    target = open_store(url)
    prepare(target)
    target.dispose()

    told = [sys.executable, "-c", COPY, site.settings.database, url]
    subprocess.run(told, cwd=ROOT, check=True)

    assert rows(url) == rows(site.settings.database)


def test_a_demonstration_that_moves_stays_one(site: Office, tmp_path: Path) -> None:
    """Its people have a published password and no events: in earnest it would be neither."""
    write_mark(site, Mark(shown="2026-08-03T09:00:00+08:00", since="2026-08-03T01:00:00+00:00"))
    url = f"sqlite:///{tmp_path}/moved.sqlite3"

    code, told = yisong("--home", site.settings.home, "move", "--to", url)
    there = replace(site, settings=site.settings.model_copy(update={"database_url": url}))

    assert code == 0, told
    assert "核验通过" in told
    assert read_mark(there) is not None


def test_four_first_starts_at_once_make_the_tables_once(pg_url: str) -> None:
    engines = [open_store(pg_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as together:
        list(together.map(prepare, engines))

    assert {revision_of(one) for one in engines} == {newest_revision()}
    for one in engines:
        one.dispose()


def test_no_command_but_migrate_changes_the_tables(site: Office) -> None:
    """An older database is not upgraded in passing; a newer one is not opened at all."""
    home = site.settings.home
    stamp(site, "0019")
    code, told = yisong("--home", home, "list")
    assert code == 2
    assert "没有自动升级" in told
    assert "yisong migrate" in told
    assert revision_of(site.engine) == "0019"
    assert yisong("--home", home, "backup", home.parent / "before")[0] == 0

    stamp(site, "9999")
    for words in (("list",), ("migrate",)):
        code, told = yisong("--home", home, *words)
        assert code == 2
        assert "数据库已由较新的程序升级（9999" in told
    with pytest.raises(OtherTables):
        prepare(site.engine)

    stamp(site)
    code, told = yisong("--home", home, "migrate")
    assert (code, "已是最新" in told) == (0, True)


def test_check_tells_what_a_database_says_that_the_tables_do_not_know(site: Office) -> None:
    url = site.settings.database
    code, told = yisong("check", "--against", url)
    assert code == 0, told
    assert "数据库里的" not in told

    with transaction(site.engine) as session:
        going_on = select(Process).where(col(Process.ended_at).is_(None))
        process = session.execute(going_on).scalars().first()
        clock = session.execute(select(Clock)).scalars().first()
        assert process is not None
        assert clock is not None
        process.facts = {**process.facts, "fild_of_old": 1}
        clock.rule = "cx188"
        process.state = "halfway"
        session.add_all((process, clock))

    code, told = yisong("check", "--against", url)
    assert code == 1
    assert "数据库里的时限 cx188 在现在的规则库、程序中没有，是否应为" in told
    assert "的状态 halfway" in told
    assert "的字段 fild_of_old" in told


def test_rows_of_every_table_are_copied_between_equal_tables_only(
    site: Office, pg_url: str
) -> None:
    target = open_store(pg_url)
    with pytest.raises(Exception, match="还没有表"):
        copy_rows(site.engine, target)

    prepare(target)
    assert len(fill_empty_tables(site)) > 20
    copy_rows(site.engine, target)
    assert rows(pg_url) == rows(site.settings.database)
    target.dispose()
