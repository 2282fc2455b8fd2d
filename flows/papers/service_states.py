"""What the record says of the service of papers, and which papers it may still be open of.

Of millions of papers few wait for anything, and no row of a paper tells which: they are looked for
every hour and noted. Nothing hangs on the hour. What was issued since is always looked at, and each
paper of the list is judged as it is when the list is read; one whose service is on record and whose
receipt was scanned is open again only where that receipt is voided, and those of an archived clue
only where it is taken up again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    case,
    cast,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.penalties.paper_service import CASE, OTHER_ACT, OTHER_FIELD, OWN_ACTS
from domain.penalties.service import ANNOUNCED, OTHER
from domain.tables.attachment import Attachment, OpenService
from domain.tables.columns import kept_beginnings, kept_members
from domain.tables.process import Clue
from domain.tables.record import Event, IssuedDocument
from domain.tables.site import SiteCheck
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.store import transaction

RECEIPT, RECEIPT_TITLE = "service_receipt", "送达回证"
LOOKED, SEEN, REOPENED = "services", "services_seen", "services_reopened"
"""How far was looked, the newest paper at the look before, and until which event of the record
clues that were taken up again have been looked at; by the names of their `SiteCheck`.
"""
_POSITIONS = Statement(
    select(col(SiteCheck.name), col(SiteCheck.position)).where(
        col(SiteCheck.name).in_((LOOKED, REOPENED))
    )
)
ARCHIVED = "archived"
SETTLED = timedelta(minutes=45)
"""After so long no transaction is under way that had taken the number of an earlier paper."""
SPAN, PORTION = 100_000, 2000


def what_is_awaited(office: Office) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That a paper waits for the act of its service; that it waits for its receipt, scanned."""
    recorded, announced = _services(office)
    # Before there was an act for papers beside a case, their scanned receipt was all there was.
    beside = and_(col(IssuedDocument.process_kind) != CASE, _is_scanned())
    awaits_act = ~or_(recorded, _has_full_receipt(), beside)
    return awaits_act, and_(~_is_scanned(), ~announced)


# --- which papers may be open --------------------------------------------------------------------


def may_be_open(
    office: Office, looked: ColumnElement[int], since: ColumnElement[int]
) -> CompoundSelect[tuple[int | None]]:
    """The papers that were noted, or were issued or are no longer served since, some of them twice.

    `looked`, `since`: `positions` by these names.
    """
    newer, receipt, own = (aliased(IssuedDocument) for _ in range(3))
    return union_all(
        select(col(OpenService.document_id)),
        select(col(newer.id)).where(col(newer.id) > looked, col(newer.kind).in_(_kinds(office))),
        select(col(receipt.serves_id)).where(
            col(receipt.serves_id).is_not(None), col(receipt.voided_at).is_not(None)
        ),
        select(col(own.id)).where(col(own.clue_id).in_(_taken_up(office, since))),
    )


def positions(session: Session) -> Mapping[str, int]:
    """How far was looked, and until which event clues were that were taken up again."""
    [rows] = ask(session.connection(), (_POSITIONS, {}))
    found = {one.name: one.position for one in rows}
    return {"looked": found.get(LOOKED, 0), "since": found.get(REOPENED, 0)}


def note_open_services(office: Office, now: datetime, goes_on: Callable[[], bool]) -> str:
    """Notes the papers whose service is open, and forgets the others, for as long as `goes_on`.

    Looked at is what was there at a look some time ago: by now it is committed. In words; empty
    where nothing became known.
    """
    is_open = _is_open(office)
    noted = forgotten = 0
    with transaction(office.engine) as session:
        head = session.execute(select(func.max(col(Event.seq)))).scalar() or 0
        looked, seen = _position(session, LOOKED), session.get(SiteCheck, SEEN)
        is_settled = seen is not None and _is_settled(seen, now)
        until = seen.position if seen is not None and is_settled else 0
        begins = seen is None
    place = 0
    while goes_on() and place < until:
        with transaction(office.engine) as session:
            gone, place = _forget(session, is_open, (place, until))
        forgotten += gone
    with transaction(office.engine) as session:
        since = _position(session, REOPENED)
        again = col(IssuedDocument.clue_id).in_(_taken_up(office, since))
        key = col(IssuedDocument.id)
        query = select(key).where(again, is_open, key.not_in(select(col(OpenService.document_id))))
        noted += _keep(session, session.execute(query.where(key <= looked)).scalars())
        _remember(session, REOPENED, head, now)
    while goes_on() and looked < until:
        with transaction(office.engine) as session:
            found, looked = _note(session, is_open, (looked, min(looked + SPAN, until)))
        noted += found
    if begins or (is_settled and looked >= until):
        with transaction(office.engine) as session:
            _remember(session, SEEN, _newest(session), now)
    return f"送达待办新增{noted}份、了结{forgotten}份" if noted or forgotten else ""


def _is_open(office: Office) -> ColumnElement[bool]:
    """Whether a paper of a clue that is not archived waits for anything."""
    state = select(col(Clue.state)).where(col(Clue.id) == col(IssuedDocument.clue_id))
    waits = and_(is_to_be_served(office), or_(*what_is_awaited(office)))
    # One after the other: the record is read of few.
    return and_(
        col(IssuedDocument.voided_at).is_(None),
        col(IssuedDocument.kind).in_(_kinds(office)),
        case((state.scalar_subquery() != ARCHIVED, waits), else_=false()),
    )


def _taken_up(office: Office, since: int | ColumnElement[int]) -> Select[tuple[int | None]]:
    """The clues that were taken up again out of the archive since an event of the record."""
    actions = office.rules.lifecycles["clue"].actions
    names = [
        name
        for name, one in actions.items()
        if ARCHIVED in one.from_ and one.to not in ("same", ARCHIVED)
    ]
    return select(col(Event.clue_id)).where(
        col(Event.process_kind) == "clue", col(Event.action).in_(names), col(Event.seq) > since
    )


