"""The first start of a site: what is there already, and the settings that it was begun with."""

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from flows.site.settings import SITE_FILE, Settings

LOST = (
    "密钥和文书还在，数据库不在（{place}）：数据库可能丢失，或者设置的位置写错。"
    "为免把它当作新的站点，没有继续。请核对设置；确已丢失的，先从备份恢复数据库"
)


def remains(settings: Settings) -> tuple[str, ...]:
    """What of a site is there, in Chinese: keys, papers, a database; nothing for a new home.

    A database that is reached by an address of its own counts as being there.
    """
    file = database_file(settings)
    found = {
        "密钥文件": settings.keys.exists(),
        "文书": _has_papers(settings),
        "数据库": file is None or file.exists(),
    }
    return tuple(name for name, there in found.items() if there)


def lost_database(settings: Settings) -> str:
    """The warning that keys and papers are there and their database is not; empty otherwise."""
    file = database_file(settings)
    if set(remains(settings)) == {"密钥文件", "文书"}:
        return LOST.format(place=file)
    return ""


def database_file(settings: Settings) -> Path | None:
    """The file of a SQLite database; None for one that lies elsewhere."""
    try:
        parsed = make_url(settings.database)
    except ArgumentError:
        return None
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, ":memory:")
    return Path(parsed.database or "") if is_file else None


def keep_settings(settings: Settings) -> Path:
    """Writes area, region, desk and configuration into the home, for every later start."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = settings.home / SITE_FILE
    lines = [
        f"YISONG_{name.upper()}={getattr(settings, name)}" for name in ("area", "region", "desk")
    ]
    if settings.config is not None:
        lines.append(f"YISONG_CONFIG={settings.config.resolve()}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _has_papers(settings: Settings) -> bool:
    if "://" in settings.shelf:
        return False
    shelf = Path(settings.shelf)
    return shelf.is_dir() and any(shelf.iterdir())
