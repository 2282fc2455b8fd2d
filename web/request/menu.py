"""The menu of each chair: entries that the pages bring with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.situation.situation import Actor
from flows.people.administrators import chairs_wanted
from flows.people.viewer import Viewer
from flows.rows.statements import Order
from flows.site.settings import Settings

Count = Callable[[Viewer], Order]
MOST_COUNTED = 99
GROUPS = ("办理", "监管", "督办", "法制", "管理", "审计")


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `roles` empty: for everybody who is signed in.

    `count`: how many things wait there for the reader, shown beside it where there are any.
    """

    label: str
    path: str
    group: str = "办理"
    roles: frozenset[str] = frozenset()
    order: int = 50
    count: Count | None = None

    def is_for(self, actor: Actor, settings: Settings) -> bool:
        """Whether the actor has a chair it is for, as the site shares out its administration."""
        return not self.roles or bool(chairs_wanted(settings, self.roles) & actor.roles)


Menu = list[tuple[str, list[Entry]]]


def menu_for(actor: Actor, settings: Settings, entries: Iterable[Entry]) -> Menu:
    """The actor's entries by group, in order; empty groups are left out."""
    found = (one for one in entries if one.is_for(actor, settings))
    mine = sorted(found, key=lambda one: one.order)
    groups = [(group, [one for one in mine if one.group == group]) for group in GROUPS]
    return [(group, found) for group, found in groups if found]


def counted_in(viewer: Viewer, menu: Menu) -> dict[str, Order]:
    """What counts the things that wait behind the entries, by path; asked for together."""
    counted = ((one.path, one.count) for _, entries in menu for one in entries)
    return {path: count(viewer) for path, count in counted if count}


def told(number: int) -> str:
    """A count as the menu shows it."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def current(path: str, menu: Menu) -> str:
    """The entry that a page lies under: the longest path that it begins with."""
    paths = [one.path for _, entries in menu for one in entries]
    fitting = [one for one in paths if one == path or (one != "/" and path.startswith(f"{one}/"))]
    return max(fitting, key=len, default="")
