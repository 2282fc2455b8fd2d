"""The moment at an office: the wall's, or in a demonstration one that was set and goes on."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from flows.site.office import Office

MARK = "demonstration"
"""The file in a site's home that makes it a demonstration."""


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


def read_mark(office: Office) -> Mark | None:
    """How the demonstration stands; None for an office that works in earnest."""
    try:
        text = _file(office).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    mark = Mark(**json.loads(text)) if text else Mark()
    return mark if mark.database in {"", _database(office)} else None


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
