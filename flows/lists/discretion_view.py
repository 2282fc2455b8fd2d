"""What the discretion standard says beside the form of a penalty, and this organ's like cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, func, select

from domain.limits.limit import day_of
from domain.penalties.discretion import range_in_words
from domain.penalties.hearing_right import penalty_at_hand
from domain.shapes.discretion import degree_in_words
from domain.situation.discretion import DEGREE, Offered, chosen, matter_of, offered
from domain.situation.penalty import DECIDED, PLANNED
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from flows.door.crime_preview import typed_situation
from flows.door.preview import situation_before
from flows.door.steps import Command
from flows.site.office import Office

_MATTER = col(Process.facts)["matter"].as_string()
"""The matter that the case recorded for itself, if it is not the clue's."""
_DECIDED_AT = col(Process.facts)["decided_at"].as_string()
_FINE = col(Process.facts)[DECIDED.fine].as_string()
FINED_IN = ("case", "spot_penalty")
"""The processes in which an organ fines: the ordinary procedure and the simple one."""
NO_FINE = "0"
"""How a fine stands on record that was revoked, or that was none."""
LIKE_CASES = 5
"""So many of the organ's own decisions on the same matter stand beside the form."""


@dataclass(frozen=True)
class DegreeLine:
    """A degree as the form shows it; `allows`: whether the fine typed lies in it, if there is one.

    `is_chosen`: it is the one that the form, or the notice before, names.
    """

    name: str
    conduct: str
    label: str
    factors: tuple[str, ...]
    sums: str
    basis: str
    is_chosen: bool
    allows: bool | None


@dataclass(frozen=True)
class LikeCase:
    """An earlier decision of the organ on the same matter, without the party."""

    clue_no: str
    decided_on: date
    fine: Decimal
    sums: str
    degree: str


def sets_a_fine(office: Office, process: str, action: str) -> bool:
    """Whether the form of an action states the fine that is planned, or imposed by its organ."""
    form = office.rules.lifecycles[process].actions[action].form
    is_fine = bool({PLANNED.fine, DECIDED.fine} & set(form))
    return is_fine and (process == "case" or DEGREE in form)


def degree_lines(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime]
) -> tuple[DegreeLine, ...]:
    """The degrees of the matter's standards beside the form of a penalty, complete or not."""
    s = typed_situation(session, office, command, who)
    current = chosen(s)
    fine = penalty_at_hand(s).fine
    return tuple(_line(office, one, current, fine) for one in offered(s))


def _line(office: Office, one: Offered, current: Offered | None, fine: Decimal) -> DegreeLine:
    return DegreeLine(
        name=one.name,
        conduct=one.conduct,
        label=one.degree.label,
        factors=one.degree.factors,
        sums=_allowed(office, one),
        basis=office.rules.cite(one.basis),
        is_chosen=current is not None and current.name == one.name,
        allows=one.allows(fine) if fine else None,
    )


def _allowed(office: Office, one: Offered) -> str:
    """The fine that a degree allows, and the other kinds that it names."""
    kinds = office.rules.penalties
    named = "、".join(kinds[kind].label for kind in one.degree.kinds if kind in kinds)
    return range_in_words(one) + (f"；可以给予{named}" if named else "")


def like_cases(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime]
) -> tuple[LikeCase, ...]:
    """Fines of the organ that holds the case, newest first; its own people may see them all."""
    s = situation_before(session, office, command, who)
    query = (
        select(Clue.no, Process.facts)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .where(
            col(Process.kind).in_(FINED_IN),
            col(Process.department_id) == s.process.department,
            col(Process.id) != s.process.id,
            func.coalesce(_MATTER, col(Clue.matter_id)) == matter_of(s),
            _DECIDED_AT.is_not(None),
            _FINE.is_not(None),
            _FINE != NO_FINE,
        )
        .order_by(col(Process.id).desc())
        .limit(LIKE_CASES)
    )
    return tuple(_like_case(office, row) for row in session.exec(query))


def _like_case(office: Office, row: tuple[str, Mapping[str, Any]]) -> LikeCase:
    number, facts = row
    return LikeCase(
        clue_no=number,
        decided_on=day_of(datetime.fromisoformat(facts["decided_at"])),
        fine=Decimal(str(facts["fine"])),
        sums=_sums(office, facts.get("quantities")),
        degree=degree_in_words(office.rules.discretion, str(facts.get(DEGREE) or "")),
    )


def _sums(office: Office, quantities: object) -> str:
    told = quantities if isinstance(quantities, Mapping) else {}
    known = office.rules.quantities
    return "，".join(
        f"{known[key].label}{amount}{known[key].unit}"
        for key, amount in told.items()
        if key in known
    )
