"""Where finished documents lie: by the hash of their bytes, written and synced before use.

A folder by default; any fsspec address (a shared folder, an object store) serves several hosts.
"""

import hashlib
import os
import re
import uuid
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

_SHA256 = re.compile(r"[0-9a-f]{64}")


class NotOnShelf(LookupError):
    """No document with this hash lies on the shelf."""


class DamagedOnShelf(ValueError):
    """The bytes on the shelf are not those that were put there."""


class Shelf:
    """A content-addressed shelf; several processes may put and get at once."""

    def __init__(self, url: str) -> None:
        self._files, self._root = fsspec.url_to_fs(url)
        self._local = isinstance(self._files, LocalFileSystem)

    def put(self, content: bytes) -> str:
        """The hash under which `content` lies, synced to the disk; putting twice is harmless."""
        sha256 = hashlib.sha256(content).hexdigest()
        if self._local:
            _put_locally(Path(self._path(sha256)), content)
        elif not self._files.exists(self._path(sha256)):
            self._put_remotely(self._path(sha256), content)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes put under this hash; bytes that changed since are `DamagedOnShelf`."""
        try:
            content: bytes = self._files.cat_file(self._path(sha256))
        except FileNotFoundError as error:
            raise NotOnShelf(f"文书存储中没有 {sha256}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedOnShelf(f"文书存储中的 {sha256} 已损坏，内容与登记的校验值不符")
        return content

    def has(self, sha256: str) -> bool:
        """Whether a document with this hash lies on the shelf."""
        return bool(self._files.exists(self._path(sha256)))

    def _path(self, sha256: str) -> str:
        if not _SHA256.fullmatch(sha256):
            raise NotOnShelf(f"“{sha256}”不是文书的校验值（应为 64 位小写十六进制）")
        return f"{self._root}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def _put_remotely(self, path: str, content: bytes) -> None:
        self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        self._files.pipe_file(path, content)


def _put_locally(target: Path, content: bytes) -> None:
    """Write aside, sync, rename, sync the folders: after a crash the file is whole or absent."""
    if target.is_file() and target.stat().st_size == len(content):
        return
    made = _make_folders(target.parent)
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    for folder in (target.parent, *made):
        _sync_folder(folder)


def _make_folders(folder: Path) -> list[Path]:
    """Makes the folder; the folders in which a new one was made have to be synced too."""
    above = [parent for parent in folder.parents if not parent.is_dir()]
    changed = [] if folder.is_dir() else [folder.parent, *(parent.parent for parent in above)]
    folder.mkdir(parents=True, exist_ok=True)
    return changed


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
