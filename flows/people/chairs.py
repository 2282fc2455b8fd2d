"""The chairs in which a user acts at a moment: his own, and the one he is entrusted with.

310号令第五条第二款 knows the 主持工作的负责人 beside the principal; he acts from the first to the
last day of his authority, and documents say in which capacity.
"""

from datetime import date, datetime

from domain.situation.situation import CHINA, SYSTEM, Actor
from domain.tables.people import User

ENTRUSTED = ("principal", "department_head")
"""The chairs that somebody may hold for another for a while."""


def actor_at(user: User, now: datetime) -> Actor:
    """The user as an actor at a moment; nobody acts as the program."""
    standing = stands_in(user, now)
    return Actor(
        id=user.id,
        name=user.name,
        roles=(frozenset(user.roles) | standing) - {SYSTEM},
        department=user.department_id,
        phone=user.phone,
        standing_in=standing - frozenset(user.roles),
    )


def stands_in(user: User, now: datetime) -> frozenset[str]:
    """The chair that he is entrusted with at a moment, both days counted; none otherwise."""
    if not (user.stand_role and user.stand_from and user.stand_until):
        return frozenset()
    today = now.astimezone(CHINA).date()
    first, last = date.fromisoformat(user.stand_from), date.fromisoformat(user.stand_until)
    return frozenset({user.stand_role}) if first <= today <= last else frozenset()
