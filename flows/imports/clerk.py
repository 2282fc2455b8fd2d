"""Who imports, where and when."""

from dataclasses import dataclass
from datetime import datetime

from domain.situation.situation import Actor
from flows.site.office import Office


@dataclass(frozen=True)
class Clerk:
    """Who imports, where and when."""

    office: Office
    actor: Actor
    now: datetime
