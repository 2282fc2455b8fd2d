"""What a connection of PostgreSQL has planned outlives the page that it was planned for."""

from sqlalchemy import bindparam, select, text
from sqlmodel import col

from domain.tables.process import Clue
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.story import Story

NUMBERS = Statement(select(col(Clue.no)).order_by(col(Clue.id)), spelled=True)
KNOWN = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT clue.no%'")
ONE = Statement(select(col(Clue.title)).where(col(Clue.no) == bindparam("no")))
WITH_VALUES = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%clue.no =%'")
OFTEN = 8
"""From the sixth time on psycopg prepares what it is asked."""


def test_the_next_page_finds_planned_what_the_pages_before_asked(pg_office: Office) -> None:
    story = Story(pg_office)
    found = []

    for _ in range(OFTEN):
        story.walk("register")
        with reading(pg_office.engine) as session:
            [rows] = ask(session.connection(), (NUMBERS, {}))
            found.append(len(rows))
    with reading(pg_office.engine) as session:
        planned = session.execute(KNOWN).scalar_one()

    assert found == list(range(1, OFTEN + 1))
    assert planned == 1


def test_what_only_looked_leaves_nothing_behind(pg_office: Office) -> None:
    Story(pg_office).walk("register")

    with reading(pg_office.engine) as session:
        session.execute(text("UPDATE clue SET title = '改了'"))
    with reading(pg_office.engine) as session:
        titles = set(session.execute(select(col(Clue.title))).scalars())

    assert "改了" not in titles


def test_what_is_asked_with_values_is_planned_for_them_each_time(pg_office: Office) -> None:
    Story(pg_office).walk("register")

    for _ in range(OFTEN):
        with reading(pg_office.engine) as session:
            ask(session.connection(), (ONE, {"no": "XS0000000001"}))
    with reading(pg_office.engine) as session:
        planned = session.execute(WITH_VALUES).scalar_one()

    assert planned == 0
