"""What a list of clues is narrowed to, as conditions of the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, true, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.limits.limit import SHANGHAI, day_of
from domain.tables.columns import UTCDateTime
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.lists.waiting_work import waiting_clues
from flows.people.viewer import Viewer
from flows.rows.known_ids import Among, as_text
from flows.rows.statements import told
from flows.site.word_search import (
    Key,
    Say,
    Sought,
    clues_say,
    content_has,
    sought,
    spoken,
    told_text,
)

SOON, NEW = timedelta(days=3), timedelta(days=1)
LIGHTS = {"red": "已逾期", "today": "今天届满", "yellow": "三日内届满", "new": "新到（一日内）"}
"""What a list may be narrowed to, in words."""
NOBODY = "nobody"
NOBODY_YET, MINE, OTHERS = "", "mine", "others"
LOOKED_THROUGH = 50_000
"""Of ended clues the content of so many of the last is looked through: nothing indexes it."""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty fields narrow nothing.

    `view`: `waiting` for the actor, `open`, or `ended`. `whose`: `mine` leaves out what colleagues
    handle. `light`: see `in_light`. `alike`: `yes` for suspected duplicates only. `waits`:
    `others` leaves out what waits for the actor himself. `text` is looked for
    in what a list shows; `inside`: `yes`: in the content instead. `handler`: a user, or `nobody`.
    `sort`: `newest` or `oldest` registered on top, of open ones; empty for what is due first.
    `among`: clues that were found before, by their ids. `words`: `text` as questions have it.
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
    among: tuple[int, ...] | None = None
    words: tuple[Sought, ...] = ()

    @property
    def asks_much(self) -> bool:
        """Whether several things are asked of a clue, or what no index tells how many there are."""
        columns = (self.state, self.department, self.channel, self.matter, self.handler)
        return len(list(filter(None, columns))) > 1 or bool(self.text or self.words or self.whose)

    @property
    def handled_by(self) -> str:
        """The handler as the column says it: empty for nobody."""
        return NOBODY_YET if self.handler == NOBODY else self.handler


@dataclass(frozen=True)
class Asking:
    """What a list is narrowed to as a question says it, and the values of words and known clues."""

    wanted: Wanted
    values: Mapping[str, str]
    say: Say

    @property
    def is_asked_alike(self) -> bool:
        """Whether nothing is asked but a view, columns and words, so that many ask alike."""
        wanted = self.wanted
        return wanted == Wanted(
            view=wanted.view,
            state=wanted.state,
            department=wanted.department,
            channel=wanted.channel,
            matter=wanted.matter,
            words=wanted.words,
            among=wanted.among,
        )


def asking(session: Session, wanted: Wanted) -> Asking:
    """The question of what is wanted, for these values."""
    values: dict[str, str] = {}
    if wanted.text.strip() and not wanted.inside:
        words, values = sought(session, wanted.text)
        wanted = replace(wanted, text="", words=words)
    if wanted.among is not None:
        values["among"] = as_text(wanted.among)
        wanted = replace(wanted, among=())
    return Asking(wanted, values, spoken(values))


def asked_of_any(wanted: Wanted) -> Asking:
    """The same for any values, which are told when it is asked."""
    return Asking(wanted, {}, told_text)


def narrowed(
    viewer: Viewer, asked: Asking, key: Key, *, one_by_one: bool = False
) -> list[ColumnElement[bool]]:
    """What is wanted as conditions; `key`: the column of the clue that the database reads along.

    `one_by_one`: it looks at the clues in that order, whatever is asked.
    """
    wanted = asked.wanted
    columns = {
        Clue.state: wanted.state,
        Clue.department_id: wanted.department,
        Clue.channel: wanted.channel,
        Clue.matter_id: wanted.matter,
    }
    found = [col(one) == value for one, value in columns.items() if value]
    found += _of_handlers(viewer, wanted, key)
    if wanted.alike:
        pair = or_(col(Suspicion.clue_id) == key, col(Suspicion.other_id) == key)
        is_duplicate = col(Suspicion.kind) == "duplicate"
        found.append(exists().where(pair, is_duplicate, col(Suspicion.decision).is_(None)))
    if wanted.waits == OTHERS and (waiting := waiting_clues(viewer.office, viewer.actor)):
        found.append(key.not_in(union_all(*waiting)))
    return [*found, *_of_words(asked, key, one_by_one)]


def _of_handlers(viewer: Viewer, wanted: Wanted, key: Key) -> Iterator[ColumnElement[bool]]:
    if wanted.whose == MINE:
        elsewhere = col(Clue.department_id) != viewer.actor.department
        lent = [one.id for one in viewer.actor.acts_for if "handler" in one.roles]
        own = col(Clue.handler_id).in_([NOBODY_YET, viewer.actor.id, *lent])
        yield or_(elsewhere, own)
    if wanted.handler:
        yield col(Clue.handler_id) == wanted.handled_by
        if wanted.view != "ended":
            yield _may_be_of(wanted.handled_by, viewer.owner, key)


def _may_be_of(handler: str, owner: str | None, key: Key) -> ColumnElement[bool]:
    """Whether a clue is an open one of a handler, or not one of the open ones of a department.

    Told out of two indexes alone, so that the clues of others, which are most, are not looked up.
    """
    one = aliased(Clue)
    is_open = select(col(one.id)).where(col(one.ended_at).is_(None))
    his = is_open.where(col(one.handler_id) == handler)
    here = is_open if owner is None else is_open.where(col(one.department_id) == owner)
    return case((key.in_(his), 1), (key.not_in(here), 1)).is_not(None)


def _of_words(asked: Asking, key: Key, one_by_one: bool) -> Iterator[ColumnElement[bool]]:
    wanted = asked.wanted
    if wanted.among is not None:
        yield Among(key, asked.say("among"))
    if wanted.text.strip():
        yield content_has(wanted.text)
        if wanted.view == "ended":
            newest = select(func.max(aliased(Clue).id)).scalar_subquery()
            yield key > newest - LOOKED_THROUGH
    if wanted.words:
        yield clues_say(wanted.words, asked.say, key, one_by_one=one_by_one)


def along(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Conditions in whose favour no database leaves the order of a list.

    PostgreSQL takes what is asked of a row for independent: it would expect a dozen rows where
    there are a hundred thousand, gather them all, and sort them for the thirty that are shown.
    """
    return case((and_(true(), *conditions), 1)).is_not(None)


@dataclass(frozen=True)
class Moments:
    """What lights go by: now, the end of the day, three days from now, and a day ago."""

    now: Any
    evening: Any
    soon: Any
    since: Any


AT = Moments(*(told(one, UTCDateTime()) for one in ("now", "evening", "soon", "since")))
"""The same in a statement made once: told when it is asked."""


def moments_of(now: datetime) -> Moments:
    """Those of a moment."""
    evening = datetime.combine(day_of(now) + timedelta(days=1), time(0), SHANGHAI)
    return Moments(now, evening, now + SOON, now - NEW)


def in_light(clock: Any, light: str, now: datetime | Moments) -> list[ColumnElement[bool]]:
    """The conditions on a limit: late and not paused, due by the end of the day, within three days.

    `new`: it began to run within a day. Any other word narrows nothing.
    """
    if light not in LIGHTS:
        return []
    at = now if isinstance(now, Moments) else moments_of(now)
    running = col(clock.breach_at) >= at.now
    if light == "red":
        return [col(clock.breach_at) < at.now, col(clock.paused).is_(False)]
    if light == "today":
        return [running, col(clock.due_at) <= at.evening]
    if light == "yellow":
        return [running, col(clock.due_at) < at.soon]
    return [col(clock.started_at) > at.since]
