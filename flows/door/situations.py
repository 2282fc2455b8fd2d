"""Situations made of rows: what a decision looks at, as the database has it now."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlmodel import Session, col

from documents.facts.paper import Issued
from domain.duplicates.names import family_key
from domain.files.identifiers import are_two_parties
from domain.lifecycle.plan import NEW
from domain.rulebook.rulebook import Rulebook
from domain.situation.papers import FileView, PaperView
from domain.situation.situation import (
    CHINA,
    Actor,
    ClockView,
    ClueView,
    Elsewhere,
    Fined,
    Officer,
    Penalised,
    ProcessView,
    Situation,
)
from domain.tables.attachment import Attachment, PageCount
from domain.tables.people import User
from domain.tables.process import Clock, Clue, Process
from flows.door.clocks import due_of, extensions_of
from flows.door.locked_dossier import Held, Root, kind_of, looked_up, with_its_own
from flows.door.reporters import masked_reporter
from flows.door.undertaking_rows import undertaking_view
from flows.site.office import Office

DECIDED = {"decided", "served", "enforced", "closed", "archived"}
PENALISING = ("case", "spot_penalty")
"""Processes that end in a penalty: the ordinary procedure and the one on the spot."""
# Statements made once: putting one together costs as much as carrying it out.
PROCESSES = (
    select(
        col(Process.id),
        col(Process.kind),
        col(Process.state),
        col(Process.department_id),
        col(Process.counterpart_id),
        col(Process.parent_id),
        col(Process.version),
        col(Process.facts),
        col(Process.opened_at),
    )
    .where(col(Process.clue_id) == bindparam("clue"))
    .order_by(col(Process.id))
)
FILES = (
    select(col(Attachment.title), col(PageCount.pages))
    .join(PageCount, col(PageCount.sha256) == col(Attachment.sha256))
    .where(col(Attachment.clue_id) == bindparam("clue"))
    .order_by(col(Attachment.id))
)
PEOPLE = select(
    col(User.id), col(User.name), col(User.department_id), col(User.certificate_no), col(User.phone)
).where(col(User.id).in_(bindparam("wanted", expanding=True)))
ELSEWHERE: Select[Any] = (
    select(
        col(Clue.id),
        col(Clue.no),
        col(Clue.state),
        col(Clue.subject_key),
        col(Clue.subject_name),
        col(Clue.subject_code),
        col(Clue.matter_id),
        col(Clue.ended_at),
        col(Clue.facts)["finding"].as_string().label("finding"),
        col(Process.department_id).label("case_organ"),
        col(Process.state).label("case_state"),
        col(Process.facts).label("case_facts"),
    )
    .join(
        Process,
        (col(Process.clue_id) == col(Clue.id)) & col(Process.kind).in_(PENALISING),
        isouter=True,
    )
    .where(
        or_(
            col(Clue.subject_key) == bindparam("subject"),
            (col(Clue.subject_key) >= bindparam("family"))
            & (col(Clue.subject_key) < bindparam("family_end")),
        ),
        or_(
            col(Clue.state) == "verifying",
            col(Process.state).in_(DECIDED),
            col(Clue.ended_at).is_(None),
        ),
    )
    .order_by(col(Clue.id))
)
"""The clues of the party and of its family that matter: not ended, or with a penalty decided."""


def load_situation(
    session: Session,
    office: Office,
    root: Root,
    actor: Actor,
    now: datetime,
) -> Situation:
    """The situation of a clue or undertaking on its main line."""
    return held_situation(session, office, with_its_own(session, office.rules, root), actor, now)


def held_situation(
    session: Session, office: Office, held: Held, actor: Actor, now: datetime
) -> Situation:
    """The situation of what the transaction holds, on its main line."""
    root = held.root
    main = root_process(root)
    others = looked_up(session, PROCESSES, {"clue": root.id})
    return Situation(
        clue=clue_view(root, office) if isinstance(root, Clue) else None,
        undertaking=None if isinstance(root, Clue) else undertaking_view(root),
        process=main,
        processes=(main, *map(process_view, others)),
        clocks=tuple(clock_view(one, office.rules, now) for one in held.clocks),
        documents=frozenset(one.kind for one in held.papers),
        papers=tuple(map(_paper_view, held.papers)),
        files=_files(session, root),
        actor=actor,
        now=now,
        law=office.rules,
        region=office.region,
        elsewhere=_elsewhere(session, office, root),
    )


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
        elsewhere=_elsewhere(session, office, root),
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


def _files(session: Session, root: Root) -> tuple[FileView, ...]:
    found = looked_up(session, FILES, {"clue": root.id})
    return tuple(FileView(one.title, one.pages) for one in found)


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


def _elsewhere(session: Session, office: Office, clue: Root) -> Elsewhere:
    if not isinstance(clue, Clue) or not clue.subject_key:
        return Elsewhere()
    verifying: list[str] = []
    decided: list[Fined] = []
    related: list[Fined] = []
    penalties: list[Penalised] = []
    suspected: list[str] = []
    for other in _of_the_party(session, clue):
        own = other.subject_key == clue.subject_key
        if own and other.state == "verifying" and other.id != clue.id:
            verifying.append(other.no)
        if _fined(other) and own and other.matter_id == clue.matter_id:
            decided.append(_fine(other, office))
        elif _fined(other) and other.id != clue.id and _is_family(other, clue):
            related.append(_fine(other, office))
        if own and _penalised(other):
            penalties.append(_penalty(other, office))
        if own and other.id != clue.id and _crime_is_open(other):
            suspected.append(other.no)
    return Elsewhere(
        tuple(dict.fromkeys(verifying)),
        tuple(dict.fromkeys(decided)),
        tuple(penalties),
        tuple(dict.fromkeys(suspected)),
        tuple(dict.fromkeys(related)),
    )


def _of_the_party(session: Session, clue: Clue) -> list[Row[Any]]:
    """The rows of the party and of its family: who only bears its name has a number of its own."""
    rows, own = looked_up(session, ELSEWHERE, _family(clue)), clue.subject_key
    apart = {one.id for one in rows if are_two_parties(one.subject_code, clue.subject_code)}
    return [one for one in rows if one.subject_key != own or one.id not in apart]


SHORTEST_FAMILY = 3
"""A shorter key begins too many names that have nothing to do with each other."""
_LAST_SIGN = "\uffff"


def _family(clue: Clue) -> dict[str, str]:
    """The party's own key, and the span of keys in which its head office and branches lie."""
    own = clue.subject_key or ""
    family = family_key(clue.subject_name) or own
    end = family + _LAST_SIGN if len(family) >= SHORTEST_FAMILY else family
    return {"subject": own, "family": family, "family_end": end}


