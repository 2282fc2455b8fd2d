"""The bar above a list: filters, each also a chip, the total, orders, the file, and kept views.

A page declares which narrowings its list has; drawing, chips, addresses and what a person keeps
under a name follow from that, for every list alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urlencode

from markupsafe import Markup, escape
from sqlalchemy import bindparam, select
from sqlmodel import col

from domain.situation.situation import Actor
from domain.tables.session import SavedFilter
from flows.people.visible_clues import once_a_chair
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from web.forms.choices import Choice, by_group, departments
from web.request.desk import Desk

Kind = Literal["text", "choice", "order", "day", "tick", "hidden"]
Groups = tuple[tuple[str, tuple[Choice, ...]], ...]
COUNTED = 300
"""So far totals are counted."""
KEPT = Statement(
    select(*(col(getattr(SavedFilter, one)) for one in ("id", "name", "path", "query")))
    .where(
        col(SavedFilter.user_id) == bindparam("user"), col(SavedFilter.path) == bindparam("path")
    )
    .order_by(col(SavedFilter.name)),
    steady=True,
)
"""What a person keeps of a list under a name."""


@dataclass(frozen=True)
class Narrowing:
    """One filter of a list: its name in the address and its label.

    `groups`: what may be chosen, under headings ("" for none). `hint`: what a text may be. An
    `order` narrows nothing; a `tick` asks for `yes` or for the one value it offers; what is
    `hidden` comes from a link of another page and shows as a chip only.
    """

    name: str
    label: str
    kind: Kind = "text"
    groups: Groups = ()
    hint: str = ""

    def words(self, value: str) -> str:
        """A value as the chip tells it."""
        labels = {one.value: one.label for _, offered in self.groups for one in offered}
        said = labels.get(value, value)
        if self.kind == "tick":
            return self.label
        return said if self.kind == "hidden" else f"{self.label}：{said}"

    def offered(self, value: str) -> Markup:
        """What may be chosen, as a select shows it, with a value chosen."""
        # As plain text: what a Markup is told to put in, it would escape.
        options, chosen = str(_offered(self.groups)), f'value="{escape(value)}"'
        return Markup(options.replace(f"{chosen}>", f"{chosen} selected>", 1))

    @property
    def ticked(self) -> str:
        """The value that a ticked box asks for."""
        return self.groups[0][1][0].value if self.groups else "yes"


@dataclass(frozen=True)
class Chip:
    """One narrowing in words, and the list without it."""

    text: str
    without: str


@dataclass(frozen=True)
class ListShape:
    """What a list is: its address, its filters, and the address of its file where it has one.

    `held`: what of the address no filter changes and every link carries along, such as a tab.
    """

    path: str
    narrowings: tuple[Narrowing, ...]
    file: str = ""
    held: Mapping[str, str] = field(default_factory=dict)
    unit: str = "条"


@dataclass(frozen=True)
class ListBar:
    """A bar as it is drawn. `asked`: what is asked for, by name; empty values are not."""

    shape: ListShape
    asked: Mapping[str, str]
    total: int | None
    saved: tuple[Any, ...] = ()

    @property
    def query(self) -> str:
        """The address after the question mark; the page of the list is not in it."""
        return self._query()

    def _query(self, without: str = "") -> str:
        told = {**self.shape.held, **self.asked, without: ""}
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def address(self) -> str:
        """The list as it is narrowed."""
        return _joined(self.shape.path, self.query)

    @property
    def cleared(self) -> str:
        """The list without any filter."""
        told = {name: value for name, value in self.shape.held.items() if value}
        return _joined(self.shape.path, urlencode(told))

    @property
    def file(self) -> str:
        """The file of what is listed; empty where the list has none."""
        if not self.shape.file:
            return ""
        path, _, own = self.shape.file.partition("?")
        return _joined(path, "&".join(filter(None, (own, self.query))))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return any(self.asked.values())

    @property
    def told(self) -> str:
        """The total in words; empty where it was not counted."""
        if self.total is None:
            return ""
        most = f"{COUNTED}以上" if self.total >= COUNTED else str(self.total)
        return f"共{most}{self.shape.unit}"

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What narrows the list, in the order of its filters."""
        return tuple(
            Chip(one.words(value), _joined(self.shape.path, self._query(one.name)))
            for one in self.shape.narrowings
            if one.kind != "order" and (value := self.asked.get(one.name, ""))
        )

    def turned(self, name: str, place: object) -> str:
        """The page of the list that begins at a place; empty for none."""
        if not place:
            return ""
        return _joined(self.shape.path, "&".join(filter(None, (self.query, f"{name}={place}"))))


def bar_of(desk: Desk, shape: ListShape, asked: Mapping[str, str], total: int | None) -> ListBar:
    """The bar of a list with what the person keeps of it; other words of the address are no part.

    `total`: how many lines there are altogether, counted no further than `COUNTED`.
    """
    known = {one.name: asked.get(one.name, "") for one in shape.narrowings}
    mine = {"user": desk.actor.id, "path": shape.path}
    [saved] = ask(desk.session.connection(), (KEPT, mine))
    return ListBar(shape, known, total, tuple(saved))


def choose(name: str, label: str, options: Mapping[str, str]) -> Narrowing:
    """A filter by one of the options, each with its label."""
    return Narrowing(name, label, "choice", _plain(options))


def order(options: Mapping[str, str]) -> Narrowing:
    """In which order the list stands; the one without a value is usual."""
    return Narrowing("sort", "排序", "order", _plain(options))


def choose_department(desk: Desk, label: str, name: str = "department") -> Narrowing:
    """A filter by department, those of the person's own area first."""
    return Narrowing(name, label, "choice", _departments(desk.office, desk.actor))


@once_a_chair
def _departments(office: Office, actor: Actor) -> Groups:
    return by_group(departments(office.rules, actor.department))


@lru_cache(maxsize=256)
def _offered(groups: Groups) -> Markup:
    """Drawn once for all readers: a page has a hundred and fifty of these, the same each time."""
    drawn = [(group, Markup("").join(map(_option, choices))) for group, choices in groups]
    grouped = Markup('<optgroup label="{}">{}</optgroup>')
    return Markup("").join(grouped.format(*one) if one[0] else one[1] for one in drawn)


def _option(one: Choice) -> Markup:
    return Markup('<option value="{}">{}</option>').format(one.value, one.label)


def days(label: str) -> tuple[Narrowing, Narrowing]:
    """A filter by the day from which and the day until which, both counted whole."""
    return Narrowing("since", f"{label}自", "day"), Narrowing("until", "至", "day")


def _plain(options: Mapping[str, str]) -> Groups:
    found: Iterable[Choice] = (Choice(value, label) for value, label in options.items())
    return (("", tuple(found)),)


def _joined(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
