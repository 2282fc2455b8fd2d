"""A publication's life told in actions: who does what, and what is on record."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from domain.lifecycle.plan import Refused
from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.door.steps import Outcome, perform
from tests.helpers.people import actor
from tests.helpers.story import Story

USUAL = {
    "publication.approve": "head",
    "publication.withdraw": "head",
    "publication.send_back": "head",
    "publication_opinion.agree": "health",
    "publication_opinion.object": "health",
    "publication_ruling.rule": "staffing",
}


@dataclass
class PublicationStory(Story):
    """A publication in a test office; `clue` is the id of its dossier."""

    def does(self, action: str, by: str = "", **form: object) -> Outcome:
        """A step as a page takes it, with all that follows from it."""
        self.now += timedelta(hours=1)
        self.clue = None if action == "publication.draft" else self.clue
        chair = actor(by or USUAL.get(action, "handler"))
        found = act(self.office, self.command(action, **form), chair, self.now)
        self.clue = found.clue_id
        return found

    def refused(self, action: str, by: str = "", **form: object) -> str:
        """All reasons why a step is refused now."""
        own = self.clue
        self.clue = None if action == "publication.draft" else own
        chair = actor(by or USUAL.get(action, "handler"))
        try:
            act(self.office, self.command(action, **form), chair, self.now)
        except Refused as refusal:
            assert all(reason.article for reason in refusal.reasons)
            return "\n".join(str(reason) for reason in refusal.reasons)
        finally:
            self.clue = own
        raise AssertionError(f"{action} was not refused")

    def begins(self) -> None:
        """A list as it is drafted, by the door alone."""
        command = self.command("publication.draft")
        self.clue = perform(self.office, command, actor("handler"), self.now).clue_id

    def publication(self) -> Undertaking:
        """The publication's row."""
        with Session(self.office.engine) as session:
            return session.get_one(Undertaking, self.clue)
