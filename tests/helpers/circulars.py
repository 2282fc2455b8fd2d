"""A circular's life told in actions, as a clue's is: who does what, and what is on record."""

from dataclasses import dataclass

from sqlmodel import Session

from domain.tables.undertaking import Undertaking
from flows.door.steps import Outcome
from tests.helpers.story import Story

USUAL = {
    "circular.issue": "head",
    "circular.withdraw": "head",
    "circular_receipt.sign": "health",
    "circular_receipt.sign_for_answer": "health",
    "circular_receipt.answer": "health",
    "circular_receipt.pass_on": "health",
}
"""Who takes an action on an ordinary day; the drafter takes all others."""
NO_ANSWER: dict[str, object] = {"answer_asked": None, "answer_due": None}


@dataclass
class CircularStory(Story):
    """A circular in a test office; `clue` is the id of its dossier."""

    def does(self, action: str, by: str = "", **form: object) -> Outcome:
        """An hour later, somebody takes an action; drafting begins the circular."""
        if action == "circular.draft":
            self.clue = None
        found = super().does(action, by or USUAL.get(action, "handler"), **form)
        self.clue = found.clue_id if action == "circular.draft" else self.clue
        return found

    def refused(self, action: str, by: str = "", **form: object) -> str:
        """All reasons why an action is refused now; it has changed nothing at all."""
        return super().refused(action, by or USUAL.get(action, "handler"), **form)

    def circular(self) -> Undertaking:
        """The circular's row."""
        with Session(self.office.engine) as session:
            return session.get_one(Undertaking, self.clue)

    def receipts(self) -> dict[str, str]:
        """How each addressee's receipt stands."""
        return {one.department_id: one.state for one in self.processes("circular_receipt")}
