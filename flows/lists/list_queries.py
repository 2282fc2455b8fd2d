"""What a list of clues asks of the database: with a limit in its order, or without any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    SelectBase,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    union,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.lifecycle.awaited_chairs import limits_ended_by
from domain.lifecycle.visibility import OPEN_KINDS
from domain.tables.matching import Suspicion
from domain.tables.process import Clock, Clue, Process
from flows.lists.light_filter import in_light
from flows.lists.waiting_work import waiting_clues
from flows.people.viewer import Viewer
from flows.people.visible_clues import sight, visible
from flows.site.word_search import Key, clues_with_words, content_has

NOBODY = "nobody"


def limit_alias() -> type[Clock]:
    """Another name for the table of limits, whose columns many threads may ask for at once.

    SQLAlchemy makes an index of an alias's columns when it is first asked, and looks at it half
    made: a column that is not yet in it is taken for the table's own as long as the process lives,
    and a list then counts every limit with every other. So it is asked here, by one thread.
    """
    made = aliased(Clock)
    select(col(made.id))
    return made


LIMIT, EARLIER = limit_alias(), limit_alias()
"""The limit that gives a clue its place, and one that would give it another.

Made once: to make the columns of one takes longer than to ask for what they hold.
"""
NOBODY_YET, MINE, OTHERS = "", "mine", "others"


LOOKED_THROUGH = 50_000
"""Of ended clues the content of so many of the last is looked through: nothing indexes it."""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty fields narrow nothing.

    `view`: `waiting` for the actor, `open`, or `ended`. `whose`: `mine` leaves out what colleagues
    handle. `light`: see `light_filter`. `alike`: `yes` for suspected duplicates only. `waits`:
    `others` leaves out what waits for the actor himself. `text` is looked for
    in what a list shows; `inside`: `yes`: in the content instead. `handler`: a user, or `nobody`.
    `sort`: `newest` or `oldest` registered on top, of open ones; empty for what is due first.
    """

    view: str = "open"
    whose: str = ""
    state: str = ""
    department: str = ""
    channel: str = ""
    matter: str = ""
    light: str = ""
    alike: str = ""
    waits: str = ""
    handler: str = ""
    text: str = ""
    inside: str = ""
    sort: str = ""
    after: str = ""


def clock_query(
    session: Session, viewer: Viewer, wanted: Wanted
) -> Select[tuple[int | None, datetime, int | None]]:
    """The clues with a running limit: each once, with the limit that gives it its place."""
    return with_limit(viewer, wanted).where(*narrowed(session, viewer, wanted, col(LIMIT.clue_id)))


def with_limit(viewer: Viewer, wanted: Wanted) -> Select[tuple[int | None, datetime, int | None]]:
    """`clock_query` of a list's view and light alone."""
    query = (
        select(col(Clue.id), col(LIMIT.due_at), col(LIMIT.id))
        .join(Clue, col(Clue.id) == col(LIMIT.clue_id))
        .where(
            col(LIMIT.ended_at).is_(None),
            _is_owned(LIMIT, viewer),
            visible(viewer.office, viewer.actor),
            ~_is_preceded(viewer, wanted),
            *in_light(LIMIT, wanted.light, viewer.now),
        )
    )
    if wanted.view == "waiting":
        query = query.where(or_(*(col(LIMIT.clue_id).in_(one) for one in _waiting(viewer))))
    return query


def _is_owned(clock: type[Clock], viewer: Viewer) -> ColumnElement[bool]:
    if viewer.owner is not None:
        return col(clock.owner_id) == viewer.owner
    return true() if viewer.watched is None else col(clock.process_kind).in_(sorted(OPEN_KINDS))


def _is_preceded(viewer: Viewer, wanted: Wanted) -> ColumnElement[bool]:
    """Whether another clock of the clue gives it its place.

    What waits for somebody is placed by a limit that a step of his ends, if there is one.
    """
    precedes = tuple_(col(EARLIER.due_at), col(EARLIER.id)) < tuple_(
        col(LIMIT.due_at), col(LIMIT.id)
    )
    if wanted.view == "waiting" and not wanted.light:
        rules = limits_ended_by(viewer.office.rules.lifecycles, viewer.actor.roles)
        his, its = col(EARLIER.rule).in_(rules), col(LIMIT.rule).in_(rules)
        precedes = or_(and_(his, ~its), and_(or_(his, ~its), precedes))
    return exists().where(
        col(EARLIER.clue_id) == col(LIMIT.clue_id),
        col(EARLIER.ended_at).is_(None),
        _is_owned(EARLIER, viewer),
        precedes,
    )


