"""The register of issued documents as one person may read it, the newest on top, page by page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, func, or_, tuple_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import Select

from documents.output.kept_facts import addressees_in, party_in
from documents.output.table_files import Sheet
from domain.situation.situation import SYSTEM, Actor
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.record import Event, IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.door.locked_dossier import Root
from flows.door.page_paths import page_path, path_of
from flows.door.visible_undertakings import visible_undertakings
from flows.lists.registers import Narrow, documents_register
from flows.papers.alterations import altered_in_words
from flows.papers.wanted_documents import (
    OLDEST,
    WHOLE_NUMBER,
    WantedDocuments,
    from_place,
    narrowed,
    number_pattern,
    numbered_among_the_newest,
)
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, few_to_see, once_a_chair
from flows.people.visible_papers import readable_papers
from flows.rows.known_ids import among, among_told, as_text
from flows.rows.statements import Order, Statement, ask, told
from flows.site.office import Office
from flows.site.word_search import plain_number

PAGE = 30
LOOKED, FEW = 1000, 5000
"""So many papers are looked at one by one; who sees no more than so many clues, reads theirs."""
MOST_ROWS = 20_000
"""As many documents as a table to take away holds."""
Found = Select[IssuedDocument, Clue, Undertaking]
"""Documents with their clue, or with their undertaking."""
_DOCUMENT = SQLModel.metadata.tables["document"]
LISTED = Statement(
    select_columns(
        *_DOCUMENT.c,
        func.coalesce(col(Clue.no), col(Undertaking.no)).label("root_no"),
        func.coalesce(col(Clue.title), col(Undertaking.title)).label("root_title"),
        func.coalesce(col(Undertaking.kind), "clue").label("root_kind"),
        col(User.name).label("signer_name"),
    )
    .join(Clue, col(Clue.id) == _DOCUMENT.c.clue_id, isouter=True)
    .join(Undertaking, col(Undertaking.id) == _DOCUMENT.c.clue_id, isouter=True)
    .join(User, col(User.id) == _DOCUMENT.c.issued_by, isouter=True)
    .where(among_told(_DOCUMENT.c.id, "ids")),
    steady=True,
)
"""Documents with what they belong to, and who signed them."""


class TooMany(ValueError):
    """More documents than one table holds; says how to narrow the register."""


@dataclass(frozen=True)
class DocumentLine:
    """A document, as its table's columns say it, with its clue and what became of it."""

    document: Any
    clue_no: str
    clue_title: str
    path: str
    organ: str
    signer: str
    state: str
    replacement: int | None
    altered: str = ""
    party: str = ""
    addressees: str = ""


