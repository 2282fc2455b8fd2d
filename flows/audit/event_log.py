"""The whole record for an auditor: every event in words, narrowed, paged and taken away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Integer, Select, select
from sqlmodel import Session, col

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import start_of_day
from domain.situation.situation import SYSTEM
from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.record import Event
from flows.audit.acts_on_record import newest_of_act
from flows.audit.event_words import action_label, kind_label, state_label
from flows.door.page_paths import page_path
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask, told
from flows.site.office import Office

PAGE = 50
PORTION = 1000
MOST_EXPORTED = 50_000
LARGEST = 2**31 - 1
"""Before which every event of a record is."""
REVEAL = "reveal_reporter"


@dataclass(frozen=True)
class Narrow:
    """What the record is narrowed to; empty fields narrow nothing."""

    since: date | None = None
    until: date | None = None
    actor: str = ""
    clue: str = ""
    kind: str = ""
    action: str = ""
    before: int = 0


class LoggedEvent(Protocol):
    """What the log reads of an event, with the name of its person and its dossier."""

    seq: int
    clue_id: int | None
    process_kind: str
    action: str
    from_state: str
    to_state: str
    actor_id: str
    department_id: str
    at: datetime
    detail: dict[str, Any]
    previous: str
    hash: str
    actor_name: str | None
    dossier_kind: str | None
    dossier_no: str | None


@dataclass(frozen=True)
class LogLine:
    """One event in words."""

    event: LoggedEvent
    who: str
    organ: str
    kind: str
    action: str
    before: str
    after: str
    clue_no: str
    path: str
    reason: str


def list_events(
    session: Session, office: Office, narrow: Narrow, most: int = 0
) -> tuple[tuple[LogLine, ...], int]:
    """A page of events, the newest first, and before which the next one begins (0: none)."""
    size = most or PAGE
    rows = _newest(session, narrow, size + 1)
    lines = tuple(_line(office, one) for one in rows[:size])
    return lines, rows[size - 1].seq if len(rows) > size else 0


def log_line(session: Session, office: Office, number: int) -> LogLine:
    """The event of that number in words."""
    [[row]] = ask(session.connection(), (_NUMBERED, {"numbers": as_text([number])}))
    return _line(office, row)


def _named() -> Select[Any]:
    """Events with what is told of their people and dossiers, looked up for those that are shown."""
    person, dossier = col(User.id) == col(Event.actor_id), col(Dossier.id) == col(Event.clue_id)
    return select(
        *(col(Event.seq), col(Event.clue_id), col(Event.process_kind), col(Event.action)),
        *(col(Event.from_state), col(Event.to_state), col(Event.actor_id)),
        *(col(Event.department_id), col(Event.at), col(Event.detail)),
        *(col(Event.previous), col(Event.hash)),
        select(col(User.name)).where(person).scalar_subquery().label("actor_name"),
        select(col(Dossier.kind)).where(dossier).scalar_subquery().label("dossier_kind"),
        select(col(Dossier.no)).where(dossier).scalar_subquery().label("dossier_no"),
    ).order_by(col(Event.seq).desc())


_NUMBERED = Statement(_named().where(among_told(col(Event.seq), "numbers")), steady=True)


@lru_cache(maxsize=20)
def _newest_before(most: int) -> Statement:
    """The newest of all events before one: for a log that is narrowed by nothing."""
    before = col(Event.seq) < told("before", Integer())
    return Statement(_named().where(before).limit(most), spelled=True, steady=True)


def _newest(session: Session, narrow: Narrow, most: int) -> Sequence[Any]:
    connection = session.connection()
    if narrow == Narrow(before=narrow.before):
        before = {"before": narrow.before or LARGEST}
        [rows] = ask(connection, (_newest_before(most), before))
        return list(rows)
    fitting = _conditions(session, narrow)
    if narrow.action and not narrow.kind:
        numbers = select(col(Event.seq)).where(*fitting)
        found = newest_of_act(session, narrow.action, numbers, most)
        [rows] = ask(connection, (_NUMBERED, {"numbers": as_text(found)}))
        return list(rows)
    return connection.execute(_named().where(*fitting).limit(most)).all()


def _line(office: Office, one: LoggedEvent) -> LogLine:
    rules = office.rules
    organ = rules.departments.get(one.department_id)
    form = one.detail.get("form")
    stated = form.get("reason") if isinstance(form, dict) else one.detail.get("reason")
    kind, no = one.dossier_kind or "", one.dossier_no or ""
    nobody = "系统" if one.actor_id == SYSTEM else one.actor_id
    return LogLine(
        event=one,
        who=nobody if one.actor_name is None else one.actor_name,
        organ=organ.name if organ else one.department_id,
        kind=kind_label(rules, one.process_kind),
        action=action_label(rules, one.process_kind, one.action),
        before=state_label(rules, one.process_kind, one.from_state),
        after=state_label(rules, one.process_kind, one.to_state),
        clue_no=no,
        path=page_path(kind, no) if no else "",
        reason=str(stated or ""),
    )


def _conditions(session: Session, narrow: Narrow) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrow.since:
        found.append(col(Event.at) >= start_of_day(narrow.since))
    if narrow.until:
        found.append(col(Event.at) < start_of_day(narrow.until + timedelta(days=1)))
    if narrow.actor.strip():
        found.append(col(Event.actor_id).in_(_people(session, narrow.actor.strip())))
    if narrow.clue.strip():
        number = select(col(Dossier.id)).where(col(Dossier.no) == narrow.clue.strip())
        found.append(col(Event.clue_id).in_(list(session.execute(number).scalars())))
    if narrow.kind:
        found.append(col(Event.process_kind) == narrow.kind)
    if narrow.action:
        found.append(col(Event.action) == narrow.action)
    if narrow.before:
        found.append(col(Event.seq) < narrow.before)
    return found


def _people(session: Session, text: str) -> list[str]:
    """Who is meant: by id or by name."""
    named = select(col(User.id)).where(col(User.name) == text)
    system = [SYSTEM] if text == "系统" else []
    return [text, *system, *session.execute(named).scalars()]


# --- to take away --------------------------------------------------------------------------------

COLUMNS = (
    Column("序号", 9), Column("时间", 18), Column("人员", 12), Column("用户编号", 16),
    Column("部门", 26), Column("事项", 14), Column("操作", 20), Column("原状态", 14),
    Column("新状态", 14), Column("线索", 15), Column("理由", 36), Column("哈希", 66),
)  # fmt: skip


def events_sheet(
    session: Session, office: Office, narrow: Narrow, title: str = "操作记录"
) -> Sheet:
    """The events as a table, the newest first; a very long record is cut, and says so."""
    return Sheet(title, COLUMNS, _rows(session, office, narrow))


def _rows(session: Session, office: Office, narrow: Narrow) -> Iterator[tuple[Cell, ...]]:
    so_far, before = 0, narrow.before
    while so_far < MOST_EXPORTED:
        lines, more = list_events(session, office, replace(narrow, before=before), PORTION)
        for line in lines:
            one = line.event
            yield (
                one.seq, one.at, line.who, one.actor_id, line.organ, line.kind, line.action,
                line.before, line.after, line.clue_no, line.reason, one.hash,
            )  # fmt: skip
        so_far, before = so_far + len(lines), more
        if not more:
            return
    cut = f"以下从略：只导出最近{MOST_EXPORTED}条，请缩小时间范围分次导出"
    yield (before, None, cut, *("" for _ in range(len(COLUMNS) - 3)))
