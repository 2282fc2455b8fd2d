"""The shelf held against the rows: papers without bytes, altered bytes, and bytes without rows.

The shelf is looked at folder by folder: the first two signs of the hashes, 256 in all.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from documents.output.shelf import DamagedOnShelf, NotOnShelf
from domain.tables.attachment import Attachment, DocumentBytes
from domain.tables.columns import first_signs
from domain.tables.dossier import Dossier
from domain.tables.record import Event, IssuedDocument
from domain.tables.seal import DocumentSeal
from domain.tables.template import TemplateVersion
from flows.audit.acts_on_record import is_act
from flows.site.office import Office

FOLDERS = 256
NEWEST = 40
"""So many of the newest papers are looked for every hour: a lost shelf has none of them."""
BUNDLES = ("assemble_packet", "seal_case_file")
"""What puts bytes on the shelf that only the record names."""
KEPT_FOR = timedelta(days=7)
"""Bytes that nobody names stay so long: a step at work names its own a moment later."""
READ_NIGHTLY = 40
LOST = "文书存放中缺少《{title}》{number}（{no}）"
DAMAGED = "文书存放中《{title}》{number}（{no}）的内容与登记的校验值不符"


@dataclass(frozen=True)
class Named:
    """Bytes that a row names, and how they are called."""

    title: str
    number: str
    no: str

    def told(self, words: str) -> str:
        """The words for what is wrong with them."""
        return words.format(title=self.title, number=self.number, no=self.no)


def look(session: Session, office: Office) -> Iterator[str]:
    """The newest papers that are not there: within the hour a shelf that was lost is noticed.

    Of those that were carried to it; the others lie where their rows do.
    """
    query = (
        select(IssuedDocument, Dossier.no)
        .join(Dossier, col(Dossier.id) == col(IssuedDocument.clue_id))
        .where(col(IssuedDocument.sha256).not_in(select(col(DocumentBytes.sha256))))
        .order_by(col(IssuedDocument.id).desc())
        .limit(NEWEST)
    )
    for one, no in session.exec(query):
        if not office.shelf.has(one.sha256):
            yield Named(one.title, one.number or "", no).told(LOST)


def folder_name(place: int) -> str:
    """The folder of that place, from 0: two signs."""
    return f"{place:02x}"


def check_folder(
    session: Session, office: Office, place: int, most: int | None = READ_NIGHTLY
) -> Iterator[str]:
    """What rows name in a folder and is not there, or is there altered.

    `most`: so many files, picked by chance, are read and held against their hash; None for all.
    """
    folder = folder_name(place)
    there = set(office.shelf.listed(folder))
    named = _named(session, folder)
    for sha256 in sorted(set(named) - there):
        yield named[sha256].told(LOST)
    present = sorted(set(named) & there)
    read = present if most is None else random.sample(present, min(most, len(present)))
    for sha256 in read:
        try:
            office.shelf.get(sha256)
        except (DamagedOnShelf, NotOnShelf):
            yield named[sha256].told(DAMAGED)


def collect_folder(session: Session, office: Office, place: int, now: datetime) -> int:
    """Puts bytes aside that nobody has named for a week, and drops what was never finished.

    How many were put aside; they lie in the folder `orphans` of the shelf.
    """
    folder, before = folder_name(place), now - KEPT_FOR
    office.shelf.drop_unfinished(folder, before)
    unknown = set(office.shelf.listed(folder)) - set(_named(session, folder))
    if not unknown:
        return 0
    query = select(Event.detail).where(is_act(*BUNDLES))
    unknown -= {str(detail.get("sha256")) for detail in session.exec(query)}
    return sum(office.shelf.put_aside(one, before) for one in sorted(unknown))


def _named(session: Session, folder: str) -> dict[str, Named]:
    """Everything that rows name in a folder, by hash."""
    sha256 = col(IssuedDocument.sha256)
    papers = (
        select(IssuedDocument, Dossier.no)
        .join(Dossier, col(Dossier.id) == col(IssuedDocument.clue_id))
        .where(
            *(one >= folder for one in (sha256, first_signs(sha256))),
            *(one < f"{folder}g" for one in (sha256, first_signs(sha256))),
        )
    )
    files = (
        select(Attachment, Dossier.no)
        .join(Dossier, col(Dossier.id) == col(Attachment.clue_id))
        .where(col(Attachment.sha256).startswith(folder))
    )
    seals = (
        select(DocumentSeal.sha256, IssuedDocument, Dossier.no)
        .join(IssuedDocument, col(IssuedDocument.id) == col(DocumentSeal.document_id))
        .join(Dossier, col(Dossier.id) == col(IssuedDocument.clue_id))
        .where(col(DocumentSeal.sha256).startswith(folder))
    )
    templates = select(TemplateVersion).where(col(TemplateVersion.sha256).startswith(folder))
    found = {one.sha256: Named(f"模板{one.kind}", "", "模板") for one in session.exec(templates)}
    found |= {
        sha256: Named(f"{one.title}（加盖电子印章）", one.number or "", no)
        for sha256, one, no in session.exec(seals)
    }
    found |= {one.sha256: Named(one.title, "", no) for one, no in session.exec(files)}
    return found | {
        one.sha256: Named(one.title, one.number or "", no) for one, no in session.exec(papers)
    }
