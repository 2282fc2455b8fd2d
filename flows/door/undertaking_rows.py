"""An undertaking as a row and as the decision sees it: begun, numbered, and where it stands."""

from sqlalchemy import insert
from sqlmodel import Session, col, select

from domain.lifecycle.plan import NEW, Step
from domain.situation.situation import CHINA, UndertakingView
from domain.tables.dossier import Dossier
from domain.tables.undertaking import Undertaking
from flows.site.numbering import dossier_number, next_serial
from flows.site.office import Office

DOSSIERS = insert(Dossier.__table__)  # type: ignore[attr-defined]


def new_undertaking(session: Session, office: Office, step: Step) -> Undertaking:
    """A new row for the step that begins an undertaking: numbered in its own series and year.

    It lies with the acting department, bears the title of the form and is of the department's area.
    """
    lifecycle, now = office.rules.lifecycles[step.process.kind], step.before.now
    year, department = now.astimezone(CHINA).year, step.after.process.department
    serial = next_serial(session, lifecycle.process, lifecycle.numbers, year)
    number = dossier_number(lifecycle.numbers, year, serial)
    row = Undertaking(
        id=new_dossier(session, lifecycle.process, number),
        kind=lifecycle.process,
        no=number,
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


def new_dossier(session: Session, kind: str, number: str) -> int:
    """The id under which a new clue or undertaking, and all that will hang on it, is kept."""
    made = session.connection().execute(DOSSIERS, {"kind": kind, "no": number}).inserted_primary_key
    return int(made[0]) if made else NEW


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
