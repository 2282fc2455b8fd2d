"""Files that pass between the hosts of a site, its people and other systems: uploads, day files.

A folder by default; any fsspec address (a shared folder, an object store) serves several hosts.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from documents.output.shelf import Seal, write_locally

_CLOSED = b"yisong-sealed\n"


class Exchange:
    """Whole files by their path below a folder or fsspec address; any host may read what one put.

    With a seal, what is put by `put` lies there encrypted: it is for the site's own hosts only.
    """

    def __init__(self, url: str, seal: Seal | None = None) -> None:
        self._files, root = fsspec.url_to_fs(url)
        self._root = str(root).rstrip("/")
        self._seal = seal
        self._local = isinstance(self._files, LocalFileSystem)

    def put(self, path: str, content: bytes) -> None:
        """The file has this content, whole, or is as it was before."""
        sealed = _CLOSED + self._seal.sealed_bytes(content) if self._seal else content
        self.put_open(path, sealed)

    def put_open(self, path: str, content: bytes) -> None:
        """The same, unencrypted: for another system to fetch."""
        if self._local:
            write_locally({Path(self._at(path)): content})
            return
        self._files.makedirs(self._at(path).rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(self._at(path), content)

    def get(self, path: str) -> bytes:
        """What was put there last; FileNotFoundError where nothing is."""
        kept: bytes = self._files.cat_file(self._at(path))
        if self._seal is None or not kept.startswith(_CLOSED):
            return kept
        return self._seal.opened_bytes(kept.removeprefix(_CLOSED))

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return bool(self._files.isfile(self._at(path)))

    def remove(self, path: str) -> None:
        """There is no such file any more, or never was."""
        if self.has(path):
            self._files.rm_file(self._at(path))

    def modified(self, path: str) -> datetime:
        """When the file was put last, by the clock of wherever it lies."""
        moment: datetime = self._files.modified(self._at(path))
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def names(self, folder: str) -> list[str]:
        """The names in a folder, in order, without what is being written; none where none is."""
        return sorted(self.sizes(folder))

    def sizes(self, folder: str) -> dict[str, int]:
        """The size in bytes of what lies in a folder, by its name; of a folder in it 0."""
        try:
            # Asked anew each time: another host may have put something since.
            found = self._files.ls(self._at(folder), detail=True, refresh=True)
        except FileNotFoundError:
            return {}
        named = {str(one["name"]).rstrip("/").rpartition("/")[2]: one for one in found}
        return {
            name: int(one.get("size") or 0)
            for name, one in named.items()
            if name and not name.startswith(".")
        }

    def everything(self, folder: str) -> Iterator[str]:
        """The path of every file in a folder and below, in no order."""
        if self._files.exists(self._at(folder)):
            for path in self._files.find(self._at(folder)):
                yield str(path)[len(self._root) :].lstrip("/")

    def copy_to(self, other: "Exchange", folder: str) -> None:
        """Puts everything in a folder and below on another exchange as it lies here."""
        for path in self.everything(folder):
            other.put_open(path, self._files.cat_file(self._at(path)))

    def place(self, path: str) -> Path | None:
        """Where a path lies on this host, unencrypted; None where it lies elsewhere or closed."""
        return Path(self._at(path)) if self._local and self._seal is None else None

    def folder(self, path: str) -> Path | None:
        """The folder of this host, own or shared; None for an object store."""
        return Path(self._at(path)) if self._local else None

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"
