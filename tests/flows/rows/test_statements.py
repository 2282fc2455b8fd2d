"""Statements made once say the same on both databases."""

from sqlalchemy import Float, cast, literal, select

from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.store import reading


def test_fractions_come_back_as_numbers(any_office: Office) -> None:
    share = Statement(select(cast(literal("0.25"), Float).label("share")))

    with reading(any_office.engine) as session:
        [[row]] = ask(session.connection(), (share, {}))

    assert row.share == 0.25
