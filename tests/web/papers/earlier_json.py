"""Rows as versions of the product before decisions 72 and 109 wrote them."""

import json

from sqlalchemy import text

from flows.site.office import Office

NOW, SPACED, ESCAPED = "as now", "with blanks", "escaped"
WAYS = (NOW, SPACED, ESCAPED)


def as_versions_wrote(office: Office, way: str) -> None:
    """The facts of papers and the details of events as they are, or as earlier versions wrote them.

    With a blank behind each colon and comma, and before that with every Chinese character escaped.
    """
    if way == NOW:
        return
    with office.engine.begin() as connection:
        for table, key, column in (("document", "id", "facts"), ("event", "seq", "detail")):
            kept = connection.execute(text(f"SELECT {key}, {column} FROM {table}")).all()
            for number, told in kept:
                connection.execute(
                    text(f"UPDATE {table} SET {column} = :told WHERE {key} = :number"),
                    {
                        "told": json.dumps(json.loads(told), ensure_ascii=way == ESCAPED),
                        "number": number,
                    },
                )
