"""The rows held against the record: what does not follow from events is told, dossier by dossier.

Events recorded since marks are kept bind every word, fact and due moment; for earlier ones the
states, papers and files are compared, which they name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlmodel import Session, col, select

from domain.guards.referral import delivered_in
from domain.tables.attachment import Attachment
from domain.tables.dossier import Dossier
from domain.tables.process import Clue, Process, handler_in
from domain.tables.record import Event, IssuedDocument
from domain.tables.seal import DocumentSeal
from domain.tables.undertaking import Undertaking
from flows.site.office import Office
from flows.site.row_marks import CLOCKS, MARKS, ROOT, clocks_mark, process_mark, root_mark
from flows.site.stored_documents import fits_its_code

ADDS = frozenset({"add_attachment", "give_evidence"})
"""Acts after which a dossier has a file more: one sent in, one given from another clue."""
Root = Clue | Undertaking
File = tuple[str, int | None, str | None]
"""A file by its hash, with the process and the goods that it is evidence of."""
Row = TypeVar("Row", Process, IssuedDocument, Attachment)


@dataclass
class Past:
    """What the events of one dossier tell: states, marks, papers, voided and sealed ones, files."""

    states: dict[tuple[str, int], str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    voided: set[int] = field(default_factory=set)
    files: dict[int, File] = field(default_factory=dict)
    seals: dict[int, str] = field(default_factory=dict)

    def take(self, event: Event, *, lives: bool) -> None:
        """One more event; `lives`: its kind has states of its own."""
        if lives:
            self.states[event.process_kind, event.process_id] = event.to_state
        detail = event.detail
        self.marks |= detail.get(MARKS) or {}
        self.papers |= {one["sha256"]: _called(one) for one in detail.get("documents") or []}
        if event.action == "void_document":
            self.voided.add(int(detail["document"]))
        if event.action == "seal_document":
            self.seals[int(detail["document"])] = str(detail["sealed_sha256"])
        if event.action in ADDS:
            tied = detail.get("process"), detail.get("goods")
            self.files[int(detail["attachment"])] = (str(detail["sha256"]), *tied)


def replay(session: Session, office: Office, first: int, last: int) -> Iterator[tuple[str, str]]:
    """What does not follow from the record among dossiers of these ids: a number and why."""
    pasts = _pasts(session, office, first, last)
    numbers = _numbers(session, first, last)
    roots = _roots(session, first, last)
    rows = _by_dossier(session, Process, first, last)
    papers = _by_dossier(session, IssuedDocument, first, last)
    files = _by_dossier(session, Attachment, first, last)
    for dossier in sorted(set(pasts) | set(numbers)):
        past, root = pasts.get(dossier), roots.get(dossier)
        number = numbers.get(dossier, f"（内部编号{dossier}）")
        if dossier not in numbers:
            yield number, "编号的登记已被删除"
        if root is None or past is None:
            missing = "有办理记录而登记内容已被删除" if root is None else "有登记内容而没有办理记录"
            yield number, missing
            continue
        for told in (
            *_rows(office, past, root, rows[dossier]),
            *_listed(root, rows[dossier]),
            *_limits(session, office, past, dossier),
            *_papers(office, past, papers[dossier]),
            *_files(past, files[dossier]),
            *_seals(session, past, dossier),
        ):
            yield number, told


def last_dossier(session: Session) -> int:
    """The highest id that a dossier has or an event tells of."""
    made = session.exec(select(Dossier.id).order_by(col(Dossier.id).desc()).limit(1)).first()
    query = select(Event.clue_id).where(col(Event.clue_id).is_not(None))
    told = session.exec(query.order_by(col(Event.clue_id).desc()).limit(1)).first()
    return max(made or 0, told or 0)


def _pasts(session: Session, office: Office, first: int, last: int) -> dict[int, Past]:
    query = select(Event).where(col(Event.clue_id) >= first, col(Event.clue_id) <= last)
    found: defaultdict[int, Past] = defaultdict(Past)
    for event in session.exec(query.order_by(col(Event.seq))):
        lives = event.process_kind in office.rules.lifecycles
        found[event.clue_id or 0].take(event, lives=lives)
    return found


def _numbers(session: Session, first: int, last: int) -> dict[int, str]:
    query = select(Dossier).where(col(Dossier.id) >= first, col(Dossier.id) <= last)
    return {one.id or 0: one.no for one in session.exec(query)}


def _roots(session: Session, first: int, last: int) -> Mapping[int, Root]:
    clues = select(Clue).where(col(Clue.id) >= first, col(Clue.id) <= last)
    others = select(Undertaking).where(col(Undertaking.id) >= first, col(Undertaking.id) <= last)
    return {one.id or 0: one for one in (*session.exec(clues), *session.exec(others))}


def _by_dossier(
    session: Session, table: type[Row], first: int, last: int
) -> Mapping[int, list[Row]]:
    query = select(table).where(col(table.clue_id) >= first, col(table.clue_id) <= last)
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for one in session.exec(query):
        found[one.clue_id].append(one)
    return found


def _rows(office: Office, past: Past, root: Root, rows: Iterable[Process]) -> Iterator[str]:
    """The main line and its processes: states, and everything that marks bind."""
    key, rules = office.keys.chain, office.rules.lifecycles
    kind = root.kind if isinstance(root, Undertaking) else "clue"
    held = {(kind, root.id or 0): root.state}
    marks = {ROOT: root_mark(root, key)}
    for one in rows:
        held[one.kind, one.id or 0] = one.state
        marks[f"{one.kind}-{one.id}"] = process_mark(one.model_dump(), key)
    for process, state in past.states.items():
        if process not in held:
            yield f"{rules[process[0]].label}有办理记录而登记内容已被删除"
        elif held[process] != state:
            states = rules[process[0]].states
            label = states[state].label if state in states else state
            yield f"{rules[process[0]].label}的状态与办理记录不符，应为「{label}」"
    for process in sorted(set(held) - set(past.states)):
        yield f"{rules[process[0]].label}有登记内容而没有办理记录"
    for name, mark in marks.items():
        if past.marks.get(name, mark) != mark:
            label = rules[kind if name == ROOT else name.rpartition("-")[0]].label
            yield f"{label}登记的内容（文字、数额、单位等）与办理记录不符"


def _listed(root: Root, rows: Iterable[Process]) -> Iterator[str]:
    """The columns that lists go along say what the facts say, which marks bind."""
    if isinstance(root, Clue) and root.handler_id != handler_in(root.facts):
        yield "清单所列的承办人与登记的承办人不符"
    if any(one.delivered_at != delivered_in(one.facts) for one in rows):
        yield "清单所依的移送时间与登记的移送时间不符"


def _limits(session: Session, office: Office, past: Past, dossier: int) -> Iterator[str]:
    known = past.marks.get(CLOCKS)
    if known is not None and known != clocks_mark(session, dossier, office.keys.chain):
        yield "时限（起算、届满、停止）与办理记录不符"


def _papers(office: Office, past: Past, rows: Iterable[IssuedDocument]) -> Iterator[str]:
    left = dict(past.papers)
    for one in rows:
        called = f"《{one.title}》{one.number or ''}"
        if left.pop(one.sha256, None) != called:
            yield f"{called}的文件或者文号与办理记录不符"
        elif not fits_its_code(office.keys.verify, one):
            yield f"{called}的登记内容被改动"
        # One that a later paper took back names that paper; all others were voided by an event.
        is_void, was_voided = one.voided_at is not None, one.id in past.voided
        if is_void != (was_voided or (is_void and one.altered_by_id is not None)):
            yield f"{called}是否作废与办理记录不符"
    for called in left.values():
        yield f"{called}有办理记录而登记内容已被删除"


def _files(past: Past, rows: Iterable[Attachment]) -> Iterator[str]:
    held = {one.id or 0: (one.sha256, one.process_id, one.goods) for one in rows}
    for one in sorted({*held, *past.files}):
        if held.get(one) != past.files.get(one):
            yield f"第{one}号附件与办理记录不符"


def _seals(session: Session, past: Past, dossier: int) -> Iterator[str]:
    query = (
        select(DocumentSeal)
        .join(IssuedDocument, col(IssuedDocument.id) == col(DocumentSeal.document_id))
        .where(col(IssuedDocument.clue_id) == dossier, col(DocumentSeal.sha256) != "")
    )
    held = {one.document_id: one.sha256 for one in session.exec(query)}
    for one in sorted({*held, *past.seals}):
        if held.get(one) != past.seals.get(one):
            yield f"第{one}号文书加盖电子印章的文件与办理记录不符"


def _called(paper: Mapping[str, str | None]) -> str:
    return f"《{paper['title']}》{paper['number'] or ''}"
