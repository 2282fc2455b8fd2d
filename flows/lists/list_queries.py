"""What a list of clues asks of the database: with a limit in its order, or without any."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    DateTime,
    Select,
    SelectBase,
    SQLColumnExpression,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
    union,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.lifecycle.awaited_chairs import limits_ended_by
from domain.lifecycle.visibility import OPEN_KINDS
from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue, Process
from domain.tables.session import SearchGram
from flows.lists.list_filters import AT, Moments, Wanted, along, in_light, narrowed
from flows.lists.waiting_work import waiting_clues
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, sight, visible
from flows.rows.known_ids import among
from flows.rows.statements import Statement
from flows.site.office import Office
from flows.site.word_search import (
    borne_by,
    few_with_words,
    left_to_ask,
    rarest_pair,
)


def limit_alias() -> type[Clock]:
    """Another name for the table of limits, whose columns many threads may ask for at once.

    SQLAlchemy makes an index of an alias's columns when it is first asked, and looks at it half
    made: a column that is not yet in it is taken for the table's own as long as the process lives,
    and a list then counts every limit with every other. So it is asked here, by one thread.
    """
    made = aliased(Clock)
    select(col(made.id))
    return made


LIMIT, EARLIER, LAST = limit_alias(), limit_alias(), limit_alias()
"""The limit that gives a clue its place, one that would give it another, and the last looked at.

Made once: to make the columns of one takes longer than to ask for what they hold.
"""
FIRST, FARTHEST = 2000, 12_000
"""So many are looked at one by one before the database may choose another way.

Of limits again as many as are likely to do, where enough of the first fit.
"""


def clock_query(
    session: Session, viewer: Viewer, wanted: Wanted
) -> Select[tuple[int | None, datetime, int | None]]:
    """The clues with a running limit: each once, with the limit that gives it its place."""
    return with_limit(viewer, wanted).where(*narrowed(session, viewer, wanted, col(LIMIT.clue_id)))


def first_clocks(
    session: Session, viewer: Viewer, wanted: Wanted, span: tuple[datetime, int]
) -> Select[tuple[int | None, datetime, int | None]]:
    """`clock_query` of so many limits that come first from a moment on, looked at one by one.

    No rows where there are no more than so many: those the database may gather as it likes.
    """
    since, most = span
    last = (
        select(col(LAST.due_at))
        .where(
            col(LAST.ended_at).is_(None),
            # Of which kinds they are is left out: the index of all limits does not tell.
            *([is_owned(LAST, viewer)] if viewer.owner is not None else ()),
            *in_light(LAST, wanted.light, viewer.now),
            col(LAST.due_at) >= since,
        )
        .order_by(col(LAST.due_at), col(LAST.id))
        .offset(most)
        .limit(1)
        .scalar_subquery()
    )
    conditions = narrowed(session, viewer, wanted, col(LIMIT.clue_id), one_by_one=True)
    query = with_limit(viewer, wanted).where(along(conditions), col(LIMIT.due_at) <= last)
    if wanted.text.strip() and not wanted.inside:
        # Before the clue and its other limits are looked at: most limits are of other clues.
        query = query.where(*borne_by(session, wanted.text, col(LIMIT.clue_id)))
    return query


def likely_to_do(found: int, wanted: int) -> int:
    """How many limits have to be looked at where of the first so many fitted; 0: too many."""
    far = FIRST * wanted * 3 // (found * 2) if found else 0
    return far if far <= FARTHEST else 0


@once_a_chair
def list_of_view(office: Office, actor: Actor) -> Callable[[str, str, int], Statement]:
    """The first so many of `clock_query`, of a view and a light alone: each put together once."""
    viewer = Viewer(office, actor, datetime.min.replace(tzinfo=UTC))

    @cache
    def found(view: str, light: str, size: int) -> Statement:
        query = with_limit(viewer, Wanted(view=view, light=light), AT)
        query = query.order_by(col(LIMIT.due_at), col(LIMIT.id)).limit(size)
        return Statement(query, spelled=True)

    return found


def with_limit(
    viewer: Viewer, wanted: Wanted, at: Moments | None = None
) -> Select[tuple[int | None, datetime, int | None]]:
    """`clock_query` of a list's view and light alone; `at`: where the moments are told later."""
    # Nobody asks for the moments of three hundred places: they are read as the driver gives them.
    due: Any = type_coerce(col(LIMIT.due_at), DateTime(timezone=True))
    query: Select[Any] = (
        select(
            col(Clue.id),
            (due if at else col(LIMIT.due_at)).label("due"),
            col(LIMIT.id).label("clock"),
        )
        .join(Clue, col(Clue.id) == col(LIMIT.clue_id))
        .where(
            col(LIMIT.ended_at).is_(None),
            is_owned(LIMIT, viewer),
            visible(viewer.office, viewer.actor),
            ~_is_preceded(viewer, wanted),
            *in_light(LIMIT, wanted.light, at or viewer.now),
        )
    )
    if wanted.view == "waiting":
        waits = col(LIMIT.clue_id).in_(union_all(*_waiting(viewer)))
        # In a CASE it is looked up limit by limit, in their order, and not joined with all of them.
        query = query.where(case((waits, true()), else_=false()))
    return query


