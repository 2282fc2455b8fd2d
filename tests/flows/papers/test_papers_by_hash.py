"""Whatever looks for a paper by its bytes finds it by the index, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from domain.tables.record import IssuedDocument
from flows.audit.shelf_check import check_folder
from flows.papers.genuineness import verify_file
from flows.papers.page_counting import is_not_counted
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.story import Story

Look = Callable[[Session, Office], object]


def _compare(session: Session, office: Office) -> object:
    return verify_file(session, office, b"no paper")


def _look_into_a_folder(session: Session, office: Office) -> object:
    return list(check_folder(session, office, 0xA7))


def _list_those_without_pages(session: Session, office: Office) -> object:
    return list(session.exec(select(IssuedDocument).where(is_not_counted())))


@pytest.mark.parametrize("look", [_compare, _look_into_a_folder, _list_those_without_pages])
def test_a_paper_is_looked_for_by_the_first_signs_of_its_hash(
    any_office: Office, look: Look
) -> None:
    Story(any_office).walk("register", "dispatch")

    plans = _plans(any_office, look)

    assert any("ix_document_sha256" in one for one in plans)


def test_a_paper_is_replaced_by_one_alone(any_office: Office) -> None:
    Story(any_office).walk("register", "dispatch")
    with reading(any_office.engine) as session:
        first, last = session.exec(
            select(func.min(IssuedDocument.id), func.max(IssuedDocument.id))
        ).one()
    everyone = text("UPDATE document SET replaces_id = :first WHERE id BETWEEN :first AND :last")

    with pytest.raises(IntegrityError), transaction(any_office.engine) as session:
        session.connection().execute(everyone, {"first": first, "last": last})


def _plans(office: Office, look: Look) -> list[str]:
    asked: list[tuple[str, object]] = []

    def note(*told: object) -> None:
        asked.append((str(told[2]), told[3]))

    with reading(office.engine) as session:
        event.listen(office.engine, "before_cursor_execute", note)
        look(session, office)
        event.remove(office.engine, "before_cursor_execute", note)
    papers = [one for one in asked if "FROM document" in one[0]]
    return [line for one, values in papers for line in _plan(office.engine, one, values)]


def _plan(engine: Engine, asked: str, values: object) -> list[str]:
    with engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN"
        if engine.dialect.name == "postgresql":
            # So few papers would be read whole.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            explain = "EXPLAIN"
        rows = connection.exec_driver_sql(f"{explain} {asked}", values)  # type: ignore[arg-type]
        return [str(row[-1]) for row in rows]
