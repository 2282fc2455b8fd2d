"""The rows behind the list of write-backs: a page of them, then what hangs on those, at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, Protocol

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from domain.guards.reply import FOLLOWING
from domain.situation.situation import Actor
from domain.tables.process import Clue
from domain.tables.record import Event, IssuedDocument
from domain.tables.work import FollowUp
from flows.afterwards.follow_up_context import issued_by
from flows.afterwards.write_back import Reported, due_rule
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Order, Statement, ask, told
from flows.site.office import Office

PAGE = 15
"""Each line reads what its step said, so that a page is short."""
SOONEST = 8
State = Literal["all", "waiting", "failing", "parked", "sent"]
COUNTED: tuple[State, ...] = ("waiting", "failing", "parked")
_CLOCK = SQLModel.metadata.tables["clock"]


class ListedWriteBack(Protocol):
    """What the list reads of a follow-up and of the clue that it is about."""

    id: int
    clue_id: int
    created_at: datetime
    not_before: datetime
    attempts: int
    last_error: str | None
    done_at: datetime | None
    parked_at: datetime | None
    action: str
    no: str
    outside_no: str
    title: str
    merged_into: str | None


def of_desk(desk: str | ColumnElement[str]) -> list[ColumnElement[bool]]:
    """The write-backs of orders that came in at a desk by the hotline."""
    return [
        col(FollowUp.task) == "write_back",
        col(Clue.channel) == "hotline",
        col(Clue.outside_no).is_not(None),
        col(Clue.desk_id) == desk,
    ]


def page_of(actor: Actor, state: State, before: int) -> Order:
    """The newest write-backs of the actor's own desk, or those before one; one more than a page."""
    return _page(actor.department, state, before > 0), {"before": before}


def counts_of(actor: Actor) -> Order:
    """How many wait, fail and stand still."""
    return _counts(actor.department), {}


def replies_of(office: Office, actor: Actor) -> Order:
    """The orders of the desk whose answer is due first, each with its limit."""
    return _replies(actor.department, office.region.reply_clock or FOLLOWING), {}


# --- what hangs on the rows of a page ------------------------------------------------------------


def hanging_on(
    session: Session, office: Office, rows: Sequence[ListedWriteBack]
) -> tuple[Mapping[int, Reported], Mapping[int, Any]]:
    """What is told of each write-back, and the open limit of the answer to each clue."""
    ids, clues = as_text(one.id for one in rows), as_text({one.clue_id for one in rows})
    events, papers, clocks = ask(
        session.connection(),
        (_EVENTS, {"ids": ids}),
        (_PAPERS, {"ids": ids}),
        (_LIMITS, {"clues": clues, "rule": office.region.reply_clock}),
    )
    steps: dict[int, Any] = {}
    for one in events:
        steps.setdefault(one.follow_up, one)
    reported: dict[int, Reported] = {}
    due = {(one.clue_id, one.rule): one.due_at for one in clocks}
    for row in rows:
        if row.id not in steps:
            raise LookupError(f"{row.no}：没有找到操作「{row.action}」的记录")
        step = steps[row.id]
        own = issued_by(step)
        reported[row.id] = Reported(
            order=row.outside_no,
            clue=row.no,
            step=step,
            papers=[one for one in papers if one.follow_up == row.id and one.sha256 in own],
            merged_into=row.merged_into,
            due=due.get((row.clue_id, due_rule(office, row.action))),
        )
    return reported, {one.clue_id: one for one in clocks if one.ended_at is None}


def _left_behind(
    *shown: SQLColumnExpression[Any], of: type[Event] | type[IssuedDocument], at: Any
) -> Select[Any]:
    """What the transactions wrote of their process that left these follow-ups behind."""
    same = and_(
        col(of.clue_id) == col(FollowUp.clue_id),
        col(of.process_kind) == col(FollowUp.process_kind),
        col(of.process_id) == col(FollowUp.process_id),
        at == col(FollowUp.created_at),
    )
    query = select(col(FollowUp.id).label("follow_up"), *shown).join(of, same)
    return query.where(among_told(col(FollowUp.id), "ids"))


