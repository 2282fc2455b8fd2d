"""The shelf of document bytes, by SHA-256: what was put there is never rewritten."""

import os
import uuid
from hashlib import sha256
from pathlib import Path

import fsspec


class NotOnShelf(LookupError):
    """No document with that hash, or its bytes no longer have it."""


class Shelf:
    """A folder, shared folder or object store of documents, through fsspec.

    A local document is synced, and so is the folder that names it, before `put` returns: the
    commit that follows may rely on it.
    """

    def __init__(self, url: str) -> None:
        self._files, self._root = fsspec.core.url_to_fs(url)
        self._is_local = "file" in _protocols(self._files)

    def put(self, content: bytes) -> str:
        """The hash under which the bytes now lie; putting twice is harmless."""
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        if self._files.exists(path):
            return digest
        if self._is_local:
            _write_synced(Path(path), content)
        else:
            self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            self._files.pipe_file(path, content)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with that hash; NotOnShelf when absent or altered."""
        try:
            content: bytes = self._files.cat_file(self._path(digest))
        except FileNotFoundError:
            raise NotOnShelf(f"文书库中没有 {digest}") from None
        if sha256(content).hexdigest() != digest:
            raise NotOnShelf(f"文书 {digest} 的内容已被改动")
        return content

    def has(self, digest: str) -> bool:
        """Whether a document with that hash lies here."""
        return bool(self._files.exists(self._path(digest)))

    def _path(self, digest: str) -> str:
        return f"{self._root}/{digest[:2]}/{digest[2:4]}/{digest}"


def _protocols(files: object) -> tuple[str, ...]:
    found = getattr(files, "protocol", ())
    return (found,) if isinstance(found, str) else tuple(found)


def _write_synced(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{uuid.uuid4().hex}")
    with staged.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