def clockless_query(session: Session, viewer: Viewer, wanted: Wanted) -> Select[tuple[int | None]]:
    """The clues without a running limit of theirs."""
    return without_limit(viewer, wanted).where(*narrowed(session, viewer, wanted, col(Clue.id)))


def without_limit(viewer: Viewer, wanted: Wanted) -> Select[tuple[int | None]]:
    """`clockless_query` of a list's view alone."""
    queries = _waiting(viewer) if wanted.view == "waiting" else _open(viewer)
    candidates: SelectBase = union(*queries)
    clock = exists().where(
        col(Clock.clue_id) == col(Clue.id),
        col(Clock.ended_at).is_(None),
        _is_owned(Clock, viewer),
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
                _is_owned(Clock, viewer),
                *in_light(Clock, wanted.light, viewer.now),
            )
        )
    if viewer.owner is None:
        is_open = col(Clue.ended_at).is_(None)
    else:
        is_open = col(Clue.id).in_(union(*_open(viewer)))
    return select(col(Clue.id)).where(is_open, visible(viewer.office, viewer.actor), *conditions)


def _waiting(viewer: Viewer) -> Sequence[SelectBase]:
    return waiting_clues(viewer.office, viewer.actor) or [select(col(Clue.id)).where(false())]


def _open(viewer: Viewer) -> list[SelectBase]:
    """The clues that have not ended, or that a department still has something open in."""
    clues = select(col(Clue.id)).where(col(Clue.ended_at).is_(None))
    if viewer.owner is None:
        return [clues]
    beside = select(col(Process.clue_id)).where(col(Process.ended_at).is_(None))
    prosecutes = sight(viewer.office, viewer.actor).prosecutes
    return [
        clues.where(col(Clue.department_id) == viewer.owner),
        beside.where(col(Process.department_id) == viewer.owner),
        beside.where(col(Process.counterpart_id) == viewer.owner),
        beside.where(col(Process.kind) == "referral", col(Process.department_id).in_(prosecutes)),
    ]


def narrowed(
    session: Session, viewer: Viewer, wanted: Wanted, key: Key
) -> list[ColumnElement[bool]]:
    """What is wanted as conditions; `key`: the column of the clue that the database reads along."""
    columns = {
        Clue.state: wanted.state,
        Clue.department_id: wanted.department,
        Clue.channel: wanted.channel,
        Clue.matter_id: wanted.matter,
    }
    found = [col(one) == value for one, value in columns.items() if value]
    if wanted.whose == MINE:
        handler = col(Clue.facts)["handler_user"].as_string()
        elsewhere = col(Clue.department_id) != viewer.actor.department
        lent = [one.id for one in viewer.actor.acts_for if "handler" in one.roles]
        own = handler.in_([NOBODY_YET, viewer.actor.id, *lent])
        found.append(or_(elsewhere, handler.is_(None), own))
    if wanted.handler:
        named = func.coalesce(col(Clue.facts)["handler_user"].as_string(), NOBODY_YET)
        found.append(named == (NOBODY_YET if wanted.handler == NOBODY else wanted.handler))
    if wanted.alike:
        pair = or_(col(Suspicion.clue_id) == key, col(Suspicion.other_id) == key)
        is_duplicate = col(Suspicion.kind) == "duplicate"
        found.append(exists().where(pair, is_duplicate, col(Suspicion.decision).is_(None)))
    if wanted.waits == OTHERS:
        found += [~key.in_(one) for one in _waiting(viewer)]
    if wanted.text.strip() and wanted.inside:
        found.append(content_has(wanted.text))
        if wanted.view == "ended":
            last = select(func.max(aliased(Clue).id)).scalar_subquery()
            found.append(key > last - LOOKED_THROUGH)
    elif wanted.text.strip():
        found.append(clues_with_words(session, wanted.text, key))
    return found
