"""The one door: `perform` changes a clue or undertaking in one transaction, or changes nothing.

State, clocks, documents, numbers, events, messages and follow-ups are committed together. An
action, process or clue that does not exist is a LookupError, everything else against it a Refused.
No Prefect here: a person's click never waits for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, col

from domain.calendar.working_days import BeyondCalendar
from domain.files.work_order import IncomingClue
from domain.lifecycle.plan import NEW, Order, Reason, Refused, Step, cause, plan, plan_anew
from domain.limits.due_moment import NoLimit
from domain.situation.situation import SYSTEM, Actor, Situation
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.door.announcement import announce
from flows.door.carrier import Carrier, Ledger
from flows.door.clocks import follow
from flows.door.command_target import UnknownClue, target_of, with_clue_ids
from flows.door.first_look import (
    COMPARED,
    begin_to_compare,
    clue_from_form,
    compare_again,
    compare_and_remember,
    first_facts,
    first_look,
    to_compare,
)
from flows.door.inbox import MESSAGES, messages
from flows.door.issuance import Issuer
from flows.door.locked_dossier import Held, Root, hold, new_held, write_back
from flows.door.planned_step import planned_step
from flows.door.registration import (
    ASKS_SECRECY,
    amend_reporter,
    kin_not_secret,
    new_clue,
    withheld,
)
from flows.door.reporters import reporter_form, without_own_words
from flows.door.situations import (
    first_situation,
    held_situation,
    new_situation,
    with_paper_quoted,
    with_party_entered,
)
from flows.door.undertaking_rows import Begun, begin_dossier, begin_dossiers, new_undertaking
from flows.matching.looks import Look
from flows.rows.dossiers import Conflict
from flows.rows.statements import Statement
from flows.site.departure import record_alterations, record_departures, record_receipts
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.portions import Rows, Stages, flush_now, portion_of, through, together
from flows.site.row_marks import MARKS, own_marks
from flows.site.seal_orders import order_seals
from flows.site.sent_forms import take, what_came_of
from flows.site.store import is_conflict, reading, transaction

REGISTERED = sql_select(col(Clue.no)).where(
    col(Clue.channel) == bindparam("channel"), col(Clue.outside_no) == bindparam("outside_no")
)
ENTERS_PARTY = "party_entered"
"""The effect of a form that says, perhaps for the first time, whom a clue is about."""
QUOTES = "wrong_text"
"""The field of a form that quotes the words of a paper which it corrects."""
STALE = "该事项刚刚被他人办理，请刷新后再试"


@dataclass(frozen=True)
class Command:
    """An action that somebody wants: on a process of a clue, or a new clue where there is none.

    `clue`: the id of the clue, or of the undertaking to which the process belongs. `process_id`
    picks one of several; `version` is the one the person saw, if he saw one; `incoming` is what a
    platform told of a new clue beyond the form, `look` what was seen of it already, `begun` its id
    and number, where it has them; `desk` is where the program has a new clue lie, if not at the
    actor's own department. `nonce`: the number of the form in which it was sent; a form is carried
    out once.
    """

    action: str
    process: str = "clue"
    clue: int | None = None
    process_id: int | None = None
    form: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None
    incoming: IncomingClue | None = None
    look: Look | None = None
    begun: Begun | None = None
    desk: str = ""
    nonce: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was committed: the process and its new state, and the number of the last event."""

    clue_id: int
    clue_no: str
    process_id: int
    state: str
    event: int
    documents: tuple[IssuedDocument, ...] = ()
    suspected: int = 0


Whole = Callable[[Session, Office, Command, Actor, datetime], Outcome]


def perform(
    office: Office, command: Command, actor: Actor, now: datetime, whole: Whole | None = None
) -> Outcome:
    """Carries out a command whole, or raises Refused with every reason and changes nothing.

    `whole`: what does it in the transaction, where more belongs to it than `perform_in` does.
    """
    try:
        with transaction(office.engine) as session:
            return _once(session, office, command, (actor, now), whole or perform_in)
    except IntegrityError:
        # Two at once on PostgreSQL: who came second waited for the first and finds what he did.
        with reading(office.engine) as session:
            known = what_came_of(session, command.nonce, actor.id)
        if known is None:
            raise
        return _as_then(known)
    except DBAPIError as error:
        if is_conflict(error):
            raise _refusal(office, command, STALE) from error
        raise


def _once(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime], whole: Whole
) -> Outcome:
    actor, now = who
    known = what_came_of(session, command.nonce, actor.id)
    if known is not None:
        return _as_then(known)
    form = take(session, command.nonce, actor.id, now)
    done = whole(session, office, command, actor, now)
    if form is not None:
        told = ("clue_id", "clue_no", "process_id", "state", "event", "suspected")
        form.outcome = {name: getattr(done, name) for name in told}
        session.add(form)
    return done


