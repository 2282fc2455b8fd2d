"""The paper of a document once more: the situation of its step, with the values of now.

States, forms and clocks are those of the moment when it was issued; what other forms say, who the
parties are and how earlier papers are numbered is as it stands now. So a difference is a change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from documents.facts.paper import Issued, Paper
from domain.situation.situation import SYSTEM, Actor, ProcessView, Situation
from domain.tables.process import Clock
from domain.tables.record import Event, IssuedDocument
from flows.door.situations import clock_view, held_situation, people_named
from flows.papers.clue_past import Key, Past
from flows.site.office import Office

CLOCK_WORDS = ("opened", "extended", "resumed")
"""Where an event tells when clocks are due."""


def _issuing_event(past: Past, root: IssuedDocument) -> Event | None:
    own = (root.process_kind, root.process_id, root.action)
    found = [
        one
        for one in past.events
        if (one.process_kind, one.process_id, one.action) == own and one.at == root.issued_at
    ]
    return found[0] if found else None


def current_paper(
    session: Session, office: Office, past: Past, root: IssuedDocument
) -> Paper | None:
    """The paper with the values of now; None where the record does not tell how it came about."""
    issuing = _issuing_event(past, root)
    if issuing is None or root.action not in office.rules.lifecycles[root.process_kind].actions:
        return None
    who = (_signer(past, root), root.issued_at)
    situation = held_situation(session, office, past.file, who)
    processes, own = _as_of(past, situation, issuing)
    form = _form_of(past, issuing)
    clocks = tuple(_clocks_of(past, root))
    before = _told_due([one for one in past.events if one.at < issuing.at])
    after = _told_due([one for one in past.events if one.at <= issuing.at])
    named = people_named(office.rules, (form, *(one.facts for one in (*processes, own))))
    situation = replace(
        situation,
        process=own,
        processes=processes,
        clocks=tuple(
            replace(clock_view(one, office.rules, root.issued_at), due_at=_as_told(one, before))
            for one in clocks
            if one.started_at < root.issued_at
        ),
        form=form,
        people={one: past.people[one] for one in sorted(named) if one in past.people},
    )
    issued = tuple(_issued_before(office, past, root))
    return Paper(
        kind=root.kind,
        number=root.number,
        action=root.action,
        situation=situation,
        rules=office.rules,
        form=form,
        clocks={
            one.rule: _as_told(one, after)
            for one in clocks
            if one.ended_at is None or one.ended_at > root.issued_at
        },
        issued=issued,
    )


def _signer(past: Past, root: IssuedDocument) -> Actor:
    user = past.people.get(root.issued_by)
    if user is None:
        return Actor(root.issued_by, "系统", frozenset({SYSTEM}), root.organ)
    return Actor(user.id, user.name, user.roles, root.organ, user.phone)


def _as_of(
    past: Past, situation: Situation, issuing: Event
) -> tuple[tuple[ProcessView, ...], ProcessView]:
    """The processes in the states they had when the step was taken, and the step's own."""
    began = next(one.seq for one in past.events if one.at == issuing.at)
    states: dict[Key, str] = {}
    actions: set[tuple[str, int, str]] = set()
    for event in past.events:
        if event.seq <= issuing.seq:
            actions.add((event.process_kind, event.process_id, event.action))
        if event.seq < began:
            states[event.process_kind, event.process_id] = event.to_state
    views = {(one.kind, one.id): _then(one, actions) for one in situation.processes}
    key = (issuing.process_kind, issuing.process_id)
    own = replace(views[key], state=issuing.from_state)
    earlier = [replace(views[one], state=state) for one, state in states.items() if one in views]
    return tuple(sorted(earlier, key=lambda one: (one.kind != "clue", one.id))), own


def _then(view: ProcessView, actions: set[tuple[str, int, str]]) -> ProcessView:
    """A process without what forms filled in later recorded."""
    forms = view.facts.get("forms")
    known = forms if isinstance(forms, dict) else {}
    kept = {name: one for name, one in known.items() if (view.kind, view.id, name) in actions}
    return replace(view, facts={**view.facts, "forms": kept})


def _form_of(past: Past, issuing: Event) -> dict[str, object]:
    """The form of the whole transaction as it was: an action taken again has its own papers.

    What was registered stands in the clue's own row.
    """
    form: dict[str, object] = {}
    if (issuing.process_kind, issuing.from_state) == ("clue", "none"):
        return form
    for event in past.events:
        if event.at == issuing.at:
            form |= event.detail.get("form") or {}
    return form


def _told_due(events: Iterable[Event]) -> dict[tuple[str, int, str], datetime]:
    """When clocks were due as those events told it, the last word counting."""
    told: dict[tuple[str, int, str], datetime] = {}
    for event in events:
        for word in CLOCK_WORDS:
            for line in event.detail.get(word) or []:
                rule, _, due = line.partition(" ")
                told[event.process_kind, event.process_id, rule] = datetime.fromisoformat(due)
        for line in event.detail.get("followed") or []:
            kind, process_id, rule, due = line.split(" ")
            told[kind, int(process_id), rule] = datetime.fromisoformat(due)
    return told


def _as_told(clock: Clock, told: Mapping[tuple[str, int, str], datetime]) -> datetime:
    """When a clock was due then; an extension since changes no paper."""
    then = told.get((clock.process_kind, clock.process_id, clock.rule), clock.due_at)
    return clock.due_at if clock.due_at.replace(microsecond=0) == then else then


def _clocks_of(past: Past, root: IssuedDocument) -> Iterable[Clock]:
    """The limits that ran when the document was issued, those that its step ended as well."""
    for one in past.file.limits():
        if one.started_at <= root.issued_at and (
            not one.ended_at or one.ended_at >= root.issued_at
        ):
            yield one


def _issued_before(office: Office, past: Past, root: IssuedDocument) -> Iterable[Issued]:
    """The papers that the document could cite, each as it is valid today."""
    for one in past.documents:
        valid = past.valid(one)
        if one.replaces_id is not None or (one.id or 0) >= (root.id or 0) or valid is None:
            continue
        organ = office.rules.departments[valid.organ].name
        together = one.issued_at == root.issued_at
        moment = root.issued_at if together else valid.issued_at
        process = (one.process_kind, one.process_id)
        yield Issued(
            valid.kind,
            valid.title,
            valid.number,
            organ,
            moment,
            process,
            one.id,
            valid.organ,
            valid.left_at,
            serves=valid.serves_id,
        )
