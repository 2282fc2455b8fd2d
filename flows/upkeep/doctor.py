"""What a host needs to run a site, looked at in words: programs, rights, disks, clock, neighbours.

Unlike the health of a running site it looks outward, may take seconds, and needs no database.
"""

import email.utils
import os
import shutil
import smtplib
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from sqlalchemy.exc import SQLAlchemyError

from documents.output.pdf import FONTS, unavailable
from flows.site.first_start import database_file
from flows.site.moment import is_demonstration
from flows.site.schema import newest_revision, other_version, revision_of
from flows.site.settings import Settings
from flows.site.store import BadAddress, open_store
from flows.upkeep.doctor_rows import administrators_apart, newest_act, server
from flows.upkeep.gauges import existing
from flows.upkeep.health import LITTLE, TOO_LITTLE, Line, Part, Verdict, in_bytes

SECONDS = 5.0
"""For each neighbour to answer."""
OLDEST_PYTHON = (3, 11)
SOON = timedelta(days=30)
SKEW = timedelta(seconds=60)
FAMILIES = ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体")
"""The typefaces of GB/T 9704; others stand in where they are not installed."""


def examine(settings: Settings, environment: Mapping[str, str], now: datetime) -> tuple[Part, ...]:
    """Everything that is looked at; `environment` names Prefect's server, if there is one."""
    return (
        Part("程序", tuple(_programs())),
        Part("目录和权限", tuple(_rights(settings))),
        Part("磁盘", tuple(_disks(settings))),
        Part("数据库", tuple(_database(settings, now))),
        Part("时钟", tuple(_clock(settings, now))),
        Part("相邻服务", tuple(_neighbours(settings, environment))),
        Part("证书", tuple(_certificate(settings, now))),
        Part("文书输出", tuple(_printing())),
    )


def _programs() -> Iterator[Line]:
    version = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= OLDEST_PYTHON
    yield Line("Python", version if fine else f"{version}，至少需要 3.11", "ok" if fine else "bad")
    told = sys.platform
    yield Line("操作系统", told, "bad" if told == "win32" else "ok")


def _rights(settings: Settings) -> Iterator[Line]:
    yield _writable("数据目录", settings.home)
    if "://" not in settings.shelf:
        yield _writable("文书存放", Path(settings.shelf))
    if settings.exchange_url and "://" not in settings.exchange:
        yield _writable("往来文件", Path(settings.exchange))
    for label, path, most in (
        ("数据目录权限", settings.home, 0o700),
        ("密钥文件权限", settings.keys, 0o600),
    ):
        if path.exists() and (mode := stat.S_IMODE(path.stat().st_mode)) & ~most & 0o077:
            told = f"{path} 的权限是 {mode:o}，别的用户能读；请 chmod {most:o} {path}"
            yield Line(label, told, "doubt")
    if settings.config is None:
        yield Line("本站配置", "没有设置 YISONG_CONFIG，使用的是演示配置", "doubt")
    else:
        there = settings.config.is_dir()
        told = str(settings.config) if there else f"没有 {settings.config} 这个文件夹"
        yield Line("本站配置", told, "ok" if there else "bad")


def _writable(label: str, folder: Path) -> Line:
    place = existing(folder)
    told = str(folder) if folder.exists() else f"{folder}（还没有，将建在 {place} 下）"
    if os.access(place, os.W_OK):
        return Line(label, f"{told}，可以写入")
    return Line(label, f"{told}，不能写入，请改属主或者权限", "bad")


def _disks(settings: Settings) -> Iterator[Line]:
    places = {"数据目录": settings.home}
    if "://" not in settings.shelf:
        places["文书存放"] = Path(settings.shelf)
    if file := database_file(settings):
        places["数据库"] = file
    for label, place in places.items():
        usage = shutil.disk_usage(existing(place))
        share = usage.free / usage.total
        verdict: Verdict = "bad" if share <= TOO_LITTLE else "doubt" if share <= LITTLE else "ok"
        yield Line(label, f"剩余 {in_bytes(usage.free)}（{share:.0%}）", verdict)


def _database(settings: Settings, now: datetime) -> Iterator[Line]:
    file = database_file(settings)
    if file is not None and not file.exists():
        yield Line("数据库", f"{file} 还没有，首次启用（yisong init）时建立", "doubt")
        return
    try:
        engine = open_store(settings.database)
    except BadAddress:
        yield Line("数据库", "地址应为 sqlite:///文件 或者 postgresql://…", "bad")
        return
    try:
        with engine.connect():
            found = revision_of(engine)
        yield from server(engine)
        if found == newest_revision():
            yield Line("数据库", f"{engine.dialect.name}，表结构最新（{found}）")
            if not is_demonstration(settings):
                yield from newest_act(engine, now)
                yield from administrators_apart(settings, engine)
        else:
            told = other_version(found) if found else "还没有表，首次启用（yisong init）时建立"
            yield Line("数据库", told, "bad" if found else "doubt")
    except (SQLAlchemyError, OSError) as problem:
        told = str(getattr(problem, "orig", problem)).partition("\n")[0]
        yield Line("数据库", f"连接不上：{told}", "bad")
    finally:
        engine.dispose()


