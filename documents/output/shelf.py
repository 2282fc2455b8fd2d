"""The shelf of finished documents: bytes kept by their hash, written and synced before use.

A folder by default; any fsspec address (a shared folder, an object store) serves several hosts.
"""

import hashlib
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

import fsspec
from fsspec.implementations.local import LocalFileSystem

_SHA256 = re.compile(r"[0-9a-f]{64}")
ORPHANS = "orphans"
"""The folder of the shelf for bytes that nobody names."""
_CLOSED = b"yisong-sealed\n"
"""What a sealed file begins with; no Word file, picture or archive does."""


class Seal(Protocol):
    """What closes bytes so that the disk alone tells nothing of them, and opens them again."""

    def sealed_bytes(self, content: bytes) -> bytes:
        """The bytes encrypted."""

    def opened_bytes(self, sealed: bytes) -> bytes:
        """The bytes that were encrypted."""


class Tray(Protocol):
    """Where bytes lie, as the shelf would keep them, until they are carried to it."""

    def found(self, sha256: str) -> bytes | None:
        """What lies there under a hash; None for nothing."""

    def holds(self, sha256: str) -> bool:
        """Whether anything lies there under a hash."""

    def hashes(self, beginning: str) -> list[str]:
        """The hashes of what lies there that begin so."""


class NotOnShelf(LookupError):
    """No document with this hash lies on the shelf."""


class DamagedOnShelf(ValueError):
    """The bytes on the shelf are not those that were put there."""


