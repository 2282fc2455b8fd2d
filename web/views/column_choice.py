"""The page on which a person says what the columns of an unknown file are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

from domain.files.cells import text_of
from domain.files.column_mapping import CLUE_FIELDS, ClueField
from domain.files.column_proposal import LABELS, NEEDED, missing
from flows.imports.clerk import Clerk
from flows.imports.own_mappings import propose_for
from web.request.desk import Desk
from web.request.render import page

PREFIX = "column-"
LONGEST_CELL = 60


@dataclass(frozen=True)
class Upload:
    """A file that waits: its key, its own name, and the source that was chosen for it."""

    key: str
    name: str
    channel: str
    path: Path


def chosen_columns(sent: Mapping[str, object]) -> dict[ClueField, str]:
    """The column that a form chose for each field; empty where it chose none."""
    return {one: str(sent.get(f"{PREFIX}{one}", "")) for one in CLUE_FIELDS}


def ask_columns(
    desk: Desk,
    upload: Upload,
    complaint: str = "",
    given: Mapping[ClueField, str] | None = None,
    *,
    known: bool = False,
) -> Response:
    """The proposal with ten rows, or what a person had chosen; Unusable for an unreadable file.

    `known`: a mapping knows the header, and leaves out columns.
    """
    found = propose_for(Clerk(desk.office, desk.actor, desk.now), upload.path)
    chosen = found.chosen if given is None else given
    rows = [
        (row.row, [text_of(row.cells.get(one))[:LONGEST_CELL] for one in found.columns])
        for row in found.rows
    ]
    return page(
        desk.request,
        "clues/import_columns.html",
        200 if known else 422,
        upload=upload,
        known=known,
        complaint=complaint,
        columns=found.columns,
        fields=LABELS,
        needed=NEEDED,
        chosen=chosen,
        why={one: each.why for one, each in found.proposed.items()},
        lacks=missing(chosen),
        rows=rows,
    )
