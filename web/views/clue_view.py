"""A clue as its page shows it to one person: what he may see of it, and nothing beyond."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, select

from domain.guards.crime_notice import CrimeNotice
from domain.lifecycle.plan import Allowed
from domain.lifecycle.visibility import may_reveal
from domain.limits.due_moment import DayLine
from domain.rulebook.usual_steps import usual_steps
from domain.situation.situation import ProcessView
from domain.tables.matching import Suspicion
from domain.tables.people import User
from domain.tables.process import Clock, Clue
from domain.tables.record import Event, IssuedDocument
from flows.door.attachments import Evidence
from flows.door.clocks import due_of
from flows.door.locked_dossier import Root
from flows.door.page_paths import form_path
from flows.door.visible_undertakings import shown_of
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.clue_sheet import ClueSheet, ProcessLine, clue_sheet
from flows.lists.event_lines import EventLine
from flows.lists.work_lines import WorkLine
from flows.papers.clue_evidence import shown_evidence
from flows.people.visible_clues import visible
from web.request.desk import Desk
from web.views.next_item import next_item

LONGEST_SEQ = 12


@dataclass(frozen=True)
class ClockTold:
    """A clock with its way to the due date, day by day."""

    id: int
    line: ClockLine
    days: tuple[DayLine, ...]


@dataclass(frozen=True)
class Twin:
    """A clue that may be the same matter; `clue` only where the person may see it."""

    no: str
    score: float
    reason: str
    clue: Clue | None
    state: str


@dataclass(frozen=True)
class Part:
    """What one department contributed to a joint verification."""

    department: str
    is_own: bool
    silent: bool
    state: str
    clock: ClockLine | None
    view: ProcessView


@dataclass(frozen=True)
class Offer:
    """An action to take, and where its form is."""

    allowed: Allowed
    url: str
    process: str
    usual: bool


@dataclass(frozen=True)
class Moment:
    """One act as the time line tells it: what was done, and what it brought about."""

    line: EventLine
    also: tuple[EventLine, ...]

    @property
    def papers(self) -> tuple[str, ...]:
        """The documents it issued."""
        return tuple(one for line in (self.line, *self.also) for one in line.documents)


@dataclass(frozen=True)
class Done:
    """What was just done: the action, and the documents it issued."""

    label: str
    papers: tuple[str, ...]


@dataclass(frozen=True)
class ClueView:
    """Everything on the page."""

    sheet: ClueSheet
    whole: bool
    channel: str
    desk: str
    sender: str
    handler: str
    running: tuple[ClockTold, ...]
    ended: tuple[ClockTold, ...]
    processes: tuple[ProcessLine, ...]
    documents: tuple[IssuedDocument, ...]
    history: tuple[Moment, ...]
    twins: tuple[Twin, ...]
    parts: tuple[Part, ...]
    offers: tuple[Offer, ...]
    refused: tuple[Offer, ...]
    may_reveal: bool
    merged_into: str
    done: Done | None
    next: WorkLine | None
    crime: CrimeNotice | None
    evidence: tuple[Evidence, ...]


def view_clue(desk: Desk, clue: Clue, done: str = "") -> ClueView:
    """The clue's page for a person who was found to see it."""
    office, session = desk.office, desk.session
    found = clue_sheet(session, office, clue, desk.actor, desk.now)
    seen, whole = found.seen, found.seen.whole
    offers = [offer_of(desk, clue, one) for one in found.allowed]
    clocks = clocks_of(desk, clue)
    told = done_of(desk, clue, done)
    shown = [one for one in clocks if seen.shows(one.process_kind, one.process_id)]
    departments = office.rules.departments
    channels = office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    return ClueView(
        sheet=found,
        whole=whole,
        channel=channels.get(clue.channel, clue.channel),
        desk=departments[clue.desk_id].name,
        sender=departments[clue.sender_id].name if clue.sender_id else "",
        handler=_name_of(desk, str(clue.facts.get("handler_user") or "")),
        running=tuple(clock_told(desk, one) for one in shown if one.ended_at is None),
        ended=tuple(clock_told(desk, one, days=False) for one in shown if one.ended_at is not None),
        processes=found.processes,
        documents=found.documents,
        history=tuple(reversed(moments_of(found.history))),
        twins=tuple(_twins(desk, clue)) if whole else (),
        parts=tuple(_parts(desk, found, clocks)) if whole else (),
        offers=tuple(sorted((o for o in offers if not o.allowed.reasons), key=rank_of)),
        refused=tuple(one for one in offers if one.allowed.reasons),
        may_reveal=clue.reporter_sealed is not None
        and may_reveal(desk.actor, clue.desk_id, clue.department_id),
        merged_into=_number_of(desk, clue.merged_into_id),
        done=told,
        next=next_item(desk, clue) if told else None,
        crime=found.crime,
        evidence=shown_evidence(session, desk.viewer, clue),
    )


def rank_of(offer: Offer) -> tuple[bool, bool]:
    """The usual next step first, then what changes the main line."""
    return (not offer.usual, offer.allowed.process.id == 0)


