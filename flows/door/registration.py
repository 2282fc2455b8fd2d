"""Registration: the row of a new clue with its number, its parties, and its reporter sealed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from domain.duplicates.names import company_key
from domain.files.identifiers import half_width, known_name
from domain.files.reporter_words import (
    Known,
    own_words,
    without_reporter_in,
)
from domain.lifecycle.plan import Step
from domain.situation.situation import ProcessView, Situation
from domain.tables.process import Clue
from flows.door.reporters import Reporter, open_reporter, seal_reporter
from flows.door.undertaking_rows import Begun
from flows.site.keys import Keys
from flows.site.office import Office
from flows.site.portions import add

ASKS_SECRECY, WITHHOLDS_STORED = "ask_secrecy", "withhold_stored"
"""The action by which a clue's reporter is withheld from then on."""


def new_clue(session: Session, office: Office, step: Step, begun: Begun, words: str = "") -> Clue:
    """A new row of the clue table, not yet in any state's clocks or documents.

    `words` is what the reporter wrote, where it tells who he is; it is sealed with the rest.
    """
    form, now = step.form, step.before.now
    reporter = Reporter(
        _text(form, "reporter_name"),
        _text(form, "reporter_phone"),
        _text(form, "reporter_address"),
        words,
    )
    identity = reporter.phone or reporter.name
    desk = office.rules.departments[step.process.department]
    clue = Clue(
        id=begun.id,
        no=begun.no,
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
        subject_name=known_name(_text(form, "subject_name")),
        subject_code=_text(form, "subject_code"),
        subject_key=_subject_key(form),
        subject_phone=_text(form, "subject_phone"),
        subject_address=_text(form, "subject_address"),
        reporter_sealed=seal_reporter(reporter, office.keys),
        reporter_key=office.keys.blind(identity) if identity else None,
    )
    add(session, clue)  # written with its facts, not before them
    return clue


def amend_reporter(clue: Clue, form: Mapping[str, object], keys: Keys, words: str = "") -> None:
    """Who reported, as a form corrects it: sealed anew; what the form leaves empty stays.

    `words` are his own that tell who he is and were taken out of the clue: kept with the earlier.
    """
    told = _reporter_told(form)
    if not told and not words:
        return
    known = _reporter_of(clue, keys)
    kept = "\n".join(one for one in (known.words, words) if one)
    reporter = replace(known, **told, words=kept)
    clue.reporter_sealed = seal_reporter(reporter, keys)
    if told:
        clue.reporter_key = keys.blind(reporter.phone or reporter.name)


def withheld(clue: Clue, situation: Situation, action: str, keys: Keys) -> tuple[Situation, str]:
    """The situation in which an action on a clue is planned, and the words to be sealed with it.

    Its form tells no more of the reporter than may be kept. Where the action asks for secrecy,
    says anew who reported, or looks again at what is stored, neither do the clue's own words and
    facts, written when they might.
    """
    asks, anew = action == ASKS_SECRECY, action == WITHHOLDS_STORED
    if not (asks or anew or own_words(situation.form) or _reporter_told(situation.form)):
        return situation, ""
    known = known_reporter(clue, keys, situation.form, asks=asks)
    form = without_reporter_in(situation.form, known)
    before, after = own_words(situation.form), own_words(form)
    situation = replace(situation, form=form)
    if situation.clue and (asks or anew or _reporter_told(form)):
        told = {"title": clue.title, "content": clue.content}
        kept = without_reporter_in(told, known)
        before, after = (*own_words(told), *before), (*own_words(kept), *after)
        situation = _with_words(situation, kept, known)
    if before == after:
        return situation, ""
    return situation, "\n".join(
        one for one, other in zip(before, after, strict=True) if one != other
    )


def known_reporter(
    clue: Clue, keys: Keys, form: Mapping[str, object] | None = None, *, asks: bool = False
) -> Known:
    """What is known of a clue's reporter, with what a form says of him; `asks`: for secrecy now."""
    reporter = replace(_reporter_of(clue, keys), **_reporter_told(form or {}))
    return Known(
        name=reporter.name,
        phone=half_width(reporter.phone),
        address=reporter.address,
        confidential=asks or is_secret(clue),
        others=(half_width(_text(form, "subject_phone") or clue.subject_phone),),
    )


def is_secret(clue: Clue) -> bool:
    """Whether who reported the clue asked that his name be withheld."""
    intake = clue.facts.get("intake")
    return isinstance(intake, dict) and bool(intake.get("confidential"))


def kin_not_secret(session: Session, clue: Clue) -> list[int]:
    """The clues split off this one, and the one it was split off, where he is not withheld yet."""
    numbers = [*(clue.facts.get("split_into") or []), clue.facts.get("split_from")]
    query = select(Clue).where(col(Clue.no).in_([one for one in numbers if one]))
    found = session.exec(query.order_by(col(Clue.id)))
    return [one.id for one in found if one.id and not is_secret(one)]


def _with_words(situation: Situation, words: Mapping[str, object], known: Known) -> Situation:
    subject = replace(situation.subject, title=str(words["title"]), content=str(words["content"]))

    def kept(one: ProcessView) -> ProcessView:
        return replace(one, facts=without_reporter_in(one.facts, known))

    # Only the main line is written by such an action: the facts of others are left as they are.
    processes = tuple(kept(one) if one.kind == "clue" else one for one in situation.processes)
    return replace(situation, clue=subject, process=kept(situation.process), processes=processes)


def _reporter_of(clue: Clue, keys: Keys) -> Reporter:
    return open_reporter(clue.reporter_sealed, keys) if clue.reporter_sealed else Reporter("", "")


def _reporter_told(form: Mapping[str, object]) -> dict[str, str]:
    fields = ("name", "phone", "address")
    return {name: text for name in fields if (text := _text(form, f"reporter_{name}"))}


def _text(form: object, name: str) -> str:
    return str(form.get(name) or "") if isinstance(form, dict) else ""


def _subject_key(form: object) -> str | None:
    return company_key(_text(form, "subject_name")) or None
