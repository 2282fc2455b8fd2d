"""The past of clues: what happened to them and every document, that of many read at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Officer
from domain.tables.process import Clue, Process
from domain.tables.record import Event, IssuedDocument
from flows.door.locked_dossier import Held, clues_with_their_own
from flows.door.situations import officers_by_id, people_named
from flows.rows.dossiers import standing
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask
from flows.site.office import Office

Key = tuple[str, int]
_EVENT, _DOCUMENT, _CLOCK = (
    SQLModel.metadata.tables[one] for one in ("event", "document", "clock")
)
_OF_MANY = (
    Statement(select(_EVENT).where(among_told(_EVENT.c.clue_id, "clues")).order_by(_EVENT.c.seq)),
    Statement(
        select(_DOCUMENT).where(among_told(_DOCUMENT.c.clue_id, "clues")).order_by(_DOCUMENT.c.id)
    ),
    Statement(
        select(_CLOCK).where(among_told(_CLOCK.c.clue_id, "clues"), _CLOCK.c.ended_at.is_not(None))
    ),
    Statement(
        select(col(Process.clue_id), col(Process.kind), col(Process.id)).where(
            among_told(col(Process.clue_id), "clues"), col(Process.ended_at).is_not(None)
        )
    ),
)
"""Of many clues: events, documents, limits that run no more, and processes that ended."""


@dataclass(frozen=True)
class Past:
    """A clue with everything that happened to it and every document, oldest first.

    `file`: the clue with what hangs on it today, all its limits among it; `people`: whoever signed
    one of the documents, or is named by forms and facts.
    """

    file: Held
    events: tuple[Event, ...]
    documents: tuple[IssuedDocument, ...]
    ended: frozenset[Key]
    people: Mapping[str, Officer]

    @property
    def clue(self) -> Clue:
        """The clue's own row."""
        return cast(Clue, self.file.root)

    def root(self, document: IssuedDocument) -> IssuedDocument:
        """The document that a chain of replacements began with."""
        while document.replaces_id is not None:
            document = self._by_id[document.replaces_id]
        return document

    def valid(self, document: IssuedDocument) -> IssuedDocument | None:
        """What stands in a document's place today: itself, its replacement, or nothing."""
        while document.id in self._replaced:
            document = self._replaced[document.id]
        return None if document.voided_at else document

    @cached_property
    def _by_id(self) -> Mapping[int | None, IssuedDocument]:
        return {one.id: one for one in self.documents}

    @cached_property
    def _replaced(self) -> Mapping[int | None, IssuedDocument]:
        """Each replacement by what it stands for."""
        return {one.replaces_id: one for one in self.documents if one.replaces_id}


def read_past(session: Session, office: Office, clue: Clue) -> Past:
    """The past of a clue."""
    [found] = read_pasts(session, office, [clue.id or 0]).values()
    return found


def read_pasts(session: Session, office: Office, ids: Sequence[int]) -> dict[int, Past]:
    """The pasts of clues by their ids, with as many statements as for one."""
    # What the session was told and has not written yet is read here like anything else.
    session.flush()
    files = clues_with_their_own(session, office.rules, ids)
    if not files:
        return {}
    wanted = {"clues": as_text(files)}
    answers = ask(session.connection(), *((one, wanted) for one in _OF_MANY))
    events, documents, ended, over = (_by_clue(rows, files) for rows in answers)
    found = {
        key: Past(
            file=replace(file, ended=ended[key]),
            events=tuple(standing(Event, one).made for one in events[key]),
            documents=tuple(standing(IssuedDocument, one).made for one in documents[key]),
            ended=frozenset((one.kind, one.id) for one in over[key]),
            people={},
        )
        for key, file in files.items()
    }
    asked = {one for past in found.values() for one in _people_of(office.rules, past)}
    people = officers_by_id(session, asked) if asked else {}
    return {key: replace(past, people=people) for key, past in found.items()}


def _by_clue(rows: Iterable[Any], clues: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {one: [] for one in clues}
    for row in rows:
        found[row.clue_id].append(row)
    return found


def _people_of(rules: Rulebook, past: Past) -> Iterator[str]:
    """By id: whoever signed a document, and all whom facts and forms of any day name."""
    yield from (one.issued_by for one in past.documents)
    file = past.file
    yield from people_named(rules, (file.root.facts, *(one.facts for one in file.processes)))
    yield from people_named(rules, (one.detail.get("form") or {} for one in past.events))
