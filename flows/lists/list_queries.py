"""What a list of clues asks of the database: with a limit in its order, or without any."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache
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
from flows.lists.list_filters import (
    AT,
    Asking,
    Moments,
    Wanted,
    along,
    in_light,
    narrowed,
)
from flows.lists.waiting_work import waiting_clues
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, sight, visible
from flows.rows.known_ids import Among, as_text
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.word_search import (
    Sought,
    borne_by,
    few_with_words,
    left_to_ask,
    rarest_pair,
    sought,
    told_text,
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
SHAPES = 32
"""So many questions are remembered for a chair: by columns, how many words, and how rare these."""
FIRST, FARTHEST = 2000, 12_000
"""So many are looked at one by one before the database may choose another way.

Of limits again as many as are likely to do, where enough of the first fit.
"""


def clock_query(viewer: Viewer, asked: Asking) -> Select[tuple[int | None, datetime, int | None]]:
    """The clues with a running limit: each once, with the limit that gives it its place."""
    conditions = narrowed(viewer, asked, col(LIMIT.clue_id))
    return with_limit(viewer, asked.wanted).where(*conditions)


def first_clocks(
    viewer: Viewer, asked: Asking, span: tuple[ColumnElement[datetime], ColumnElement[int]]
) -> Select[tuple[int | None, datetime, int | None]]:
    """`clock_query` of so many limits that come first from a moment on, looked at one by one.

    No rows where there are no more than so many: those the database may gather as it likes.
    """
    wanted, (since, most) = asked.wanted, span
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
    conditions = narrowed(viewer, asked, col(LIMIT.clue_id), one_by_one=True)
    # Words first, before the clue and its other limits: most limits are of clues without them.
    words = borne_by(wanted.words, asked.say, col(LIMIT.clue_id))
    within = col(LIMIT.due_at) <= last
    return with_limit(viewer, wanted).where(along(conditions), within, *words)


def placed(
    query: Select[Any], after: tuple[Any, Any] | None, size: int | ColumnElement[int]
) -> Select[Any]:
    """The first so many limits of a query, after a limit by its due moment and its id."""
    query = query.order_by(col(LIMIT.due_at), col(LIMIT.id)).limit(size)
    if after is None:
        return query
    return query.where(tuple_(col(LIMIT.due_at), col(LIMIT.id)) > tuple_(*after))


@once_a_chair
def open_ones_among(office: Office, actor: Actor) -> Callable[[tuple[Sought, ...]], Statement]:
    """Which of some clues are open and bear the words.

    `words`: as `sought`, some of whose bearers the clues are.
    """
    viewer = Viewer(office, actor, datetime.min.replace(tzinfo=UTC))
    few = told_text("few")

    @lru_cache(maxsize=SHAPES)
    def found(words: tuple[Sought, ...]) -> Statement:
        clocks = select(col(LIMIT.clue_id)).where(
            col(LIMIT.ended_at).is_(None), is_owned(LIMIT, viewer), Among(col(LIMIT.clue_id), few)
        )
        those: CompoundSelect[Any] = union(clocks, *_open(viewer, few))
        query: Select[Any] | CompoundSelect[Any] = those
        if rest := left_to_ask(words, told_text):
            query = select(col(Clue.id)).where(col(Clue.id).in_(those), *rest)
        return Statement(query)

    return found


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


def clockless_query(viewer: Viewer, asked: Asking) -> Select[tuple[int | None]]:
    """The clues without a running limit of theirs."""
    return without_limit(viewer, asked).where(*narrowed(viewer, asked, col(Clue.id)))


def without_limit(viewer: Viewer, asked: Asking) -> Select[tuple[int | None]]:
    """`clockless_query` of a list's view alone."""
    waits = asked.wanted.view == "waiting"
    queries = _waiting(viewer) if waits else _open(viewer, _known(asked))
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


def _known(asked: Asking) -> ColumnElement[str] | None:
    return None if asked.wanted.among is None else asked.say("among")


def numbered_query(viewer: Viewer, asked: Asking) -> Select[tuple[int | None]]:
    """The open clues without regard to their limits, to be put in the order of their numbers."""
    wanted, conditions = asked.wanted, list(narrowed(viewer, asked, col(Clue.id)))
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
        is_open = col(Clue.id).in_(union(*_open(viewer, _known(asked))))
    return select(col(Clue.id)).where(is_open, visible(viewer.office, viewer.actor), *conditions)


def looked_up(session: Session, viewer: Viewer, wanted: Wanted) -> Wanted:
    """The same with rare words looked up: the open clues that bear them instead of the words."""
    few = None
    if wanted.text.strip() and not wanted.inside:
        few = few_with_words(session, wanted.text)
    if few is None:
        return wanted
    words, values = sought(session, wanted.text)
    statement = open_ones_among(viewer.office, viewer.actor)(words)
    [found] = ask(session.connection(), (statement, {**values, "few": as_text(few)}))
    return replace(wanted, text="", among=tuple(row[0] for row in found))


def _waiting(viewer: Viewer) -> Sequence[SelectBase]:
    return waiting_clues(viewer.office, viewer.actor) or [select(col(Clue.id)).where(false())]


def _open(viewer: Viewer, few: ColumnElement[str] | None = None) -> list[SelectBase]:
    """The clues that have not ended, or that a department still has something open in.

    `few`: among these, as one text.
    """
    clues = select(col(Clue.id)).where(col(Clue.ended_at).is_(None))
    beside = select(col(Process.clue_id)).where(col(Process.ended_at).is_(None))
    if few is not None:
        clues = clues.where(Among(col(Clue.id), few))
        beside = beside.where(Among(col(Process.clue_id), few))
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


def of_newest_ended(viewer: Viewer, asked: Asking, among_few: bool) -> Select[tuple[int | None]]:
    """The ended clues that fit among the newest, or among few that are known, one by one."""
    query = select(col(Clue.id))
    if among_few:
        query = query.where(Among(col(Clue.id), asked.say("few")))
    else:
        newest = _newest_ended(asked).subquery()
        query = query.join(newest, newest.c[0] == col(Clue.id))
    conditions = of_ended(viewer, asked, one_by_one=True)
    query = query.where(along([*conditions, visible(viewer.office, viewer.actor)]))
    return query.order_by(col(Clue.id).desc())


def _newest_ended(asked: Asking) -> Select[tuple[int | None]]:
    """The newest ended clues, of words those that bear their rarest pair."""
    wanted, ended = asked.wanted, col(Clue.ended_at).is_not(None)
    key: SQLColumnExpression[int | None] = col(Clue.id)
    query = select(key).where(ended)
    if wanted.handler:
        query = query.where(col(Clue.handler_id) == wanted.handled_by)
    pair = rarest_pair(wanted.words, asked.say)
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
    viewer: Viewer, asked: Asking, *, one_by_one: bool = False
) -> list[ColumnElement[bool]]:
    """The conditions on an ended clue from where a page begins."""
    conditions = [
        col(Clue.ended_at).is_not(None),
        *narrowed(viewer, asked, col(Clue.id), one_by_one=one_by_one),
    ]
    before = number_in(asked.wanted.after)
    return conditions if before is None else [*conditions, col(Clue.id) < before]


def number_in(after: str) -> int | None:
    """The clue that a page goes on from, where it is one."""
    return int(after) if after.isdecimal() else None
