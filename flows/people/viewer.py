"""The viewer: whom lists, boards and files are read for."""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.situation.situation import Actor
from flows.people.visible_clues import sight
from flows.site.office import Office


@dataclass(frozen=True)
class Viewer:
    """Who looks at a list, where and when."""

    office: Office
    actor: Actor
    now: datetime

    @property
    def owner(self) -> str | None:
        """The department whose clocks order the list; none for who sees every clue."""
        return None if sight(self.office, self.actor).sees_all else self.actor.department

    @property
    def watched(self) -> tuple[str, ...] | None:
        """The departments whose cases and limits are watched; none for who oversees all files."""
        seen = sight(self.office, self.actor)
        return seen.within if seen.sees_files else (self.actor.department,)


def anybody(office: Office, actor: Actor) -> Viewer:
    """Who looks from the actor's chair, at no moment: for what is the same at any."""
    return Viewer(office, actor, datetime.min.replace(tzinfo=UTC))
