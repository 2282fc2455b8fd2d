"""The files of a draw's record: whole for those who check, without classes for everybody else."""

import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from domain.draws.draw_record import full_record, public_record, standing_record
from domain.draws.hashing import ticket_of
from domain.draws.verify_draw import differences
from domain.situation.situation import Actor
from domain.tables.undertaking import Undertaking
from domain.undertakings.draw import REPLACED
from flows.draws.drawing import opened_of
from flows.draws.drawn_rows import TICKET_SIGNS, replacements_of
from flows.site.office import Office

CHECKERS = frozenset({"supervisor", "auditor"})
"""Who may read the credit classes, and with them the whole record."""
OWN_CHECKERS = frozenset({"legal_reviewer"})
"""The same for the draws of their own organ."""


def is_revealed(row: Undertaking) -> bool:
    """Whether the draw was made: before that there is a seal, and no record."""
    return "seed" in row.facts


def may_check(row: Undertaking, actor: Actor) -> bool:
    """Whether the whole record is for this person, who was found to see the draw."""
    own = actor.department == row.department_id
    return bool(actor.roles & CHECKERS) or (own and bool(actor.roles & OWN_CHECKERS))


def whole_record(session: Session, office: Office, row: Undertaking) -> dict[str, Any]:
    """The record with the sealed frame, and the replacements made since, in their order."""
    frame, opened = opened_of(session, office, row)
    return {
        **full_record(row.no, frame, opened),
        "changes": row.facts.get("changes") or [],
        "standing": standing_record(frame, opened, replacements_of(row.facts)),
    }


def open_record(session: Session, office: Office, row: Undertaking) -> dict[str, Any]:
    """The record as everybody may have it: no class, and nobody who was not drawn."""
    frame, opened = opened_of(session, office, row)
    return public_record(row.no, frame, opened)


def record_name(row: Undertaking, *, whole: bool) -> str:
    """What a record's file is called: the whole one, which is not public, by another name."""
    return f"draw-{row.no}{'-whole' if whole else ''}.json"


def replayed(session: Session, office: Office, row: Undertaking) -> list[str]:
    """Every difference between what is on record and a draw made anew; empty where it holds."""
    record = whole_record(session, office, row)
    found = list(differences(record))
    if record["seed"] != row.facts.get("seed"):
        found.append("办理记录中的种子与重新计算的不同")
    if record["frame_sha"] != row.facts.get("frame_sha"):
        found.append("办理记录中的封存值与保存的名单不符")
    standing = {one["对象"]: one["签号"] for one in row.facts["drawn"] if not _has_left(one)}
    made_anew = {
        thing: ticket_of(record["seed"], thing)[:TICKET_SIGNS]
        for thing in record["standing"]["items"]
    }
    if standing != made_anew:
        found.append("办理记录中的名单与更换以后重新计算的不同")
    return found


def _has_left(row: Mapping[str, str]) -> bool:
    return row.get("情况", "").startswith(REPLACED)


def as_file(record: dict[str, Any]) -> bytes:
    """A record as the file that `verify_draw.py` reads."""
    return json.dumps(record, ensure_ascii=False, indent=1).encode()