_ACTION = col(FollowUp.payload)["action"].as_string()
_EVENTS = Statement(
    _left_behind(
        *(col(Event.seq), col(Event.action), col(Event.to_state), col(Event.department_id)),
        *(col(Event.at), col(Event.detail)),
        of=Event,
        at=col(Event.at),
    )
    .where(col(Event.action) == _ACTION)
    .order_by(col(Event.seq)),
    steady=True,
)
_PAPERS = Statement(
    _left_behind(
        *(col(IssuedDocument.title), col(IssuedDocument.number), col(IssuedDocument.sha256)),
        of=IssuedDocument,
        at=col(IssuedDocument.issued_at),
    ).order_by(col(IssuedDocument.id)),
    steady=True,
)


_LIMITS = Statement(
    select(_CLOCK)
    .where(
        among_told(_CLOCK.c.clue_id, "clues"),
        or_(_CLOCK.c.rule == FOLLOWING, _CLOCK.c.rule == told("rule", String())),
    )
    .order_by(_CLOCK.c.id),
    steady=True,
)
"""The limits of the answers to these clues, the newest last."""


# --- a page, and how many there are --------------------------------------------------------------


@lru_cache(maxsize=500)
def _page(desk: str, state: State, goes_on: bool) -> Statement:
    other = aliased(Clue)
    merged_into = select(col(other.no)).where(col(other.id) == col(Clue.merged_into_id))
    query = (
        select(
            *(col(FollowUp.id), col(FollowUp.clue_id), col(FollowUp.created_at)),
            *(col(FollowUp.not_before), col(FollowUp.attempts), col(FollowUp.last_error)),
            *(col(FollowUp.done_at), col(FollowUp.parked_at), _ACTION.label("action")),
            *(col(Clue.no), col(Clue.outside_no), col(Clue.title)),
            merged_into.scalar_subquery().label("merged_into"),
        )
        .join(Clue, col(Clue.id) == col(FollowUp.clue_id))
        .where(*of_desk(desk), *_in_state(state))
        .order_by(col(FollowUp.id).desc())
        .limit(PAGE + 1)
    )
    if goes_on:
        query = query.where(col(FollowUp.id) < told("before", Integer()))
    return Statement(query, spelled=True)


def _in_state(state: State) -> list[ColumnElement[bool]]:
    waiting = [col(FollowUp.done_at).is_(None), col(FollowUp.parked_at).is_(None)]
    found: Mapping[State, list[ColumnElement[bool]]] = {
        "all": [],
        "waiting": [*waiting, col(FollowUp.last_error).is_(None)],
        "failing": [*waiting, col(FollowUp.last_error).is_not(None)],
        "parked": [col(FollowUp.parked_at).is_not(None)],
        "sent": [col(FollowUp.done_at).is_not(None)],
    }
    return found[state]


@lru_cache(maxsize=100)
def _counts(desk: str) -> Statement:
    each = (
        select(func.count())
        .select_from(FollowUp)
        .join(Clue, col(Clue.id) == col(FollowUp.clue_id))
        .where(*of_desk(desk), *_in_state(state))
        .scalar_subquery()
        .label(state)
        for state in COUNTED
    )
    return Statement(select(*each), spelled=True)


@lru_cache(maxsize=100)
def _replies(desk: str, rule: str) -> Statement:
    query = (
        select(_CLOCK, col(Clue.no), col(Clue.outside_no), col(Clue.state))
        .join(Clue, col(Clue.id) == _CLOCK.c.clue_id)
        .where(
            _CLOCK.c.ended_at.is_(None),
            _CLOCK.c.rule.in_([rule, FOLLOWING]),
            col(Clue.desk_id) == desk,
        )
    )
    soonest = query.order_by(_CLOCK.c.due_at, _CLOCK.c.id).limit(SOONEST)
    return Statement(soonest, spelled=True)
