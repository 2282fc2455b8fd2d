"""Everything of one party as a table to take away: clues, decisions, referrals, neighbours."""

from collections.abc import Iterator

from documents.output.table_files import Cell, Column, Sheet
from flows.workbench.party_file import PartyClue, PartyFile

COLUMNS = (
    Column("类别", 20), Column("线索编号", 15), Column("名称", 40), Column("文号", 24),
    Column("部门", 28), Column("时间", 17), Column("状态", 16), Column("是否在办", 10),
)  # fmt: skip


def party_sheet(party: PartyFile) -> Sheet:
    """A line for each thing that the page of the party lists, in its order."""
    name = (*party.names, *party.codes)[0]
    return Sheet(f"{name[:20]}的情况", COLUMNS, _rows(party))


def _rows(party: PartyFile) -> Iterator[tuple[Cell, ...]]:
    yield from (_clue("线索", one) for one in party.clues)
    for paper in party.decisions:
        yield (
            "处理决定", paper.clue_no, f"《{paper.title}》", paper.number, paper.organ,
            paper.issued_at, "有效", "",
        )  # fmt: skip
    for referral in party.referrals:
        running = "" if referral.ended else "在办"
        yield (
            "涉嫌犯罪案件移送", referral.clue_no, "", "", "", referral.begun_at, referral.state,
            running,
        )  # fmt: skip
    yield from (_clue("同一地点其他当事人的线索", one) for one in party.neighbours)


def _clue(what: str, one: PartyClue) -> tuple[Cell, ...]:
    running = "" if one.ended else "在办"
    return what, one.no, one.title, "", one.holder, one.received_at, one.state, running
