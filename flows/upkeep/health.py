"""The health of a site: database, storage, schedule, outbox, connections, calendar, versions."""

import os
import platform
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import func, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from domain.limits.limit import at_shanghai
from domain.tables.work import InboxMessage
from flows.afterwards.mail import MAIL_WITHIN, NOT_WANTED, SERVER, count_waiting
from flows.afterwards.outbox import queue
from flows.afterwards.outside_rests import failing
from flows.afterwards.schedule_log import NAMES, is_silent, ticks
from flows.site.office import Office
from flows.site.schema import newest_revision, revision_of
from flows.site.site_checks import LABELS, is_overdue, rounds
from flows.site.store import reading
from flows.site.stored_documents import count_laid
from flows.systems.webhooks import failing_webhooks
from flows.upkeep.gauges import existing, places

Verdict = Literal["ok", "doubt", "bad"]
WORDS: dict[Verdict, str] = {"ok": "正常", "doubt": "注意", "bad": "异常"}
GIGABYTE = 1024**3
LITTLE, TOO_LITTLE = 0.10, 0.03
"""Shares of the disk that should, and that must, stay free."""
WAITED_LONG = timedelta(hours=1)
LAID_LONG = 20_000
"""Documents that wait for the shelf: an hour brings less, unless it cannot be written."""
LAST_MONTHS = 11
PLACES = {"home": "", "shelf": "（文书存放）", "database": "（数据库）"}
PACKAGES = ("yisong", "prefect", "fastapi", "sqlalchemy", "sqlmodel")


@dataclass(frozen=True)
class Line:
    """One thing looked at, and what is to be said of it."""

    label: str
    value: str
    verdict: Verdict = "ok"


