"""A yearly report told in actions."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.door.steps import Outcome, perform
from tests.helpers.people import actor
from tests.helpers.story import Story


@dataclass
class AssessmentStory(Story):
    """A report in a test office; `clue` is the id of its dossier."""

    def does(self, action: str, by: str = "supervisor", **form: object) -> Outcome:
        """A step as a page takes it, with all that is counted for it."""
        self.now += timedelta(hours=1)
        self.clue = None if action == "assessment.draw_up" else self.clue
        found = act(self.office, self.command(action, **form), actor(by), self.now)
        self.clue = found.clue_id
        return found

    def begins(self) -> None:
        """A report as it is drawn up, by the door alone."""
        command = self.command("assessment.draw_up")
        self.clue = perform(self.office, command, actor("supervisor"), self.now).clue_id

    def row(self) -> Undertaking:
        """The report's row."""
        with Session(self.office.engine) as session:
            return session.get_one(Undertaking, self.clue)
