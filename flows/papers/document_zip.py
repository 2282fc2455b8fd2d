"""Several documents as one ZIP: in the order of the register, and what is left out said inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col

from documents.output.bundle import Bundled, BundleFile, file_name
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from domain.situation.situation import CHINA
from domain.tables.record import IssuedDocument
from flows.afterwards.case_file import CATALOGUE, SEALED, paper_title, text_file
from flows.afterwards.sealed_files import SealedFile, seals_of
from flows.door.locked_dossier import Root, called
from flows.door.reporter_reveal import paper_bytes
from flows.papers.document_list import found_by, newest_first, wanted_query
from flows.papers.wanted_documents import WantedDocuments
from flows.people.viewer import Viewer

MOST = 200
"""As many documents as one ZIP holds."""
LARGEST = 64 << 20
"""As many bytes as one ZIP holds."""
Row = tuple[IssuedDocument, Root]


@dataclass(frozen=True)
class Packed:
    """The files of a ZIP, and what was asked for and is not in it, with the reason."""

    files: tuple[Bundled, ...]
    left_out: tuple[str, ...]


def pack_chosen(session: Session, viewer: Viewer, ids: Sequence[int]) -> Packed:
    """The documents of those ids that the person may read, the newest first."""
    wanted = list(dict.fromkeys(ids))
    query = wanted_query(viewer, WantedDocuments()).where(
        col(IssuedDocument.id).in_(wanted[: 2 * MOST])
    )
    rows = found_by(session, newest_first(query))
    unknown = len(wanted[: 2 * MOST]) - len(rows)
    said = [f"{unknown}份没有找到，或者您无权查看"] if unknown else []
    if more := len(wanted[2 * MOST :]):
        said.append(f"另有{more}份超过一次可以处理的数量")
    return _packed(session, viewer, rows, said)


def pack_fitting(session: Session, viewer: Viewer, wanted: WantedDocuments) -> Packed:
    """The newest documents that fit, as many as one ZIP holds."""
    rows = found_by(session, newest_first(wanted_query(viewer, wanted)).limit(MOST + 1))
    said = [f"符合条件的文书超过{MOST}份，只打包最近制发的{MOST}份"] if len(rows) > MOST else []
    return _packed(session, viewer, rows[:MOST], said)


def _packed(session: Session, viewer: Viewer, rows: Sequence[Row], said: list[str]) -> Packed:
    files: list[BundleFile] = []
    lines: list[str] = []
    size = count = 0
    seals = seals_of(session, [one for one, _ in rows])
    for document, root in rows:
        reason, content = _content(viewer, document)
        sealed = seals.get(document.id or 0)
        lost, seal = _bytes_of_seal(viewer, sealed)
        if not reason and count == MOST:
            reason = f"一次最多打包{MOST}份"
        if not reason and size + len(content) + len(seal) > LARGEST:
            reason = f"压缩包最大{LARGEST >> 20}兆字节"
        name = f"{called(viewer.office.rules, root)}　{paper_title(document)}"
        if reason:
            said.append(f"{name}：{reason}")
            continue
        if lost:
            said.append(f"{name}的盖章文件：{lost}")
        size += len(content) + len(seal)
        count += 1
        title = f"{root.no} {paper_title(document)}"
        files.append(BundleFile(file_name(count, title), content))
        if sealed and not lost:
            files.append(BundleFile(file_name(count, f"{title} 已盖章", f".{sealed.form}"), seal))
        lines.append(_line(viewer, count, document, root) + (f"　{SEALED}" if seal else ""))
    catalogue = text_file(CATALOGUE, _catalogue(lines, said))
    return Packed((catalogue, *files), tuple(said))


def _content(viewer: Viewer, document: IssuedDocument) -> tuple[str, bytes]:
    try:
        return "", paper_bytes(viewer.office, document, viewer.actor, viewer.now)
    except (NotOnShelf, DamagedOnShelf) as problem:
        return str(problem), b""


def _bytes_of_seal(viewer: Viewer, sealed: SealedFile | None) -> tuple[str, bytes]:
    """The sealed file; or why there are no bytes of it."""
    if sealed is None:
        return "", b""
    try:
        return "", viewer.office.shelf.get(sealed.sha256)
    except (NotOnShelf, DamagedOnShelf) as problem:
        return str(problem), b""


def _line(viewer: Viewer, place: int, document: IssuedDocument, root: Root) -> str:
    organ = viewer.office.rules.departments[document.organ].name
    day = f"{document.issued_at.astimezone(CHINA):%Y年%-m月%-d日}"
    what = called(viewer.office.rules, root)
    return f"{place:02d}　{what}　{paper_title(document)}　{organ}　{day}"


def _catalogue(lines: Iterable[str], said: Sequence[str]) -> list[str]:
    left_out = [f"　　{one}" for one in said] or ["　　无"]
    return ["文书目录", *lines, "", "没有放入本压缩包的：", *left_out]