def _as_then(known: dict[str, Any]) -> Outcome:
    return Outcome(**known)


def perform_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`perform` in a transaction of the caller's, who rolls back after Refused (to a savepoint)."""
    _insist_on_action(office, command)
    with _told_why(office, command):
        if command.clue is None and office.rules.lifecycles[command.process].is_root:
            if command.process == "clue":
                return through(_register(session, office, command, (actor, now)))
            return _begin(session, office, command, (actor, now))
        return _act(session, office, command, actor, now)


def register_in(
    session: Session, office: Office, commands: Sequence[Command], actor: Actor, now: datetime
) -> list[Outcome]:
    """`perform_in` for a portion of registrations, which take each stage together.

    Refused where one of them is.
    """
    with _told_why(office, Command("register")):
        begun = begin_dossiers(session, office, "clue", now, len(commands))
        known = [replace(one, begun=own) for one, own in zip(commands, begun, strict=True)]
        return together([_register(session, office, one, (actor, now)) for one in known])


@contextmanager
def _told_why(office: Office, command: Command) -> Iterator[None]:
    """What stops a command on its way is a refusal with its reason."""
    try:
        yield
    except Conflict:
        raise _refusal(office, command, STALE) from None
    except (NoLimit, BeyondCalendar) as problem:
        raise _refusal(office, command, str(problem)) from problem


def _insist_on_action(office: Office, command: Command) -> None:
    """A name that no table has is an error of the caller, not a refusal."""
    lifecycle = office.rules.lifecycles.get(command.process)
    if lifecycle is None:
        raise LookupError(f"没有「{command.process}」这一流程")
    if command.action not in lifecycle.actions:
        raise LookupError(f"{lifecycle.label}没有「{command.action}」这一操作")


def _refusal(office: Office, command: Command, text: str) -> Refused:
    transition = office.rules.lifecycles[command.process].actions[command.action]
    citation = transition.basis[0]
    return Refused(transition.label, (Reason(text, citation, office.rules.cite(citation)),))


def _begin(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime]
) -> Outcome:
    """An undertaking is begun at the actor's department."""
    actor, now = who
    where = (command.process, actor.department)
    situation = replace(new_situation(office, actor, now, where), form=command.form)
    step = planned_step(session, office, None, situation, command.action)
    row = new_undertaking(session, office, step)
    situation = first_situation(session, office, row, actor, now)
    process = replace(situation.process, id=NEW, state="none")
    situation = replace(situation, process=process, form=command.form)
    return _commit(session, office, new_held(row), plan(situation, command.action, office.rules))


def _register(
    session: Session,
    office: Office,
    command: Command,
    who: tuple[Actor, datetime],
    *,
    caused: bool = False,
) -> Stages[Outcome]:
    """A clue is registered; where another step causes it, nobody's chair is asked for.

    What it is compared by comes first: whoever compares beside has the more time.
    """
    actor, now = who
    desk = command.desk or actor.department
    form, words = without_own_words(command.form)
    situation = replace(new_situation(office, actor, now, ("clue", desk)), form=form)
    step = plan(situation, command.action, office.rules, caused=caused)
    _refuse_if_registered(session, office, command, step)
    area = office.rules.departments[desk].area
    incoming = command.incoming or clue_from_form(step.form, area)
    begun = command.begun or begin_dossier(session, office, "clue", now)
    yield
    look = first_look(session, office, incoming, desk, command.look)
    rarity, comparison = look.known.rarity, to_compare(session, office, begun.id, incoming, look)
    yield
    begin_to_compare(session, comparison, rarity)
    clue = new_clue(session, office, step, begun, words)
    yield
    situation = first_situation(session, office, clue, actor, now)
    process = replace(situation.process, id=NEW, state="none", facts=first_facts(look))
    step = plan_anew(step, replace(situation, process=process), office.rules)
    yield
    outcome = yield from _committing(session, office, new_held(clue), step)
    yield
    found = compare_and_remember(session, clue, comparison, rarity)
    return replace(outcome, suspected=len(found))


def _refuse_if_registered(session: Session, office: Office, command: Command, step: Step) -> None:
    """A work order becomes one clue, whoever types it in again.

    Whoever registers a portion has looked for all of them at once.
    """
    number = step.form.get("outside_no")
    if not number or portion_of(session) is not None:
        return
    values = {"channel": step.form["channel"], "outside_no": number}
    known = session.connection().execute(REGISTERED, values).scalar()
    if known is not None:
        raise _refusal(office, command, f"外部编号{number}已登记为线索{known}，不重复登记")


