"""What only the record of a clue tells a form: its own people, sums, parties and papers."""

import random
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from domain.penalties.payment import amount_owed
from domain.shapes.lifecycles import FormField
from domain.situation.situation import Situation
from tests.helpers.filled_forms import Form

OFFICERS = {
    "shili-market": ["handler", "colleague"],
    "shili-health": ["health", "health_second"],
    "shili-urban": ["urban", "urban_head"],
}


def own_values(fields: Mapping[str, FormField], situation: Situation, dice: random.Random) -> Form:
    """The values of a form that the situation alone can tell, by field."""
    own = situation.process.department
    values: Form = {}
    for name, one in fields.items():
        if one.type == "users":
            values[name] = OFFICERS.get(own, ["handler", "colleague"])
    if "paid" in fields:
        owed = amount_owed(situation)
        part = "receipt_no" in fields and dice.random() < 0.5 and owed > 1
        values["paid"] = format((owed / 2 if part else owed).quantize(owed), "f")
        values["paid_on"] = situation.today.isoformat()
    if "payment_plan" in fields:
        values |= _one_part_later(situation)
    if situation.process.kind == "dispute" and "lead" in fields:
        values["lead"] = situation.process.counterpart or own
    if situation.process.kind == "paper_change" and "paper" in fields:
        values |= _paper_that_left(situation, dice)
    if "wrong_text" in fields and values.get("paper"):
        number = next(one.number for one in situation.papers if one.id == values["paper"])
        values |= {"wrong_text": number, "right_text": f"{number}（补正）"}
    return values


def _paper_that_left(situation: Situation, dice: random.Random) -> Form:
    """A numbered paper of the actor's organ that was sent or served."""
    own = situation.actor.department
    left = [one.id for one in situation.papers if one.left_at and one.organ == own and one.number]
    return {"paper": dice.choice(left)} if left else {}


def _one_part_later(situation: Situation) -> Form:
    """The whole unpaid fine a month later."""
    facts = situation.process.facts
    unpaid = Decimal(str(facts.get("fine") or 0)) - Decimal(str(facts.get("paid_total") or 0))
    day = (situation.today + timedelta(days=30)).isoformat()
    return {"payment_plan": [{"due_on": day, "amount": str(unpaid)}], "paid_until": day}
