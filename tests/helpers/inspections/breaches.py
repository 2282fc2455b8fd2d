"""失信信息 told in actions, with joint measures and repairs."""

from dataclasses import dataclass

from sqlmodel import Session

from domain.tables.undertaking import Undertaking
from flows.door.steps import Outcome, perform
from tests.helpers.people import actor
from tests.helpers.story import Story

USUAL = {
    **{f"breach_record.{one}": "head" for one in ("confirm", "drop", "trigger", "withdraw")},
    **{f"joint_measure.{one}": "health" for one in ("apply", "decline", "lift")},
    **{f"credit_repair.{one}": "head" for one in ("grant", "refuse")},
    **{f"credit_objection.{one}": "head" for one in ("uphold", "correct", "reject")},
}


@dataclass
class BreachStory(Story):
    """失信信息 in a test office; `clue` is the id of its dossier."""

    def does(self, action: str, by: str = "", **form: object) -> Outcome:
        """A step by who takes it on an ordinary day."""
        self.clue = None if action == "breach_record.record" else self.clue
        found = super().does(action, by or USUAL.get(action, "handler"), **form)
        self.clue = found.clue_id
        return found

    def refused(self, action: str, by: str = "", **form: object) -> str:
        """All reasons why a step is refused now."""
        own = self.clue
        self.clue = None if action == "breach_record.record" else own
        try:
            return super().refused(action, by or USUAL.get(action, "handler"), **form)
        finally:
            self.clue = own

    def begins(self) -> None:
        """A breach as it is recorded, by the door alone."""
        command = self.command("breach_record.record")
        self.clue = perform(self.office, command, actor("handler"), self.now).clue_id

    def row(self) -> Undertaking:
        """The breach's row."""
        with Session(self.office.engine) as session:
            return session.get_one(Undertaking, self.clue)