def moments_of(history: Iterable[EventLine]) -> list[Moment]:
    """Events of one act told together."""
    found: list[Moment] = []
    for one in history:
        last = found[-1] if found else None
        if last and (one.at, one.who, one.organ) == (last.line.at, last.line.who, last.line.organ):
            found[-1] = Moment(last.line, (*last.also, one))
        else:
            found.append(Moment(one, ()))
    return found


def offer_of(desk: Desk, root: Root, one: Allowed) -> Offer:
    """An action of a clue or undertaking with the address of its form."""
    process = one.process
    lifecycle = desk.office.rules.lifecycles[process.kind]
    return Offer(
        allowed=one,
        url=form_path(root, lifecycle, one.action, process.id),
        process=lifecycle.label,
        usual=one.action in usual_steps(process.kind, process.state),
    )


def clocks_of(desk: Desk, root: Root) -> list[Clock]:
    """The limits of a clue or undertaking, what is due first on top."""
    query = select(Clock).where(col(Clock.clue_id) == root.id)
    return list(desk.session.exec(query.order_by(col(Clock.due_at), col(Clock.id))))


def clock_told(desk: Desk, clock: Clock, *, days: bool = True) -> ClockTold:
    """A limit as its page tells it, day by day if wanted."""
    line = clock_line(desk.office, clock, desk.now)
    told = due_of(clock, desk.office.rules, desk.now).days if days else ()
    return ClockTold(clock.id or 0, line, told)


def clock_days(desk: Desk, root: Root, clock_id: int) -> ClockTold | None:
    """One clock of a clue or undertaking, day by day, where the person may see it."""
    seen = shown_of(desk.session, desk.office, desk.actor, root)
    for one in clocks_of(desk, root):
        own = not isinstance(root, Clue) and one.owner_id == desk.actor.department
        if one.id == clock_id and (own or seen.shows(one.process_kind, one.process_id)):
            return clock_told(desk, one)
    return None


def _twins(desk: Desk, clue: Clue) -> Iterable[Twin]:
    """Suspected duplicates in both directions; their content only where the person may see it."""
    query = select(Suspicion).where(
        or_(col(Suspicion.clue_id) == clue.id, col(Suspicion.other_id) == clue.id)
    )
    rows = list(desk.session.exec(query.order_by(col(Suspicion.score).desc()).limit(10)))
    others = [one.other_id if one.clue_id == clue.id else one.clue_id for one in rows]
    query_clues = select(Clue).where(col(Clue.id).in_(others))
    clues = {one.id: one for one in desk.session.exec(query_clues)}
    mine = select(Clue.id).where(col(Clue.id).in_(others), visible(desk.office, desk.actor))
    seen = set(desk.session.exec(mine))
    states = desk.office.rules.lifecycles["clue"].states
    for row, other in zip(rows, others, strict=True):
        found = clues[other]
        shown = found if other in seen else None
        yield Twin(found.no, row.score, row.reason, shown, states[found.state].label)


def _parts(desk: Desk, found: ClueSheet, clocks: Iterable[Clock]) -> Iterable[Part]:
    """The parts of the latest joint verification, each with its own limit."""
    lines = [one for one in found.processes if one.view.kind == "part"]
    latest = max((one.view.parent_id or 0 for one in lines), default=0)
    limits: Mapping[int, Clock] = {
        one.process_id: one for one in clocks if one.process_kind == "part"
    }
    for line in lines:
        if (line.view.parent_id or 0) != latest:
            continue
        clock = limits.get(line.view.id)
        yield Part(
            department=line.holder,
            is_own=line.view.department == desk.actor.department,
            silent=line.view.state in {"asked", "passed_over"},
            state=line.state,
            clock=clock_line(desk.office, clock, desk.now) if clock else None,
            view=line.view,
        )


def _name_of(desk: Desk, user_id: str) -> str:
    user = desk.session.get(User, user_id) if user_id else None
    return user.name if user else ""


def _number_of(desk: Desk, clue_id: int | None) -> str:
    if clue_id is None:
        return ""
    return desk.session.exec(select(Clue.no).where(col(Clue.id) == clue_id)).one()


def done_of(desk: Desk, root: Root, seq: str) -> Done | None:
    """What a person was led here by: the step of his own that this event ended."""
    if not seq.isdecimal() or len(seq) > LONGEST_SEQ:
        return None
    last = desk.session.get(Event, int(seq))
    if last is None or (last.clue_id, last.actor_id) != (root.id, desk.actor.id):
        return None
    query = select(Event).where(
        col(Event.clue_id) == root.id,
        col(Event.actor_id) == last.actor_id,
        col(Event.at) == last.at,
        col(Event.seq) <= last.seq,
    )
    step = list(desk.session.exec(query.order_by(col(Event.seq))))
    action = desk.office.rules.lifecycles[step[0].process_kind].actions.get(step[0].action)
    papers = [one for event in step for one in event.detail.get("documents") or []]
    return Done(
        label=action.label if action else "办理",
        papers=tuple(f"《{one['title']}》{one['number'] or ''}" for one in papers),
    )