def is_owned(clock: type[Clock], viewer: Viewer) -> ColumnElement[bool]:
    """Whether a limit is one by which the viewer's lists are ordered."""
    if viewer.owner is not None:
        return col(clock.owner_id) == viewer.owner
    return true() if viewer.watched is None else col(clock.process_kind).in_(sorted(OPEN_KINDS))


def _is_preceded(viewer: Viewer, wanted: Wanted) -> ColumnElement[bool]:
    """Whether another clock of the clue gives it its place.

    What waits for somebody is placed by a limit that a step of his ends, if there is one.
    """
    is_placed = wanted.view == "waiting" and not wanted.light
    rules = limits_ended_by(viewer.office.rules.lifecycles, viewer.actor.roles)
    return exists().where(
        col(EARLIER.clue_id) == col(LIMIT.clue_id),
        col(EARLIER.ended_at).is_(None),
        is_owned(EARLIER, viewer),
        precedes(rules) if is_placed else _is_sooner(),
    )


def precedes(rules: Collection[str]) -> ColumnElement[bool]:
    """The condition that `EARLIER` comes before `LIMIT`: one of these rules before any other."""
    his, its = col(EARLIER.rule).in_(rules), col(LIMIT.rule).in_(rules)
    return or_(and_(his, ~its), and_(or_(his, ~its), _is_sooner()))


def _is_sooner() -> ColumnElement[bool]:
    earlier, limit = (tuple_(col(one.due_at), col(one.id)) for one in (EARLIER, LIMIT))
    return earlier < limit


def clockless_query(session: Session, viewer: Viewer, wanted: Wanted) -> Select[tuple[int | None]]:
    """The clues without a running limit of theirs."""
    return without_limit(viewer, wanted).where(*narrowed(session, viewer, wanted, col(Clue.id)))


def without_limit(viewer: Viewer, wanted: Wanted) -> Select[tuple[int | None]]:
    """`clockless_query` of a list's view alone."""
    queries = _waiting(viewer) if wanted.view == "waiting" else _open(viewer, wanted.among)
    candidates: SelectBase = union(*queries)
    clock = exists().where(
        col(Clock.clue_id) == col(Clue.id),
        col(Clock.ended_at).is_(None),
        is_owned(Clock, viewer),
    )
    return select(col(Clue.id)).where(
        col(Clue.id).in_(candidates),
        ~clock,
        visible(viewer.office, viewer.actor),
    )


def numbered_query(session: Session, viewer: Viewer, wanted: Wanted) -> Select[tuple[int | None]]:
    """The open clues without regard to their limits, to be put in the order of their numbers."""
    conditions = list(narrowed(session, viewer, wanted, col(Clue.id)))
    if wanted.light:
        conditions.append(
            exists().where(
                col(Clock.clue_id) == col(Clue.id),
                col(Clock.ended_at).is_(None),
                is_owned(Clock, viewer),
                *in_light(Clock, wanted.light, viewer.now),
            )
        )
    if viewer.owner is None:
        is_open = col(Clue.ended_at).is_(None)
    else:
        is_open = col(Clue.id).in_(union(*_open(viewer, wanted.among)))
    return select(col(Clue.id)).where(is_open, visible(viewer.office, viewer.actor), *conditions)


