"""The registers of an office as tables: clues, documents and time limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, func, true
from sqlmodel import Session, col, select

from documents.output.kept_facts import addressees_in, party_in
from documents.output.table_files import Cell, Column, Sheet
from documents.values.codes import shown_code
from domain.situation.situation import SYSTEM
from domain.tables.people import User
from domain.tables.process import Clock, Clue
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.lists.clue_listing import ClueLine, Filter, clock_line, clue_lines, narrowing
from flows.site.office import Office

PORTION = 1000
"""How many rows are read at once: a register of any length takes the same memory."""


@dataclass(frozen=True)
class Narrow:
    """What a register is narrowed to; empty fields narrow nothing.

    `seen`: the condition on `Clue` under which the reader may see it; of documents, also on
    `Undertaking`. Moments are those of the
    register: clues by registration, documents by issue, clocks by due, referrals by proposal.
    """

    now: datetime
    department: str = ""
    state: str = ""
    text: str = ""
    kind: str = ""
    overdue: bool = False
    since: datetime | None = None
    until: datetime | None = None
    seen: ColumnElement[bool] | None = None

    @property
    def visible(self) -> ColumnElement[bool]:
        """What the reader may see."""
        return true() if self.seen is None else self.seen


def between(moment: SQLColumnExpression[datetime], narrow: Narrow) -> list[ColumnElement[bool]]:
    """The span of the register as conditions."""
    found: list[ColumnElement[bool]] = []
    if narrow.since:
        found.append(moment >= narrow.since)
    if narrow.until:
        found.append(moment < narrow.until)
    return found


# --- clues ---------------------------------------------------------------------------------------

CLUES = (
    Column("线索编号", 15), Column("外部编号", 18), Column("来源", 12), Column("标题", 36),
    Column("当事人", 24), Column("监管事项", 18), Column("状态", 14), Column("所在部门", 24),
    Column("下一步", 14), Column("转办次数", 9), Column("登记时间", 17), Column("最近时限", 20),
    Column("届满时间", 17), Column("提示", 10),
)  # fmt: skip


def clues_register(session: Session, office: Office, narrow: Narrow) -> Sheet:
    """The clues in the order of their registration; the reporter is not named."""
    return Sheet("线索台账", CLUES, _clue_rows(session, office, narrow))


def _clue_rows(session: Session, office: Office, narrow: Narrow) -> Iterator[tuple[Cell, ...]]:
    wanted = Filter(narrow.state, narrow.department, narrow.text, narrow.overdue)
    conditions = [*narrowing(wanted, narrow.now), *between(col(Clue.opened_at), narrow)]
    query = select(Clue).where(narrow.visible, *conditions).order_by(col(Clue.id)).limit(PORTION)
    last = 0
    while clues := session.exec(query.where(col(Clue.id) > last)).all():
        last = clues[-1].id or 0
        yield from (
            _clue_row(office, one) for one in clue_lines(session, office, clues, narrow.now)
        )
        session.expunge_all()


def _clue_row(office: Office, line: ClueLine) -> tuple[Cell, ...]:
    clue, clock = line.clue, line.next_clock
    channels = office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    matter = office.rules.matters.get(clue.matter_id or "")
    return (
        clue.no, clue.outside_no, channels.get(clue.channel, clue.channel), clue.title,
        clue.subject_name, matter.name if matter else "", line.state, line.holder,
        line.next_actor, clue.hops, clue.opened_at, clock.label if clock else "",
        clock.due_at if clock else None, clock.light.word if clock and clock.light else "",
    )  # fmt: skip


# --- documents -----------------------------------------------------------------------------------

DOCUMENTS = (
    Column("编号", 8), Column("文书", 26), Column("文号", 28), Column("序号", 8),
    Column("制发机关", 26), Column("制发时间", 17), Column("签发人", 12), Column("当事人", 26),
    Column("主送", 26), Column("线索、事项编号", 15),
    Column("状态", 8), Column("送出、送达时间", 17), Column("作废时间", 17), Column("作废理由", 24),
    Column("代替编号", 9), Column("校验码", 11), Column("校验值", 66),
)  # fmt: skip


def documents_register(session: Session, office: Office, narrow: Narrow) -> Sheet:
    """Every document issued, voided ones too: a number that is missing was never given out."""
    return Sheet("文书登记簿", DOCUMENTS, _document_rows(session, office, narrow))


def _document_rows(session: Session, office: Office, narrow: Narrow) -> Iterator[tuple[Cell, ...]]:
    conditions = between(col(IssuedDocument.issued_at), narrow)
    if narrow.department:
        conditions.append(col(IssuedDocument.organ) == narrow.department)
    if narrow.kind:
        conditions.append(col(IssuedDocument.kind) == narrow.kind)
    query = (
        select(IssuedDocument, func.coalesce(col(Clue.no), col(Undertaking.no)))
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id), isouter=True)
        .join(Undertaking, col(Undertaking.id) == col(IssuedDocument.clue_id), isouter=True)
        .where(narrow.visible, *conditions)
        .order_by(col(IssuedDocument.id))
        .limit(PORTION)
    )
    last = 0
    while rows := session.exec(query.where(col(IssuedDocument.id) > last)).all():
        last = rows[-1][0].id or 0
        names = _names(session, {one.issued_by for one, _ in rows})
        for one, no in rows:
            yield _document_row(office, one, (no, names.get(one.issued_by, one.issued_by)))
        session.expunge_all()


def _names(session: Session, people: set[str]) -> dict[str, str]:
    rows = session.exec(select(User.id, User.name).where(col(User.id).in_(people)))
    return {SYSTEM: "系统", **dict(rows.all())}


def _document_row(office: Office, one: IssuedDocument, of: tuple[str, str]) -> tuple[Cell, ...]:
    clue_no, signer = of
    kind = office.rules.documents.get(one.kind)
    to = kind.to if kind else ""
    return (
        one.id, one.title, one.number, one.serial, office.rules.departments[one.organ].name,
        one.issued_at, signer, party_in(one.facts), addressees_in(one.facts, to), clue_no,
        "作废" if one.voided_at else "有效",
        one.left_at, one.voided_at, one.void_reason, one.replaces_id,
        shown_code(one.code) if one.code else "", one.sha256,
    )  # fmt: skip


# --- time limits ---------------------------------------------------------------------------------

CLOCKS = (
    Column("线索编号", 15), Column("线索标题", 32), Column("时限", 24), Column("环节", 16),
    Column("责任部门", 26), Column("起算", 17), Column("届满", 17), Column("暂定", 6),
    Column("了结", 17), Column("情况", 10), Column("逾期", 6), Column("依据", 48),
)  # fmt: skip


def clocks_register(session: Session, office: Office, narrow: Narrow) -> Sheet:
    """Running and finished time limits; a breach stays on record after it was made good."""
    return Sheet("时限台账", CLOCKS, _clock_rows(session, office, narrow))


def _clock_rows(session: Session, office: Office, narrow: Narrow) -> Iterator[tuple[Cell, ...]]:
    conditions = between(col(Clock.due_at), narrow)
    if narrow.department:
        conditions.append(col(Clock.owner_id) == narrow.department)
    if narrow.overdue:
        conditions += [col(Clock.ended_at).is_(None), col(Clock.breach_at) < narrow.now]
    query = (
        select(Clock, Clue)
        .join(Clue, col(Clue.id) == col(Clock.clue_id))
        .where(narrow.visible, *conditions)
        .order_by(col(Clock.id))
        .limit(PORTION)
    )
    last = 0
    while rows := session.exec(query.where(col(Clock.id) > last)).all():
        last = rows[-1][0].id or 0
        yield from (_clock_row(office, clock, clue, narrow.now) for clock, clue in rows)
        session.expunge_all()


def _clock_row(office: Office, clock: Clock, clue: Clue, now: datetime) -> tuple[Cell, ...]:
    line = clock_line(office, clock, now)
    state = "已了结" if line.ended_at else (line.light.word if line.light else "")
    return (
        clue.no, clue.title, line.label, line.process, line.owner, line.started_at, line.due_at,
        "是" if line.provisional else "", line.ended_at, state, "是" if line.late else "",
        line.article,
    )  # fmt: skip