def _clock(settings: Settings, now: datetime) -> Iterator[Line]:
    """Against whoever serves the site: the proxy in front of it, or another host."""
    answer = _asked(settings.base_url)
    told = answer.headers.get("date", "") if answer else ""
    if not told:
        yield Line("时钟", f"{now:%Y-%m-%d %H:%M:%S}（UTC），没有可以对照的服务", "doubt")
        return
    away = abs(now - email.utils.parsedate_to_datetime(told))
    fine = away <= SKEW
    words = f"与 {urlsplit(settings.base_url).hostname} 相差{away.total_seconds():.0f}秒"
    yield Line("时钟", words if fine else f"{words}，请开启时间同步", "ok" if fine else "bad")


def _asked(url: str) -> httpx.Response | None:
    try:
        # What the certificate is worth is told by itself.
        return httpx.get(f"{url.rstrip('/')}/livez", timeout=SECONDS, verify=False)
    except httpx.HTTPError:
        return None


def _neighbours(settings: Settings, environment: Mapping[str, str]) -> Iterator[Line]:
    answer = _asked(settings.base_url)
    if answer is not None and answer.is_success:
        yield Line("工作台", f"{settings.base_url} 有应答")
    else:
        told = f"HTTP {answer.status_code}" if answer is not None else "没有应答"
        yield Line("工作台", f"{settings.base_url} {told}（没有启动的不必理会）", "doubt")
    if url := environment.get("PREFECT_API_URL", ""):
        try:
            fine = httpx.get(f"{url.rstrip('/')}/health", timeout=SECONDS).is_success
        except httpx.HTTPError:
            fine = False
        yield Line("Prefect", f"{url} {'可用' if fine else '连接不上'}", "ok" if fine else "bad")
    else:
        yield Line("Prefect", "随 yisong run 启动")
    yield _smtp(settings)


def _smtp(settings: Settings) -> Line:
    if not settings.smtp_host:
        return Line("邮件", "没有设置 YISONG_SMTP_HOST，提醒只在系统内送达", "doubt")
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    secure = settings.smtp_ssl or settings.smtp_port == smtplib.SMTP_SSL_PORT
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    try:
        with kind(settings.smtp_host, settings.smtp_port, timeout=SECONDS) as server:
            server.ehlo()
            lacks = settings.smtp_tls and not server.has_extn("starttls")
    except (OSError, smtplib.SMTPException) as problem:
        return Line("邮件", f"{place} 连接不上：{problem}", "bad")
    if lacks:
        return Line("邮件", f"{place} 不支持 STARTTLS，请核对 YISONG_SMTP_TLS", "bad")
    return Line("邮件", f"{place} 有应答")


def _certificate(settings: Settings, now: datetime) -> Iterator[Line]:
    parsed = urlsplit(settings.base_url)
    host = parsed.hostname or ""
    if parsed.scheme != "https":
        local = host in {"127.0.0.1", "localhost", "::1"}
        told = f"{settings.base_url} 不是 https，只宜在本机试用"
        yield Line("HTTPS", told, "ok" if local else "bad")
        return
    try:
        with (
            socket.create_connection((host, parsed.port or 443), SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as sealed,
        ):
            ends = str((sealed.getpeercert() or {}).get("notAfter", ""))
    except ssl.SSLCertVerificationError as problem:
        yield Line("HTTPS", f"{host} 的证书未通过校验：{problem.verify_message}", "bad")
        return
    except OSError as problem:
        yield Line("HTTPS", f"{host} 连接不上：{problem}", "bad")
        return
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
    soon = until - now < SOON
    told = f"{host} 的证书有效期至 {until:%Y-%m-%d}{'，请及时更换' if soon else ''}"
    yield Line("HTTPS", told, "doubt" if soon else "ok")


def _printing() -> Iterator[Line]:
    lack = unavailable()
    yield Line("LibreOffice", lack or "已安装，可以转换 PDF", "doubt" if lack else "ok")
    if shutil.which("fc-match") is None:
        yield Line("字体", "没有 fontconfig（fc-match），无法核对字体", "doubt")
        return
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
    for family in FAMILIES:
        done = subprocess.run(
            ["fc-match", "-f", "%{family[0]}", family],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        found = done.stdout.strip()
        same = found == family
        told = "已安装" if same else f"没有安装，转换 PDF 时以 {found or '别的字体'} 代替"
        yield Line(family, told, "ok" if same else "doubt")