@dataclass(frozen=True)
class Part:
    """Lines that belong together."""

    label: str
    lines: tuple[Line, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of its lines."""
        return worst(one.verdict for one in self.lines)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of them; ok where there are none."""
    found = set(verdicts)
    return "bad" if "bad" in found else "doubt" if "doubt" in found else "ok"


def is_well(office: Office) -> bool:
    """Whether the site can do its work: the database answers with the tables of this version."""
    return revision_of(office.engine) == newest_revision() and _free(office) > TOO_LITTLE


def health(office: Office, now: datetime) -> tuple[Part, ...]:
    """Everything that is looked at, part by part; a database that does not answer comes alone."""
    base = (Part("数据库", tuple(_database(office))), Part("存储", tuple(_places(office))))
    try:
        with reading(office.engine) as session:
            rest: tuple[Part, ...] = (
                Part("定时任务和 Prefect", tuple(_schedule(session, office, now))),
                Part("后续事项", tuple(_outbox(office, now))),
                Part("核对", tuple(_checks(session, now))),
                Part("对外连接", tuple(_outside(session, office, now))),
            )
    except SQLAlchemyError as problem:
        rest = (Part("读取", (Line("数据库", type(problem).__name__, "bad"),)),)
    return (
        *base,
        *rest,
        Part("工作日历", tuple(_calendar(office, now))),
        Part("版本", tuple(_versions(office))),
    )


def _database(office: Office) -> Iterator[Line]:
    found, newest = revision_of(office.engine), newest_revision()
    if found == newest:
        yield Line("表结构", f"{found}（最新）")
    elif not found:
        yield Line("表结构", "数据库连接不上，或者还没有建表", "bad")
        return
    else:
        yield Line("表结构", f"{found}，程序需要{newest}", "bad")
    name = office.engine.dialect.name
    if name != "sqlite":
        yield Line("类型", "PostgreSQL")
        size = text("SELECT pg_database_size(current_database())")
        with office.engine.connect() as connection:
            yield Line("大小", in_bytes(int(connection.execute(size).scalar_one())))
        return
    path = Path(str(office.engine.url.database))
    wal = path.with_name(f"{path.name}-wal")
    yield Line("类型", "SQLite")
    yield Line("大小", in_bytes(path.stat().st_size))
    pending = wal.stat().st_size if wal.exists() else 0
    yield Line("预写日志", in_bytes(pending), "doubt" if pending > GIGABYTE else "ok")


def _places(office: Office) -> Iterator[Line]:
    settings = office.settings
    if "://" in settings.shelf:
        yield Line("文书存放", f"{urlsplit(settings.shelf).scheme} 对象存储")
    else:
        shelf = Path(settings.shelf)
        place = existing(shelf)
        fine = os.access(place, os.W_OK)
        yield Line("文书存放", "可以写入" if fine else "不能写入", "ok" if fine else "bad")
    laid = count_laid(office.engine)
    yield Line("待存入文书存放", f"{laid}份", "doubt" if laid > LAID_LONG else "ok")
    for name, folder in places(office).items():
        usage = shutil.disk_usage(folder)
        share = usage.free / usage.total
        verdict: Verdict = "bad" if share <= TOO_LITTLE else "doubt" if share <= LITTLE else "ok"
        told = f"{in_bytes(usage.free)}（{share:.0%}）"
        yield Line(f"磁盘剩余{PLACES[name]}", told, verdict)


def _schedule(session: Session, office: Office, now: datetime) -> Iterator[Line]:
    found = ticks(session)
    if not found:
        yield Line("定时任务", "从未运行：请启动 yisong serve 或者 yisong run", "bad")
    for one in found:
        ran, verdict = f"{_moment(one.ran_at)}", "ok"
        if not one.went_well:
            verdict = "bad"
        elif is_silent(one, now):
            verdict = "bad"
            ran += "，此后没有再运行"
        told = f"最近 {ran}"
        if one.name == "prefect":
            told = f"{'可用' if one.went_well else '连接不上'}，自 {_moment(one.since)}；{told}"
        elif one.words:
            told += f"：{one.words}"
        if one.next_at is not None and not is_silent(one, now):
            told += f"；下次 {_moment(one.next_at)}"
        yield Line(NAMES[one.name], told, verdict)  # type: ignore[arg-type]


def _outbox(office: Office, now: datetime) -> Iterator[Line]:
    found = queue(office, now)
    late = found.oldest is not None and now - found.oldest > WAITED_LONG
    oldest = f"，最早一项应于 {_moment(found.oldest)} 处理" if found.oldest else ""
    yield Line("待处理", f"{found.due}项{oldest}", "bad" if late else "ok")
    yield Line("定时和处理中", f"定时{found.later}项，{found.in_hand}")
    yield Line("搁置", f"{found.parked}项", "doubt" if found.parked else "ok")


def _checks(session: Session, now: datetime) -> Iterator[Line]:
    """What the checks that run by themselves found last: the record, the rows and the shelf."""
    found = rounds(session)
    if not found:
        yield Line("自动核对", "还没有核对过：定时任务运行后每小时、每夜自动核对", "doubt")
    for one in found:
        told = f"{_moment(one.ended_at)} 核对完毕" if one.ended_at else ""
        if one.found:
            more = f"等{len(one.found)}处" if len(one.found) > 1 else ""
            yield Line(LABELS[one.name], f"{told}，不符：{one.found[0]}{more}", "bad")
        else:
            verdict: Verdict = "doubt" if is_overdue(one, now) else "ok"
            yield Line(LABELS[one.name], f"{told}，无误", verdict)


def _outside(session: Session, office: Office, now: datetime) -> Iterator[Line]:
    settings = office.settings
    if settings.smtp_host:
        count = count_waiting(session, now)
        yield Line("邮件", f"{settings.smtp_host}:{settings.smtp_port}，待发{count}封")
        yield from _undelivered(session, now)
    else:
        yield Line("邮件", "没有设置邮件服务器，提醒只在系统内送达", "doubt")
    for name, one in failing(session).items():
        label = "邮件服务器" if name == SERVER else f"外部地址 {name}"
        told = f"自 {_moment(one.since)} 起连接不上，连续{one.failures}次：{one.error}"
        yield Line(label, told, "bad")
    for hook in failing_webhooks(session):
        told = f"第{hook.id}号地址连续{hook.failures}次没有接收，发送情况见“对外通知”"
        yield Line(f"对外通知 {hook.label}", told, "bad")
    if settings.write_back_url:
        yield Line("12345回写", f"接口 {urlsplit(settings.write_back_url).netloc}")
    else:
        yield Line("12345回写", "写入文件，由平台取走")


def _undelivered(session: Session, now: datetime) -> Iterator[Line]:
    """Messages that somebody did not get by mail, of those that are still mailed."""
    failed = select(func.count()).where(
        col(InboxMessage.mail_note).is_not(None),
        col(InboxMessage.mail_note).not_in(NOT_WANTED),
        col(InboxMessage.created_at) > now - MAIL_WITHIN,
    )
    if count := session.exec(failed).one():
        told = f"近{MAIL_WITHIN.days}日{count}条消息有人没有收到，请核对用户和部门的邮箱"
        yield Line("邮件投递失败", told, "doubt")


def _calendar(office: Office, now: datetime) -> Iterator[Line]:
    today, known = at_shanghai(now).date(), office.rules.calendar
    years = "、".join(str(one) for one in sorted(known.loaded) if one >= today.year)
    if today.year not in known.loaded:
        yield Line("放假安排", f"缺少{today.year}年，期限均为暂定", "bad")
    elif today.year + 1 in known.loaded:
        yield Line("放假安排", f"已有{years}年")
    else:
        soon = today.month >= LAST_MONTHS
        told = f"已有{years}年，还没有{today.year + 1}年"
        yield Line("放假安排", told, "doubt" if soon else "ok")


def _versions(office: Office) -> Iterator[Line]:
    for package in PACKAGES:
        try:
            yield Line(package, version(package))
        except PackageNotFoundError:
            yield Line(package, "没有安装", "bad")
    yield Line("Python", platform.python_version())
    if office.engine.dialect.name == "sqlite":
        yield Line("SQLite", sqlite3.sqlite_version)


def in_bytes(size: int) -> str:
    """A size as people read it."""
    for unit, label in ((GIGABYTE, "GB"), (1024**2, "MB"), (1024, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {label}"
    return f"{size} B"


def _free(office: Office) -> float:
    found = (shutil.disk_usage(one) for one in places(office).values())
    return min(usage.free / usage.total for usage in found)


def _moment(value: datetime) -> str:
    return f"{at_shanghai(value):%Y-%m-%d %H:%M}"
