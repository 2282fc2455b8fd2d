"""Drafts of forms: what a person typed is there again after a sign-out, a conflict, a mistake."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlalchemy import select as columns
from sqlmodel import Session, col

from domain.tables.form_draft import FormDraft
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.store import reading, transaction

LONGEST_DRAFT = 200_000
"""Characters; a form with every field full is shorter."""


@dataclass(frozen=True)
class Draft:
    """A form as its person left it: its address, what it does, the values by field, and when."""

    address: str
    label: str
    values: Mapping[str, object]
    saved_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A draft in the list of one's own: where it goes on, and when it was saved."""

    address: str
    label: str
    saved_at: datetime


def keep_draft(office: Office, user_id: str, draft: Draft) -> bool:
    """The values sealed under the form's address, instead of those before; False if too long.

    Nothing filled in is no draft: one that was there is dropped.
    """
    text = json.dumps(draft.values, ensure_ascii=False)
    if not draft.values:
        drop_draft(office, user_id, draft.address)
        return True
    if len(text) > LONGEST_DRAFT:
        return False
    row = FormDraft(
        user_id=user_id,
        address=draft.address,
        label=draft.label,
        sealed=office.keys.sealed(text),
        saved_at=draft.saved_at,
    )
    with transaction(office.engine) as session:
        session.merge(row)
    return True


def draft_of(session: Session, office: Office, user_id: str, address: str) -> Draft | None:
    """What the person typed into the form of that address and did not send; WrongKeys as elsewhere.

    Nobody else's is ever found.
    """
    row = session.get(FormDraft, (user_id, address))
    if row is None:
        return None
    values = json.loads(office.keys.opened(row.sealed))
    return Draft(row.address, row.label, values, row.saved_at)


def drop_draft(office: Office, user_id: str, address: str) -> None:
    """The draft is erased: its step was done, or the person does not want it."""
    key = (user_id, address)
    with reading(office.engine) as session:
        if session.get(FormDraft, key) is None:
            return
    with transaction(office.engine) as session:
        if row := session.get(FormDraft, key):
            session.delete(row)


_NEWEST = Statement(
    columns(col(FormDraft.address), col(FormDraft.label), col(FormDraft.saved_at))
    .where(col(FormDraft.user_id) == bindparam("user"))
    .order_by(col(FormDraft.saved_at).desc())
    .limit(20),
    steady=True,
)


def drafts_of(session: Session, user_id: str) -> tuple[Waiting, ...]:
    """The person's forms that are not sent yet, the newest first."""
    [rows] = ask(session.connection(), (_NEWEST, {"user": user_id}))
    return tuple(Waiting(*one) for one in rows)


def forget_drafts(office: Office, now: datetime) -> None:
    """Drafts that nobody touched for the days that the site keeps them are erased."""
    before = now - timedelta(days=office.settings.draft_days)
    with transaction(office.engine) as session:
        session.execute(delete(FormDraft).where(col(FormDraft.saved_at) < before))
