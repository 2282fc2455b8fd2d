"""The register of referrals as a table: from the proposal to what the police made of it."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.tables.process import Clue, Process
from domain.tables.record import IssuedDocument
from flows.lists.registers import PORTION, Narrow, between
from flows.site.office import Office

REFERRALS = (
    Column("线索编号", 15), Column("当事人", 24), Column("移送机关", 26),
    Column("受移送公安机关", 26), Column("涉嫌罪名", 28), Column("状态", 16),
    Column("移送书文号", 28), Column("提出时间", 17), Column("批准时间", 17),
    Column("移送时间", 17), Column("接收时间", 17), Column("立案决定书文号", 20),
    Column("立案日期", 12), Column("不予立案通知书文号", 20), Column("不予立案通知送达时间", 17),
)  # fmt: skip
MOMENTS = ("approved_at", "delivered_at", "received_at")


def referrals_register(session: Session, office: Office, narrow: Narrow) -> Sheet:
    """Every case referred to the police, with what became of it."""
    return Sheet("涉罪移送台账", REFERRALS, _referral_rows(session, office, narrow))


def _referral_rows(session: Session, office: Office, narrow: Narrow) -> Iterator[tuple[Cell, ...]]:
    referral = aliased(Process)  # the condition on what is visible asks `Process` itself
    conditions = [col(referral.kind) == "referral", *between(col(referral.opened_at), narrow)]
    if narrow.department:
        conditions.append(col(referral.department_id) == narrow.department)
    if narrow.state:
        conditions.append(col(referral.state) == narrow.state)
    query = (
        select(referral, Clue)
        .join(Clue, col(Clue.id) == col(referral.clue_id))
        .where(narrow.visible, *conditions)
        .order_by(col(referral.id))
        .limit(PORTION)
    )
    last = 0
    while rows := session.exec(query.where(col(referral.id) > last)).all():
        last = rows[-1][0].id or 0
        numbers = _letters(session, [one.id or 0 for one, _ in rows])
        for one, clue in rows:
            yield _referral_row(office, one, clue, numbers.get(one.id or 0))
        session.expunge_all()


def _letters(session: Session, referrals: list[int]) -> dict[int, str | None]:
    """The number of each referral's letter that is in force."""
    rows = session.exec(
        select(IssuedDocument)
        .where(
            col(IssuedDocument.process_kind) == "referral",
            col(IssuedDocument.process_id).in_(referrals),
            col(IssuedDocument.kind) == "crime_transfer",
            col(IssuedDocument.voided_at).is_(None),
        )
        .order_by(col(IssuedDocument.id))
    )
    return {one.process_id: one.number for one in rows}


def _referral_row(office: Office, one: Process, clue: Clue, number: str | None) -> tuple[Cell, ...]:
    rules, facts = office.rules, one.facts
    police = rules.departments.get(one.counterpart_id or "")
    offences = [
        rules.offences[key].name for key in facts.get("offences") or [] if key in rules.offences
    ]
    return (
        clue.no, clue.subject_name, rules.departments[one.department_id].name,
        police.name if police else "", "、".join(offences),
        rules.lifecycles["referral"].states[one.state].label, number, one.opened_at,
        *(_moment(facts.get(name)) for name in MOMENTS), _text(facts.get("filing_no")),
        _text(facts.get("filed_on")), _text(facts.get("refusal_no")),
        _moment(facts.get("refusal_notice_at")),
    )  # fmt: skip


def _text(value: object) -> str:
    return str(value or "")


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
