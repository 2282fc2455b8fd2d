"""What forms that ask for all the evidence begin with: the names of what was uploaded."""

from collections.abc import Mapping

from domain.shapes.lifecycles import FormField
from domain.tables.process import Clue
from flows.papers.clue_evidence import shown_evidence
from web.request.desk import Desk

IN_WORDS, MATERIALS = ("evidence", "crime_evidence"), "materials"
"""The fields that ask for all the evidence there is, in words and as a list of what goes along."""
INCOMING = "incoming"
"""The kind of scans of what came in."""


def evidence_begun(desk: Desk, clue: Clue, fields: Mapping[str, FormField]) -> dict[str, object]:
    """By field the uploaded evidence that is shown to the person: by name, or as rows of a list of
    materials with the pages that are known. Papers that came in and receipts are none.
    """
    wanted = [one for one in (*IN_WORDS, MATERIALS) if one in fields]
    if not wanted:
        return {}
    shown = {
        one.attachment.title: one.pages
        for one in shown_evidence(desk.session, desk.viewer, clue)
        if not (one.attachment.document_id or one.attachment.scan_of)
        and one.attachment.kind != INCOMING
    }
    if not shown:
        return {}
    found: dict[str, object] = dict.fromkeys(IN_WORDS, "、".join(shown))
    found[MATERIALS] = [
        {"名称": name, "份数": "1", "页数": str(pages or "")} for name, pages in shown.items()
    ]
    return {name: found[name] for name in wanted}
