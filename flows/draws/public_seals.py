"""Seals of draws as everybody may read them: what was fixed before anybody could know the result.

The record itself is not among them: with its seed and the known codes of firms anybody could reckon
the tickets of those who were not drawn, and so whose share is larger, which is a class.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.draws.hashing import public_seal
from domain.tables.undertaking import Undertaking
from flows.site.office import Office

KIND = "draw"
MOST = 200


@dataclass(frozen=True)
class PublicSeal:
    """A draw that was sealed: when, and the hash of its seal and its commitment together."""

    number: str
    title: str
    organ: str
    state: str
    sealed_at: str
    seal: str


def public_seals(session: Session, office: Office) -> list[PublicSeal]:
    """Every sealed draw, the newest on top; a void one stays on record."""
    rules = office.rules
    states = rules.lifecycles[KIND].states
    query = select(Undertaking).where(col(Undertaking.kind) == KIND)
    return [
        PublicSeal(
            number=one.no,
            title=one.title,
            organ=rules.departments[one.department_id].name,
            state=states[one.state].label,
            sealed_at=str(one.facts["frozen_at"]),
            seal=public_seal(str(one.facts["frame_sha"]), str(one.facts["commitment"])),
        )
        for one in session.exec(query.order_by(col(Undertaking.id).desc()).limit(MOST))
        if one.facts.get("frame_sha")
    ]
