"""An inspection's life told in actions, over the small roster of the draws."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from domain.lifecycle.plan import Refused
from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.door.steps import Outcome, perform
from tests.helpers.office import snapshot
from tests.helpers.people import actor
from tests.helpers.story import Story

BEGINS = frozenset({"visit.propose", "visit.enter_urgent"})
USUAL = {
    **dict.fromkeys(("visit.approve", "visit.refuse", "visit.recognise"), "principal"),
    **dict.fromkeys(("visit.approve_late", "visit.deny_late"), "principal"),
    **dict.fromkeys(("visit.change_officer", "visit.refuse_objection"), "head"),
    "finding.agree": "health_principal",
    "finding.exempt": "head",
    "visit_correction.order": "head",
}
"""Who takes an action on an ordinary day; the handler takes all others."""
ENTERED = ("visit.propose", "visit.approve", "visit.notice", "visit.enter")


@dataclass
class VisitStory(Story):
    """An inspection in a test office; `clue` is the id of its dossier."""

    def does(self, action: str, by: str = "", **form: object) -> Outcome:
        """A step as a page takes it, with all that is looked up for it."""
        self.now += timedelta(hours=1)
        self.clue = None if action in BEGINS else self.clue
        chair = actor(by or USUAL.get(action, "handler"))
        found = act(self.office, self.command(action, **form), chair, self.now)
        self.clue = found.clue_id
        return found

    def refused(self, action: str, by: str = "", **form: object) -> str:
        """All reasons why a step is refused now; it has changed nothing at all."""
        before, own = snapshot(self.office), self.clue
        self.clue = None if action in BEGINS else own
        chair = actor(by or USUAL.get(action, "handler"))
        try:
            act(self.office, self.command(action, **form), chair, self.now)
        except Refused as refusal:
            assert snapshot(self.office) == before
            assert all(reason.article for reason in refusal.reasons)
            return "\n".join(str(reason) for reason in refusal.reasons)
        finally:
            self.clue = own
        raise AssertionError(f"{action} was not refused")

    def begins(self) -> None:
        """An inspection as it is proposed, whatever the rosters hold."""
        command = self.command("visit.propose")
        self.clue = perform(self.office, command, actor("handler"), self.now).clue_id

    def visit(self) -> Undertaking:
        """The inspection's row."""
        with Session(self.office.engine) as session:
            return session.get_one(Undertaking, self.clue)

    def findings(self) -> dict[str, str]:
        """How each department's finding stands."""
        return {one.department_id: one.state for one in self.processes("finding")}
