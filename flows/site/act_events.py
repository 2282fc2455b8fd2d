"""Acts outside the lifecycles (a file added, a password reset …) as events of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.situation.situation import Actor
from flows.site.event_chain import Happening


@dataclass(frozen=True)
class Act:
    """What a person did, when, and what the record tells of it.

    `before` and `after`: how the thing stood; empty where it has no states.
    """

    action: str
    actor: Actor
    at: datetime
    detail: Mapping[str, object]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Thing:
    """What an act concerned: a row by its kind and number, and the clue it belongs to, if any."""

    kind: str
    id: int = 0
    clue_id: int | None = None


def act_event(thing: Thing, act: Act) -> Happening:
    """The event of an act on a thing, for `event_chain.append`."""
    return Happening(
        clue_id=thing.clue_id,
        process_kind=thing.kind,
        process_id=thing.id,
        action=act.action,
        from_state=act.before,
        to_state=act.after,
        actor_id=act.actor.id,
        department_id=act.actor.department,
        at=act.at,
        detail={**act.detail, **via(act.actor)},
    )


def via(actor: Actor) -> dict[str, str]:
    """What the record tells where somebody did not act at the pages himself: by what he did."""
    return {"via": actor.via} if actor.via else {}
