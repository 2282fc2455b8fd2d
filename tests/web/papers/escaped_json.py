"""Rows as versions of the product before decision 72 wrote them."""

import json

from sqlalchemy import text

from flows.site.office import Office


def as_earlier_versions_wrote(office: Office) -> None:
    """The facts of papers and the details of events with every Chinese character escaped."""
    with office.engine.begin() as connection:
        for table, key, column in (("document", "id", "facts"), ("event", "seq", "detail")):
            kept = connection.execute(text(f"SELECT {key}, {column} FROM {table}")).all()
            for number, told in kept:
                connection.execute(
                    text(f"UPDATE {table} SET {column} = :told WHERE {key} = :number"),
                    {"told": json.dumps(json.loads(told)), "number": number},
                )
