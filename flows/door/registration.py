"""Registration: the row of a new clue with its number, its parties, and its reporter sealed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.duplicates.names import company_key
from domain.lifecycle.plan import Step
from domain.situation.situation import CHINA
from domain.tables.process import Clue
from flows.door.reporters import Reporter, open_reporter, seal_reporter, without_own_words
from flows.door.undertaking_rows import new_dossier
from flows.site.keys import Keys
from flows.site.numbering import dossier_number, next_serial
from flows.site.office import Office


def new_clue(session: Session, office: Office, step: Step, words: str = "") -> Clue:
    """A new row of the clue table, numbered, not yet in any state's clocks or documents.

    `words` is what the reporter wrote, where it tells who he is; it is sealed with the rest.
    """
    form, now = step.form, step.before.now
    year = now.astimezone(CHINA).year
    reporter = Reporter(
        _text(form, "reporter_name"),
        _text(form, "reporter_phone"),
        _text(form, "reporter_address"),
        words,
    )
    identity = reporter.phone or reporter.name
    desk = office.rules.departments[step.process.department]
    series = office.rules.lifecycles["clue"].numbers
    number = dossier_number(series, year, next_serial(session, "clue", series, year))
    clue = Clue(
        id=new_dossier(session, "clue", number),
        no=number,
        state=step.to,
        department_id=step.process.department,
        desk_id=step.process.department,
        area=desk.area,
        facts={},
        opened_at=now,
        channel=_text(form, "channel"),
        outside_no=_text(form, "outside_no") or None,
        received_at=datetime.fromisoformat(_text(form, "received_at")),
        title=_text(form, "title"),
        content=_text(form, "content"),
        category=_text(form, "category"),
        place=_text(form, "place"),
        subject_name=_text(form, "subject_name"),
        subject_code=_text(form, "subject_code"),
        subject_key=_subject_key(form),
        subject_phone=_text(form, "subject_phone"),
        subject_address=_text(form, "subject_address"),
        reporter_sealed=seal_reporter(reporter, office.keys),
        reporter_key=office.keys.blind(identity) if identity else None,
    )
    session.add(clue)
    session.flush()
    return clue


def amend_reporter(clue: Clue, form: Mapping[str, object], keys: Keys) -> None:
    """Who reported, as a form corrects it: sealed anew; what the form leaves empty stays."""
    fields = ("name", "phone", "address")
    told = {name: text for name in fields if (text := _text(form, f"reporter_{name}"))}
    if not told:
        return
    known = open_reporter(clue.reporter_sealed, keys) if clue.reporter_sealed else Reporter("", "")
    reporter = replace(known, **told)
    clue.reporter_sealed = seal_reporter(reporter, keys)
    clue.reporter_key = keys.blind(reporter.phone or reporter.name)


def without_reporters_words(
    clue: Clue, form: Mapping[str, object], keys: Keys
) -> Mapping[str, object]:
    """A correction's form as it may be kept: without what tells who reported."""
    if not form.keys() & {"title", "content"}:
        return form
    known = open_reporter(clue.reporter_sealed, keys) if clue.reporter_sealed else Reporter("", "")
    intake = clue.facts.get("intake")
    told = {
        "reporter_name": known.name,
        "reporter_phone": known.phone,
        "reporter_address": known.address,
        "confidential": isinstance(intake, dict) and bool(intake.get("confidential")),
        "subject_phone": clue.subject_phone,
    }
    given = {name: value for name, value in form.items() if value}
    masked, _ = without_own_words({**told, **given})
    return {name: masked.get(name, form[name]) for name in form}


def _text(form: object, name: str) -> str:
    return str(form.get(name) or "") if isinstance(form, dict) else ""


def _subject_key(form: object) -> str | None:
    return company_key(_text(form, "subject_name")) or None
