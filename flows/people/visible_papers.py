"""The processes, limits and papers of clues a person may see, as conditions of the database.

They say in SQL what `domain.lifecycle.visibility.ClueSight` says of one clue at hand.
"""

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.lifecycle.visibility import (
    KEPT_KINDS,
    MAY_REVEAL,
    OPEN_KINDS,
    OUTSIDE_KINDS,
    Sight,
    serves_reporters,
)
from domain.shapes.entries import WITHIN
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from domain.tables.record import IssuedDocument
from flows.people.visible_clues import (
    is_party,
    once_a_chair,
    own_processes,
    sight,
    there_is,
    visible,
)
from flows.site.office import Office


def shown_process(
    office: Office,
    actor: Actor,
    kind: SQLColumnExpression[str],
    process_id: SQLColumnExpression[int],
) -> ColumnElement[bool]:
    """The condition that a process of a visible clue is shown, for queries that join `Clue`."""
    found = sight(office, actor)
    if found.sees_files and found.within is None:
        return true()
    process = aliased(Process)
    own = there_is(process, col(process.id) == process_id, own_processes(found, process))
    if found.is_outside:
        return and_(kind.in_(sorted(OUTSIDE_KINDS)), own)
    if found.sees_files:
        return or_(_of_the_area(found), kind.in_(sorted(OPEN_KINDS)), own)
    open_to_all: ColumnElement[bool] = kind.in_(sorted(OPEN_KINDS))
    if found.organ_outside:
        open_to_all = and_(open_to_all, is_party(found))
    in_the_file = and_(_keeps(found), kind.not_in(sorted(KEPT_KINDS)))
    return or_(open_to_all, in_the_file, own)


@once_a_chair
def readable_papers(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition on document and clue under which the person may read the document."""
    found = sight(office, actor)
    kind, process_id = col(IssuedDocument.process_kind), col(IssuedDocument.process_id)
    seen = visible(office, actor)
    named = [key for key, one in office.rules.documents.items() if one.reporter_fact]
    open_to_him = or_(col(IssuedDocument.kind).not_in(named), opens_letters(actor))
    shown = and_(seen, shown_process(office, actor, kind, process_id), open_to_him)
    if found.sees_files and found.within is None:
        return shown
    outward = [key for key, one in office.rules.documents.items() if one.to != WITHIN]
    leaves = col(IssuedDocument.kind).in_(outward)
    if found.is_outside:
        return and_(shown, leaves)
    file = _of_the_area(found) if found.sees_files else _keeps(found)
    inside = or_(col(IssuedDocument.organ) == found.department, file)
    return and_(shown, or_(leaves, inside))


def opens_letters(actor: Actor) -> ColumnElement[bool]:
    """The condition on document and clue under which what names the reporter is open to him."""
    places = {"desk": col(Clue.desk_id), "holder": col(Clue.department_id)}
    chairs = sorted(actor.roles & set(MAY_REVEAL))
    wrote = col(IssuedDocument.organ) == actor.department
    return or_(
        and_(wrote, true() if serves_reporters(actor) else false()),
        *(places[MAY_REVEAL[one]] == actor.department for one in chairs),
    )


def _keeps(found: Sight) -> ColumnElement[bool]:
    """Whether the person's organ holds the clue, and not as the desk that registered it."""
    return and_(
        col(Clue.department_id) == found.department, col(Clue.department_id) != col(Clue.desk_id)
    )


def _of_the_area(found: Sight) -> ColumnElement[bool]:
    """Whether the clue is of the area that a supervisor or auditor oversees."""
    here = found.within or ()
    return or_(col(Clue.desk_id).in_(here), col(Clue.department_id).in_(here))
