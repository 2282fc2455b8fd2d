"""What a site's own database tells `yisong doctor`: its server, the newest act, who administers."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Engine, text
from sqlmodel import Session, col, func, select

from domain.limits.limit import in_words
from domain.tables.people import User
from domain.tables.record import Event
from flows.site.settings import Settings
from flows.upkeep.health import Line, in_bytes

LEEWAY = timedelta(minutes=1)
OLDEST_SERVER = 14
"""PostgreSQL's, by its major version."""
ENOUGH, SHARE = 1 << 30, 8
"""Bytes that PostgreSQL may keep at hand, of which more is not asked for; and where it keeps less
than this part of the database, a page of a large one fetches thousands of blocks from the system.
"""
SERVER = text(
    "SELECT current_setting('server_version_num')::integer, pg_database_size(current_database()), "
    "pg_size_bytes(current_setting('shared_buffers'))"
)
CHAIRS = {
    "administrator": "管理员",
    "security_administrator": "安全管理员",
    "auditor": "审计员",
}
ONE_FOR_ALL = (
    "没有设置 YISONG_THREE_ADMINISTRATORS，管理员一并管理岗位、密码和锁定；"
    "按网络安全等级保护第三级管理的，应当分开〔待法制核对〕，办法见运维手册“三员分立”"
)


def server(engine: Engine) -> Iterator[Line]:
    """PostgreSQL's version, and whether it keeps enough of the database at hand; no other's."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        version, size, kept = connection.execute(SERVER).one()
    major = version // 10_000
    yield _version(major)
    if kept < ENOUGH and kept * SHARE < size:
        told = (
            f"数据库{in_bytes(size)}，PostgreSQL 的 shared_buffers 只有{in_bytes(kept)}，"
            "页面会变慢；请在 postgresql.conf 里改为数据库主机内存的四分之一，重启 PostgreSQL"
        )
        yield Line("数据库内存", told, "doubt")


def _version(major: int) -> Line:
    if major < OLDEST_SERVER:
        told = f"PostgreSQL {major}，至少需要 {OLDEST_SERVER}，请升级数据库服务"
        return Line("数据库版本", told, "bad")
    return Line("数据库版本", f"PostgreSQL {major}")


def newest_act(engine: Engine, now: datetime) -> Iterator[Line]:
    """The record's newest act where it lies ahead of the clock: one of the two is wrong."""
    with Session(engine) as session:
        last = session.exec(select(func.max(Event.at))).one()
    if last is not None and last > now + LEEWAY:
        told = f"办理记录最新一条是{in_words(last)}，晚于本机时间：时钟慢了，或者曾经快过"
        yield Line("时钟和办理记录", told, "bad")


def administrators_apart(settings: Settings, engine: Engine) -> Iterator[Line]:
    """The three chairs of a database that has users: set apart, all held, none two by one person.

    Nothing for one without users: there is nobody to be apart yet.
    """
    with Session(engine) as session:
        query = select(User).where(col(User.active)).order_by(col(User.id))
        people = list(session.exec(query))
    if not people:
        return
    apart = settings.three_administrators
    if not apart:
        yield Line("三员分立", ONE_FOR_ALL, "doubt")
    for one in people:
        held = [label for chair, label in CHAIRS.items() if chair in one.roles]
        if len(held) > 1:
            told = f"{one.name}（{one.id}）一人兼任{'、'.join(held)}，请收回其中一个岗位"
            yield Line("三员分立", told, "bad" if apart else "doubt")
    if not apart:
        return
    empty = [
        label for chair, label in CHAIRS.items() if not any(chair in one.roles for one in people)
    ]
    if empty:
        yield Line("三员分立", f"没有人担任{'、'.join(empty)}", "bad")
    else:
        yield Line("三员分立", "已分开，三个岗位都有人")
