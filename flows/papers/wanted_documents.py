"""What the register of documents is narrowed to, as conditions on document and clue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, literal, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from documents.facts.volumes import COVERS, INNER, MAIN, OF_THE_CASE, RECEIPT
from documents.output.kept_facts import PARTY
from domain.lifecycle.visibility import KEPT_KINDS, OPEN_KINDS
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import CHINA
from domain.tables.columns import UTCDateTime, kept_beginnings
from domain.tables.dossier import Dossier
from domain.tables.process import Clue, Process
from domain.tables.record import IssuedDocument
from flows.papers.page_counting import is_not_counted
from flows.site.word_search import holds, pattern_of, plain_number, whole_pattern_of

OLDEST, UNCOUNTED = "oldest", "uncounted"
STATES: Mapping[str, str] = {
    "issued": "有效",
    "void": "已作废",
    "reissued": "已作废并重新制发",
    UNCOUNTED: "没有计得页数",
}
OF_THE_CLUE = "线索卷"
VOLUMES: Mapping[str, str] = {MAIN: "main", INNER: "inner", OF_THE_CLUE: "clue"}
"""The volumes of a file by their labels, each with its name in an address."""
_CURSOR = re.compile(r"(\d{4}-[-0-9T:.]{14,21}\+00:00)_(\d{1,15})")
WHOLE_NUMBER = re.compile(r"\D+〔\d{4}〕\d+号")
"""A paper's number with the organ's mark, the year and its place in it."""


@dataclass(frozen=True)
class WantedDocuments:
    """What the register is narrowed to; empty fields narrow nothing. Days count whole.

    `volume`: one of `VOLUMES` by its name in an address: what lies in it and is not void.
    `sort`: `oldest` for what was issued first on top; empty for the newest.
    """

    kind: str = ""
    number: str = ""
    organ: str = ""
    clue: str = ""
    party: str = ""
    state: str = ""
    volume: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = ""
    after: str = ""


def narrowed(rules: Rulebook, wanted: WantedDocuments) -> list[ColumnElement[bool]]:
    """What the register is narrowed to, as conditions on document and clue."""
    found: list[ColumnElement[bool]] = []
    for column, value in (
        (col(IssuedDocument.kind), wanted.kind),
        (col(IssuedDocument.organ), wanted.organ),
    ):
        if value:
            found.append(column == value)
    if wanted.number:
        found.append(_has_number(wanted.number))
    if wanted.clue:
        text = wanted.clue.strip()
        other = aliased(Clue)
        by_number = select(col(Dossier.id)).where(col(Dossier.no) == text.upper())
        outside = select(col(other.id)).where(col(other.outside_no) == text)
        key = col(IssuedDocument.clue_id)
        found.append(or_(key.in_(by_number), key.in_(outside)))
    if wanted.party:
        found.append(_of_party(wanted.party.strip()))
    found += [*_in_days(wanted), *_in_state(wanted.state), *_in_volume(rules, wanted.volume)]
    return [*found, *from_place(wanted, IssuedDocument)]


def _has_number(text: str) -> ColumnElement[bool]:
    number, borne = plain_number(text), col(IssuedDocument.number)
    return borne == number if WHOLE_NUMBER.fullmatch(number) else holds(borne, number)


def number_pattern(text: str) -> str:
    """How papers are looked for by a number, or by a part of it."""
    number = plain_number(text)
    return whole_pattern_of(number) if WHOLE_NUMBER.fullmatch(number) else pattern_of(number)


def numbered_among_the_newest(
    newest: ColumnElement[int], number: ColumnElement[str]
) -> ColumnElement[bool]:
    """Whether a paper is one of so many of the last, and holds a number's pattern.

    Told out of the index of numbers alone, before anything else of a paper is looked at.
    """
    document = aliased(IssuedDocument)
    last = select(func.max(aliased(IssuedDocument).id)).scalar_subquery()
    found = select(col(document.id)).where(
        col(document.id) > last - newest, holds(col(document.number), number)
    )
    return col(IssuedDocument.id).in_(found)


def _of_party(name: str) -> ColumnElement[bool]:
    """The clue's party bears these characters, or the paper's own begins with them.

    Not every SQLite finds a Chinese key in JSON: the kept text is searched as it was written.
    """
    kept = cast(col(IssuedDocument.facts), Text)
    return or_(
        col(Clue.subject_name).contains(name, autoescape=True),
        *(kept.contains(one, autoescape=True) for one in kept_beginnings(PARTY, name)),
    )


def _in_days(wanted: WantedDocuments) -> list[ColumnElement[bool]]:
    issued_at = col(IssuedDocument.issued_at)
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(issued_at >= _begin(wanted.since))
    if wanted.until and wanted.until < date.max:
        found.append(issued_at < _begin(wanted.until + timedelta(days=1)))
    return found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, CHINA)


def _in_state(state: str) -> list[ColumnElement[bool]]:
    later = aliased(IssuedDocument)
    replaced = select(later.id).where(col(later.replaces_id) == col(IssuedDocument.id)).exists()
    void = col(IssuedDocument.voided_at).is_not(None)
    found: dict[str, list[ColumnElement[bool]]] = {
        "issued": [col(IssuedDocument.voided_at).is_(None)],
        "void": [void, ~replaced],
        "reissued": [void, replaced],
        UNCOUNTED: [col(IssuedDocument.voided_at).is_(None), is_not_counted()],
    }
    return found.get(state, [])


def _in_volume(rules: Rulebook, volume: str) -> list[ColumnElement[bool]]:
    """What `documents.facts.volumes` files in a volume, with its cover and its catalogue."""
    if volume not in VOLUMES.values():
        return []
    process, kind = col(IssuedDocument.process_kind), col(IssuedDocument.kind)
    case = exists().where(
        col(Process.clue_id) == col(IssuedDocument.clue_id), col(Process.kind) == "case"
    )
    beyond = and_(process.not_in(sorted(OPEN_KINDS)), case)
    own = and_(kind.in_(sorted(OF_THE_CASE)), case)
    within = {key for key, one in rules.documents.items() if one.is_inner}
    inner = kind.in_(sorted(within.difference(COVERS[MAIN]).union(COVERS[INNER])))
    of_case = or_(beyond, own)
    lies = {
        VOLUMES[MAIN]: and_(of_case, ~inner),
        VOLUMES[INNER]: and_(of_case, inner),
        VOLUMES[OF_THE_CLUE]: ~of_case,
    }
    return [
        lies[volume],
        col(Clue.id).is_not(None),
        col(IssuedDocument.voided_at).is_(None),
        process.not_in(sorted(KEPT_KINDS)),
        ~_is_filled_in_since(),
    ]


def _is_filled_in_since() -> ColumnElement[bool]:
    """An open receipt beside a paper whose act of service issued a full one."""
    receipt, served = aliased(IssuedDocument), aliased(IssuedDocument)
    this = IssuedDocument
    full = exists().where(
        col(receipt.serves_id) == col(served.id),
        col(receipt.voided_at).is_(None),
        col(served.voided_at).is_(None),
        col(served.process_kind) == col(this.process_kind),
        col(served.process_id) == col(this.process_id),
        col(served.issued_at) == col(this.issued_at),
    )
    return and_(col(this.kind) == RECEIPT, col(this.serves_id).is_(None), full)


def from_place(
    wanted: WantedDocuments, document: type[IssuedDocument]
) -> list[ColumnElement[bool]]:
    """Beyond the place a page begins at; a word that is no place is none."""
    match = _CURSOR.fullmatch(wanted.after)
    if match is None:
        return []
    try:
        moment = datetime.fromisoformat(match[1])
    except ValueError:
        return []
    place = tuple_(col(document.issued_at), col(document.id))
    last = tuple_(literal(moment, UTCDateTime()), literal(int(match[2])))
    return [place > last if wanted.sort == OLDEST else place < last]