def _is_family(row: Row[Any], clue: Clue) -> bool:
    own = family_key(clue.subject_name) or clue.subject_key
    return row.subject_key == clue.subject_key or family_key(row.subject_name) == own


def _fine(row: Row[Any], office: Office) -> Fined:
    organ = office.rules.departments.get(row.case_organ)
    on = _day(row.case_facts["decided_at"])
    by = organ.short if organ else row.case_organ
    what = f"（{cause}）" if (cause := row.case_facts.get("cause")) else ""
    return Fined(row.no, on, f"{by}于{on:%Y年%-m月%-d日}对{row.subject_name}罚款{what}")


def _crime_is_open(row: Row[Any]) -> bool:
    """Whether a crime is suspected in a clue that has not ended, or is with the police."""
    if row.ended_at is not None:
        return False
    met = bool((row.case_facts or {}).get("threshold_met"))
    return row.state == "in_referral" or row.finding == "criminal" or met


def _fined(row: Row[Any]) -> bool:
    """Whether the case decided a fine: one that ended without a decision may name what was told."""
    facts = row.case_facts or {}
    fine = Decimal(str(facts.get("fine") or 0))
    return row.case_state in DECIDED and bool(facts.get("decided_at")) and fine > 0


def _penalised(row: Row[Any]) -> bool:
    """Whether the case ended in a penalty of any kind: a warning counts as a fine does."""
    if row.case_state not in DECIDED or not row.case_facts.get("decided_at"):
        return False
    facts = row.case_facts
    penalised = facts.get("decision") == "penalty" or facts.get("penalty")
    return bool(penalised) and not facts.get("no_penalty_ground")


def _penalty(row: Row[Any], office: Office) -> Penalised:
    """A penalty as of the day it took effect: served, or decided where service is not told."""
    organ = office.rules.departments.get(row.case_organ)
    facts = row.case_facts
    served = facts.get("decision_effective_at") or facts.get("served_on")
    effective = served or facts["decided_at"]
    return Penalised(
        on=_day(effective),
        matter=str(row.case_facts.get("matter") or row.matter_id or ""),
        label=f"（{organ.short if organ else row.case_organ}，线索{row.no}）",
    )


def _day(moment: str) -> date:
    found = datetime.fromisoformat(moment)
    return (found if found.tzinfo else found.replace(tzinfo=CHINA)).astimezone(CHINA).date()


def load_people(
    session: Session,
    rules: Rulebook,
    processes: Iterable[ProcessView],
    form: Mapping[str, object],
) -> dict[str, Officer]:
    """Everybody whom the recorded facts or a form name."""
    wanted: set[str] = set()
    fields = rules.officer_fields | {"reviewed_by"}
    for source in (form, *(process.facts for process in processes)):
        for name in fields & set(source):
            wanted |= _ids(source[name])
    if not wanted:
        return {}
    rows = looked_up(session, PEOPLE, {"wanted": sorted(wanted)})
    return {
        row.id: Officer(row.id, row.name, row.department_id, row.certificate_no, row.phone)
        for row in rows
    }


def _ids(value: object) -> set[str]:
    if isinstance(value, list | tuple):
        return {str(one) for one in value}
    return {one.strip() for one in str(value).split(",")} if value else set()
