"""What a party owes in the rehearsal, and the form of what it pays."""

from dataclasses import replace
from decimal import Decimal

from domain.penalties.payment import amount_owed
from flows.rehearsal.scene import Scene


def owed(scene: Scene) -> Decimal:
    """What is to be paid today, surcharge included, in yuan."""
    return amount_owed(replace(scene.situation("case"), form={}))


def receipt(scene: Scene, amount: Decimal) -> dict[str, object]:
    """A payment made today, in yuan."""
    return {
        "paid_on": scene.now.date().isoformat(),
        "paid": str(amount),
        "receipt_no": f"SLFK{scene.clue_id:04d}",
    }
