"""A risk warning's life told in actions, and clues that raise one."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform
from flows.people.actors import system_actor
from flows.warnings.raising import Raised, raise_warnings
from tests.helpers.filled_forms import filled
from tests.helpers.people import actor
from tests.helpers.story import Story

USUAL = {
    "risk_warning.dismiss": "head",
    "risk_warning.push": "head",
    "risk_warning.close": "head",
    "risk_warning.convene": "supervisor",
    "risk_response.answer": "health",
}


@dataclass
class WarningStory(Story):
    """A warning in a test office; `clue` is the id of its dossier."""

    def reports(self, number: int, **form: object) -> None:
        """So many clues, each by another person, an hour apart."""
        for one in range(number):
            self.now += timedelta(hours=1)
            told = {
                **filled("clue", "register", self.now),
                "outside_no": None,
                "reporter_name": f"甲某{one}",
                "reporter_phone": f"1380000{one:04d}",
                "title": f"反映问题{one}",
                **form,
            }
            kept = {name: value for name, value in told.items() if value is not None}
            perform(self.office, Command("register", form=kept), actor("desk"), self.now)

    def computes(self) -> Raised:
        """The day's warnings are computed; the newest one is looked at from here on."""
        self.now += timedelta(hours=1)
        found = raise_warnings(self.office, self.now)
        with Session(self.office.engine) as session:
            query = select(Undertaking.id).where(col(Undertaking.kind) == "risk_warning")
            self.clue = session.exec(query.order_by(col(Undertaking.id).desc())).first()
        return found

    def begins(self) -> None:
        """A warning as the program raises it, by the door alone."""
        command = self.command("risk_warning.raise")
        self.clue = perform(self.office, command, system_actor("shili-market"), self.now).clue_id

    def command(self, action: str, **form: object) -> Command:
        """The usual form; a warning that is raised has no dossier yet."""
        found = super().command(action, **form)
        return Command("raise", "risk_warning", form=found.form) if "raise" in action else found

    def does(self, action: str, by: str = "", **form: object) -> Outcome:
        """A step as on an ordinary day."""
        return super().does(action, by or USUAL.get(action, "handler"), **form)

    def refused(self, action: str, by: str = "", **form: object) -> str:
        """All reasons why a step is refused now."""
        return super().refused(action, by or USUAL.get(action, "handler"), **form)

    def warning(self) -> Undertaking:
        """The warning's row."""
        with Session(self.office.engine) as session:
            return session.get_one(Undertaking, self.clue)
