"""The order of acts: nobody's act is dated before what happened to the clue already."""

from datetime import timedelta

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from domain.lifecycle.plan import Reason, Refused, Step, plan
from domain.limits.limit import in_words
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import SYSTEM, Situation
from domain.tables.record import Event

LAST = select(func.max(col(Event.at))).where(col(Event.clue_id) == bindparam("clue"))
LEEWAY = timedelta(minutes=1)
"""Who waited for another to finish looked at the clock before him; clocks differ a little, too."""


def plan_in_order(session: Session, situation: Situation, action: str, rules: Rulebook) -> Step:
    """The step an action leads to; Refused with every reason, too early a date among them."""
    text = _too_early(session, situation)
    if not text:
        return plan(situation, action, rules)
    transition = rules.lifecycles[situation.process.kind].actions[action]
    citation = transition.basis[0]
    others: tuple[Reason, ...] = ()
    try:
        plan(situation, action, rules)
    except Refused as refused:
        others = refused.reasons
    raise Refused(transition.label, (*others, Reason(text, citation, rules.cite(citation))))


def _too_early(session: Session, situation: Situation) -> str:
    """Why an act cannot be dated so, or nothing.

    The program's own work is as late as the round it belongs to, which people may overtake.
    """
    if situation.actor.id == SYSTEM or situation.dossier is None:
        return ""
    last = session.connection().execute(LAST, {"clue": situation.dossier.id}).scalar_one()
    if last is None or situation.now >= last - LEEWAY:
        return ""
    return f"办理时间（{in_words(situation.now)}）不能早于上一步的办理时间（{in_words(last)}）"
