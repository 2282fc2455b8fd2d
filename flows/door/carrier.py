"""Carrying out a step: process rows, clocks and follow-ups, and what is still to be written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session

from domain.guards.referral import delivered_in
from domain.guards.registry import day_of
from domain.lifecycle.plan import NEW, Step
from domain.shapes.lifecycles import FollowUpOrder
from domain.situation.acting_for import acts_for
from domain.situation.received import ENTERED_ON
from domain.situation.situation import CHINA, ProcessView
from domain.tables.process import Clock, Clue, Process, handler_in
from domain.tables.work import FollowUp
from flows.door import clocks
from flows.door.locked_dossier import Held, Root, write_with
from flows.rows.statements import Statement, ask
from flows.site.act_events import via
from flows.site.event_chain import Happening
from flows.site.office import Office
from flows.site.portions import add
from flows.site.row_marks import process_mark
from flows.site.word_search import SEARCHED, grams_of, index_anew

PROCESS = Process.__table__  # type: ignore[attr-defined]
_RECORDED = ("state", "department_id", "counterpart_id", "facts", "ended_at", "delivered_at")
BEGUN = Statement(
    insert(PROCESS).returning(PROCESS.c.id),
    *(*_RECORDED, "kind", "clue_id", "parent_id", "opened_at"),
)
FOLLOW_UPS = Statement(
    insert(FollowUp.__table__),  # type: ignore[attr-defined]
    *("stage", "task", "clue_id", "clue_no", "process_kind", "process_id"),
    *("payload", "created_at", "not_before"),
)
CHANGED = Statement(
    update(PROCESS)
    .where(PROCESS.c.id == bindparam("seen_id"), PROCESS.c.version == bindparam("seen_version"))
    .values({one: bindparam(one) for one in ("version", *_RECORDED)})
)


@dataclass
class Ledger:
    """What a transaction has done so far and still has to write at its end."""

    done: list[tuple[Step, int]] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    details: list[dict[str, object]] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    acts_for: dict[str, str] = field(default_factory=dict)

    def tell_followed(self, moved: Iterable[Clock]) -> None:
        """The record tells of limits that moved with others, and of one begun when it really ends.

        Each as its process kind, process id, rule and due moment.
        """
        for clock in moved:
            told = _in_words(clock)
            for detail in self.details:
                if isinstance(opened := detail.get("opened"), list):
                    same = f"{clock.rule} "
                    detail["opened"] = [told if one.startswith(same) else one for one in opened]
            followed = self.details[0].setdefault("followed", [])
            if isinstance(followed, list):
                followed.append(f"{clock.process_kind} {clock.process_id} {told}")


@dataclass(frozen=True)
class Carrier:
    """The transaction at hand."""

    session: Session
    office: Office
    held: Held
    ledger: Ledger

    @property
    def root(self) -> Root:
        """The row of the clue or undertaking."""
        return self.held.root

    def carry_out(self, step: Step) -> int:
        """Does a step and all it brings about; the id of its process."""
        absent = acts_for(step.before, step.transition.by)
        self.ledger.acts_for = {"for": absent.id} if absent else {}
        return self._carry(step, None)

    def _carry(self, step: Step, parent_id: int | None) -> int:
        process_id = self._process(step, parent_id)
        detail = self._clocks(step, process_id)
        self._follow_ups(step, process_id)
        detail["form"] = _told_to_many(step)
        detail["basis"] = list(step.transition.basis)
        detail |= via(step.before.actor) | self.ledger.acts_for
        self.ledger.done.append((step, process_id))
        self.ledger.details.append(detail)
        self.ledger.happenings.append(
            Happening(
                clue_id=self.root.id,
                process_kind=step.process.kind,
                process_id=process_id,
                action=step.action,
                from_state=step.process.state,
                to_state=step.to,
                actor_id=step.before.actor.id,
                department_id=step.before.actor.department,
                at=step.before.now,
                detail=detail,
            )
        )
        for consequence in step.then:
            self._carry(consequence, None if self._is_root(step) else process_id)
        return process_id

    # --- rows --------------------------------------------------------------------------------

    def _process(self, step: Step, parent_id: int | None) -> int:
        ended = self.office.rules.lifecycles[step.process.kind].states[step.to].ended
        facts = _recorded(step)
        columns: dict[str, Any] = {
            "state": step.to,
            "department_id": step.after.process.department,
            "counterpart_id": step.after.process.counterpart,
            "facts": facts,
            "ended_at": step.before.now if ended else None,
        }
        if self._is_root(step):
            return self._main_line(step, columns)
        for name, value in step.change.clue.items():
            setattr(self.root, name, value)
        process_id = self._beside(step, columns, parent_id)
        mark = process_mark(columns, self.office.keys.chain)
        self.ledger.marks[f"{step.process.kind}-{process_id}"] = mark
        return process_id

    def _beside(self, step: Step, columns: dict[str, Any], parent_id: int | None) -> int:
        """A process beside the main line, made or changed."""
        columns["delivered_at"] = delivered_in(columns["facts"])
        if step.creates:
            row = {
                **columns,
                "kind": step.process.kind,
                "clue_id": self.root.id,
                "parent_id": parent_id,
                "opened_at": step.before.now,
            }
            [[made]] = ask(self.session.connection(), (BEGUN, row))
            return int(made.id)
        version = step.process.version
        seen = {"seen_id": step.process.id, "seen_version": version}
        values = {**columns, "version": version + 1, **seen}
        self.held.waiting.append((CHANGED, values))
        return step.process.id

    def _is_root(self, step: Step) -> bool:
        return self.office.rules.lifecycles[step.process.kind].is_root

    def _main_line(self, step: Step, columns: dict[str, Any]) -> int:
        is_known = isinstance(self.root, Clue) and not step.creates
        clue = self.root if is_known and SEARCHED & set(step.change.clue) else None
        found_by = grams_of(clue) if isinstance(clue, Clue) else set()
        for name, value in {**columns, **step.change.clue}.items():
            setattr(self.root, name, value)
        if isinstance(self.root, Clue):
            self.root.handler_id = handler_in(self.root.facts)
        if not step.creates:
            self.root.version = step.process.version + 1
        if self.held.is_new:
            add(self.session, self.root)
        if isinstance(clue, Clue):
            index_anew(self.session, clue, found_by)
        return self.root.id or NEW

    # --- clocks ------------------------------------------------------------------------------

    def _clocks(self, step: Step, process_id: int) -> dict[str, object]:
        told: dict[str, list[str]] = {}
        kind = step.process.kind
        if not step.creates:
            self._stand_and_run(step, process_id, told)
        for start in step.opens:
            if start.restart:
                for running in self._running(kind, process_id):
                    if running.rule == start.clock:
                        clocks.stop(running, step.before.now, "重新起算")
            self._make_room(kind, process_id, start.clock)
            clock = clocks.begun_clock(self.office.rules, step, start, process_id)
            if self.held.is_new:
                add(self.session, clock)
            self.held.clocks.append(clock)
            told.setdefault("opened", []).append(_in_words(clock))
        return dict(told)

    def _running(self, kind: str, process_id: int) -> list[Clock]:
        return [
            one
            for one in self.held.clocks
            if (one.process_kind, one.process_id) == (kind, process_id) and one.ended_at is None
        ]

    def _make_room(self, kind: str, process_id: int, rule: str) -> None:
        """An ended clock is written before its successor: one rule has one open clock only.

        `write_back` does so anyway.
        """
        if self.held.is_new and any(
            (one.process_kind, one.process_id, one.rule) == (kind, process_id, rule)
            for one in self.held.clocks
            if one.ended_at is not None
        ):
            self.session.flush()

    def _stand_and_run(self, step: Step, process_id: int, told: dict[str, list[str]]) -> None:
        rules, now = self.office.rules, step.before.now
        ended = rules.lifecycles[step.process.kind].states[step.to].ended
        pauses = {one.clock: one for one in step.pauses}
        for clock in self._running(step.process.kind, process_id):
            if clock.rule in step.extends:
                clocks.extend(clock, rules, step)
                told.setdefault("extended", []).append(_in_words(clock))
            if clock.rule in pauses:
                one = pauses[clock.rule]
                until = step.after.form.get(one.until_field) if one.until_field else None
                clocks.pause(clock, rules, now, one.reason, day_of(until))
                told.setdefault("paused", []).append(clock.rule)
            if clock.rule in step.resumes:
                clocks.resume(clock, rules, now)
                told.setdefault("resumed", []).append(_in_words(clock))
            if clock.rule in step.stops or ended:
                clocks.stop(clock, now, step.transition.label)
                told.setdefault("stopped", []).append(clock.rule)
            if clock.ended_at is None:
                _hand_over(clock, step.process, step.after.process)

    # --- follow-ups --------------------------------------------------------------------------

    def _follow_ups(self, step: Step, process_id: int) -> None:
        rows = [
            {
                "stage": order.stage,
                "task": order.task,
                "clue_id": self.root.id,
                "clue_no": self.root.no,
                "process_kind": step.process.kind,
                "process_id": process_id,
                "payload": _told(step),
                "created_at": step.before.now,
                "not_before": self._not_before(order, step, process_id),
            }
            for order in step.followups
        ]
        write_with(self.session, self.held, FOLLOW_UPS, rows)

    def _not_before(self, order: FollowUpOrder, step: Step, process_id: int) -> datetime:
        if order.at_due_of is None:
            return step.before.now
        deadlines = self.office.rules.deadlines
        for clock in self._running(step.process.kind, process_id):
            rule = deadlines[clock.rule]
            if order.at_due_of in {clock.rule, rule.same_as, rule.instead_of}:
                return clock.due_at
        return step.before.now


def _told(step: Step) -> dict[str, str]:
    """What the work after a step must know as it stood then, however late it is done."""
    clue = step.before.clue
    began = step.before.undertaking
    sender = (clue.sender or clue.desk) if clue else began.department if began else ""
    return {
        "action": step.action,
        "actor": step.before.actor.id,
        "sender": sender,
        "counterpart": step.after.process.counterpart or "",
    }


def _recorded(step: Step) -> dict[str, object]:
    """The facts after the step: by name for guards, and by form for documents and pages."""
    facts = dict(step.after.process.facts)
    if step.process.kind == "clue" and step.creates:
        return {**facts, "forms": {}}
    given = facts.get("forms")
    forms = dict(given) if isinstance(given, dict) else {}
    forms.pop(step.action, None)
    form = _told_to_many(step)
    if form:
        forms[step.action] = form
    return {**facts, **form, **step.change.facts, **_entered(step), "forms": forms}


def _entered(step: Step) -> dict[str, object]:
    """The day on which a paper from outside is entered: its receipt, where nobody says another."""
    if step.transition.receives is None:
        return {}
    known = step.after.process.facts.get(ENTERED_ON)
    days = known if isinstance(known, dict) else {}
    return {ENTERED_ON: {**days, step.action: step.before.today.isoformat()}}


def _told_to_many(step: Step) -> dict[str, object]:
    """The form but for who reported, which stays in the sealed column: many read the record."""
    return {name: value for name, value in step.form.items() if not name.startswith("reporter_")}


def _hand_over(clock: Clock, before: ProcessView, after: ProcessView) -> None:
    """A running limit is owed by who has the matter now; one that ended stays whose it was."""
    if clock.owner_id == before.department:
        clock.owner_id = after.department


def _in_words(clock: Clock) -> str:
    due = clock.due_at.astimezone(CHINA)
    return f"{clock.rule} {due.isoformat(timespec='seconds')}"
