"""Bundles: a case file or a referral packet as one ZIP with catalogue and check values. Pure."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Protocol

from documents.templates.package import (
    Member,
    archive_member,
    pack_member,
    store_member,
    stream_package,
)

CHECKSUMS = "SHA256SUMS"
LONGEST_NAME = 80
"""Characters of a file name: every one of them may take three bytes, and systems allow 255."""
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_DEFLATED = frozenset({".txt", ".csv", ".json", ".jsonl", ".wav", ".tif", ".tiff", ""})
"""Suffixes of what is not compressed yet."""


class Bundled(Protocol):
    """A file of a bundle: its name in it, and its bytes, which are read when its turn comes."""

    @property
    def name(self) -> str:
        """The name in the bundle."""

    @property
    def content(self) -> bytes:
        """The bytes."""


@dataclass(frozen=True)
class BundleFile:
    """One file of a bundle held in memory."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The check value of the content."""
        return hashlib.sha256(self.content).hexdigest()


def file_name(place: int, title: str, suffix: str = ".docx") -> str:
    """A name that every system accepts, its place in front: 03 案件移送函 示市监〔2026〕1号."""
    fit = _UNFIT.sub(" ", title).strip(" .")[:LONGEST_NAME].strip()
    return f"{place:02d} {fit or '文书'}{suffix}"


def stream_bundle(files: Iterable[Bundled]) -> Iterator[bytes]:
    """A ZIP in pieces: each file is read when its turn comes, the check values come last.

    Equal files make equal bytes.
    """
    return stream_package(_members(files))


def bundle(files: Iterable[Bundled]) -> bytes:
    """A ZIP of the files in order with their check values; equal files make equal bytes.

    Raises ValueError for two files of one name, TooLarge beyond 4 GB.
    """
    return b"".join(stream_bundle(files))


def write_bundle(files: Iterable[Bundled], path: Path) -> str:
    """The bundle at `path`, whole or not at all; its check value."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    sha256 = hashlib.sha256()
    try:
        with aside.open("wb") as stream:
            for piece in stream_bundle(files):
                sha256.update(piece)
                stream.write(piece)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return sha256.hexdigest()


def write_folder(files: Iterable[Bundled], folder: Path) -> None:
    """The same files and check values laid out in a folder, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _with_checksums(files):
        (folder / name).write_bytes(content)


def _members(files: Iterable[Bundled]) -> Iterator[Member]:
    for name, content in _with_checksums(files):
        deflated = PurePath(name).suffix.lower() in _DEFLATED
        yield archive_member(
            pack_member(name, content) if deflated else store_member(name, content)
        )


def _with_checksums(files: Iterable[Bundled]) -> Iterator[tuple[str, bytes]]:
    """The files, and at the end their check values as `sha256sum -c` reads them."""
    lines: dict[str, str] = {}
    for file in files:
        content = file.content
        if file.name in lines or file.name == CHECKSUMS:
            raise ValueError("两个文件同名，不能放入同一个包")
        lines[file.name] = f"{hashlib.sha256(content).hexdigest()}  {file.name}\n"
        yield file.name, content
    yield CHECKSUMS, "".join(lines.values()).encode()
