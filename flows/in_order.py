"""Acts come one after the other: nobody's act on a clue is dated before what happened to it."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from domain.limits import in_words
from domain.situation import SYSTEM, Actor
from domain.tables.record import Event

LAST = select(func.max(col(Event.at))).where(col(Event.clue_id) == bindparam("clue"))
LEEWAY = timedelta(minutes=1)
"""Who waited for another to finish looked at the clock before him; clocks differ a little, too."""


def too_early(session: Session, clue_id: int, actor: Actor, now: datetime) -> str:
    """Why an act cannot be dated so, or nothing.

    The program's own work is as late as the round it belongs to, which people may overtake.
    """
    if actor.id == SYSTEM:
        return ""
    last = session.connection().execute(LAST, {"clue": clue_id}).scalar_one()
    if last is None or now >= last - LEEWAY:
        return ""
    return f"办理时间（{in_words(now)}）不能早于上一步的办理时间（{in_words(last)}）"
