"""A list of referrals as a table to take away."""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from flows.lists.referral_list import WantedReferrals, referrals
from flows.people.viewer import Viewer

MOST_PAGES = 200
COLUMNS = (
    Column("移送书文号", 28), Column("线索编号", 15), Column("当事人", 28), Column("涉嫌罪名", 28),
    Column("移送机关", 28), Column("公安机关", 28), Column("状态", 16), Column("等待", 20),
    Column("最先届满的时限", 24), Column("届满时间", 18),
)  # fmt: skip


def referrals_sheet(session: Session, viewer: Viewer, wanted: WantedReferrals) -> Sheet:
    """What a list of `flows.lists.referral_list` holds, in its order."""
    return Sheet("涉罪移送清单", COLUMNS, _rows(session, viewer, wanted))


def _rows(session: Session, viewer: Viewer, wanted: WantedReferrals) -> Iterator[tuple[Cell, ...]]:
    for number in range(1, MOST_PAGES + 1):
        found = referrals(session, viewer, replace(wanted, number=number))
        for one in found.lines:
            clock = one.clock
            yield (
                one.number, one.clue.no, one.clue.subject_name, one.offences, one.organ,
                one.police, one.state, one.awaits, clock.label if clock else "",
                clock.due_at if clock else None,
            )  # fmt: skip
        if not found.more:
            return
