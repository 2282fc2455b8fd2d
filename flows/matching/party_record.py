"""What is on record of a party elsewhere: its open clues, its fines, its penalties, its crimes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sqlalchemy import CompoundSelect, Row, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.duplicates.names import company_key, family_key
from domain.duplicates.parties import party_number, party_span, same_party
from domain.situation.situation import CHINA, Elsewhere, Fined, Penalised
from domain.tables.matching import Fingerprint
from domain.tables.process import Clue, Process
from flows.rows.statements import Statement, ask
from flows.site.office import Office

DECIDED = {"decided", "served", "enforced", "closed", "archived"}
PENALISING = ("case", "spot_penalty")
"""Processes that end in a penalty: the ordinary procedure and the one on the spot."""
_KNOWN = aliased(Clue)
# Found by four indexes and then read: with OR, PostgreSQL would read all clues.
_ALIKE: CompoundSelect[Any] = union_all(
    select(col(_KNOWN.id)).where(col(_KNOWN.subject_key) == bindparam("subject")),
    select(col(_KNOWN.id)).where(
        col(_KNOWN.subject_key) >= bindparam("family"),
        col(_KNOWN.subject_key) < bindparam("family_end"),
    ),
    select(col(_KNOWN.id)).where(col(_KNOWN.subject_code) == bindparam("number")),
    select(col(Fingerprint.clue_id)).where(col(Fingerprint.credit_code) == bindparam("number")),
)
ELSEWHERE = Statement(
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
        (col(Process.clue_id) == col(Clue.id)) & col(Process.kind).in_(map(literal, PENALISING)),
        isouter=True,
    )
    .where(
        col(Clue.id).in_(_ALIKE),
        or_(
            col(Clue.state) == "verifying",
            col(Process.state).in_(map(literal, sorted(DECIDED))),
            col(Clue.ended_at).is_(None),
        ),
    )
)
"""The clues that matter of the party, of its number and of its family: open, or penalised."""


@dataclass(frozen=True)
class Party:
    """Whom a clue is about and in which matter: as it is on record, or as a form enters it."""

    id: int | None
    subject_key: str | None
    subject_name: str
    subject_code: str
    matter_id: str | None


def party_of(root: object, form: Mapping[str, object]) -> Party | None:
    """The party of a clue with what a form enters of it, as its effect would leave it.

    Another name takes the number along that belonged to whoever was taken for the party. None for
    an undertaking.
    """
    if not isinstance(root, Clue):
        return None
    name, code = (str(form.get(key) or "").strip() for key in ("subject_name", "subject_code"))
    is_another = bool(name and root.subject_name) and name != root.subject_name
    return Party(
        root.id,
        company_key(name) if name else root.subject_key,
        name or root.subject_name,
        code or ("" if is_another else root.subject_code),
        root.matter_id or str(form.get("matter") or "") or None,
    )


def elsewhere_of(session: Session, office: Office, clue: Party | None) -> Elsewhere:
    """What is on record of a clue's party in other clues, and of its own clue's penalties.

    Fines for the same matter apart from related ones (of another matter, a branch, a head office);
    penalties of any kind; clues in which a crime is suspected. An undertaking has no such party.
    """
    # Nothing is asked where the party is not known.
    if clue is None or not (clue.subject_key or party_number(clue.subject_code)):
        return Elsewhere()
    asked = ELSEWHERE, party_span(*_party(clue), clue.subject_name)
    [found] = ask(session.connection(), asked)
    return _told(office, clue, found)


def _told(office: Office, clue: Party, found: Sequence[Any]) -> Elsewhere:
    verifying: list[str] = []
    decided: list[Fined] = []
    related: list[Fined] = []
    penalties: list[Penalised] = []
    suspected: list[str] = []
    # Ordered here: asked for in order, SQLite would walk all clues.
    for other in sorted(found, key=attrgetter("id")):
        own = other.id == clue.id or same_party(_party(clue), _party(other)) is not False
        if own and other.state == "verifying" and other.id != clue.id:
            verifying.append(other.no)
        if _fined(other) and own and other.matter_id == clue.matter_id:
            decided.append(_fine(clue, other, office))
        elif _fined(other) and other.id != clue.id and (own or _of_one_family(clue, other)):
            related.append(_fine(clue, other, office))
        if own and _penalised(other):
            penalties.append(_penalty(clue, other, office))
        if own and other.id != clue.id and _crime_is_open(other):
            suspected.append(other.no)
    return Elsewhere(
        tuple(dict.fromkeys(verifying)),
        tuple(dict.fromkeys(decided)),
        tuple(penalties),
        tuple(dict.fromkeys(suspected)),
        tuple(dict.fromkeys(related)),
    )


def _party(one: Party | Row[Any]) -> tuple[str | None, str]:
    return one.subject_key, one.subject_code


def _unsure(clue: Party, row: Row[Any]) -> str:
    """What is said of another's penalty where only the name tells that the party is the same."""
    known = row.id == clue.id or same_party(_party(clue), _party(row)) is not None
    return "" if known else "，仅名称相同，请核对证件号码"


def _of_one_family(clue: Party, row: Row[Any]) -> bool:
    """Whether the one is the other's head office or branch: a namesake is neither."""
    keys = (family_key(one.subject_name) or one.subject_key for one in (clue, row))
    return row.subject_key != clue.subject_key and len(set(keys)) == 1


def _fine(clue: Party, row: Row[Any], office: Office) -> Fined:
    organ = office.rules.departments.get(row.case_organ)
    on = _day(row.case_facts["decided_at"])
    by = organ.short if organ else row.case_organ
    what = f"（{cause}）" if (cause := row.case_facts.get("cause")) else ""
    told = f"{by}于{on:%Y年%-m月%-d日}对{row.subject_name}罚款{what}{_unsure(clue, row)}"
    return Fined(row.no, on, told)


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


def _penalty(clue: Party, row: Row[Any], office: Office) -> Penalised:
    """A penalty as of the day it took effect: served, or decided where service is not told."""
    organ = office.rules.departments.get(row.case_organ)
    facts = row.case_facts
    served = facts.get("decision_effective_at") or facts.get("served_on")
    effective = served or facts["decided_at"]
    return Penalised(
        on=_day(effective),
        matter=str(row.case_facts.get("matter") or row.matter_id or ""),
        label=f"（{organ.short if organ else row.case_organ}，线索{row.no}{_unsure(clue, row)}）",
    )


def _day(moment: str) -> date:
    found = datetime.fromisoformat(moment)
    return (found if found.tzinfo else found.replace(tzinfo=CHINA)).astimezone(CHINA).date()
