"""The log of sign-ins as a table to take away."""

from dataclasses import replace

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from flows.people.sign_in_log import Narrow, SignInLine, list_sign_ins
from flows.workbench.whole_list import whole_list

COLUMNS = (
    Column("时间", 17), Column("用户编号", 20), Column("姓名", 12), Column("结果", 20),
    Column("来自", 18),
)  # fmt: skip


def sign_ins_sheet(session: Session, narrow: Narrow) -> Sheet:
    """What the list holds, the newest first; what was typed as an unknown account is not kept."""
    lines = whole_list(session, lambda place: list_sign_ins(session, replace(narrow, before=place)))
    return Sheet("登录记录", COLUMNS, map(_cells, lines))


def _cells(line: SignInLine) -> tuple[Cell, ...]:
    note = line.note
    return note.at, note.user_id, line.name, line.outcome, note.address
