"""Alembic's entry: runs the migrations over the connection it is handed."""

from alembic import context
from sqlmodel import SQLModel

from domain.tables import (
    attachment,
    dossier,
    interface,
    matching,
    people,
    process,
    record,
    session,
    template,
    undertaking,
    work,
)

TABLES = (
    *(attachment, dossier, interface, matching, people, process, record),
    *(session, template, undertaking, work),
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
