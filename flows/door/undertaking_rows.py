"""An undertaking as a row and as the decision sees it: begun, numbered, and where it stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from domain.lifecycle.plan import NEW, Step
from domain.situation.situation import CHINA, UndertakingView
from domain.tables.dossier import Dossier
from domain.tables.undertaking import Undertaking
from flows.site.numbering import dossier_number, next_serials
from flows.site.office import Office

_DOSSIER = Dossier.__table__  # type: ignore[attr-defined]
DOSSIERS = insert(_DOSSIER).returning(_DOSSIER.c.id, sort_by_parameter_order=True)


@dataclass(frozen=True)
class Begun:
    """The number of a new clue or undertaking, and the id under which all of it is kept."""

    id: int
    no: str


def new_undertaking(session: Session, office: Office, step: Step) -> Undertaking:
    """A new row for the step that begins an undertaking: numbered in its own series and year.

    It lies with the acting department, bears the title of the form and is of the department's area.
    """
    lifecycle, now = office.rules.lifecycles[step.process.kind], step.before.now
    department = step.after.process.department
    begun = begin_dossier(session, office, lifecycle.process, now)
    row = Undertaking(
        id=begun.id,
        kind=lifecycle.process,
        no=begun.no,
        title=str(step.form.get("title") or lifecycle.label),
        area=office.rules.departments[department].area,
        state=step.to,
        department_id=department,
        facts={},
        opened_at=now,
    )
    session.add(row)
    session.flush()
    return row


def begin_dossier(session: Session, office: Office, kind: str, now: datetime) -> Begun:
    """A new clue, or undertaking of a kind, numbered in its own series and year."""
    [begun] = begin_dossiers(session, office, kind, now, 1)
    return begun


def begin_dossiers(
    session: Session, office: Office, kind: str, now: datetime, some: int
) -> list[Begun]:
    """So many of them at once, numbered one after another."""
    if not some:
        return []
    series, year = office.rules.lifecycles[kind].numbers, now.astimezone(CHINA).year
    serials = next_serials(session, [(kind, series, year)] * some)
    numbers = [dossier_number(series, year, serial) for serial in serials]
    rows = [{"kind": kind, "no": number} for number in numbers]
    made = session.connection().execute(DOSSIERS, rows).scalars()
    return [Begun(clue_id, number) for clue_id, number in zip(made, numbers, strict=True)]


def find_undertaking(session: Session, number: str) -> Undertaking:
    """The undertaking of that number; LookupError in Chinese when there is none."""
    row = session.exec(select(Undertaking).where(col(Undertaking.no) == number)).one_or_none()
    if row is None:
        raise LookupError(f"没有编号为「{number}」的事项")
    return row


def undertaking_view(row: Undertaking) -> UndertakingView:
    """What an undertaking is."""
    return UndertakingView(
        id=row.id or NEW,
        kind=row.kind,
        no=row.no,
        title=row.title,
        area=row.area,
        department=row.department_id,
        opened_at=row.opened_at,
        parent_id=row.parent_id,
    )
