"""A volume of a clue's file as one file to print: cover, catalogue, then what the catalogue lists.

Whoever may take the whole file prints it. What cannot be printed with the others is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from documents.facts.incoming import files_of
from documents.facts.makers import Facts
from documents.facts.paper import Issued, Paper
from documents.facts.volumes import (
    COVERS,
    INNER,
    MAIN,
    PAPER,
    paged,
    pages_of_volume,
    rows_of_volume,
)
from domain.situation.situation import ProcessView, Situation
from domain.tables.attachment import Attachment
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.afterwards.case_file import KEPT_APART, paper_title
from flows.afterwards.sealed_files import seals_of
from flows.door.attachments import Evidence, catalogue_row, list_attachments
from flows.door.locked_dossier import issued_papers
from flows.door.situations import load_situation
from flows.papers.clue_downloads import may_take_case_file
from flows.papers.wanted_documents import OF_THE_CLUE, VOLUMES
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou
from flows.printing.sheets import (
    MOST_PRINTED,
    NotPrinted,
    Printable,
    Printed,
    as_one_file,
)

NOT_FILED = "尚未归档，还没有封面和目录；按目录的次序打印现有的文书"
_CASE = "case"


@dataclass(frozen=True)
class Piece:
    """One thing that lies in a volume, and what is printed of it.

    `apart`: why it is printed by itself, or not from here; empty where it goes with the others.
    `place`: its pages in the bound volume, as far as they were counted by now.
    """

    title: str
    prints: tuple[Printable, ...]
    apart: str = ""
    place: str = ""


@dataclass(frozen=True)
class Volume:
    """A volume: cover and catalogue where it was filed, and what lies in it in the order of both.

    `remark`: what there is to know before it is printed; empty where nothing is amiss. `pages`: of
    all that it holds, 0 while those of any are not known.
    """

    key: str
    label: str
    pieces: tuple[Piece, ...]
    remark: str = ""
    pages: int = 0

    def together(self, *, as_pdf: bool) -> tuple[Printable, ...]:
        """What goes into one file, as far as it fits the form: a Word file holds no PDF."""
        found = (each for piece in self.pieces if not piece.apart for each in piece.prints)
        return tuple(one for one in found if as_pdf or isinstance(one, IssuedDocument))

    def portions(self, *, as_pdf: bool) -> int:
        """Into how many files it is divided."""
        return -(-len(self.together(as_pdf=as_pdf)) // MOST_PRINTED)

    @property
    def apart(self) -> tuple[Piece, ...]:
        """What is not in the file, with its reason."""
        return tuple(one for one in self.pieces if one.apart)


def volumes_for(session: Session, viewer: Viewer, clue: Clue) -> tuple[Volume, ...]:
    """The volumes of a clue: 正卷, 副卷 and its own file where there is a case, else the last only.

    NotForYou for who may not take the whole file.
    """
    if not may_take_case_file(session, viewer, clue):
        raise NotForYou("案卷只供办理部门和监督部门打印")
    situation = load_situation(session, viewer.office, clue, viewer.actor, viewer.now)
    issued = issued_papers(session, viewer.office.rules, clue.id or 0)
    evidence = list_attachments(session, clue.id or 0)
    case = situation.latest(_CASE)
    wanted: dict[str, ProcessView] = {key: case for key in (MAIN, INNER) if case}
    wanted[OF_THE_CLUE] = situation.process
    documents = _documents(session, issued)
    return tuple(
        _volume(viewer, label, replace(situation, process=process), issued, (evidence, documents))
        for label, process in wanted.items()
    )


def print_volume(
    session: Session, viewer: Viewer, volume: Volume, portion: int, *, as_pdf: bool
) -> Printed:
    """A portion of the volume, from 1 on; NotPrinted with every reason where there is none."""
    together = volume.together(as_pdf=as_pdf)
    wanted = together[(portion - 1) * MOST_PRINTED : portion * MOST_PRINTED] if portion > 0 else ()
    if not wanted:
        raise NotPrinted(f"{volume.label}没有第{portion}部分可以打印")
    papers = [one for one in wanted if isinstance(one, IssuedDocument)]
    return as_one_file(viewer, wanted, seals_of(session, papers), as_pdf=as_pdf)


_Kept = tuple[Sequence[Evidence], Mapping[int, IssuedDocument]]
"""The uploaded evidence of a clue, and its documents by their numbers."""


def _volume(
    viewer: Viewer,
    label: str,
    situation: Situation,
    issued: tuple[Issued, ...],
    kept: _Kept,
) -> Volume:
    evidence, documents = kept
    cover, catalogue = COVERS[INNER if label == INNER else MAIN]
    files = tuple(catalogue_row(viewer.office, one) for one in evidence)
    rules = viewer.office.rules
    paper = Paper(cover, None, "", situation, rules, {}, {}, issued, files)
    rows = rows_of_volume(paper)
    own = (situation.process.kind, situation.process.id)
    front = [_newest(issued, kind, own) for kind in (cover, catalogue)]
    filed = [documents[one] for one in front if one in documents]
    uploaded = {one.attachment.id or 0: one.attachment for one in evidence}
    pieces = [
        *(Piece(paper_title(one), (one,)) for one in filed),
        *(
            replace(_piece(viewer, row, documents, uploaded), place=str(told["页号"] or ""))
            for row, told in zip(rows, paged(rows), strict=True)
        ),
    ]
    remark = _remark(filed, len(rows)) if rows else "没有归入本卷的材料"
    return Volume(VOLUMES[label], label, tuple(pieces), remark, pages_of_volume(rows) or 0)


def _remark(filed: Sequence[IssuedDocument], count: int) -> str:
    if not filed:
        return NOT_FILED
    listed = filed[-1].facts.get("卷内文件")
    if isinstance(listed, list) and len(listed) != count:
        return f"归档时的目录列{len(listed)}件，现有{count}件；重新归档后目录随之更新"
    return ""


def _newest(issued: Iterable[Issued], kind: str, process: tuple[str, int]) -> int:
    """The cover or catalogue of the volume in force: the last one that was filed."""
    found = [one.id or 0 for one in issued if (one.kind, one.process) == (kind, process)]
    return found[-1] if found else 0


def _piece(
    viewer: Viewer,
    row: Facts,
    documents: Mapping[int, IssuedDocument],
    uploaded: Mapping[int, Attachment],
) -> Piece:
    told = " ".join(str(row[name]) for name in ("题名", "文号") if row.get(name))
    number = row.get(PAPER)
    if isinstance(number, int):
        document = documents[number]
        secret = bool(viewer.office.rules.documents[document.kind].reporter_fact)
        return Piece(paper_title(document), (document,), KEPT_APART if secret else "")
    files = [uploaded[one] for one in files_of(row) if one in uploaded]
    if not files:
        return Piece(told, (), "收文，没有上传扫描件；原件直接入卷")
    pdfs = tuple(one for one in files if one.suffix == ".pdf")
    if len(pdfs) < len(files):
        return Piece(told, (), "不是 PDF 文件，请从证据材料页打印")
    return Piece(told, pdfs)


def _documents(session: Session, issued: Iterable[Issued]) -> dict[int, IssuedDocument]:
    query = select(IssuedDocument).where(col(IssuedDocument.id).in_([one.id for one in issued]))
    return {one.id or 0: one for one in session.exec(query)}
