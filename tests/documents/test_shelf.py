"""The shelf: bytes by their hash, whole or absent, the same for every process."""

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from documents.output.shelf import DamagedOnShelf, NotOnShelf, Shelf
from flows.site.keys import load_keys


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(str(tmp_path / "shelf"))


def test_what_is_put_is_found_under_its_hash(shelf: Shelf) -> None:
    sha256 = shelf.put(b"document")

    assert sha256 == hashlib.sha256(b"document").hexdigest()
    assert shelf.get(sha256) == b"document"
    assert shelf.has(sha256)


def test_documents_lie_in_two_levels_of_folders(tmp_path: Path) -> None:
    sha256 = Shelf(str(tmp_path)).put(b"document")

    assert (tmp_path / sha256[:2] / sha256).read_bytes() == b"document"


def test_putting_twice_leaves_one_file_and_no_remnant(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(b"document")
    shelf.put(b"document")

    assert len([item for item in (tmp_path / "shelf").rglob("*") if item.is_file()]) == 1


def test_an_unknown_hash_is_not_on_the_shelf(shelf: Shelf) -> None:
    assert not shelf.has("0" * 64)
    with pytest.raises(NotOnShelf):
        shelf.get("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_what_is_no_hash_never_becomes_a_path(shelf: Shelf, name: str) -> None:
    with pytest.raises(NotOnShelf, match="校验值"):
        shelf.get(name)


def test_bytes_that_changed_are_never_handed_out(shelf: Shelf, tmp_path: Path) -> None:
    sha256 = shelf.put(b"document")
    (tmp_path / "shelf" / sha256[:2] / sha256).write_bytes(b"forged!!")

    with pytest.raises(DamagedOnShelf):
        shelf.get(sha256)


def test_a_file_cut_short_by_a_crash_is_put_again(shelf: Shelf, tmp_path: Path) -> None:
    sha256 = shelf.put(b"document")
    (tmp_path / "shelf" / sha256[:2] / sha256).write_bytes(b"doc")

    shelf.put(b"document")

    assert shelf.get(sha256) == b"document"


def test_file_and_folder_are_synced_before_put_returns(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    real = os.fsync

    def record(handle: int) -> None:
        synced.append(os.path.isdir(f"/proc/self/fd/{handle}"))  # noqa: PTH112
        real(handle)

    monkeypatch.setattr(os, "fsync", record)
    shelf.put(b"document")

    assert synced[0] is False
    assert synced.count(True) >= 3, "the file's folder and those in which new folders were made"


def test_a_failed_write_leaves_nothing_behind(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        shelf.put(b"document")

    assert not [item for item in (tmp_path / "shelf").rglob("*") if item.is_file()]


def test_an_address_of_another_kind_serves_as_well() -> None:
    shelf = Shelf("memory://shelf")

    assert shelf.get(shelf.put(b"document")) == b"document"
    with pytest.raises(NotOnShelf):
        shelf.get("0" * 64)


def _put_many(folder: str) -> list[str]:
    shelf = Shelf(folder)
    return [shelf.put(b"document %d" % number) for number in range(20)]


def test_several_processes_may_put_the_same_documents(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3) as pool:
        found = list(pool.map(_put_many, [str(tmp_path)] * 3))

    assert found[0] == found[1] == found[2]
    assert len([item for item in tmp_path.rglob("*") if item.is_file()]) == 20


def test_what_is_taken_together_syncs_every_file_before_any_has_its_name(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle))[1])
    monkeypatch.setattr(
        Path, "replace", lambda one, other: (done.append("name"), replace(one, other))[1]
    )

    shelf.take({hashlib.sha256(one).hexdigest(): one for one in (b"one", b"two", b"three")})

    assert done[:6] == ["sync"] * 3 + ["name"] * 3
    assert set(done[6:]) == {"sync"}


def test_what_is_sealed_is_copied_sealed_and_opens_with_its_keys(tmp_path: Path) -> None:
    """A backup of a site with a letter to a reporter: nothing in it names him."""
    keys = load_keys(tmp_path / "keys.json")
    there, copy = str(tmp_path / "shelf"), str(tmp_path / "backup")
    content = "刘小民：".encode()
    name = hashlib.sha256(content).hexdigest()
    Shelf(there, keys).take({name: Shelf(there, keys).closed(content)})

    Shelf(there, keys).copy_to(Shelf(copy), name)

    assert "刘小民".encode() not in (Path(copy) / name[:2] / name).read_bytes()
    assert Shelf(copy, keys).get(name) == content
