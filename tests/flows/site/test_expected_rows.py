"""PostgreSQL expects as many rows of a list as there are."""

import re

from sqlalchemy import text

from flows.site.office import Office
from tests.helpers.story import Story

MANY = 3000
COPIED = """
INSERT INTO clue SELECT made.* FROM clue, generate_series(1, :many) AS number,
    LATERAL (SELECT CASE WHEN number % 20 = 0 THEN 'shili-hotline' ELSE 'shili-market' END AS desk)
        AS place,
    LATERAL jsonb_populate_record(clue, jsonb_build_object(
        'id', 1000 + number, 'no', 'M' || number, 'desk_id', desk, 'department_id', desk,
        'state', CASE WHEN desk = 'shili-hotline' THEN 'registered' ELSE 'archived' END
    )) AS made
"""
LISTED = "SELECT id FROM clue WHERE state = 'registered' AND department_id = 'shili-hotline'"


def test_what_a_desk_has_registered_is_expected_to_be_what_it_is(pg_office: Office) -> None:
    """A twentieth lies with the desk, a twentieth is registered, and these are the same clues."""
    Story(pg_office).walk("register")
    with pg_office.engine.connect() as connection:
        # Copies belong to no dossier, and go with the transaction.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(COPIED), {"many": MANY})
        connection.execute(text("ANALYZE clue"))
        plan = connection.execute(text(f"EXPLAIN {LISTED}")).scalars().first() or ""

    [expected] = re.findall(r"rows=(\d+)", plan)
    assert MANY / 20 * 0.8 < int(expected) < MANY / 20 * 1.2