def looked_up(session: Session, viewer: Viewer, wanted: Wanted) -> Wanted:
    """The same with rare words looked up: the open clues that bear them instead of the words."""
    few = None
    if wanted.text.strip() and not wanted.inside:
        few = few_with_words(session, wanted.text)
    if few is None:
        return wanted
    clocks = select(col(LIMIT.clue_id)).where(
        col(LIMIT.ended_at).is_(None), is_owned(LIMIT, viewer), among(col(LIMIT.clue_id), few)
    )
    query: Select[Any] | CompoundSelect[Any] = union(clocks, *_open(viewer, few))
    if rest := left_to_ask(session, wanted.text):
        query = select(col(Clue.id)).where(col(Clue.id).in_(query), *rest)
    found = session.execute(query).scalars()
    return replace(wanted, text="", among=tuple(one or 0 for one in found))


def _waiting(viewer: Viewer) -> Sequence[SelectBase]:
    return waiting_clues(viewer.office, viewer.actor) or [select(col(Clue.id)).where(false())]


def _open(viewer: Viewer, few: Sequence[int] | None = None) -> list[SelectBase]:
    """The clues that have not ended, or that a department still has something open in.

    `few`: among these.
    """
    clues = select(col(Clue.id)).where(col(Clue.ended_at).is_(None))
    beside = select(col(Process.clue_id)).where(col(Process.ended_at).is_(None))
    if few is not None:
        clues = clues.where(among(col(Clue.id), few))
        beside = beside.where(among(col(Process.clue_id), few))
    if viewer.owner is None:
        return [clues]
    prosecutes = sight(viewer.office, viewer.actor).prosecutes
    return [
        clues.where(col(Clue.department_id) == viewer.owner),
        beside.where(col(Process.department_id) == viewer.owner),
        beside.where(col(Process.counterpart_id) == viewer.owner),
        beside.where(col(Process.kind) == "referral", col(Process.department_id).in_(prosecutes)),
    ]


# --- ended clues ---------------------------------------------------------------------------------


def of_newest_ended(
    session: Session, viewer: Viewer, wanted: Wanted, few: tuple[int, ...] | None
) -> Select[tuple[int | None]]:
    """The ended clues that fit among the newest, or among few that are known, one by one."""
    query = select(col(Clue.id))
    if few is not None:
        query = query.where(among(col(Clue.id), few))
    else:
        newest = _newest_ended(session, wanted).subquery()
        query = query.join(newest, newest.c[0] == col(Clue.id))
    conditions = of_ended(session, viewer, wanted, one_by_one=True)
    query = query.where(along([*conditions, visible(viewer.office, viewer.actor)]))
    return query.order_by(col(Clue.id).desc())


def _newest_ended(session: Session, wanted: Wanted) -> Select[tuple[int | None]]:
    """The newest ended clues, of words those that bear their rarest pair."""
    ended = col(Clue.ended_at).is_not(None)
    key: SQLColumnExpression[int | None] = col(Clue.id)
    query = select(key).where(ended)
    if wanted.handler:
        query = query.where(col(Clue.handler_id) == wanted.handled_by)
    words = "" if wanted.inside else wanted.text.strip()
    pair = rarest_pair(session, words) if words else None
    if pair is not None:
        # What is still open is often newer than all that ended, and is passed over at once.
        other = aliased(Clue)
        latest = select(func.max(col(other.id))).where(col(other.ended_at).is_not(None))
        key = col(SearchGram.clue_id)
        query = (
            select(key)
            .join(Clue, col(Clue.id) == key)
            .where(ended, col(SearchGram.gram) == pair, key <= latest.scalar_subquery())
        )
    before = number_in(wanted.after)
    if before is not None:
        query = query.where(key < before)
    return query.order_by(key.desc()).limit(FIRST)


def of_ended(
    session: Session, viewer: Viewer, wanted: Wanted, *, one_by_one: bool = False
) -> list[ColumnElement[bool]]:
    """The conditions on an ended clue from where a page begins."""
    conditions = [
        col(Clue.ended_at).is_not(None),
        *narrowed(session, viewer, wanted, col(Clue.id), one_by_one=one_by_one),
    ]
    before = number_in(wanted.after)
    return conditions if before is None else [*conditions, col(Clue.id) < before]


def number_in(after: str) -> int | None:
    """The clue that a page goes on from, where it is one."""
    return int(after) if after.isdecimal() else None
