"""Write-back: the state of an order goes back to the 12345 platform, by file or by HTTP."""

import fcntl
import json
import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import httpx
from sqlmodel import Session, col, select

from documents.output.exchange import Exchange
from domain.situation.situation import CHINA
from domain.tables.process import Clock, Clue
from domain.tables.record import Event
from flows.afterwards.follow_up_context import clue_of, documents_of, event_of, form_of
from flows.afterwards.outbox import Job, Later
from flows.afterwards.outside_rests import note_reached, note_unreached, resting_until
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import reading

TIMEOUT = 15.0
PLATFORM = "12345"
FILES = "write-back"
"""The folder of the exchange that the platform fetches from."""
GENERAL = {401, 403, 404, 408, 429}
"""Answers that have nothing to do with the one order that was sent."""
TOLD = ("result", "progress", "no_filing_ground", "reason", "way")
"""The fields of a form that the platform may know."""

Record = Mapping[str, object]


class WriteBackRefused(OSError):
    """The platform did not take the write-back; nothing counts as delivered.

    `is_general`: it would not take others now either.
    """

    def __init__(self, text: str, *, is_general: bool = True) -> None:
        super().__init__(text)
        self.is_general = is_general


class Adapter(Protocol):
    """A way to the platform; sending the same key twice delivers once."""

    def send(self, key: str, content: Record) -> None:
        """Delivers, or raises."""


@dataclass(frozen=True)
class FileAdapter:
    """One line of JSON per write-back, in a file a day, for the platform to fetch."""

    folder: Path

    def send(self, key: str, content: Record) -> None:
        """The line is in the file of its day, whole and synced, exactly once."""
        path = self.folder / f"{str(content['at'])[:10]}.jsonl"
        line = line_of(key, content)
        with _held(path) as handle:
            if key in _keys(path):
                return
            start = b"" if _ends_whole(path) else b"\n"
            os.write(handle, start + line)
            os.fsync(handle)


@dataclass(frozen=True)
class ObjectAdapter:
    """The same line in an object of its own, in a folder a day: a store of objects adds to none."""

    exchange: Exchange

    def send(self, key: str, content: Record) -> None:
        """The object is there, whole; sent again from any host it is the same one."""
        path = f"{FILES}/{str(content['at'])[:10]}/{key}.jsonl"
        self.exchange.put_open(path, line_of(key, content))


def line_of(key: str, content: Record) -> bytes:
    """A write-back as one line of JSON."""
    told = json.dumps({"key": key, **content}, ensure_ascii=False, separators=(",", ":"))
    return told.encode() + b"\n"


@contextmanager
def _held(path: Path) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _ends_whole(path: Path) -> bool:
    """Whether the last line was written to its end; a crash may have cut it off."""
    with path.open("rb") as stream:
        if stream.seek(0, os.SEEK_END) == 0:
            return True
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"


@dataclass
class _Read:
    """The keys of a file, as far as it was read."""

    upto: int = 0
    keys: set[str] = field(default_factory=set)


_read: OrderedDict[Path, _Read] = OrderedDict()
_FILES_REMEMBERED = 8


def _keys(path: Path) -> set[str]:
    """All keys in a file, of which only what was added since the last look is read."""
    known = _read.setdefault(path.resolve(), _Read())
    _read.move_to_end(path.resolve())
    while len(_read) > _FILES_REMEMBERED:
        _read.popitem(last=False)
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        if size < known.upto:  # somebody fetched the file and began a new one
            known.upto, known.keys = 0, set()
        stream.seek(known.upto)
        for line in stream:
            if line.endswith(b"\n"):
                known.upto += len(line)
                known.keys |= _key(line)
    return known.keys


def _key(line: bytes) -> set[str]:
    try:
        return {str(json.loads(line)["key"])}
    except (ValueError, LookupError, TypeError):
        return set()


@dataclass(frozen=True)
class HttpAdapter:
    """A POST per write-back; the platform knows repeated ones by their Idempotency-Key."""

    url: str
    token: str = ""

    def send(self, key: str, content: Record) -> None:
        """Delivered with a 2xx answer, and with nothing else."""
        headers = {"Idempotency-Key": key}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        answer = httpx.post(self.url, json=dict(content), headers=headers, timeout=TIMEOUT)
        if not answer.is_success:
            general = answer.is_server_error or answer.status_code in GENERAL
            told = f"12345平台未接收回写：HTTP {answer.status_code}"
            raise WriteBackRefused(told, is_general=general)


