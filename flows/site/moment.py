"""The moment at an office: the wall's, or in a demonstration one that was set and goes on."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from flows.site.office import Office
from flows.site.settings import Settings

MARK = "demonstration"
"""The file in a site's home that makes it a demonstration."""


LONGEST_JUMP = timedelta(days=1)
WHAT_TO_DO = (
    "现在办理的事项会记在将来的日期上，所以暂停办理，没有保存任何改动。"
    "请管理员核对本机时间：时间错了的，改正后自动恢复；现在的时间正确的，重新启动服务"
)


def _since_boot() -> float:
    """Seconds since the machine started, asleep or not."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True)
class Mark:
    """How a demonstration stands: the moment it shows, and since when by the wall's clock.

    `ready`: its story has been told so far; `told` is the last day that was. `database` is the one
    it lies in: another one used with the same home works in earnest.
    """

    ready: bool = True
    told: str = ""
    shown: str = ""
    since: str = ""
    database: str = ""


def now_at(office: Office) -> datetime:
    """The aware moment at the office: the wall's clock, or a demonstration's.

    Pages, commands and ticks read time here once; whatever they call gets it as an argument.
    """
    mark, wall = read_mark(office), datetime.now(UTC)
    if mark is None or not mark.shown:
        return wall
    return datetime.fromisoformat(mark.shown) + (wall - datetime.fromisoformat(mark.since))


def wall_of(office: Office, now: datetime) -> datetime:
    """The wall's moment when the office has this one: what telephones and other systems go by."""
    mark = read_mark(office)
    if mark is None or not mark.shown:
        return now
    return now - (datetime.fromisoformat(mark.shown) - datetime.fromisoformat(mark.since))


class SteadyClock:
    """Whether the wall's clock goes on as the machine's own does, which nobody sets.

    One that runs ahead would date acts in the future, where the record can never follow them. It is
    looked at while a process runs; after a start the time is taken as it is. `wall` and `own` tell
    seconds.
    """

    def __init__(
        self, wall: Callable[[], float] = time.time, own: Callable[[], float] = _since_boot
    ) -> None:
        self._wall, self._own = wall, own
        self._last = (wall(), own())

    def amiss(self) -> str:
        """Why nothing may be done now, in Chinese; empty where time goes on, or was set back."""
        now = (self._wall(), self._own())
        ahead = timedelta(seconds=(now[0] - self._last[0]) - (now[1] - self._last[1]))
        if ahead > LONGEST_JUMP:
            return f"本机时钟在运行中快进了约{ahead.days}天，{WHAT_TO_DO}"
        self._last = now
        return ""


def read_mark(office: Office) -> Mark | None:
    """How the demonstration stands; None for an office that works in earnest."""
    try:
        text = _file(office).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    mark = Mark(**json.loads(text)) if text else Mark()
    return mark if mark.database in {"", _database(office)} else None


def is_demonstration(settings: Settings) -> bool:
    """Whether the home holds a demonstration, whichever database it lies in."""
    return (settings.home / MARK).exists()


def is_ready(office: Office) -> bool:
    """Whether people may come in: a demonstration first has its story told."""
    mark = read_mark(office)
    return mark is None or mark.ready


def write_mark(office: Office, mark: Mark) -> None:
    """Makes the office a demonstration that stands like this."""
    file = _file(office)
    # Moved into place, so that a page never reads half a file.
    staged = file.with_name(f".{file.name}")
    bound = replace(mark, database=_database(office))
    staged.write_text(json.dumps(asdict(bound)), encoding="utf-8")
    staged.replace(file)


def set_moment(office: Office, shown: datetime) -> None:
    """Sets a demonstration's clock to a moment, from which it goes on; its story is told."""
    since = datetime.now(UTC).isoformat()
    write_mark(office, Mark(shown=shown.isoformat(), since=since))


def _file(office: Office) -> Path:
    return office.settings.home / MARK


def _database(office: Office) -> str:
    """The database's address without who enters it; a file in the home by its place there."""
    url = make_url(office.settings.database)
    if url.get_backend_name() != "sqlite":
        plain = url.set(drivername=url.get_backend_name(), username=None, password=None)
        return plain.render_as_string()
    file, home = Path(str(url.database)).resolve(), office.settings.home.resolve()
    return str(file.relative_to(home) if file.is_relative_to(home) else file)