@dataclass(frozen=True)
class DocumentPage:
    """A page of the register, and where the next one begins."""

    lines: tuple[DocumentLine, ...]
    older: str = ""


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on document and clue under which the person may read the document."""
    return readable_papers(viewer.office, viewer.actor)


def find_readable(
    session: Session, viewer: Viewer, document_id: int
) -> tuple[IssuedDocument, Root]:
    """A document that the person may read, with its clue or undertaking; NotForYou otherwise."""
    query = (
        select(IssuedDocument, Clue)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(col(IssuedDocument.id) == document_id, readable(viewer))
    )
    of_undertaking = (
        select(IssuedDocument, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(IssuedDocument.clue_id))
        .where(
            col(IssuedDocument.id) == document_id,
            visible_undertakings(viewer.office, viewer.actor),
        )
    )
    found = session.exec(query).one_or_none() or session.exec(of_undertaking).one_or_none()
    if found is None:
        raise NotForYou("没有这份文书，或者您无权查看")
    return found


def list_documents(session: Session, viewer: Viewer, wanted: WantedDocuments) -> DocumentPage:
    """A page of what the person may read, the newest on top unless the oldest are wanted."""
    return _page_of(session, viewer, _places(session, viewer, wanted, PAGE + 1))


def list_numbered(
    session: Session, viewer: Viewer, number: str, newest: int, most: int
) -> tuple[DocumentLine, ...]:
    """The last papers of a number, or of a part of it, among so many that were issued."""
    values = {"newest": newest, "number": number_pattern(number), "most": most}
    [rows] = ask(session.connection(), (_numbered(viewer.office, viewer.actor), values))
    return _page_of(session, viewer, [one.id for one in rows]).lines


def list_counted(
    session: Session, viewer: Viewer, wanted: WantedDocuments, most: int
) -> tuple[DocumentPage, int]:
    """`list_documents`, and how many fit on all pages together, counted no further than `most`.

    The first page is read along.
    """
    if wanted.after:
        total = len(_places(session, viewer, replace(wanted, after=""), most))
        return list_documents(session, viewer, wanted), total
    ids = _places(session, viewer, wanted, most)
    return _page_of(session, viewer, ids), len(ids)


def _places(
    session: Session, viewer: Viewer, wanted: WantedDocuments, most: int
) -> Sequence[int | None]:
    """The ids of the first that fit, from where the page begins."""
    known = None
    if wanted == WantedDocuments(sort=wanted.sort, after=wanted.after):
        first = _first_places(session, viewer, wanted, most)
        known = None if len(first) == most else _few_roots(session, viewer)
        if len(first) == most or known == ():
            return first
    query = wanted_query(viewer, wanted)
    if known is not None:
        return session.execute(_gathered(query, known, wanted).limit(most)).scalars().all()
    return session.execute(_in_order(query, wanted).limit(most)).scalars().all()


def _gathered(query: Found, roots: Sequence[int], wanted: WantedDocuments) -> Any:
    """Those of some clues and undertakings, all before any is put in its order.

    PostgreSQL would go along the order for them, as if they lay everywhere in it.
    """
    place = col(IssuedDocument.issued_at), col(IssuedDocument.id)
    own = query.where(among(col(IssuedDocument.clue_id), roots)).with_only_columns(*place)
    issued_at, key = own.offset(0).subquery().c
    oldest = wanted.sort == OLDEST
    order = (issued_at, key) if oldest else (issued_at.desc(), key.desc())
    return select_columns(key).order_by(*order)


def _in_order(query: Any, wanted: WantedDocuments) -> Any:
    """The ids of a query's papers in the order of the list."""
    place = col(IssuedDocument.issued_at), col(IssuedDocument.id)
    ordered = query.order_by(*(one if wanted.sort == OLDEST else one.desc() for one in place))
    return ordered.with_only_columns(col(IssuedDocument.id))


def _first_places(
    session: Session, viewer: Viewer, wanted: WantedDocuments, most: int
) -> Sequence[int | None]:
    """Those among so many papers that come first: who reads many finds enough there."""
    if wanted == WantedDocuments():
        order: Order = _newest(viewer.office, viewer.actor)(most, LOOKED), {}
        return [one.id for one in ask(session.connection(), order)[0]]
    found = _among_first(viewer.office, viewer.actor, wanted, LOOKED).limit(most)
    return session.execute(found).scalars().all()


@once_a_chair
def _newest(office: Office, actor: Actor) -> Callable[[int, int], Statement]:
    """The register as it opens, by how many of it are read, among how many."""
    query = partial(_among_first, office, actor, WantedDocuments())
    return cache(lambda most, looked: Statement(query(looked).limit(most), spelled=True))


def _among_first(office: Office, actor: Actor, wanted: WantedDocuments, looked: int) -> Any:
    """No rows where there are no more than so many papers."""
    other, oldest = aliased(IssuedDocument), wanted.sort == OLDEST
    place = col(other.issued_at), col(other.id)
    first = select_columns(*place).where(*from_place(wanted, other))
    first = first.order_by(*(one if oldest else one.desc() for one in place))
    # By moment and id: all papers of an import bear one moment.
    last = first.offset(looked).limit(1).scalar_subquery()
    own = tuple_(col(IssuedDocument.issued_at), col(IssuedDocument.id))
    found = _with_roots().where(
        _is_read(office, actor),
        *from_place(wanted, IssuedDocument),
        own <= last if oldest else own >= last,
    )
    return _in_order(found, wanted)


