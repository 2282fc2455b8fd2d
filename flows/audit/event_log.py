"""The whole record for an auditor: every event in words, narrowed, paged and taken away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import start_of_day
from domain.situation.situation import SYSTEM
from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.record import Event
from flows.audit.acts_on_record import newest_of_act
from flows.audit.event_words import action_label, kind_label, state_label
from flows.door.page_paths import page_path
from flows.rows.known_ids import among
from flows.site.office import Office

PAGE = 50
PORTION = 1000
MOST_EXPORTED = 50_000
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


@dataclass(frozen=True)
class LogLine:
    """One event in words."""

    event: Event
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
    lines = log_lines(session, office, rows[:size])
    return lines, rows[size - 1].seq if len(rows) > size else 0


def log_lines(session: Session, office: Office, rows: Sequence[Event]) -> tuple[LogLine, ...]:
    """Events in words, with the names of people and the numbers of clues."""
    people = {one.actor_id for one in rows}
    names = {SYSTEM: "系统"}
    users = select(User.id, User.name).where(col(User.id).in_(people))
    names |= {key: name for key, name in session.exec(users)}
    ids = {one.clue_id for one in rows if one.clue_id is not None}
    found = session.exec(select(Dossier).where(col(Dossier.id).in_(ids)))
    dossiers = {one.id or 0: one for one in found}
    return tuple(_line(office, one, names, dossiers) for one in rows)


def _newest(session: Session, narrow: Narrow, most: int) -> list[Event]:
    fitting, newest_first = _conditions(session, narrow), col(Event.seq).desc()
    query = select(Event).where(*fitting).order_by(newest_first).limit(most)
    if narrow.action and not narrow.kind:
        numbers = sqlalchemy.select(col(Event.seq)).where(*fitting)
        found = newest_of_act(session, narrow.action, numbers, most)
        query = select(Event).where(among(col(Event.seq), found)).order_by(newest_first)
    return list(session.exec(query))


def _line(
    office: Office, one: Event, names: Mapping[str, str], dossiers: Mapping[int, Dossier]
) -> LogLine:
    rules = office.rules
    organ = rules.departments.get(one.department_id)
    form = one.detail.get("form")
    dossier = dossiers.get(one.clue_id or 0)
    stated = form.get("reason") if isinstance(form, dict) else one.detail.get("reason")
    return LogLine(
        event=one,
        who=names.get(one.actor_id, one.actor_id),
        organ=organ.name if organ else one.department_id,
        kind=kind_label(rules, one.process_kind),
        action=action_label(rules, one.process_kind, one.action),
        before=state_label(rules, one.process_kind, one.from_state),
        after=state_label(rules, one.process_kind, one.to_state),
        clue_no=dossier.no if dossier else "",
        path=page_path(dossier.kind, dossier.no) if dossier else "",
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
        found.append(col(Event.clue_id).in_(list(session.exec(number))))
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
    return [text, *system, *session.exec(named)]


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
    told, before = 0, narrow.before
    while told < MOST_EXPORTED:
        lines, more = list_events(session, office, replace(narrow, before=before), PORTION)
        for line in lines:
            one = line.event
            yield (
                one.seq, one.at, line.who, one.actor_id, line.organ, line.kind, line.action,
                line.before, line.after, line.clue_no, line.reason, one.hash,
            )  # fmt: skip
        told, before = told + len(lines), more
        session.expunge_all()
        if not more:
            return
    cut = f"以下从略：只导出最近{MOST_EXPORTED}条，请缩小时间范围分次导出"
    yield (before, None, cut, *("" for _ in range(len(COLUMNS) - 3)))
