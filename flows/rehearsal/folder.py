"""The folder of a rehearsal: held while it is played, sealed when it ends, replaced only untouched.

The seal names every file that the rehearsal made, with its digest. Whatever is done there later –
a step in its office, a note beside its case files, a document opened and saved – is a file that
the seal does not know; such a folder is left as it is, and the next rehearsal goes beside it.
"""

import fcntl
import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from itertools import count
from pathlib import Path
from typing import IO

from flows.site.moment import MARK as DEMONSTRATION

HELD = ".yisong-demo"
"""Locked by the rehearsal that is played there; a folder without it is no rehearsal's."""
SEAL = "SHA256SUMS"
HOME = "home"


class Foreign(Exception):
    """Something that no rehearsal made lies at the place; it is left alone."""


class Busy(Exception):
    """Another rehearsal is being played there."""


@dataclass(frozen=True)
class Taken:
    """A folder that belongs to this rehearsal until it is sealed.

    `kept`: folders left as they are, each with the reason in Chinese.
    `moved`: where a rehearsal that was broken off lies now.
    """

    folder: Path
    hold: IO[str]
    kept: tuple[tuple[Path, str], ...]
    moved: Path | None


def take(out: Path) -> Taken:
    """The folder that a rehearsal may be played in: the one wished for, or the next beside it.

    An earlier rehearsal that is as it was made is removed, one that was broken off is moved aside.
    Raises `Foreign` or `Busy` where the wish cannot be followed, and `OSError`.
    """
    kept: list[tuple[Path, str]] = []
    for place in _places(out):
        try:
            hold = _hold(place)
        except (Foreign, Busy):
            if place == out:
                raise
            continue
        moved = None
        if not (place / SEAL).exists() and _has_begun(place) and not _is_lived_in(place):
            moved = _move_aside(place)
            hold.close()
            hold = _hold(place)
        reason = _reason_to_keep(place)
        if not reason:
            _clear(place)
            return Taken(place, hold, tuple(kept), moved)
        hold.close()
        kept.append((place, reason))
    raise AssertionError("there is always a next place")


def seal(taken: Taken, made: Collection[str]) -> None:
    """Names every file with its digest that lies in what the rehearsal made; lets go of the folder.

    `made`: names in the folder itself. Anything beside them was put there by somebody else.
    """
    names = [one for one in _files(taken.folder) if Path(one).parts[0] in made]
    lines = [f"{_digest(taken.folder / name)}  {name}\n" for name in names]
    staged = taken.folder / f".{SEAL}"
    staged.write_text("".join(lines), encoding="utf-8")
    staged.replace(taken.folder / SEAL)
    taken.hold.close()


def first_touched(folder: Path) -> str | None:
    """A file that is not as the rehearsal made it; None where only its own are left."""
    sealed = _sealed(folder)
    for name in _files(folder):
        if name not in sealed or sealed[name] != _digest(folder / name):
            return name
    return None


def _reason_to_keep(place: Path) -> str:
    """Why a folder is left as it is; empty where a rehearsal may be played."""
    if _keeps_keys_of_another_database(place):
        return "存有另一个数据库的密钥"
    if _is_lived_in(place) and not (place / SEAL).exists():
        return f"没有演练结束时的校验值（{SEAL}），不能断定没有手工办理的内容"
    touched = first_touched(place)
    if touched is None:
        return ""
    # A name in another encoding, as out of an archive, cannot be printed as it is.
    return f"在上次演练之后有改动（如 {os.fsencode(touched).decode('utf-8', 'replace')}）"


def _places(out: Path) -> Iterator[Path]:
    yield out
    plain = out if out.name not in {"", ".."} else out.resolve()
    for number in count(2):
        yield plain.with_name(f"{plain.name}-{number}")


def _hold(place: Path) -> IO[str]:
    """The place locked for this process; it is made where it is missing."""
    if place.exists() and not place.is_dir():
        raise Foreign(place)
    place.mkdir(parents=True, exist_ok=True)
    if any(place.iterdir()) and not (place / HELD).is_file():
        raise Foreign(place)
    hold = (place / HELD).open("a", encoding="utf-8")
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        hold.close()
        raise Busy(place) from None
    if not _is_still_there(hold, place):
        hold.close()
        raise Busy(place)
    return hold


def _is_still_there(hold: IO[str], place: Path) -> bool:
    """Whether the lock is the place's: another starter may have moved the folder aside."""
    try:
        return os.path.samestat(os.fstat(hold.fileno()), (place / HELD).stat())
    except FileNotFoundError:
        return False


def _has_begun(place: Path) -> bool:
    return next(_files(place), None) is not None


def _is_lived_in(place: Path) -> bool:
    """Whether somebody went on in a rehearsal without a seal: its office has let people in."""
    return bool(_demonstration(place).get("ready", False))


def _keeps_keys_of_another_database(place: Path) -> bool:
    """A rehearsal in a database elsewhere can be read with no other keys than those here."""
    database = str(_demonstration(place).get("database", ""))
    return "://" in database or Path(database).is_absolute()


def _demonstration(place: Path) -> dict[str, object]:
    try:
        text = (place / HOME / DEMONSTRATION).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    found = json.loads(text) if text else {"ready": True}
    return found if isinstance(found, dict) else {}


def _move_aside(place: Path) -> Path:
    names = (place.with_name(f"{place.name}-unfinished-{number}") for number in count(1))
    aside = next(one for one in names if not one.exists())
    place.rename(aside)
    return aside


def _clear(place: Path) -> None:
    """Removes what the seal names, and the seal last: broken off, it is begun again."""
    names = [name for name in _sealed(place) if (place / name).is_file()]
    for name in names:
        (place / name).unlink()
    above = {one for name in names for one in Path(name).parents if one != Path()}
    for folder in sorted(above, key=lambda one: len(one.parts), reverse=True):
        if not any((place / folder).iterdir()):
            (place / folder).rmdir()
    (place / SEAL).unlink(missing_ok=True)


def _sealed(place: Path) -> dict[str, str]:
    """The files that the seal names, with their digests."""
    try:
        lines = (place / SEAL).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in pairs}


def _files(place: Path) -> Iterator[str]:
    """Every file below, and every link, but for the lock and the seal themselves."""
    own = {HELD, SEAL, f".{SEAL}"}
    for folder, folders, files in os.walk(place):
        here = Path(folder)
        links = [one for one in folders if (here / one).is_symlink()]
        for name in sorted([*files, *links]):
            found = (here / name).relative_to(place).as_posix()
            if found not in own:
                yield found


def _digest(file: Path) -> str:
    """What a file holds; a link is its target, never what lies there."""
    if file.is_symlink():
        return f"-> {file.readlink()}"
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