class Shelf:
    """A content-addressed shelf at a folder or fsspec address; many processes may use it at once.

    Put before the commit that names the hash: a crash may leave bytes that nobody names, which does
    no harm, but never a row whose document is not there. What lies in the `tray` is read as if it
    were here already.
    """

    def __init__(self, url: str, seal: Seal | None = None, tray: Tray | None = None) -> None:
        self._files, self._root = fsspec.url_to_fs(url)
        self._seal, self._tray = seal, tray
        self._local = isinstance(self._files, LocalFileSystem)

    def put(self, content: bytes) -> str:
        """The hash under which `content` lies, synced to the disk; putting twice is harmless."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.take({sha256: content})
        return sha256

    def closed(self, content: bytes) -> bytes:
        """`content` as it lies here where a copy of the disk may name nobody: encrypted."""
        if self._seal is None:
            raise ValueError("a shelf without a seal keeps nothing closed")
        return _CLOSED + self._seal.sealed_bytes(content)

    def take(self, kept: Mapping[str, bytes]) -> None:
        """Puts bytes by their hashes as they shall lie here, all synced when it returns."""
        by_path = {self._path(sha256): content for sha256, content in kept.items()}
        if self._local:
            paths = {Path(path): content for path, content in by_path.items()}
            write_locally({path: one for path, one in paths.items() if not _lies_there(path, one)})
            return
        for path, content in by_path.items():
            if not self._files.exists(path):
                self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
                self._files.pipe_file(path, content)

    def get(self, sha256: str) -> bytes:
        """The bytes put under this hash; bytes that changed since are `DamagedOnShelf`."""
        content = self._opened(self._kept(sha256))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedOnShelf(f"文书存储中的 {sha256} 已损坏，内容与登记的校验值不符")
        return content

    def copy_to(self, target: "Shelf", sha256: str) -> None:
        """Puts a document on another shelf as it lies here: what is sealed stays sealed.

        It is held against its hash first; a shelf without the seal copies what is sealed unread.
        """
        kept = self._kept(sha256)
        if self._seal is not None or not kept.startswith(_CLOSED):
            self.get(sha256)
        target.take({sha256: kept})

    def _kept(self, sha256: str) -> bytes:
        # Looked for here once more: it may have been carried over between the two looks.
        kept = self._here(sha256)
        if kept is None and self._tray is not None:
            kept = self._tray.found(sha256) or self._here(sha256)
        if kept is None:
            raise NotOnShelf(f"文书存储中没有 {sha256}")
        return kept

    def _here(self, sha256: str) -> bytes | None:
        try:
            kept: bytes = self._files.cat_file(self._path(sha256))
        except FileNotFoundError:
            return None
        return kept

    def _opened(self, kept: bytes) -> bytes:
        if self._seal is None or not kept.startswith(_CLOSED):
            return kept
        return self._seal.opened_bytes(kept.removeprefix(_CLOSED))

    def has(self, sha256: str) -> bool:
        """Whether a document with this hash lies on the shelf."""
        path = self._path(sha256)
        if self._files.exists(path):
            return True
        return self._tray is not None and (
            self._tray.holds(sha256) or bool(self._files.exists(path))
        )

    def listed(self, folder: str) -> list[str]:
        """The hashes of the documents of a folder (two signs), those in the tray among them."""
        # The tray first: what is carried over meanwhile is then found here, and not in neither.
        lying = self._tray.hashes(folder) if self._tray else []
        there = (name for name in self._names(folder) if _SHA256.fullmatch(name))
        return list(dict.fromkeys((*lying, *there)))

    def drop_unfinished(self, folder: str, before: datetime) -> None:
        """Removes what was begun in a folder before a moment and never got its name."""
        for name in self._names(folder):
            path = f"{self._root}/{folder}/{name}"
            if name.startswith(".") and self._modified(path) < before:
                self._files.rm_file(path)

    def put_aside(self, sha256: str, before: datetime) -> bool:
        """Moves a document into the folder `orphans` if it was put before a moment."""
        path = self._path(sha256)
        if self._modified(path) >= before:
            return False
        self._files.makedirs(f"{self._root}/{ORPHANS}", exist_ok=True)
        self._files.mv(path, f"{self._root}/{ORPHANS}/{sha256}")
        return True

    def _names(self, folder: str) -> list[str]:
        try:
            found = self._files.ls(f"{self._root}/{folder}", detail=False)
        except FileNotFoundError:
            return []
        return [str(one).rpartition("/")[2] for one in found]

    def _modified(self, path: str) -> datetime:
        moment: datetime = self._files.modified(path)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def everything(self) -> Iterator[str]:
        """The hash of everything that lies on the shelf itself, in no order."""
        if self._files.exists(self._root):
            for path in self._files.find(self._root):
                folder, _, name = str(path).rpartition("/")
                if _SHA256.fullmatch(name) and folder.endswith(f"/{name[:2]}"):
                    yield name

    def _path(self, sha256: str) -> str:
        if not _SHA256.fullmatch(sha256):
            raise NotOnShelf(f"“{sha256}”不是文书的校验值（应为 64 位小写十六进制）")
        return f"{self._root}/{sha256[:2]}/{sha256}"


def write_locally(contents: Mapping[Path, bytes]) -> None:
    """Write aside, sync, rename, sync the folders: after a crash each file is whole or as before.

    Each folder is synced once, however many files it got.
    """
    folders: dict[Path, None] = {}
    asides: dict[Path, Path] = {}
    try:
        for target, content in contents.items():
            folders |= dict.fromkeys((target.parent, *_make_folders(target.parent)))
            asides[target] = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
            _write_synced(asides[target], content)
        for target, aside in asides.items():
            aside.replace(target)
    finally:
        _remove(asides.values())
    for folder in folders:
        _sync_folder(folder)


def _lies_there(target: Path, content: bytes) -> bool:
    # Equal names are equal hashes: only a file that was cut short differs, and by its size.
    try:
        found = target.stat()
    except FileNotFoundError:
        return False
    return S_ISREG(found.st_mode) and found.st_size == len(content)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _make_folders(folder: Path) -> list[Path]:
    """Makes the folder; the folders in which a new one was made have to be synced too."""
    if folder.is_dir():
        return []
    above = [parent for parent in folder.parents if not parent.is_dir()]
    folder.mkdir(parents=True, exist_ok=True)
    return [folder.parent, *(parent.parent for parent in above)]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
