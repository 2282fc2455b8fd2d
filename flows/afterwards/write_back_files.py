"""Write-back to the 12345 platform as its desk sees it: the address, or each day's files."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.process import Clue
from flows.afterwards.write_back import FILES
from flows.people.visible_clues import NotForYou
from flows.site.office import Office

KIND = ".jsonl"


@dataclass(frozen=True)
class HandedFile:
    """A day's file for the platform to fetch."""

    name: str
    size: int
    lines: int


def way_out(office: Office) -> str:
    """How write-backs leave: the platform's address, or the folder it fetches from."""
    address = office.settings.write_back_url
    return f"HTTP 推送（{urlsplit(address).hostname}）" if address else "每日文件，由平台取走"


def handed_files(office: Office, most: int = 31) -> tuple[HandedFile, ...]:
    """The files of the last days, the newest first."""
    days = {one.removesuffix(KIND) for one in office.exchange.names(FILES)}
    return tuple(_handed(office, day) for day in sorted(days, reverse=True)[:most])


def _handed(office: Office, day: str) -> HandedFile:
    exchange, path = office.exchange, f"{FILES}/{day}{KIND}"
    if exchange.has(path):
        content = exchange.get(path)
        return HandedFile(f"{day}{KIND}", len(content), content.count(b"\n"))
    sizes = exchange.sizes(f"{FILES}/{day}")
    return HandedFile(f"{day}{KIND}", sum(sizes.values()), len(sizes))


def handed_file(office: Office, name: str, actor: Actor, session: Session) -> bytes:
    """A day's file, with the lines of the actor's own desk; NotForYou where there is none."""
    if name not in {one.name for one in handed_files(office)}:
        raise NotForYou("没有这个回写文件")
    lines = _content(office, name).splitlines(keepends=True)
    numbers = {line: _clue_of(line) for line in lines}
    query = select(Clue.no).where(
        col(Clue.no).in_(set(numbers.values())), col(Clue.desk_id) == actor.department
    )
    own = set(session.exec(query))
    return b"".join(line for line in lines if numbers[line] in own)


def _content(office: Office, name: str) -> bytes:
    """A day's lines: of its file, or of its objects where a store adds to none."""
    exchange, path = office.exchange, f"{FILES}/{name}"
    if exchange.has(path):
        return exchange.get(path)
    day = path.removesuffix(KIND)
    return b"".join(exchange.get(f"{day}/{one}") for one in exchange.names(day))


def _clue_of(line: bytes) -> str:
    try:
        return str(json.loads(line)["clue"])
    except (ValueError, LookupError, TypeError):
        return ""