def _act(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    held = hold(session, office.rules, command.process, command.clue or 0)
    root = held.root
    situation = situation_for(session, office, held, command, (actor, now))
    # What is new is bound to the clue as the person saw it.
    version = situation.process.version if situation.process.id else root.version
    if command.version not in {None, version}:
        raise Conflict
    if not isinstance(root, Clue):
        step = planned_step(session, office, held, situation, command.action)
        return _commit(session, office, held, step)
    situation, words = withheld(root, situation, command.action, office.keys)
    step = planned_step(session, office, held, situation, command.action)
    amend_reporter(root, step.form, office.keys, words)
    outcome = _commit(session, office, held, step)
    if command.action == ASKS_SECRECY:
        for other in kin_not_secret(session, root):
            again = Command(ASKS_SECRECY, clue=other, form=command.form)
            _act(session, office, again, replace(actor, roles=actor.roles | {SYSTEM}), now)
    return outcome


def situation_for(
    session: Session, office: Office, held: Held, command: Command, who: tuple[Actor, datetime]
) -> Situation:
    """The situation of the command's process, with its form and the people it names."""
    transition = office.rules.lifecycles[command.process].actions[command.action]
    try:
        form = with_clue_ids(session, transition.form, command.form)
    except UnknownClue as problem:
        raise _refusal(office, command, str(problem)) from problem
    situation = held_situation(session, office, held, who, form)
    process = target_of(situation, command.process, command.action, command.process_id)
    situation = replace(situation, process=process, form=form)
    if QUOTES in transition.form:
        situation = with_paper_quoted(session, office, held, situation)
    if ENTERS_PARTY not in transition.effects:
        return situation
    return with_party_entered(session, office, held.root, situation)


def _commit(session: Session, office: Office, held: Held, step: Step) -> Outcome:
    return through(_committing(session, office, held, step))


def _committing(session: Session, office: Office, held: Held, step: Step) -> Stages[Outcome]:
    """`_commit` stage by stage; what other steps it brings about is done in one."""
    ledger, root = Ledger(), held.root
    process_id = Carrier(session, office, held, ledger).carry_out(step)
    ledger.tell_followed(follow(held.clocks, office.rules, step.before.now))
    yield
    documents = yield from Issuer(session, office, held).issue(ledger.done)
    limits = held.limits()
    write_back(session, held)
    yield
    for place, (done, pid) in enumerate(ledger.done):
        ledger.details[place]["documents"] = [
            {"title": one.title, "number": one.number, "sha256": one.sha256}
            for one in documents
            if (one.process_kind, one.process_id) == (done.process.kind, pid)
            and one.kind in done.issues
        ]
    order_seals(session, office, root.no, documents)
    record_departures(session, office.rules, ledger.done, step.before.now)
    record_alterations(session, office.rules, held.papers, documents)
    record_receipts(session, ledger.done, documents)
    orders = [(order, done) for done, _ in ledger.done for order in done.orders]
    for order, done in orders:
        flush_now(session)
        _carry_order(session, office, order, done, root)
        write_back(session, held)
    ledger.details[-1][MARKS] = ledger.marks | own_marks(root, office.keys.chain, limits)

    def told(last: int) -> list[tuple[Statement, Rows]]:
        return [(MESSAGES, messages(root, ledger.done, documents, last))]

    event = append(session, ledger.happenings, office.keys.chain, told)
    yield
    if held.is_heard:
        announce(session, office, root, ledger.happenings, event)
    changed = {
        name
        for done, _ in ledger.done
        if not done.creates
        for name, value in done.change.clue.items()
        if name in COMPARED and value != getattr(done.before.clue, name, None)
    }
    # Words that only lost the reporter's name are compared as they were.
    if isinstance(root, Clue) and changed:
        compare_again(session, office, root, step.before.now)
    return Outcome(root.id or 0, root.no, process_id, step.to, event, tuple(documents))


def _carry_order(session: Session, office: Office, order: Order, done: Step, origin: Root) -> None:
    """A consequence on another clue, planned in its own situation, in this transaction.

    A clue that comes out of another has its desk, and of the same source its reporter, and the
    other remembers it; out of an undertaking it is registered at the site's desk.
    """
    actor, now = done.before.actor, done.before.now
    if order.clue is None:
        form, desk = dict(order.form), office.settings.desk
        if isinstance(origin, Clue):
            if form.get("channel") == origin.channel:
                form |= reporter_form(origin.reporter_sealed, office.keys)
            desk = origin.desk_id
        command = Command(order.action, form=form, desk=desk)
        made = through(_register(session, office, command, (actor, now), caused=True))
        known = origin.facts.get("split_into") or []
        origin.facts = {**origin.facts, "split_into": [*known, made.clue_no]}
        return
    other = hold(session, office.rules, "clue", order.clue)
    situation = replace(held_situation(session, office, other, (actor, now)), form=order.form)
    _commit(session, office, other, cause(situation, order.action, office.rules))
