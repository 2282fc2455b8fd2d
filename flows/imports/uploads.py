"""Files that were sent in and wait for their sender's confirmation: his own, for an hour.

They lie in the site's exchange, so that any host finds what another was given.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from documents.output.exchange import Exchange
from domain.situation.situation import Actor
from flows.site.office import Office

KINDS = (".xlsx", ".xls", ".csv", ".json", ".jsonl", ".txt")
KEPT = timedelta(hours=1)
UPLOADS = "uploads"
COPY = "upload-"
_NAME = re.compile(r"[0-9a-f]{32}")


class NoSuchUpload(LookupError):
    """No file of that name waits for this person."""


def keep_upload(office: Office, actor: Actor, name: str, content: bytes) -> str:
    """Keeps a file until it is confirmed; the key under which its sender alone finds it again.

    The file's own name is used for its suffix only: it may say anything, `../` included.
    """
    exchange = office.exchange
    _forget_old(exchange, upload_folder(actor))
    key = secrets.token_hex(16)
    exchange.put(f"{upload_folder(actor)}/{key}{_kind(name)}", content)
    return key


@contextmanager
def kept_upload(office: Office, actor: Actor, key: str) -> Iterator[Path]:
    """The file that its sender kept, on this host meanwhile; NoSuchUpload where it is not his."""
    exchange, path = office.exchange, upload_path(office, actor, key)
    if place := exchange.place(path):
        yield place
        return
    # Readers of files are processes of their own and open a path: a copy for as long as they read.
    _forget_copies(office)
    with TemporaryDirectory(prefix=COPY, dir=office.settings.home) as folder:
        copy = Path(folder) / Path(path).name
        copy.write_bytes(exchange.get(path))
        yield copy


def is_kept(office: Office, actor: Actor, key: str) -> bool:
    """Whether the file of that key is still known."""
    try:
        upload_path(office, actor, key)
    except NoSuchUpload:
        return False
    return True


def upload_path(office: Office, actor: Actor, key: str) -> str:
    """Where in the exchange a file waits; NoSuchUpload when it is not the actor's or is gone."""
    if _NAME.fullmatch(key):
        for kind in KINDS:
            path = f"{upload_folder(actor)}/{key}{kind}"
            if office.exchange.has(path):
                return path
    raise NoSuchUpload("上传的文件已经清理，请重新上传")


def read_upload(office: Office, actor: Actor, key: str) -> bytes:
    """What stands in a kept file; NoSuchUpload when it is not the actor's or is gone."""
    return office.exchange.get(upload_path(office, actor, key))


def empty_upload(office: Office, actor: Actor, key: str) -> None:
    """Nothing stands in the file any more; its key is still known."""
    office.exchange.put(upload_path(office, actor, key), b"")


def drop_upload(office: Office, actor: Actor, key: str) -> None:
    """Nobody finds the file any more."""
    office.exchange.remove(upload_path(office, actor, key))


def hand_over(office: Office, actor: Actor, file: Path) -> str:
    """The path in the exchange of a file that was written beside a kept upload."""
    path = f"{upload_folder(actor)}/{file.name}"
    if office.exchange.place(path) != file:
        office.exchange.put(path, file.read_bytes())
    return path


def forget_uploads(office: Office) -> None:
    """Clears away everybody's files that were not confirmed within the hour."""
    for folder in office.exchange.names(UPLOADS):
        _forget_old(office.exchange, f"{UPLOADS}/{folder}")


def _forget_copies(office: Office) -> None:
    """What a reader that was killed left behind."""
    limit = (datetime.now(UTC) - timedelta(days=1)).timestamp()
    for folder in office.settings.home.glob(f"{COPY}*"):
        if folder.stat().st_mtime < limit:
            rmtree(folder, ignore_errors=True)


def _kind(name: str) -> str:
    kind = Path(name).suffix.lower()
    return kind if kind in KINDS else ".txt"


def upload_folder(actor: Actor) -> str:
    """The folder of the exchange in which a person's files lie."""
    return f"{UPLOADS}/{re.sub(r'[^0-9A-Za-z_-]', '_', actor.id)}"


def _forget_old(exchange: Exchange, folder: str) -> None:
    limit = datetime.now(UTC) - KEPT
    for name in exchange.names(folder):
        path = f"{folder}/{name}"
        if exchange.has(path) and exchange.modified(path) < limit:
            exchange.remove(path)
