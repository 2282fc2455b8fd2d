"""A clue's life told in actions: who does what, and what is on record afterwards."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

from docx import Document
from sqlalchemy import or_, select
from sqlmodel import Session, col

from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import Event, IssuedDocument
from domain.tables.work import FollowUp, InboxMessage
from flows.door.steps import Command, Outcome, perform
from flows.site.event_chain import verify
from flows.site.office import Office
from tests.helpers.filled_forms import filled
from tests.helpers.haste.replay import Replay, Step
from tests.helpers.office import snapshot
from tests.helpers.people import actor

USUAL_CHAIR = {
    "register": "desk",
    "merge": "desk",
    "unmerge": "desk",
    "split": "desk",
    "correct_at_desk": "desk",
    "redirect": "desk",
    "dispatch": "desk",
    "withdraw": "desk",
    "deem_accepted": "system",
    "withhold_stored": "system",
    "extend_verification": "head",
    "transfer_on": "head",
    "endorse": "section",
    "reassign": "section",
    "case.endorse": "section",
    "referral.endorse": "section",
    "resume_verification": "head",
    "file_case": "head",
    "file_remade": "head",
    "dismiss": "head",
    "govern": "head",
    "close": "head",
    "extend_reply": "head",
    "reopen": "supervisor",
    "archive": "legal",
    "part.submit": "health",
    "part.decline": "health",
    "verification.draft": "system",
    "dispute.submit": "head",
    "dispute.assign": "government",
    "dispute.coordinate": "arbiter",
    "dispute.ask_staffing": "arbiter",
    "dispute.give_duties_opinion": "staffing",
    "dispute.propose": "arbiter",
    "dispute.decide": "government",
    "justice_paper.reply": "head",
    "duty_crime.approve": "principal",
    "duty_crime.decline": "principal",
    "request.answer": "health",
    "request.decline": "health",
    "request.extend": "health",
    "spot_penalty.apply_for_enforcement": "head",
    "spot_penalty.ask_upper_court": "head",
    "spot_penalty.end_enforcement": "head",
    "spot_penalty.check_discretion": "head",
    "spot_penalty.revoke_decision": "head",
    "spot_penalty.amend_decision": "head",
    "spot_penalty.correct_decision": "head",
    "spot_penalty.put_off_payment": "head",
    "crime_revocation.revoke": "principal",
    "early_disposal.approve": "head",
    "early_disposal.refuse": "head",
    "unclaimed_goods.surrender": "head",
    "file_access.grant": "head",
    "file_access.refuse": "head",
    "case.order_refund": "head",
    "recusal.grant": "head",
    "recusal.refuse": "head",
    "case_review.review": "legal",
    "reward.approve": "head",
    "reward.refuse": "head",
    "supervision.draft": "system",
    "supervision.acknowledge": "head",
    "supervision.report": "head",
    **{
        f"case.{name}": chair
        for chair, names in {
            "head": "assign_officers preserve release_preserved take_up_rest extend_review seize "
            "extend_seizure release_seized suspend resume "
            "terminate extend extend_investigation notice decide decide_no_penalty close "
            "ask_upper_court end_enforcement apply_for_enforcement put_off_payment "
            "revoke_decision revoke_and_remake "
            "amend_decision correct_decision replace_officers order_correction take_up_licence",
            "legal": "pass_review send_back schedule_hearing hold_hearing archive "
            "pass_hearing_review return_hearing_review write_hearing_record end_hearing",
            "principal": "discuss",
        }.items()
        for name in names.split()
    },
    **{
        f"measure.{name}": "head"
        for name in ("seize", "preserve", "approve", "refuse", "extend", "release", "deal_with")
    },
    **{
        f"referral.{name}": chair
        for chair, names in {
            "principal": "approve decline",
            "police": "receipt extend_review ask_supplement forward file refuse uphold_refusal "
            "explain_refusal cancel send_elsewhere ask_further",
            "legal": "review",
            "head": "reconsider ask_supervision reply_opinion close",
            "procuratorate": "ask_reasons order_filing agree_refusal notify_agreed non_prosecution",
        }.items()
        for name in names.split()
    },
}
"""Who takes an action on an ordinary day; the handler of the case takes all others."""

ACCEPTED = ("register", "dispatch", "accept")
CONCLUDED = (*ACCEPTED, "verify", "conclude")
IN_CASE = (*CONCLUDED, "file_case", "case.assign_officers")
REVIEWED = (
    *IN_CASE,
    "case.record_facts",
    "case.report",
    "case.send_for_review",
    "case.pass_review",
)
APPROVED = (*CONCLUDED, "refer", "referral.approve")
RECEIVED = (*APPROVED, "referral.deliver", "referral.receipt")


@dataclass
class Story:
    """A clue in a test office, and a clock that moves an hour with every action."""

    office: Office
    now: datetime = field(default=datetime(2026, 5, 11, 8, 0, tzinfo=CHINA))
    clue: int | None = None
    _replay: Replay | None = field(default=None, init=False, repr=False, compare=False)
    _walks: bool = field(default=False, init=False, repr=False, compare=False)

    def does(self, action: str, by: str = "", **form: object) -> Outcome:
        """An hour later, somebody takes an action, with the usual form but for what is named."""
        self.now += timedelta(hours=1)
        command = self.command(action, **form)
        found = self.takes(perform, command, by or self._usual(action))
        if action == "register":
            self.clue = found.clue_id
        return found

    def walk(self, *actions: str) -> None:
        """The actions one after another, each as on an ordinary day."""
        self._walks = True
        try:
            for action in actions:
                self.does(action)
        finally:
            self._walks = False
            self._settle()

    def takes(self, step: Step, command: Command, chair: str) -> Outcome:
        """A step of this office now: taken, or what came of it before put back."""
        if self._replay is None or self._replay.office is not self.office:
            self._replay = Replay(self.office)
        found = self._replay.take(step, command, actor(chair), self.now)
        if not self._walks:
            self._settle()
        return found

    def _settle(self) -> None:
        if self._replay is not None:
            self._replay.settle()

    def refused(self, action: str, by: str = "", **form: object) -> str:
        """All reasons why an action is refused now; it has changed nothing at all."""
        before = snapshot(self.office)
        try:
            perform(
                self.office,
                self.command(action, **form),
                actor(by or self._usual(action)),
                self.now,
            )
        except Refused as refusal:
            assert snapshot(self.office) == before
            assert all(reason.article for reason in refusal.reasons)
            return "\n".join(str(reason) for reason in refusal.reasons)
        raise AssertionError(f"{action} was not refused")

    def command(self, action: str, **form: object) -> Command:
        """The usual form of an action with the values that are named; None leaves one out."""
        process, _, name = action.rpartition(".")
        process = process or "clue"
        usual = filled(process, name, self.now)
        if "no_filing_kind" in usual and self.row().facts.get("finding") == "unfounded":
            for one in ("no_filing_kind", "corrected", "harm", "education"):
                usual.pop(one, None)  # nothing was done that could be slight
        values = {**usual, **form}
        values = {key: value for key, value in values.items() if value is not None}
        clue = None if action == "register" else self.clue
        return Command(name, process, clue, form=values)

    def _usual(self, action: str) -> str:
        if action.startswith("supervision."):
            return USUAL_CHAIR.get(action, "supervisor")
        return USUAL_CHAIR.get(action, "handler")

    def waits(self, **time: int) -> None:
        """Time passes."""
        self.now += timedelta(**time)

    def waits_until(self, text: str) -> None:
        """Time passes until a moment in China."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=CHINA)

    # --- what is on record -----------------------------------------------------------------------

    def row(self) -> Clue:
        """The clue's row."""
        with self._session() as session:
            return session.get_one(Clue, self.clue)

    def processes(self, kind: str) -> list[Process]:
        """The processes of a kind, oldest first."""
        with self._session() as session:
            query = select(Process).where(col(Process.clue_id) == self.clue)
            query = query.where(col(Process.kind) == kind).order_by(col(Process.id))
            return list(session.exec(query).scalars())

    def state(self, kind: str = "clue") -> str:
        """The state of the clue, or of its newest process of a kind."""
        return self.row().state if kind == "clue" else self.processes(kind)[-1].state

    def clocks(self, rule: str) -> list[Clock]:
        """Every clock of a rule, open or ended, oldest first."""
        with self._session() as session:
            query = select(Clock).where(col(Clock.clue_id) == self.clue, col(Clock.rule) == rule)
            return list(session.exec(query.order_by(col(Clock.id))).scalars())

    def running(self, rule: str) -> Clock:
        """The one open clock of a rule."""
        [found] = [clock for clock in self.clocks(rule) if clock.ended_at is None]
        return found

    def open_rules(self) -> set[str]:
        """The rules whose clocks run."""
        with self._session() as session:
            query = select(Clock.rule).where(
                col(Clock.clue_id) == self.clue, col(Clock.ended_at).is_(None)
            )
            return set(session.exec(query).scalars())

    def due(self, rule: str) -> str:
        """When the open clock of a rule is due, to the minute in China."""
        return f"{self.running(rule).due_at.astimezone(CHINA):%Y-%m-%dT%H:%M}"

    def papers(self, kind: str = "") -> list[IssuedDocument]:
        """The documents of the clue, oldest first."""
        with self._session() as session:
            query = select(IssuedDocument).where(col(IssuedDocument.clue_id) == self.clue)
            rows = session.exec(query.order_by(col(IssuedDocument.id))).scalars()
            return [row for row in rows if kind in {"", row.kind}]

    def text(self, kind: str) -> str:
        """What the newest document of a kind says, read back from the shelf."""
        return docx_text(self.office.shelf.get(self.papers(kind)[-1].sha256))

    def told(self, kind: str) -> set[tuple[str, str | None]]:
        """Which chairs got a message about an action such as `clue.accept`, also after another."""
        process, _, action = kind.partition(".")
        label = self.office.rules.lifecycles[process].actions[action].label
        after = [col(InboxMessage.body).contains(f"，{label}{sign}") for sign in "，（"]
        about = or_(col(InboxMessage.kind) == kind, *after)
        with self._session() as session:
            query = select(InboxMessage.department_id, InboxMessage.role).where(
                col(InboxMessage.clue_id) == self.clue, about
            )
            return {(department, role) for department, role in session.exec(query).all()}

    def followups(self) -> list[tuple[str, str]]:
        """What the stage flows are to do, oldest first."""
        with self._session() as session:
            query = select(FollowUp.stage, FollowUp.task).where(col(FollowUp.clue_id) == self.clue)
            rows = session.exec(query.order_by(col(FollowUp.id))).all()
            return [(stage, task) for stage, task in rows]

    def events(self) -> list[str]:
        """What happened to the clue, in order, as `process.action`."""
        with self._session() as session:
            query = select(Event.process_kind, Event.action).where(col(Event.clue_id) == self.clue)
            rows = session.exec(query.order_by(col(Event.seq))).all()
            return [f"{kind}.{action}" for kind, action in rows]

    def chain_holds(self) -> bool:
        """Whether the record is unbroken."""
        with self._session() as session:
            return verify(session, self.office.keys.chain).holds

    def _session(self) -> Session:
        self._settle()
        return Session(self.office.engine, expire_on_commit=False)


def docx_text(content: bytes) -> str:
    """The text of a Word file, tables included."""
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
