"""案卷评查: the files to review with their latest result, and one file as the record answers it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.penalties.case_review import (
    ANSWERS,
    BAD,
    CASE,
    GROUND,
    ITEM,
    KIND,
    RESULT,
    RIPE,
    VERDICT,
    answered,
)
from domain.situation.situation import ProcessView, Situation
from domain.tables.process import Clue, Process
from domain.tables.record import IssuedDocument
from flows.door.situations import load_situation
from flows.people.viewer import Viewer
from flows.people.visible_clues import seen_clue, sight_on, visible
from flows.workbench.whole_list import whole_list

PAGE, OPEN = 30, "open"
COLUMNS = (
    Column("类别", 12), Column("评查项目", 44), Column("依据", 40), Column("结论", 10),
    Column("说明（依据的记录）", 50), Column("补正的操作", 24),
)  # fmt: skip


@dataclass(frozen=True)
class FileLine:
    """A file to review: the case, its clue, and of the latest review result, day and table."""

    case: Process
    clue: Clue
    organ: str
    review: Process | None
    result: str


@dataclass(frozen=True)
class FileItem:
    """An item of the checklist as it stands. `mend`: the form that makes good what is missing."""

    group: str
    says: str
    articles: tuple[str, ...]
    verdict: str
    ground: str
    act: str
    mend: str


@dataclass(frozen=True)
class FileReview:
    """One file: its items, what the record alone cannot answer, and the reviews so far."""

    clue: Clue
    items: tuple[FileItem, ...]
    reviewed: ProcessView | None
    result: str
    table: IssuedDocument | None

    @property
    def missing(self) -> tuple[FileItem, ...]:
        """What is missing or wrong."""
        return tuple(one for one in self.items if one.verdict == BAD)


def files_to_review(
    session: Session, viewer: Viewer, result: str = "", after: int = 0
) -> tuple[tuple[FileLine, ...], int]:
    """A page of the cases of the organ whose file is ripe, the newest first, and where the next
    page begins (0: none). `result`: only those with it; `open` for those not yet reviewed.
    """
    rules, review = viewer.office.rules, aliased(Process)
    newest = (
        select(func.max(col(Process.id)))
        .where(col(Process.kind) == KIND, col(Process.clue_id) == col(Clue.id))
        .correlate(Clue)
        .scalar_subquery()
    )
    query = (
        select(Process, Clue, review)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .join(review, col(review.id) == newest, isouter=True)
        .where(
            col(Process.kind) == CASE,
            col(Process.state).in_(RIPE),
            visible(viewer.office, viewer.actor),
        )
        .order_by(col(Process.id).desc())
    )
    if viewer.watched is not None:
        query = query.where(col(Process.department_id).in_(viewer.watched))
    if after:
        query = query.where(col(Process.id) < after)
    if result == OPEN:
        query = query.where(col(review.id).is_(None))
    elif result:
        query = query.where(col(review.facts)[RESULT].as_string() == result)
    rows = list(session.exec(query.limit(PAGE + 1)))
    lines = tuple(
        FileLine(case, clue, rules.departments[case.department_id].name, found, _result(found))
        for case, clue, found in rows[:PAGE]
    )
    return lines, (lines[-1].case.id or 0) if len(rows) > PAGE else 0


FILES = (
    Column("线索编号", 15), Column("标题", 36), Column("当事人", 28), Column("机关", 28),
    Column("评查结果", 14), Column("评查时间", 17),
)  # fmt: skip


def files_sheet(
    session: Session, viewer: Viewer, results: Mapping[str, str], result: str = ""
) -> Sheet:
    """The files of the list as a table to take away. `results`: what a review may come to."""
    lines = whole_list(session, lambda place: files_to_review(session, viewer, result, place))
    rows = (
        (one.clue.no, one.clue.title, one.clue.subject_name, one.organ,
         results.get(one.result, one.result) if one.review else results[OPEN],
         one.review.opened_at if one.review else None)
        for one in lines
    )  # fmt: skip
    return Sheet("案卷评查", FILES, rows)


def _result(found: Process | None) -> str:
    return str(found.facts.get(RESULT) or "") if found else ""


def file_review(session: Session, viewer: Viewer, number: str) -> FileReview:
    """The file of a clue as its record answers the checklist, with the latest answers of a person.

    Raises NotForYou for who does not see the file, and LookupError where there is no case.
    """
    clue = seen_clue(session, viewer.office, viewer.actor, number)
    situation = load_situation(session, viewer.office, clue, viewer.actor, viewer.now)
    seen = sight_on(session, viewer.office, viewer.actor, clue)
    cases = [one for one in situation.of_kind(CASE) if seen.shows(CASE, one.id)]
    if not cases:
        raise LookupError(f"线索{clue.no}没有您可以查看的处罚案件")
    reviews = [one for one in situation.of_kind(KIND) if seen.shows(KIND, one.id)]
    reviewed = reviews[-1] if reviews else None
    facts = reviewed.facts if reviewed else {}
    return FileReview(
        clue,
        tuple(_items(viewer, situation, cases[-1], facts.get(ANSWERS))),
        reviewed,
        str(facts.get(RESULT) or ""),
        _table(session, clue) if reviewed else None,
    )


def _items(viewer: Viewer, s: Situation, case: ProcessView, told: object) -> Iterator[FileItem]:
    """The answer of the record where it has one, else that of the latest review."""
    given = {str(row[ITEM]): row for row in told if ITEM in row} if isinstance(told, list) else {}
    rules = viewer.office.rules
    for one in answered(s):
        row = given.get(one.item.says, {})
        process, _, action = one.item.mend.partition(".")
        mend = ""
        if action:
            place = f"/{case.id}" if process == CASE else ""
            mend = f"/clues/{s.subject.no}/do/{process}/{action}{place}"
        yield FileItem(
            group=one.item.group,
            says=one.item.says,
            articles=tuple(rules.cite(basis) for basis in one.item.basis),
            verdict=one.verdict or str(row.get(VERDICT) or ""),
            ground=one.ground or str(row.get(GROUND) or ""),
            act=rules.lifecycles[process].actions[action].label if action else "",
            mend=mend,
        )


def _table(session: Session, clue: Clue) -> IssuedDocument | None:
    query = select(IssuedDocument).where(
        col(IssuedDocument.clue_id) == clue.id,
        col(IssuedDocument.kind) == KIND,
        col(IssuedDocument.voided_at).is_(None),
    )
    return session.exec(query.order_by(col(IssuedDocument.id).desc())).first()


def review_sheet(found: FileReview) -> Sheet:
    """The same as a table to take away."""
    rows: list[tuple[Cell, ...]] = [
        (one.group, one.says, "、".join(one.articles), one.verdict, one.ground, one.act)
        for one in found.items
    ]
    return Sheet(f"案卷评查表 {found.clue.no}", COLUMNS, iter(rows))
