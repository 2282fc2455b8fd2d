"""Alembic's entry: runs the migrations over the connection it is handed."""

from typing import Literal

from alembic import context
from sqlmodel import SQLModel

from domain.tables import (
    attachment,
    clue_note,
    dossier,
    form_draft,
    interface,
    matching,
    people,
    personal,
    process,
    record,
    roster,
    session,
    substitution,
    template,
    undertaking,
    work,
)
from domain.tables.columns import UTCDateTime

TABLES = (
    *(attachment, clue_note, dossier, form_draft, interface, matching, people, personal),
    *(process, record, roster, session, substitution, template, undertaking, work),
)


def plain_type(kind: str, value: object, autogen: object) -> str | Literal[False]:
    """A moment's type as SQLAlchemy's own: a revision imports nothing that may change after it."""
    is_moment = kind == "type" and isinstance(value, UTCDateTime)
    return "sa.DateTime(timezone=True)" if is_moment else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
