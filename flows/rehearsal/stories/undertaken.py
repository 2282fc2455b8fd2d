"""Undertakings in the hands of the rehearsal: acted on with all that follows, and looked at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA, Actor
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.door.steps import Command, Outcome
from flows.rehearsal.clockwork import Stuck, working_day_after
from flows.rehearsal.scene import Note, Stage
from flows.site.store import reading


@dataclass(frozen=True)
class Undertaken:
    """One undertaking of the stage, by its id; `begin` makes it."""

    stage: Stage
    id: int

    @property
    def now(self) -> datetime:
        """The simulated present."""
        return self.stage.now.astimezone(CHINA)

    def row(self) -> Undertaking:
        """How it stands."""
        with reading(self.stage.office.engine) as session:
            return session.get_one(Undertaking, self.id)

    def processes(self, kind: str) -> list[Process]:
        """Its processes of a kind, oldest first."""
        query = select(Process).where(col(Process.clue_id) == self.id, col(Process.kind) == kind)
        with reading(self.stage.office.engine) as session:
            return list(session.exec(query.order_by(col(Process.id))))

    def does(self, who: Actor, action: str, process: int | None = None, **form: object) -> Outcome:
        """The act with all that follows from it; a refusal means that the story is stuck."""
        try:
            return self._act(who, action, process, form)
        except Refused as refused:
            raise Stuck(f"{self.row().no}：{refused}") from refused

    def is_refused(self, who: Actor, action: str, **form: object) -> bool:
        """Somebody tries: whether he was refused; the time line tells it with its article."""
        try:
            self._act(who, action, None, form)
        except Refused as refused:
            note = Note(self.stage.now, "refused", self.row().no, who, str(refused))
            self.stage.notes.append(note)
            return True
        return False

    def days(self, count: int, clock: str) -> datetime:
        """A moment on the working day that comes so many working days later."""
        found = working_day_after(self.stage.now, count, clock, self.stage.calendar)
        return found + timedelta(minutes=self.id % 7)

    def _act(
        self, who: Actor, action: str, process: int | None, form: dict[str, object]
    ) -> Outcome:
        kind, _, name = action.partition(".")
        told = {key: value for key, value in form.items() if value is not None}
        command = Command(name, kind, self.id, process, told)
        return act(self.stage.office, command, who, self.stage.now)


def begin(stage: Stage, who: Actor, action: str, **form: object) -> Undertaken:
    """A new undertaking; a refusal means that the story is stuck."""
    kind, _, name = action.partition(".")
    try:
        made = act(stage.office, Command(name, kind, form=form), who, stage.now)
    except Refused as refused:
        raise Stuck(str(refused)) from refused
    return Undertaken(stage, made.clue_id)


def begun_by(stage: Stage, parent: int, kind: str) -> list[Undertaken]:
    """The undertakings of a kind that came out of another, oldest first."""
    query = select(Undertaking.id).where(
        col(Undertaking.parent_id) == parent, col(Undertaking.kind) == kind
    )
    with reading(stage.office.engine) as session:
        return [
            Undertaken(stage, one or 0) for one in session.exec(query.order_by(col(Undertaking.id)))
        ]
