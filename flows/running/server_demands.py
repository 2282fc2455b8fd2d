"""What a Prefect server that others run still lacks, told to who deploys there. No Prefect here.

Its environment is not ours to set: who reaches its interface runs code on the workers, and what it
never throws away fills its disk.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import httpx
from pydantic import TypeAdapter

from flows.running.retention import retention
from flows.site.settings import Settings

TIMEOUT = 10.0
LENGTH = TypeAdapter(timedelta)
OPEN = (
    "这个 Prefect 服务没有设置认证：能访问它的接口的人，能在工作主机上运行代码。"
    "请在服务的环境里设置 PREFECT_SERVER_API_AUTH_STRING=用户:密码，"
    "在工作主机和本机设置同样内容的 PREFECT_API_AUTH_STRING"
)
KEEPS = "这个 Prefect 服务保存运行和事件的期限与本站设置不同，请设置以下各项，重新启动它："


def demands(url: str, settings: Settings, environment: Mapping[str, str]) -> Iterator[str]:
    """What the server at the address should have set and has not, line by line."""
    own = environment.get("PREFECT_API_AUTH_STRING", "")
    with httpx.Client(base_url=url, timeout=TIMEOUT) as client:
        if client.get("/admin/version").is_success:
            yield OPEN
        user, _, password = own.partition(":")
        found = client.get("/admin/settings", auth=(user, password) if own else None)
    if not found.is_success or not _keeps_as_wanted(found.json(), settings):
        yield KEEPS
        yield from (f"  {name}={value}" for name, value in retention(settings).items())


def _keeps_as_wanted(found: Mapping[str, object], settings: Settings) -> bool:
    vacuum = _part(found, "server", "services", "db_vacuum")
    events = _part(found, "server", "events")
    enabled = vacuum.get("enabled")
    return (
        isinstance(enabled, list)
        and {"events", "flow_runs"} <= set(enabled)
        and _days(vacuum.get("retention_period")) == settings.prefect_run_days
        and _days(events.get("retention_period")) == settings.prefect_event_days
    )


def _days(told: object) -> int:
    """The whole days of a length of time as the server writes it."""
    return LENGTH.validate_python(told or 0).days


def _part(found: Mapping[str, object], *names: str) -> Mapping[str, object]:
    for name in names:
        inner = found.get(name)
        found = inner if isinstance(inner, Mapping) else {}
    return found