def adapter_for(settings: Settings) -> Adapter:
    """HTTP where an address is set, else the file."""
    if settings.write_back_url:
        token = settings.write_back_token.get_secret_value()
        return HttpAdapter(settings.write_back_url, token)
    exchange = Exchange(settings.exchange)
    folder = exchange.folder(FILES)
    return FileAdapter(folder) if folder else ObjectAdapter(exchange)


def write_back(office: Office, job: Job, now: datetime) -> Later | None:
    """Tells the 12345 platform where its order stands; orders of other channels tell nobody.

    Later while the platform rests, having failed to answer. Raises WriteBackRefused, or what the
    network raises, where it was not delivered.
    """
    with reading(office.engine) as session:
        content = record_of(session, office, job)
    if content is None:
        return None
    if until := resting_until(office, PLATFORM, now):
        return Later(until)
    try:
        adapter_for(office.settings).send(job.key, content)
    except (httpx.TransportError, WriteBackRefused) as fault:
        if getattr(fault, "is_general", True):
            note_unreached(office, PLATFORM, str(fault) or type(fault).__name__, now)
        raise
    note_reached(office, PLATFORM)
    return None


class ReportedStep(Protocol):
    """What is told of a step's event: of the record, or of a row that a list reads."""

    seq: int
    action: str
    to_state: str
    department_id: str
    at: datetime
    detail: dict[str, Any]


class SentPaper(Protocol):
    """What is told of a document."""

    title: str
    number: str | None


@dataclass(frozen=True)
class Reported:
    """What a write-back is made of: the order, the number of its clue, the step and its papers.

    `merged_into`: the clue that it went into; `due`: when the limit of `due_rule` is due.
    """

    order: str
    clue: str
    step: ReportedStep
    papers: Sequence[SentPaper]
    merged_into: str | None = None
    due: datetime | None = None


def record_of(session: Session, office: Office, job: Job) -> Record | None:
    """What the platform is told of a step, as it was when the step was taken."""
    clue, event = clue_of(session, job), event_of(session, job)
    if not clue.outside_no or clue.channel != "hotline":
        return None
    papers = documents_of(session, job)
    merged_into, due = _merged_into(session, clue), _due(session, office, event)
    return told_of(office, Reported(clue.outside_no, clue.no, event, papers, merged_into, due))


def told_of(office: Office, reported: Reported) -> Record:
    """The same of what was read before."""
    step, lifecycle = reported.step, office.rules.lifecycles["clue"]
    form = form_of(step)
    return {
        "order": reported.order,
        "clue": reported.clue,
        "sequence": step.seq,
        "at": step.at.astimezone(CHINA).isoformat(),
        "action": step.action,
        "action_label": lifecycle.actions[step.action].label,
        "state": step.to_state,
        "state_label": lifecycle.states[step.to_state].label,
        "department": office.rules.departments[step.department_id].name,
        **_lead(office, form),
        **{name: form[name] for name in TOLD if form.get(name)},
        **_more(office, reported),
        "documents": [{"title": one.title, "number": one.number} for one in reported.papers],
    }


def _lead(office: Office, form: Mapping[str, object]) -> dict[str, object]:
    lead = office.rules.departments.get(str(form.get("lead") or ""))
    return {"lead": lead.name} if lead else {}


def due_rule(office: Office, action: str) -> str:
    """The limit whose day the platform is told with an action, of the newest; none for most."""
    told = {"extend_reply": office.region.reply_clock, "interim_reply": "reply_by_statute"}
    return told.get(action) or ""


def _more(office: Office, reported: Reported) -> dict[str, object]:
    if reported.step.action == "merge" and reported.merged_into:
        return {"merged_into": reported.merged_into}
    if due_rule(office, reported.step.action) and reported.due:
        return {"due": reported.due.astimezone(CHINA).isoformat()}
    return {}


def _merged_into(session: Session, clue: Clue) -> str | None:
    return session.get_one(Clue, clue.merged_into_id).no if clue.merged_into_id else None


def _due(session: Session, office: Office, event: Event) -> datetime | None:
    rule = due_rule(office, event.action)
    query = select(col(Clock.due_at)).where(col(Clock.clue_id) == event.clue_id)
    query = query.where(col(Clock.rule) == rule).order_by(col(Clock.id).desc())
    return session.exec(query).first() if rule else None
