"""Files that were sent in and wait for their sender's confirmation: his own, for an hour."""

import re
import secrets
import time
from pathlib import Path

from domain.situation.situation import Actor
from flows.site.office import Office

KINDS = (".xlsx", ".xls", ".csv", ".json", ".jsonl", ".txt")
KEPT_SECONDS = 3600.0
_NAME = re.compile(r"[0-9a-f]{32}")


class NoSuchUpload(LookupError):
    """No file of that name waits for this person."""


def keep_upload(office: Office, actor: Actor, name: str, content: bytes) -> str:
    """Keeps a file until it is confirmed; the key under which its sender alone finds it again.

    The file's own name is used for its suffix only: it may say anything, `../` included.
    """
    folder = _folder(office, actor)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _forget_old(folder)
    key = secrets.token_hex(16)
    (folder / f"{key}{_kind(name)}").write_bytes(content)
    return key


def kept_upload(office: Office, actor: Actor, key: str) -> Path:
    """The file that its sender kept; NoSuchUpload when it is not his or was cleared away."""
    if _NAME.fullmatch(key):
        for kind in KINDS:
            path = _folder(office, actor) / f"{key}{kind}"
            if path.is_file():
                return path
    raise NoSuchUpload("上传的文件已经清理，请重新上传")


def forget_uploads(office: Office) -> None:
    """Clears away everybody's files that were not confirmed within the hour."""
    place = office.settings.home / "uploads"
    for folder in place.iterdir() if place.is_dir() else ():
        _forget_old(folder)


def _kind(name: str) -> str:
    kind = Path(name).suffix.lower()
    return kind if kind in KINDS else ".txt"


def _folder(office: Office, actor: Actor) -> Path:
    safe = re.sub(r"[^0-9A-Za-z_-]", "_", actor.id)
    return office.settings.home / "uploads" / safe


def _forget_old(folder: Path) -> None:
    limit = time.time() - KEPT_SECONDS
    for path in folder.iterdir():
        if path.is_file() and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
