"""What happened to a clue or undertaking, in words, as far as somebody sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from domain.files.reporter_words import Known, without_reporter_in
from domain.lifecycle.visibility import ClueSight
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.door.registration import known_reporter
from flows.lists.form_words import users_named, values_in_words
from flows.rows.statements import Statement, ask
from flows.site.office import Office

DEEDS = {
    "reveal_reporter": "查看举报人信息",
    "recompute_clock": "重新计算期限",
    "assemble_packet": "移送材料组卷",
    "seal_case_file": "封存案卷",
    "void_document": "作废文书",
    "seal_document": "加盖电子印章",
    "reissue_document": "重新制发文书",
    "add_attachment": "上传附件",
    "recognise_evidence": "证据互认",
    "give_evidence": "提供证据（结果互认）",
    "lend_evidence": "证据供其他线索使用",
    "decide_duplicate": "核对疑似重复",
    "reopen_duplicate": "收回疑似重复的核对结果",
}
"""What is done beside the lifecycles, as the time line calls it."""
BESIDE = {"document": "文书"}
"""What something is done to that belongs to a clue and is no process of it."""


EVENTS = Statement(
    select(
        *(col(Event.process_kind), col(Event.process_id), col(Event.action), col(Event.to_state)),
        *(col(Event.actor_id), col(Event.department_id), col(Event.at), col(Event.detail)),
    )
    .where(col(Event.clue_id) == bindparam("clue"))
    .order_by(col(Event.seq)),
    steady=True,
)
"""What happened to a dossier, in order."""


@cache
def _names(how_many: int) -> Statement:
    """Asks for the names of so many users: `one0`, `one1` …"""
    wanted: list[Any] = [bindparam(f"one{place}") for place in range(how_many)]
    return Statement(select(col(User.id), col(User.name)).where(col(User.id).in_(wanted)))


@dataclass(frozen=True)
class EventLine:
    """One thing that happened, in words."""

    at: datetime
    who: str
    organ: str
    process: str
    action: str
    to_state: str
    kind: str = ""
    process_id: int = 0
    said: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()
    action_id: str = ""


def history_of(session: Session, office: Office, dossier_id: int) -> list[EventLine]:
    """What happened to a clue or undertaking, in order, with the people's names."""
    [rows] = ask(session.connection(), (EVENTS, {"clue": dossier_id}))
    return told_of(session, office, dossier_id, rows)


def told_of(
    session: Session, office: Office, dossier_id: int, rows: Sequence[Any]
) -> list[EventLine]:
    """`history_of` where its events were read before."""
    ids = {row.actor_id for row in rows}.union(*(_people_named(office, row) for row in rows))
    ids |= {str(row.detail["for"]) for row in rows if "for" in row.detail}
    told = {f"one{place}": one for place, one in enumerate(sorted(ids))}
    users = ask(session.connection(), (_names(len(told)), told))[0] if told else ()
    names = {"system": "系统", **{one.id: one.name for one in users}}
    clue = session.get(Clue, dossier_id)
    known = known_reporter(clue, office.keys) if clue else None
    return [_told(office, row, names, known) for row in rows]


def _people_named(office: Office, row: Any) -> set[str]:
    lifecycle = office.rules.lifecycles.get(row.process_kind)
    action = lifecycle.actions.get(row.action) if lifecycle else None
    return users_named(action.form, _form(row)) if action else set()


def _form(row: Any) -> Mapping[str, object]:
    form = row.detail.get("form")
    return form if isinstance(form, dict) else {}


def shown_form(row: Any, known: Known | None) -> Mapping[str, object]:
    """The form of an event as it may be shown now: who asked for secrecy late is not named in it.

    The record itself stays as it was written.
    """
    return without_reporter_in(_form(row), known) if known else _form(row)


def _told(office: Office, row: Any, names: dict[str, str], known: Known | None) -> EventLine:
    lifecycle = office.rules.lifecycles.get(row.process_kind)
    action = lifecycle.actions.get(row.action) if lifecycle else None
    state = lifecycle.states.get(row.to_state) if lifecycle else None
    organ = office.rules.departments.get(row.department_id)
    papers = row.detail.get("documents") or []
    return EventLine(
        at=row.at,
        who=names.get(row.actor_id, row.actor_id) + _by(row, names),
        organ=organ.name if organ else row.department_id,
        process=lifecycle.label if lifecycle else BESIDE.get(row.process_kind, row.process_kind),
        action=action.label if action else DEEDS.get(row.action, row.action),
        to_state=state.label if state else row.to_state,
        kind=row.process_kind,
        action_id=row.action,
        process_id=row.process_id,
        said=values_in_words(action.form, shown_form(row, known), office.rules, names)
        if action
        else _noted(row),
        documents=tuple(called(one["title"], one["number"]) for one in papers),
    )


def _by(row: Any, names: Mapping[str, str]) -> str:
    """For whom somebody acted, and by what, where he was not at the pages himself."""
    absent, by = str(row.detail.get("for") or ""), row.detail.get("via")
    told = [f"代{names.get(absent, absent)}办理"] if absent else []
    told += [str(by)] if by else []
    return f"（{'，'.join(told)}）" if told else ""


def _noted(row: Any) -> tuple[tuple[str, str], ...]:
    reason = row.detail.get("reason")
    return (("理由", str(reason)),) if reason else ()


def told_to(
    seen: ClueSight, history: Iterable[EventLine], papers: Iterable[Any]
) -> tuple[EventLine, ...]:
    """The history as far as it is shown: neither hidden forms nor the names of hidden papers."""
    readable = {called(one.title, one.number) for one in papers}
    return tuple(
        replace(
            one,
            said=one.said if seen.tells(one.kind, one.process_id, one.action_id) else (),
            documents=tuple(paper for paper in one.documents if paper in readable),
        )
        for one in history
        if seen.shows(one.kind, one.process_id)
    )


def called(title: str, number: str | None) -> str:
    """A document as the history names it."""
    return f"《{title}》{number or ''}"
