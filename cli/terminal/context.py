"""The context of a command: the site it works on, the person who acts, and the moment."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import typer
from sqlalchemy.exc import OperationalError

from cli.terminal.loading import BAD_USE
from domain.rulebook.rulebook import Rulebook
from domain.shapes.entries import Department
from domain.shapes.nearest import nearest
from domain.situation.situation import CHINA, Actor
from flows.people.actors import UnknownPerson, actor_of
from flows.rehearsal.demonstration import is_demonstration
from flows.site.first_start import lost_database
from flows.site.moment import is_ready, now_at
from flows.site.office import Office, UnknownSetting, open_office, rules_of
from flows.site.schema import OtherTables, prepare
from flows.site.settings import Settings
from flows.site.site_rules import in_force
from flows.site.store import reading

NO_SUCH_DEPARTMENT = "；yisong departments 列出全部部门"
ONLY_NOW = "办理时间就是现在，不能另行指定；--at 只能在演示环境中使用，查看（list、show）不受此限"


NOT_READY = (
    "演示数据还在准备，或者演练没有做完，现在只能查看，不能办理；"
    "请等它完成，没有做完的请重新演练（yisong demo）"
)


def fail(message: str) -> typer.Exit:
    """Prints in Chinese what is wrong with the call; the exit with code 2 that is to be raised."""
    typer.echo(f"错误：{message}", err=True)
    return typer.Exit(BAD_USE)


def check_folder(out: Path) -> None:
    """Refuses to write where there is no folder, or over one: a name mistyped is told."""
    if out.is_dir():
        raise fail(f"「{out}」是文件夹，请写明文件名")
    if not out.parent.is_dir():
        raise fail(f"没有「{out.parent}」这个文件夹，请先建立或者改写路径")


def write_out(out: Path, content: bytes) -> None:
    """Writes a file to its place; ends the command in Chinese where that cannot be done."""
    check_folder(out)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise fail(f"不能写入「{out}」，请检查权限和磁盘空间（{error.errno}）") from error


@contextmanager
def written(out: Path) -> Iterator[BinaryIO]:
    """A file that is written bit by bit; it takes its place only when the block ends well."""
    check_folder(out)
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(out)
    except OSError as error:
        raise fail(f"不能写入「{out}」，请检查权限和磁盘空间（{error.errno}）") from error
    finally:
        part.unlink(missing_ok=True)


def settings_of(ctx: typer.Context) -> Settings:
    """The settings of this call."""
    if not isinstance(ctx.obj, Settings):
        ctx.obj = Settings()
    return ctx.obj


def site_folder(ctx: typer.Context) -> Path | None:
    """The site's folder of configuration; ends the command where the one named is not there."""
    folder = settings_of(ctx).config
    if folder is not None and not folder.is_dir():
        raise fail(f"YISONG_CONFIG：没有「{folder}」这个文件夹")
    return folder


def rules_in_files(ctx: typer.Context) -> Rulebook:
    """The rulebook of the site's files, for commands that need no database."""
    site_folder(ctx)
    return rules_of(settings_of(ctx))


def office(ctx: typer.Context) -> Office:
    """The office of this call, its tables up to date, with its administrators' changes.

    Ends the command in Chinese where a setting cannot act or the database does not open.
    """
    settings = settings_of(ctx)
    if told := lost_database(settings):
        raise fail(told)
    try:
        found = open_office(settings)
        prepare(found.engine)
    except (UnknownSetting, OtherTables) as error:
        raise fail(str(error)) from error
    except (OperationalError, OSError) as error:
        told = str(getattr(error, "orig", error)).partition("\n")[0]
        raise fail(f"数据库打不开，请核对 --db、--home：{told}") from error
    return in_force(found, now_at(found))


def acting_user(found: Office, user_id: str) -> Actor:
    """The user who acts, by id; ends the command with the ids there are where he is unknown.

    What he does is recorded as done at the command line, with who sat there: whoever may call this
    command may name anybody.
    """
    via = f"命令行，系统账号{getpass.getuser()}"
    with reading(found.engine) as session:
        try:
            return replace(actor_of(session, user_id, now_at(found)), via=via)
        except UnknownPerson as error:
            raise fail(str(error)) from error


def department_of(found: Office, department_id: str) -> Department:
    """A department by id; ends the command with the nearest one where it is unknown."""
    known = found.rules.departments
    if department_id in known:
        return known[department_id]
    near = nearest(department_id, known, {key: one.name for key, one in known.items()})
    raise fail(f"没有「{department_id}」这个部门{near or NO_SUCH_DEPARTMENT}")


def moment(found: Office, text: str | None = None) -> datetime:
    """The moment at the office, or the one at which it is to be looked at."""
    return now_at(found) if text is None else read_moment(text)


def moment_of_act(found: Office, text: str | None = None) -> datetime:
    """The moment of an act: now. Only in a demonstration may it be another.

    Nobody acts in a demonstration while its story is being told.
    """
    if not is_ready(found):
        raise fail(NOT_READY)
    if text is not None and not is_demonstration(found):
        raise fail(ONLY_NOW)
    return moment(found, text)


def read_moment(text: str) -> datetime:
    """A moment as typed; without an offset it is China's time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise fail(f"时间「{text}」应写作 2026-11-22T09:30") from None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)
