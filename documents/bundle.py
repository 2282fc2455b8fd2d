"""Bundles: a case file or a referral packet as one ZIP with catalogue and check values. Pure."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from documents.package import build_package

CHECKSUMS = "SHA256SUMS"
LONGEST_NAME = 80
"""Characters of a file name: every one of them may take three bytes, and systems allow 255."""
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True)
class BundleFile:
    """One file of a bundle, by its name in it."""

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


def checksums(files: Iterable[BundleFile]) -> BundleFile:
    """The check values of all files, as `sha256sum -c` reads them."""
    lines = [f"{one.sha256}  {one.name}\n" for one in files]
    return BundleFile(CHECKSUMS, "".join(lines).encode())


def bundle(files: Iterable[BundleFile]) -> bytes:
    """A ZIP of the files in order with their check values; equal files make equal bytes."""
    return build_package(_with_checksums(files))


def write_folder(files: Iterable[BundleFile], folder: Path) -> None:
    """The same files laid out in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _with_checksums(files).items():
        (folder / name).write_bytes(content)


def _with_checksums(files: Iterable[BundleFile]) -> Mapping[str, bytes]:
    found = list(files)
    contents = {one.name: one.content for one in [*found, checksums(found)]}
    if len(contents) != len(found) + 1:
        raise ValueError("两个文件同名，不能放入同一个包")
    return contents
