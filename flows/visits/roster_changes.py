"""What an inspection found out about a subject corrects the roster, in the same transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.rosters.listed_subject import ListedSubject
from domain.situation.situation import Actor
from domain.tables.process import Process
from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from flows.people.user_keeping import Keeper
from flows.rosters.roster_rows import Writer, listed
from flows.site.office import Office

NOT_OPERATING = "not_operating"


GONE = frozenset({"cancelled", "revoked", "moved"})
"""Grounds on which a drawn object is replaced that are states of the roster as well."""
Doer = tuple[Actor, datetime]
"""Who found it out, and when."""


def correct_roster(session: Session, office: Office, row: Undertaking, by: Doer) -> None:
    """A subject that does not do what it was inspected for bears the tags of it no longer.

    Only tags all of whose matters were inspected end; the adjustment names the inspection.
    """
    subject = _subject(session, str(row.facts["subject_key"]))
    before = _stands(session, subject, by)
    matters, tags = set(row.facts["matters"]), office.rules.rosters.tags
    ended = {one for one in before.tags if set(tags[one].matters) <= matters}
    reason = f"检查{row.no}：未发现开展相关经营活动"
    after = replace(before, tags=before.tags - ended)
    _adjust(session, office, (subject, before, after), reason, by)


def correct_standing(session: Session, office: Office, draw: Undertaking, by: Doer) -> None:
    """A drawn object that was replaced because it is gone is gone in the roster as well."""
    forms: Mapping[str, Mapping[str, str]] = draw.facts["forms"]
    form = forms["replace_object"]
    if form["ground"] not in GONE:
        return
    subject = _subject(session, form["object"].strip())
    before = _stands(session, subject, by)
    if office.rules.rosters.statuses[before.status].ceased:
        return
    after = replace(before, status=form["ground"])
    reason = f"抽取{draw.no}更换对象：{form['evidence']}"[:200]
    _adjust(session, office, (subject, before, after), reason, by)


def tags_left(session: Session, office: Office, row: Undertaking, day: date) -> tuple[str, ...]:
    """The tags under which a subject is still listed for what an inspection found it not to do.

    They stand for other matters too, which were not looked at: somebody has to decide.
    """
    key = str(row.facts.get("subject_key") or "")
    found = select(Process.facts).where(
        col(Process.clue_id) == row.id, col(Process.kind) == "finding"
    )
    if not any(one.get("outcome") == NOT_OPERATING for one in session.exec(found)):
        return ()
    subject = _subject(session, key)
    [stands] = listed(session, subject.area, day, subject.id or 0)
    matters, tags = set(row.facts["matters"]), office.rules.rosters.tags
    return tuple(tags[one].label for one in sorted(stands.tags) if matters & set(tags[one].matters))


def _subject(session: Session, key: str) -> Subject:
    return session.exec(select(Subject).where(col(Subject.key) == key)).one()


def _stands(session: Session, subject: Subject, by: Doer) -> ListedSubject:
    [found] = listed(session, subject.area, day_of(by[1]), subject.id or 0)
    return found


def _adjust(
    session: Session,
    office: Office,
    change: tuple[Subject, ListedSubject, ListedSubject],
    reason: str,
    by: Doer,
) -> None:
    subject, before, after = change
    if after == before:
        return
    writer = Writer(session, Keeper(office, *by), reason)
    writer.write(before, after)
    told = {"reason": reason, "before": before.facts, "after": after.facts}
    writer.record("change", before.id, {"label": subject.key, **told})