def _few_roots(session: Session, viewer: Viewer) -> tuple[int, ...] | None:
    """The clues and undertakings that somebody sees, where these are few; None where many.

    Who sees few would go through everybody's papers to their end.
    """
    clues = few_to_see(session, viewer.office, viewer.actor, FEW)
    if clues is None:
        return None
    seen = visible_undertakings(viewer.office, viewer.actor)
    query = select(col(Undertaking.id)).where(seen).limit(FEW + 1)
    others = session.exec(query).all()
    return (*clues, *(one or 0 for one in others)) if len(others) <= FEW else None


@once_a_chair
def _numbered(office: Office, actor: Actor) -> Statement:
    """What is readable of the newest, by a part of the number."""
    found = numbered_among_the_newest(told("newest", Integer()), told("number", String()))
    query = newest_first(_with_roots().where(_is_read(office, actor), found))
    ids = query.with_only_columns(col(IssuedDocument.id)).limit(bindparam("most"))
    return Statement(ids, steady=True)


def _page_of(session: Session, viewer: Viewer, ids: Sequence[int | None]) -> DocumentPage:
    shown = [one or 0 for one in ids[:PAGE]]
    if not shown:
        return DocumentPage(())
    [rows] = ask(session.connection(), (LISTED, {"ids": as_text(shown)}))
    found = {one.id: one for one in rows}
    listed = [
        (one, (one.root_no, one.root_title, page_path(one.root_kind, one.root_no)), one.signer_name)
        for one in (found[each] for each in shown)
    ]
    older = _cursor(listed[-1][0]) if len(ids) > PAGE else ""
    return DocumentPage(tuple(_lines(session, viewer, listed)), older)


def how_many(session: Session, viewer: Viewer, wanted: WantedDocuments, most: int) -> int:
    """How many documents fit on all pages together, counted no further than `most`."""
    query = newest_first(wanted_query(viewer, replace(wanted, after="")))
    some = query.with_only_columns(col(IssuedDocument.id)).limit(most).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def path_of_paper(session: Session, viewer: Viewer, number: str) -> str:
    """The page of the one paper that bears exactly this number; empty where there is none."""
    plain = plain_number(number)
    if not WHOLE_NUMBER.fullmatch(plain):
        return ""
    query = wanted_query(viewer, WantedDocuments(number=plain))
    found = found_by(session, query.limit(2))
    return f"/documents/{found[0][0].id}/view" if len(found) == 1 else ""


def wanted_query(viewer: Viewer, wanted: WantedDocuments) -> Found:
    """The documents that fit, with their clue or undertaking, from where the page begins."""
    return _with_roots().where(*_fitting(viewer, wanted))


def _with_roots() -> Found:
    return (
        select(IssuedDocument, Clue, Undertaking)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id), isouter=True)
        .join(Undertaking, col(Undertaking.id) == col(IssuedDocument.clue_id), isouter=True)
    )


def _fitting(viewer: Viewer, wanted: WantedDocuments) -> list[ColumnElement[bool]]:
    """The conditions on document, clue and undertaking under which a document fits and is read."""
    return [_is_read(viewer.office, viewer.actor), *narrowed(viewer.office.rules, wanted)]


@once_a_chair
def _is_read(office: Office, actor: Actor) -> ColumnElement[bool]:
    of_undertaking = and_(col(Undertaking.id).is_not(None), visible_undertakings(office, actor))
    return or_(and_(col(Clue.id).is_not(None), readable_papers(office, actor)), of_undertaking)


def found_by(session: Session, query: Found) -> list[tuple[IssuedDocument, Root]]:
    """What a query finds: each document with the clue or undertaking it belongs to."""
    return [(one, clue or other) for one, clue, other in session.exec(query)]


