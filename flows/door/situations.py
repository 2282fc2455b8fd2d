"""Situations made of rows: what a decision looks at, as the database has it now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session, col

from documents.facts.paper import Issued
from domain.lifecycle.plan import NEW
from domain.rulebook.rulebook import Rulebook
from domain.situation.papers import FileView, PaperView
from domain.situation.situation import (
    Actor,
    ClockView,
    ClueView,
    Elsewhere,
    Officer,
    ProcessView,
    Situation,
)
from domain.tables.people import User
from domain.tables.process import Clock, Clue, Process
from flows.door.clocks import due_of, extensions_of
from flows.door.locked_dossier import Held, Root, kind_of, with_its_own
from flows.door.reporters import masked_reporter
from flows.door.undertaking_rows import undertaking_view
from flows.matching.party_record import Party, elsewhere_of, party_of
from flows.rows.statements import Statement, Values, ask
from flows.site.departure import DECISIONS
from flows.site.office import Office
from flows.site.stored_documents import words_of

_PEOPLE = select(
    col(User.id),
    col(User.name),
    col(User.department_id),
    col(User.certificate_no),
    col(User.phone),
    col(User.roles),
)


@cache
def _people(how_many: int) -> Statement:
    """Asks for so many users by their ids: `one0`, `one1` …"""
    wanted: list[Any] = [bindparam(f"one{place}") for place in range(how_many)]
    return Statement(_PEOPLE.where(col(User.id).in_(wanted)))


def load_situation(
    session: Session,
    office: Office,
    root: Root,
    actor: Actor,
    now: datetime,
) -> Situation:
    """The situation of a clue or undertaking on its main line, all of it read."""
    held = with_its_own(session, office.rules, root)
    situation = held_situation(session, office, held, (actor, now))
    told = situation.elsewhere
    return replace(situation, on_record=lambda: told)


def held_situation(
    session: Session,
    office: Office,
    held: Held,
    who: tuple[Actor, datetime],
    form: Mapping[str, object] | None = None,
) -> Situation:
    """The situation of what the transaction holds, on its main line.

    With a form also the people whom it and the facts name. Other clues are read when a decision
    looks at them, before anything is written.
    """
    root, (actor, now) = held.root, who
    main, party = root_process(root), party_of(root, {})
    processes = (main, *map(process_view, held.processes))
    people = [] if form is None else _asks_people(office.rules, processes, form)
    found = ask(session.connection(), *people) if people else []
    return Situation(
        clue=clue_view(root, office) if isinstance(root, Clue) else None,
        undertaking=None if isinstance(root, Clue) else undertaking_view(root),
        process=main,
        processes=processes,
        clocks=tuple(clock_view(one, office.rules, now) for one in held.clocks),
        documents=frozenset(one.kind for one in held.papers),
        papers=tuple(map(_paper_view, held.papers)),
        files=tuple(FileView(one.title, one.pages) for one in held.files if one.pages is not None),
        actor=actor,
        now=now,
        law=office.rules,
        region=office.region,
        on_record=_on_record(session, office, party),
        people=_people_told(*found),
    )


def with_party_entered(
    session: Session, office: Office, root: Root, situation: Situation
) -> Situation:
    """The situation with what is on record of the party that its form enters or corrects.

    Who fines on the spot often learns there whom he fines: his record binds in the same step.
    """
    party = party_of(root, situation.form)
    if party == party_of(root, {}):
        return situation
    return replace(situation, on_record=_on_record(session, office, party))


def _on_record(session: Session, office: Office, party: Party | None) -> Callable[[], Elsewhere]:
    """What other clues say of a party, asked for once and not before somebody looks."""
    return cache(partial(elsewhere_of, session, office, party))


def with_paper_quoted(
    session: Session, office: Office, held: Held, situation: Situation
) -> Situation:
    """The situation with the words of the paper that its form corrects, where they can be read.

    A paper that names a reporter in full is not read: its refusals would tell what it says.
    """
    found = corrected_paper(held.papers, situation)
    if found is None or office.rules.documents[found.kind].reporter_fact:
        return situation
    return replace(situation, quoted=words_of(session, office.shelf, found.id or 0))


def corrected_paper(papers: Iterable[Issued], situation: Situation) -> Issued | None:
    """The paper that a form corrects: the one it names, or the last decision of its process."""
    own = situation.process
    named = str(situation.form.get("paper") or own.facts.get("paper") or "")
    meant = [
        one
        for one in papers
        if (str(one.id) == named if named else one.process == (own.kind, own.id))
        and (named or one.kind in DECISIONS)
    ]
    return meant[-1] if meant else None


def first_situation(
    session: Session, office: Office, root: Root, actor: Actor, now: datetime
) -> Situation:
    """The situation of what was just made: nothing hangs on it yet, so nothing is read."""
    main = root_process(root)
    return replace(
        new_situation(office, actor, now, (main.kind, main.department)),
        clue=clue_view(root, office) if isinstance(root, Clue) else None,
        undertaking=None if isinstance(root, Clue) else undertaking_view(root),
        process=main,
        processes=(main,),
        on_record=_on_record(session, office, party_of(root, {})),
    )


def new_clue_situation(office: Office, actor: Actor, now: datetime, desk: str) -> Situation:
    """The situation before a clue is registered at a desk."""
    return new_situation(office, actor, now, ("clue", desk))


def new_situation(office: Office, actor: Actor, now: datetime, what: tuple[str, str]) -> Situation:
    """The situation before a clue or undertaking of a kind is begun at a department."""
    kind, department = what
    return Situation(
        clue=None,
        process=ProcessView(kind=kind, id=NEW, state="none", department=department),
        processes=(),
        clocks=(),
        documents=frozenset(),
        actor=actor,
        now=now,
        law=office.rules,
        region=office.region,
    )


def root_process(root: Root) -> ProcessView:
    """A clue or undertaking seen as a process."""
    return ProcessView(
        kind=kind_of(root),
        id=root.id or NEW,
        state=root.state,
        department=root.department_id,
        counterpart=root.counterpart_id,
        version=root.version,
        facts=root.facts,
        opened_at=root.opened_at,
    )


def _paper_view(one: Issued) -> PaperView:
    return PaperView(
        id=one.id or 0,
        kind=one.kind,
        title=one.title,
        number=one.number,
        organ=one.by,
        left_at=one.left_at,
        replaces=one.replaces,
        process=one.process[0],
        serves=one.serves,
        pages=one.pages,
    )


def process_view(row: Process | Row[Any]) -> ProcessView:
    """A process row as the decision sees it."""
    return ProcessView(
        kind=row.kind,
        id=row.id or NEW,
        state=row.state,
        department=row.department_id,
        counterpart=row.counterpart_id,
        parent_id=row.parent_id,
        version=row.version,
        facts=row.facts,
        opened_at=row.opened_at,
    )


def clue_view(clue: Clue, office: Office) -> ClueView:
    """What a clue is about, its reporter masked."""
    return ClueView(
        id=clue.id or NEW,
        no=clue.no,
        channel=clue.channel,
        area=clue.area,
        desk=clue.desk_id,
        sender=clue.sender_id,
        matter=clue.matter_id,
        hops=clue.hops,
        binding=clue.binding,
        subject_name=clue.subject_name,
        subject_key=clue.subject_key,
        received_at=clue.received_at,
        registered_at=clue.opened_at,
        title=clue.title,
        content=clue.content,
        category=clue.category,
        place=clue.place,
        outside_no=clue.outside_no or "",
        subject_code=clue.subject_code,
        subject_phone=clue.subject_phone,
        subject_address=clue.subject_address,
        reporter=masked_reporter(clue.reporter_sealed, office.keys),
    )


def clock_view(row: Clock, rules: Rulebook, now: datetime) -> ClockView:
    """An open clock as the decision sees it: a pause moves its end with every moment."""
    due_at, breach_at = row.due_at, row.breach_at
    if row.paused:
        due = due_of(row, rules, now)
        due_at, breach_at = due.at, due.breach_at
    return ClockView(
        id=row.id or NEW,
        rule=row.rule,
        process_kind=row.process_kind,
        process_id=row.process_id,
        owner=row.owner_id,
        started_at=row.started_at,
        due_at=due_at,
        breach_at=breach_at,
        paused=row.paused,
        extensions=extensions_of(row),
    )


def load_people(
    session: Session,
    rules: Rulebook,
    processes: Iterable[ProcessView],
    form: Mapping[str, object],
) -> dict[str, Officer]:
    """Everybody whom the recorded facts or a form name."""
    return _people_told(*ask(session.connection(), *_asks_people(rules, processes, form)))


def officers_by_id(session: Session, ids: Iterable[str]) -> dict[str, Officer]:
    """The users of these ids, however many, as papers show them."""
    query = _PEOPLE.where(col(User.id).in_(sorted(ids)))
    return _people_told(session.connection().execute(query))


def people_named(rules: Rulebook, sources: Iterable[Mapping[str, object]]) -> set[str]:
    """Everybody whom recorded facts or forms name, by id."""
    found: set[str] = set()
    fields = rules.officer_fields | {"reviewed_by", "once_officers"}
    for source in sources:
        for name in fields & set(source):
            found |= _ids(source[name])
    return found


def _asks_people(
    rules: Rulebook, processes: Iterable[ProcessView], form: Mapping[str, object]
) -> list[tuple[Statement, Values]]:
    wanted = people_named(rules, (form, *(process.facts for process in processes)))
    values = {f"one{place}": one for place, one in enumerate(sorted(wanted))}
    return [(_people(len(values)), values)] if values else []


def _people_told(rows: Iterable[Any] = ()) -> dict[str, Officer]:
    return {
        row.id: Officer(
            id=row.id,
            name=row.name,
            department=row.department_id,
            certificate_no=row.certificate_no,
            phone=row.phone,
            roles=frozenset(row.roles),
        )
        for row in rows
    }


def _ids(value: object) -> set[str]:
    if isinstance(value, list | tuple):
        return {str(one) for one in value}
    return {one.strip() for one in str(value).split(",")} if value else set()
