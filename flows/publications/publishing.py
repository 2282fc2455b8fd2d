"""A publication acted on: its version is recorded with the draft; a new one supersedes the old."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.lifecycle.plan import Reason, Refused
from domain.publications.differences import Difference, difference
from domain.publications.matter_rows import Known, read_row
from domain.situation.situation import Actor
from domain.tables.matter import SiteMatter
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking
from domain.undertakings.publication import BODIES
from flows.door.steps import Command, Outcome, perform_in
from flows.people.actors import system_actor
from flows.publications.in_force import SHOWN, holds
from flows.site.office import Office

KIND = "publication"
MATTERS = "matter_list"
PAPERS = ("matter_list", "annual_plan", "publication_text")
"""What is issued when something is published: the frozen file."""


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`perform_in`, and of a publication what follows from the step; all or nothing."""
    done = perform_in(session, office, command, actor, now)
    if command.process != KIND:
        return done
    row = session.get_one(Undertaking, done.clue_id)
    if command.action in {"draft", "take_up"}:
        _number(session, office, row, now)
    if command.action in {"publish", "circulate"}:
        if row.facts.get("supersedes"):
            _supersede(session, office, row, now)
        if row.facts.get("kind") == MATTERS:
            _become_matters(session, office, row, now)
    return replace(done, state=row.state)


def _become_matters(session: Session, office: Office, row: Undertaking, now: datetime) -> None:
    """Every row of a list is a matter from its day on; Refused where its lead is not known."""
    day = date.fromisoformat(str(row.facts["in_force_on"]))
    here = Known(office.rules.departments, office.rules.matters)
    found = [read_row(here, one, day) for one in row.facts["items"]]
    complaints = [text for one in found for text in one.complaints]
    if complaints:
        label = office.rules.lifecycles[KIND].actions["publish"].label
        cited = office.rules.cite("local-publication")
        reasons = tuple(Reason(one, "local-publication", cited) for one in complaints)
        raise Refused(label, reasons)
    for one in found:
        content = dict(one.content)
        session.add(
            SiteMatter(
                matter_id=one.matter_id,
                from_day=day,
                content=content,
                publication_id=row.id or 0,
                published_at=now,
            )
        )


def _number(session: Session, office: Office, row: Undertaking, now: datetime) -> None:
    """The first version, or the one after that which it replaces."""
    named = str(row.facts.get("replaces") or "")
    if not named:
        _by_system(session, office, row, Command("record_version", form={"version": 1}), now)
        return
    old = _found(session, named)
    if (
        old is None
        or old.state != "published"
        or old.facts.get("kind") != row.facts.get("kind")
        or old.department_id != row.department_id
    ):
        text = f"本部门没有编号为{named}、种类相同、现行有效的公布材料，请核对「代替的编号」"
        label = office.rules.lifecycles[KIND].actions["draft"].label
        cited = office.rules.cite("local-publication")
        raise Refused(label, (Reason(text, "local-publication", cited),))
    form = {"version": int(str(old.facts.get("version") or 1)) + 1, "supersedes": old.no}
    _by_system(session, office, row, Command("record_version", form=form), now)


def _supersede(session: Session, office: Office, row: Undertaking, now: datetime) -> None:
    old = _found(session, str(row.facts["supersedes"]))
    # Another version may have come first, or the old one was withdrawn meanwhile.
    if old is not None and old.state == "published":
        _by_system(session, office, old, Command("supersede", form={"superseded_by": row.no}), now)


def _by_system(
    session: Session, office: Office, row: Undertaking, command: Command, now: datetime
) -> None:
    order = replace(command, process=KIND, clue=row.id)
    perform_in(session, office, order, system_actor(row.department_id), now)


def _found(session: Session, number: str) -> Undertaking | None:
    query = select(Undertaking).where(col(Undertaking.no) == number, col(Undertaking.kind) == KIND)
    return session.exec(query).one_or_none()


# --- what is read ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Version:
    """A publication with its frozen file, once it has one, and what it changes of the one before.

    `change`: None for a first version.
    """

    row: Undertaking
    body: str
    file: IssuedDocument | None
    before: Undertaking | None
    change: Difference | None


def version_of(session: Session, office: Office, row: Undertaking) -> Version:
    """A publication with its file and its difference from the version it replaces."""
    body = office.rules.publications[str(row.facts["kind"])].body
    papers = select(IssuedDocument).where(
        col(IssuedDocument.clue_id) == row.id,
        col(IssuedDocument.kind).in_(PAPERS),
        col(IssuedDocument.voided_at).is_(None),
    )
    file = session.exec(papers.order_by(col(IssuedDocument.id).desc())).first()
    named = str(row.facts.get("supersedes") or "")
    before = _found(session, named) if named else None
    change = difference(_said(before.facts), _said(row.facts), body) if before else None
    return Version(row, body, file, before, change)


def _said(facts: Mapping[str, object]) -> Mapping[str, object]:
    return {name: facts.get(name) for name in BODIES}


def open_to_all(session: Session, office: Office, day: date) -> list[Undertaking]:
    """Everything published that everybody may read, what holds first, the newest on top."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND, col(Undertaking.state).in_(SHOWN)
    )
    rows = [
        one
        for one in session.exec(query.order_by(col(Undertaking.id).desc()))
        if office.rules.publications[str(one.facts["kind"])].public
    ]
    return sorted(rows, key=lambda one: not holds(session, one, day))


def found_by_all(session: Session, office: Office, number: str) -> Undertaking | None:
    """The publication of that number if everybody may read it."""
    row = _found(session, number)
    if row is None or row.state not in SHOWN:
        return None
    return row if office.rules.publications[str(row.facts["kind"])].public else None