def newest_first(query: Found) -> Found:
    """The query with what was issued last on top."""
    return query.order_by(col(IssuedDocument.issued_at).desc(), col(IssuedDocument.id).desc())


def lines_of_rows(
    session: Session, viewer: Viewer, rows: Iterable[tuple[IssuedDocument, Root]]
) -> list[DocumentLine]:
    """Documents as lines; who signed them and what replaced them is read at once."""
    found = list(rows)
    names = _pairs(session, {one.issued_by for one, _ in found})
    listed = [
        (one, (root.no, root.title, path_of(root)), names.get(one.issued_by)) for one, root in found
    ]
    return _lines(session, viewer, listed)


def _lines(
    session: Session,
    viewer: Viewer,
    found: Sequence[tuple[Any, tuple[str, str, str], str | None]],
) -> list[DocumentLine]:
    """Lines of documents, each with number, title and page of its root, and who signed it."""
    replaced = _replacements(session, [one.id for one, *_ in found if one.voided_at])
    altered = altered_in_words(session, viewer.office.rules, (one for one, *_ in found))
    return [
        DocumentLine(
            document=one,
            clue_no=no,
            clue_title=title,
            path=path,
            organ=viewer.office.rules.departments[one.organ].name,
            signer="系统" if one.issued_by == SYSTEM else signer or one.issued_by,
            state=_state(one, replaced),
            replacement=replaced.get(one.id or 0),
            altered=altered.get(one.id or 0, ""),
            party=party_in(one.facts),
            addressees=addressees_in(one.facts, _to(viewer, one)),
        )
        for one, (no, title, path), signer in found
    ]


def _to(viewer: Viewer, document: Any) -> str:
    kind = viewer.office.rules.documents.get(document.kind)
    return kind.to if kind else ""


def issued_for(session: Session, document: IssuedDocument) -> str:
    """The absent colleague for whom a document was issued; empty where its issuer was himself."""
    query = select(Event).where(
        col(Event.clue_id) == document.clue_id,
        col(Event.process_kind) == document.process_kind,
        col(Event.process_id) == document.process_id,
        col(Event.actor_id) == document.issued_by,
        col(Event.at) == document.issued_at,
    )
    absent = {str(one.detail["for"]) for one in session.exec(query) if "for" in one.detail}
    names = select(User.name).where(col(User.id).in_(absent))
    return "、".join(session.exec(names)) if absent else ""


def register_sheet(session: Session, viewer: Viewer, wanted: WantedDocuments) -> Sheet:
    """The same register as a table to take away, in the order of issue; TooMany beyond a limit."""
    conditions = _fitting(viewer, replace(wanted, after=""))
    if how_many(session, viewer, wanted, MOST_ROWS + 1) > MOST_ROWS:
        raise TooMany(f"符合条件的文书超过{MOST_ROWS}份，请按文书种类或者制发时间缩小范围后再下载")
    return documents_register(session, viewer.office, Narrow(viewer.now, seen=and_(*conditions)))


def _pairs(session: Session, people: set[str]) -> dict[str, str]:
    rows = session.exec(select(User.id, User.name).where(col(User.id).in_(sorted(people))))
    return dict(rows.all())


def _replacements(session: Session, ids: list[int | None]) -> dict[int, int]:
    if not ids:
        return {}
    query = select(IssuedDocument.replaces_id, IssuedDocument.id).where(
        col(IssuedDocument.replaces_id).in_(ids)
    )
    return {old: new for old, new in session.exec(query) if old and new}


def _state(document: Any, replaced: Mapping[int, int]) -> str:
    if document.voided_at is None:
        return "issued"
    return "reissued" if document.id in replaced else "void"


def _cursor(document: Any) -> str:
    moment = document.issued_at.astimezone(UTC)
    return f"{moment.isoformat(timespec='microseconds')}_{document.id}"
