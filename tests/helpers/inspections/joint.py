"""联合行政处罚 told in actions: two departments' cases against one party."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from domain.lifecycle.plan import Refused
from domain.situation.situation import Actor
from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.door.steps import Command, Outcome, perform
from tests.helpers.inspections.filled_joint import PARTY
from tests.helpers.office import snapshot
from tests.helpers.people import actor
from tests.helpers.story import Story

__all__ = ["PARTY", "JointStory"]
USUAL = {
    "joint_proceeding.dissolve": "head",
    **{f"joint_case.{one}": "health" for one in ("join", "decline", "share_evidence")},
    **{f"joint_case.{one}": "health_head" for one in ("agree", "dissent", "leave")},
}


class JointStory(Story):
    """A joint proceeding in a test office; `clue` is the id of its dossier."""

    def does(self, action: str, by: str = "", **form: object) -> Outcome:
        """A step with all that belongs to it, by who takes it on an ordinary day."""
        self.now += timedelta(hours=1)
        begins = action == "joint_proceeding.propose"
        self.clue = None if begins else self.clue
        found = act(self.office, self.command(action, **form), self._who(action, by), self.now)
        self.clue = found.clue_id
        return found

    def refused(self, action: str, by: str = "", **form: object) -> str:
        """All reasons why a step is refused now; nothing of it is left."""
        before, own = snapshot(self.office), self.clue
        self.clue = None if action == "joint_proceeding.propose" else own
        command = self.command(action, **form)
        self.clue = own
        with pytest.raises(Refused) as refusal:
            act(self.office, command, self._who(action, by), self.now)
        assert snapshot(self.office) == before
        return "\n".join(str(reason) for reason in refusal.value.reasons)

    def command(self, action: str, **form: object) -> Command:
        """The usual form; `process`: the id of the part it is for."""
        process = form.pop("process", None)
        found = super().command(action, **form)
        return replace(found, process_id=process if isinstance(process, int) else None)

    def _who(self, action: str, by: str) -> Actor:
        return actor(by or USUAL.get(action, "handler"))

    def begins(self) -> None:
        """A proceeding as it is proposed, by the door alone."""
        self.clue = None
        command = self.command("joint_proceeding.propose")
        self.clue = perform(self.office, command, actor("handler"), self.now).clue_id

    def member(self, department: str) -> int:
        """The id of a department's part."""
        found = [one for one in self.processes("joint_case") if one.department_id == department]
        return found[-1].id or 0

    def member_state(self, department: str) -> str:
        """How a department's part stands."""
        found = [one for one in self.processes("joint_case") if one.department_id == department]
        return found[-1].state

    def proceeding(self) -> Undertaking:
        """The proceeding's row."""
        with Session(self.office.engine) as session:
            return session.get_one(Undertaking, self.clue)
