"""The rows of the roster as `domain.rosters` sees them, and what a change of one writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from domain.duplicates.names import company_key
from domain.limits.limit import day_of
from domain.rosters.adjustment import Roster
from domain.rosters.listed_subject import ListedSubject, listed_subject
from domain.shapes.rosters import CreditScheme
from domain.tables.roster import CreditClass, Subject, SubjectChange, SubjectTag
from flows.people.user_keeping import Keeper
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.numbering import dossier_number, next_serial
from flows.site.office import Office
from flows.site.row_marks import CHANGES, MARKS, changes_mark

GRADERS = frozenset({"supervisor"})
"""Who may enter credit-risk classes: but for auditors nobody else sees them."""
NUMBERS = "ML"
"""How the permanent numbers of subjects without a credit code begin."""


def scheme_of(office: Office) -> CreditScheme:
    """The credit scheme of the site's region."""
    return office.rules.rosters.scheme_of(office.settings.region)


def _scheme_id(office: Office) -> str:
    return office.rules.rosters.scheme_id(office.settings.region)


def area_of(keeper: Keeper) -> str:
    """The area whose roster a person keeps: that of his own department."""
    return keeper.office.rules.departments[keeper.actor.department].area


def roster_of(session: Session, keeper: Keeper) -> Roster:
    """The roster of the keeper's area as it stands today."""
    found = Roster(keeper.office.rules.rosters, day_of(keeper.now))
    for one in listed(session, area_of(keeper), found.today):
        found.take(one)
    return found


def listed(session: Session, area: str, today: date, only: int = 0) -> list[ListedSubject]:
    """The subjects of an area with the tags and classes of a day; `only` one of them."""
    mine = [col(Subject.area) == area, *([col(Subject.id) == only] if only else [])]
    rows = list(session.exec(select(Subject).where(*mine).order_by(col(Subject.id))))
    tags: dict[int, set[str]] = {}
    borne = select(SubjectTag).join(Subject, col(Subject.id) == col(SubjectTag.subject_id))
    for tag in session.exec(borne.where(*mine)):
        if tag.since <= today and (tag.until is None or tag.until > today):
            tags.setdefault(tag.subject_id, set()).add(tag.tag)
    grades: dict[int, CreditClass] = {}
    graded = select(CreditClass).join(Subject, col(Subject.id) == col(CreditClass.subject_id))
    for one in session.exec(graded.where(*mine).order_by(col(CreditClass.id))):
        if one.subject_id not in grades or grades[one.subject_id].from_day <= one.from_day:
            grades[one.subject_id] = one
    return [
        listed_subject(row, tags.get(row.id or 0, set()), grades.get(row.id or 0)) for row in rows
    ]


@dataclass(frozen=True)
class Writer:
    """Writes subjects as they are from now on, within a transaction of the caller's.

    `source` says where it comes from: a file with its hash, or the reason somebody gave.
    """

    session: Session
    keeper: Keeper
    source: str
    changes: list[SubjectChange] = field(default_factory=list)

    def write(self, before: ListedSubject | None, after: ListedSubject) -> int:
        """Writes a subject and notes what was otherwise before; its id."""
        row = self._row(before, after)
        for name in ("kind", "name", "address", "contact", "phone", "status"):
            setattr(row, name, getattr(after, name))
        row.names, row.credit_code = list(after.names), after.credit_code or None
        row.party_key = company_key(after.name)
        ceased = self.keeper.office.rules.rosters.statuses[after.status].ceased
        row.ceased_on = (row.ceased_on or day_of(self.keeper.now)) if ceased else None
        self.session.add(row)
        self.session.flush()
        self._tags(row.id or 0, before, after)
        self._grade(row.id or 0, before, after)
        old, new = before.facts if before else {}, after.facts
        told = {name for name in new if old.get(name) != new[name]}
        self.changes.append(
            SubjectChange(
                subject_id=row.id or 0,
                event=0,
                at=self.keeper.now,
                by=self.keeper.actor.id,
                source=self.source,
                before={name: old[name] for name in told if name in old},
                after={name: new[name] for name in told},
            )
        )
        return row.id or 0

    def record(self, action: str, subject: int, detail: Mapping[str, object]) -> None:
        """The event of the record to which all that was written belongs; the last thing to do."""
        key = self.keeper.office.keys.chain
        if self.changes:
            detail = {**detail, MARKS: {CHANGES: changes_mark(self.changes, key)}}
        act = Act(action, self.keeper.actor, self.keeper.now, detail)
        event = append(self.session, [act_event(Thing("subject", subject), act)], key)
        for one in self.changes:
            one.event = event
        self.session.add_all(self.changes)

    def _row(self, before: ListedSubject | None, after: ListedSubject) -> Subject:
        if before is not None and before.id:
            row = self.session.get_one(Subject, before.id)
            row.version += 1
            return row
        return Subject(
            key=after.credit_code or self._number(),
            kind=after.kind,
            name=after.name,
            area=area_of(self.keeper),
            status=after.status,
            listed_on=day_of(self.keeper.now),
        )

    def _number(self) -> str:
        """A permanent number for what has no credit code."""
        year = day_of(self.keeper.now).year
        return dossier_number(NUMBERS, year, next_serial(self.session, "", NUMBERS, year))

    def _tags(self, subject: int, before: ListedSubject | None, after: ListedSubject) -> None:
        today, old = day_of(self.keeper.now), before.tags if before else frozenset()
        for tag in sorted(after.tags - old):
            self.session.add(
                SubjectTag(subject_id=subject, tag=tag, since=today, source=self.source)
            )
        for tag in old - after.tags:
            running = select(SubjectTag).where(
                col(SubjectTag.subject_id) == subject,
                col(SubjectTag.tag) == tag,
                col(SubjectTag.until).is_(None),
            )
            for row in self.session.exec(running):
                row.until = today
                self.session.add(row)

    def _grade(self, subject: int, before: ListedSubject | None, after: ListedSubject) -> None:
        was = (before.grade, before.grade_day) if before else ("", None)
        if after.grade and after.grade_day and was != (after.grade, after.grade_day):
            self.session.add(
                CreditClass(
                    subject_id=subject,
                    grade=after.grade,
                    scheme=_scheme_id(self.keeper.office),
                    from_day=after.grade_day,
                    source=self.source,
                )
            )