def _is_settled(seen: SiteCheck, now: datetime) -> bool:
    return seen.ended_at is not None and now - seen.ended_at >= SETTLED


def _note(session: Session, is_open: ColumnElement[bool], span: tuple[int, int]) -> tuple[int, int]:
    """Those of a span that are open, noted; how many, and how far that was."""
    first, last = span
    key = col(IssuedDocument.id)
    found = session.execute(select(key).where(key > first, key <= last, is_open)).scalars()
    _remember(session, LOOKED, last, None)
    return _keep(session, found), last


def _keep(session: Session, found: Iterable[int | None]) -> int:
    rows = [{"document_id": one} for one in found]
    if rows:
        session.connection().execute(insert(OpenService), rows)
    return len(rows)


def _forget(
    session: Session, is_open: ColumnElement[bool], span: tuple[int, int]
) -> tuple[int, int]:
    """Those of the noted that are open no more, a portion after a place; how many, and its end."""
    place, until = span
    key = col(OpenService.document_id)
    query = select(key).where(key > place).order_by(key).limit(PORTION)
    noted = session.execute(query).scalars().all()
    still = select(col(IssuedDocument.id)).where(col(IssuedDocument.id).in_(noted), is_open)
    gone = set(noted).difference(session.execute(still).scalars())
    if gone:
        session.connection().execute(delete(OpenService).where(key.in_(gone)))
    return len(gone), noted[-1] if noted else until


def _position(session: Session, name: str) -> int:
    row = session.get(SiteCheck, name)
    return row.position if row is not None else 0


def _newest(session: Session) -> int:
    return session.execute(select(func.max(col(IssuedDocument.id)))).scalar() or 0


def _remember(session: Session, name: str, position: int, at: datetime | None) -> None:
    row = session.get(SiteCheck, name) or SiteCheck(name=name)
    row.position, row.ended_at = position, at
    session.add(row)


def _kinds(office: Office) -> list[str]:
    """Numbered papers to the party."""
    return [
        key
        for key, one in office.rules.documents.items()
        if one.to == "当事人" and one.series and key != "service_announcement"
    ]


# --- what the record says ------------------------------------------------------------------------


def is_to_be_served(office: Office) -> ColumnElement[bool]:
    """A numbered paper to the party, of an act that issued a receipt of service beside it."""
    receipt = aliased(IssuedDocument)
    beside = exists().where(
        col(receipt.clue_id) == col(IssuedDocument.clue_id),
        col(receipt.process_kind) == col(IssuedDocument.process_kind),
        col(receipt.process_id) == col(IssuedDocument.process_id),
        col(receipt.action) == col(IssuedDocument.action),
        col(receipt.kind) == RECEIPT,
    )
    return and_(col(IssuedDocument.kind).in_(_kinds(office)), beside)


def _has_full_receipt() -> ColumnElement[bool]:
    """An act of service has issued the receipt that tells of this paper."""
    receipt = aliased(IssuedDocument)
    return exists().where(
        col(receipt.serves_id) == col(IssuedDocument.id), col(receipt.voided_at).is_(None)
    )


def _is_scanned() -> ColumnElement[bool]:
    """A file was uploaded as its receipt, or bears its word and the number or name of the paper."""
    title = col(Attachment.title)
    named = and_(
        col(Attachment.added_at) >= col(IssuedDocument.issued_at),
        title.contains(RECEIPT_TITLE),
        or_(title.contains(col(IssuedDocument.number)), title.contains(col(IssuedDocument.title))),
    )
    return exists().where(
        col(Attachment.clue_id) == col(IssuedDocument.clue_id),
        or_(col(Attachment.document_id) == col(IssuedDocument.id), named),
    )


def others_served(office: Office) -> tuple[str, ...]:
    """The kinds whose service the case records with the act for other papers."""
    options = office.rules.lifecycles[CASE].actions[OTHER_ACT].form[OTHER_FIELD].options
    return tuple(one for one in options if one in office.rules.documents)


def _services(
    office: Office,
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That the case has a service on record; that it was an announcement.

    What an act says of each kind is asked in one question: to plan one a kind takes the longest.
    """
    recorded: list[ColumnElement[bool]] = []
    announced: list[ColumnElement[bool]] = []
    marks = {kind: (served, ()) for kind, (served, _) in OWN_ACTS.items()}
    told = {one: (OTHER, (kept_members(OTHER_FIELD, one),)) for one in others_served(office)}
    for kind, (served, more) in {**told, **marks}.items():
        is_kind = col(IssuedDocument.kind) == kind
        day = kept_beginnings(served.day)
        recorded.append(and_(is_kind, *_says(day, *more)))
        announced.append(and_(is_kind, *_says(day, kept_members(served.way, ANNOUNCED), *more)))
    return _on_record(or_(false(), *recorded)), _on_record(or_(false(), *announced))


def _on_record(said: ColumnElement[bool]) -> ColumnElement[bool]:
    """An act on the paper's process, of its issue or since, says so in its form."""
    return exists().where(
        col(Event.clue_id) == col(IssuedDocument.clue_id),
        col(Event.process_kind) == col(IssuedDocument.process_kind),
        col(Event.process_id) == col(IssuedDocument.process_id),
        col(Event.at) >= col(IssuedDocument.issued_at),
        said,
    )


def _says(*words: list[str]) -> Iterator[ColumnElement[bool]]:
    """The conditions on an act that it says all this, each in one of the ways it may be written."""
    detail = cast(col(Event.detail), String)
    for ways in words:
        yield or_(*(detail.contains(one, autoescape=True) for one in ways))
