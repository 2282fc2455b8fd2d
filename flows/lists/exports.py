"""Exports: registers, what went back to 12345 and what was published, as files for any program."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import BinaryIO

from sqlmodel import Session, col, select

from documents.output.kept_facts import as_plain
from documents.output.table_files import Cell, Column, Sheet, write_csv, write_xlsx
from domain.tables.process import Clue
from domain.tables.work import FollowUp
from flows.afterwards.follow_up_context import process_of
from flows.afterwards.outbox import Job
from flows.afterwards.publicity import fell, public_record
from flows.afterwards.write_back import record_of
from flows.lists.referral_register import referrals_register
from flows.lists.registers import (
    Narrow,
    between,
    clocks_register,
    clues_register,
    documents_register,
)
from flows.lists.undertaking_register import circulars_register
from flows.site.office import Office
from flows.site.store import reading

FORMATS = ("xlsx", "csv", "json")
Record = Mapping[str, object]


class UnknownExport(LookupError):
    """There is no such export or format; the message names those there are."""


def export(office: Office, what: str, form: str, narrow: Narrow, out: BinaryIO) -> None:
    """Writes a register in a format, read in a session of its own.

    However long it is, no more than a portion of it lies in memory.
    """
    if form not in FORMATS:
        raise UnknownExport(f"不能导出为「{form}」；可用：{'、'.join(FORMATS)}")
    if what not in EXPORTS:
        raise UnknownExport(f"没有「{what}」这种导出；可用：{'、'.join(EXPORTS)}")
    with reading(office.engine) as session:
        if form == "json" and what in RECORDS:
            _write_json(RECORDS[what](session, office, narrow), out)
            return
        sheet = EXPORTS[what](session, office, narrow)
        if form == "json":
            _write_json(_records_of(sheet), out)
        elif form == "csv":
            write_csv(sheet, out)
        else:
            write_xlsx(sheet, narrow.now, out)


def _records_of(sheet: Sheet) -> Iterator[Record]:
    names = [column.name for column in sheet.columns]
    return (dict(zip(names, row, strict=True)) for row in sheet.rows)


def _write_json(records: Iterable[Record], out: BinaryIO) -> None:
    """A list, one record after the other."""
    between_them = "["
    for one in records:
        told = json.dumps(as_plain(one), ensure_ascii=False, indent=1)
        out.write(f"{between_them}\n{told}".encode())
        between_them = ","
    out.write(b"[]" if between_them == "[" else b"\n]")


# --- 12345 write-back ----------------------------------------------------------------------------

WRITE_BACK = (
    Column("工单编号", 20), Column("线索编号", 15), Column("记录序号", 9), Column("时间", 26),
    Column("操作", 14), Column("状态", 14), Column("办理部门", 26), Column("主办部门", 26),
    Column("办理结果", 40), Column("理由", 40), Column("文书", 40), Column("已送达平台", 11),
)  # fmt: skip


def write_back_records(session: Session, office: Office, narrow: Narrow) -> Iterator[Record]:
    """What the 12345 platform is told, step by step, as the write-back tells it."""
    for job, row in _jobs(session, narrow, "write_back"):
        record = record_of(session, office, job)
        if record is not None:
            yield {"key": job.key, **record, "delivered": row.done_at is not None}


def write_back_register(session: Session, office: Office, narrow: Narrow) -> Sheet:
    """The same as a table for a platform that takes files by hand."""
    return Sheet("12345回写", WRITE_BACK, _write_back_rows(session, office, narrow))


def _write_back_rows(
    session: Session, office: Office, narrow: Narrow
) -> Iterator[tuple[Cell, ...]]:
    for one in write_back_records(session, office, narrow):
        papers = one.get("documents")
        titles = (
            [f"《{paper['title']}》{paper['number'] or ''}" for paper in papers]
            if isinstance(papers, list)
            else []
        )
        names = ("action_label", "state_label", "department", "lead")
        yield (
            str(one["order"]), str(one["clue"]), int(str(one["sequence"])),
            datetime.fromisoformat(str(one["at"])), *(str(one.get(name) or "") for name in names),
            str(one.get("result") or ""),
            str(one.get("reason") or one.get("no_filing_ground") or ""),
            "、".join(titles), "是" if one["delivered"] else "否",
        )  # fmt: skip


# --- publicity -----------------------------------------------------------------------------------

PUBLICITY = (
    Column("编号", 18), Column("决定书文号", 28), Column("当事人", 28),
    Column("统一社会信用代码", 22), Column("法定代表人", 14), Column("违法事实", 48),
    Column("处罚依据", 36), Column("处罚内容", 36), Column("罚款金额", 14),
    Column("没收违法所得金额", 14), Column("处罚机关", 26), Column("决定日期", 12),
)  # fmt: skip


def publicity_records(session: Session, office: Office, narrow: Narrow) -> Iterator[Record]:
    """The public record of every penalty that is to be published and still stands as decided."""
    for job, _ in _jobs(session, narrow, "publish_decision"):
        if not fell(process_of(session, job), job):
            yield public_record(session, office, job)


def publicity_register(session: Session, office: Office, narrow: Narrow) -> Sheet:
    """The same as a table, for the publicity platform."""
    names = [column.name for column in PUBLICITY]
    records = publicity_records(session, office, narrow)
    return Sheet(
        "行政处罚公示",
        PUBLICITY,
        (tuple(str(one.get(name) or "") for name in names) for one in records),
    )


def _jobs(session: Session, narrow: Narrow, task: str) -> Iterator[tuple[Job, FollowUp]]:
    query = (
        select(FollowUp)
        .join(Clue, col(Clue.id) == col(FollowUp.clue_id))
        .where(
            col(FollowUp.task) == task, narrow.visible, *between(col(FollowUp.created_at), narrow)
        )
        .order_by(col(FollowUp.id))
    )
    for row in session.exec(query):
        yield Job.model_validate(row, from_attributes=True), row


EXPORTS: Mapping[str, Callable[[Session, Office, Narrow], Sheet]] = {
    "clues": clues_register,
    "documents": documents_register,
    "clocks": clocks_register,
    "referrals": referrals_register,
    "circulars": circulars_register,
    "write-back": write_back_register,
    "publicity": publicity_register,
}
RECORDS: Mapping[str, Callable[[Session, Office, Narrow], Iterator[Record]]] = {
    "write-back": write_back_records,
    "publicity": publicity_records,
}
