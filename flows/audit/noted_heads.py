"""The end of the record noted outside the database, and the record held against what was noted.

Whoever may write the database can cut off or empty the record and set its head back; what stands
in a file or with another system, he cannot. A rollback of the database is missed the same way.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import httpx
from sqlmodel import Session, col, select

from domain.limits.limit import at_shanghai
from domain.tables.record import Event
from flows.site.event_chain import GENESIS, NOTED, NOTES, Head, head_of
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import reading

AT_ONCE = 500
OUTSIDE_SECONDS = 10.0
LONGEST_ANSWER = 2_000_000
TAIL = 4096
REMEDY = "请保护现场：停止写入，备份数据库，与备份和案卷中的办理记录核对，并报告主管部门"


class NotNoted(Exception):
    """The head could not be noted everywhere; says where not and why, in Chinese."""


def note_head(office: Office, now: datetime) -> str:
    """Notes the end of the record in the files and at the address of the site; what it is.

    A record without events is not noted. Raises NotNoted for every place that did not take it,
    once the others have it.
    """
    with reading(office.engine) as session:
        head = head_of(session)
    if head.seq == 0:
        return ""
    faults = [told for path in files_of(office.settings) if (told := _into(path, head, now))]
    if office.settings.chain_note_url:
        faults += _sent(office.settings, head, now)
    if faults:
        raise NotNoted("；".join(faults))
    return f"已记下链尾第{head.seq}条"


def files_of(settings: Settings) -> tuple[Path, ...]:
    """The files in which the site notes: one in its home, and the one on another path."""
    named = settings.chain_note_file
    return (settings.home / NOTES, *([named] if named else []))


def misfits(session: Session, settings: Settings) -> list[tuple[int, str]]:
    """What of the noted ends the record does not hold any more, each with its number.

    A place of the site's own choice that cannot be read is one too: it would have told.
    """
    found: list[tuple[int, str]] = []
    for place, text in _told(settings):
        if text is None:
            found.append((0, f"{place}读不到，无法比对末尾的记录是否被删除"))
        else:
            found += [(seq, f"{place}：{words}") for seq, words in _missed(session, text)]
    return found


def has_notes(settings: Settings) -> bool:
    """Whether anything is noted outside, so that a cut would be missed."""
    return any(text for _, text in _told(settings))


def _into(path: Path, head: Head, now: datetime) -> str:
    """Appends a line unless it stands there already; what went wrong."""
    line = f"{at_shanghai(now).isoformat(timespec='seconds')} {head}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "r+b") as stream:
            stream.seek(max(stream.seek(0, os.SEEK_END) - TAIL, 0))
            if f"{head}\n".encode() not in stream.read():
                stream.write(line.encode())
                stream.flush()
                os.fsync(stream.fileno())
    except OSError as fault:
        return f"链尾没有记入「{path}」：{fault.strerror}"
    return ""


def _sent(settings: Settings, head: Head, now: datetime) -> list[str]:
    told = {"site": settings.desk, "seq": head.seq, "hash": head.hash, "at": now.isoformat()}
    content = json.dumps({**told, "line": str(head)}, ensure_ascii=False).encode()
    try:
        with httpx.Client(timeout=OUTSIDE_SECONDS, trust_env=False) as client:
            headers = {**_headers(settings), "Content-Type": "application/json"}
            answer = client.post(settings.chain_note_url, content=content, headers=headers)
    except httpx.HTTPError:
        return ["YISONG_CHAIN_NOTE_URL 的地址连接不上"]
    taken = answer.is_success
    return [] if taken else [f"YISONG_CHAIN_NOTE_URL 的地址没有接收：HTTP {answer.status_code}"]


def _told(settings: Settings) -> Iterator[tuple[str, str | None]]:
    """Each place with what was noted there; None where a place of the site's choice is dumb."""
    for path in files_of(settings):
        try:
            yield f"记在「{path.name}」的链尾", path.read_text("utf-8", "replace")
        except FileNotFoundError:
            # The one in the home is begun by the first tick; the other was there or was never made.
            if path == settings.chain_note_file:
                yield f"记在「{path}」的链尾", None
        except OSError:
            yield f"记在「{path}」的链尾", None
    if settings.chain_note_url:
        yield "记在外部系统的链尾", _fetched(settings)


def _fetched(settings: Settings) -> str | None:
    """What the address gives back of what it was told; nothing where it only takes."""
    try:
        with (
            httpx.Client(timeout=OUTSIDE_SECONDS, trust_env=False) as client,
            client.stream("GET", settings.chain_note_url, headers=_headers(settings)) as answer,
        ):
            content = b""
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > LONGEST_ANSWER:
                    break
            return content.decode("utf-8", "replace") if answer.is_success else ""
    except httpx.HTTPError:
        return None


def _headers(settings: Settings) -> Mapping[str, str]:
    token = settings.chain_note_token.get_secret_value()
    return {"Authorization": f"Bearer {token}"} if token else {}


def _missed(session: Session, text: str) -> Iterator[tuple[int, str]]:
    """The first noted end that is gone or another one now: what follows it says no more."""
    noted = sorted({(int(one[1]), one[2]) for one in NOTED.finditer(text) if len(one[1]) < 19})
    last = head_of(session).seq
    for begin in range(0, len(noted), AT_ONCE):
        portion = noted[begin : begin + AT_ONCE]
        held = _hashes(session, [seq for seq, _ in portion if seq <= last])
        for seq, wanted in portion:
            if seq not in held:
                yield seq, f"记下时有第{seq}条，现在只到第{last}条：末尾的记录被删除。{REMEDY}"
                return
            if held[seq] != wanted:
                yield seq, f"第{seq}条与记下时不同：它或者它之前的记录被改动。{REMEDY}"
                return


def _hashes(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    query = select(Event.seq, Event.hash).where(col(Event.seq).in_(numbers))
    return {0: GENESIS, **{seq: told for seq, told in session.exec(query)}}
