"""A folder per clue: every document as a Word file, with catalogue, check values and record."""

import json
from pathlib import Path

from sqlmodel import col, select

from documents.output.bundle import Bundled, BundleFile, write_folder
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.afterwards.case_file import EVENT_LOG, case_file
from flows.site.office import Office
from flows.site.store import reading

EVENTS = "events.json"


def write_case_folders(office: Office, folder: Path) -> int:
    """Writes every clue's folder, named by its number; how many documents were written."""
    written = 0
    with reading(office.engine) as session:
        last = session.exec(select(Event.seq).order_by(col(Event.seq).desc())).first() or 0
        for clue in session.exec(select(Clue).order_by(col(Clue.id))):
            files = [_plain(one) for one in case_file(session, office, clue.id or 0, last)]
            write_folder(files, folder / clue.no)
            written += sum(one.name.endswith(".docx") for one in files)
    return written


def _plain(file: Bundled) -> Bundled:
    """The record as one JSON document, which any editor shows."""
    if file.name != EVENT_LOG:
        return file
    events = [json.loads(line) for line in file.content.decode().splitlines()]
    return BundleFile(EVENTS, json.dumps(events, ensure_ascii=False, indent=1).encode())
