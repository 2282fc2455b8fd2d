"""疑似重复: pairs of clues that look alike, side by side, decided one by one or several at once."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.duplicates.wording import Piece, compared
from flows.imports.background_import import progress_of
from flows.imports.clerk import Clerk
from flows.workbench.duplicate_decisions import DECISIONS, Pick, Verdict, decide, take_back
from flows.workbench.duplicate_lines import ORDERS, Wanted, open_pairs_total
from flows.workbench.duplicate_queue import Pair, decided_pairs, queue
from flows.workbench.duplicates_sheet import duplicates_sheet
from web.forms.choices import Choice
from web.forms.list_bar import ListBar, ListShape, Narrowing, bar_of, order
from web.request.desk import AtDesk, Desk, Sent, needs
from web.request.menu import Entry
from web.request.render import page
from web.request.words import moment
from web.views.supervisor_view import excel_file

CHAIRS = frozenset({"intake_clerk", "handler"})
"""Those that may merge, as the lifecycle of a clue has them."""
router = APIRouter(dependencies=[Depends(needs(*sorted(CHAIRS)))])
MENU = (Entry("疑似重复", "/duplicates", "办理", CHAIRS, order=32, count=open_pairs_total),)
Sort = Annotated[str, Query(max_length=10)]
MOST = 200
LATEST_PAGE = 10000
Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """One thing told of both clues of a pair, in stretches that agree or differ."""

    heading: str
    later: Pieces
    master: Pieces
    same: bool


@router.get("/duplicates")
def show(
    desk: AtDesk,
    import_: Annotated[str, Query(alias="import", max_length=100)] = "",
    day: Annotated[str, Query(max_length=10)] = "",
    sort: Sort = "",
    page_no: Annotated[int, Query(alias="page", ge=1, le=LATEST_PAGE)] = 1,
) -> Response:
    """What waits for the person, narrowed to an import of his own or to a day."""
    wanted, said = _wanted(desk, import_, day, sort)
    found = queue(desk.session, desk.viewer, wanted, page_no)
    asked = (("import", import_), ("day", day), ("sort", wanted.sort))
    query = {name: told for name, told in asked if told}
    return page(
        desk.request,
        "clues/duplicates.html",
        blocks=[(one, [(pair, _rows(pair)) for pair in one.pairs]) for one in found.blocks],
        total=found.total,
        said=said,
        import_key=import_,
        day=day,
        bar=_bar(desk, query, found.total),
        narrowed=bool(import_ or day),
        sort=wanted.sort,
        merging=desk.office.rules.lifecycles["clue"].actions["merge"],
        states=desk.office.rules.lifecycles["clue"].states,
        decisions=DECISIONS,
        decided=decided_pairs(desk.session, desk.viewer),
        newer=_address(query, page_no - 1) if page_no > 1 else "",
        older="" if found.is_last else _address(query, page_no + 1),
    )


@router.get("/duplicates.xlsx")
def take(
    desk: AtDesk,
    import_: Annotated[str, Query(alias="import", max_length=100)] = "",
    day: Annotated[str, Query(max_length=10)] = "",
    sort: Sort = "",
) -> Response:
    """The same queue as a file."""
    wanted, _ = _wanted(desk, import_, day, sort)
    return excel_file(desk, duplicates_sheet(desk.session, desk.viewer, wanted))


@router.post("/duplicates")
def settle(desk: AtDesk, sent: Sent) -> Response:
    """What is said of the pairs that were picked, and the result of every pair."""
    picks = _picks(sent)
    told = str(sent.get("decision", ""))
    known = next((one for one in DECISIONS if one == told), None)
    fates = []
    if known:
        verdict = Verdict(known, str(sent.get("new_facts", "")), str(sent.get("reason", "")))
        fates = decide(desk.viewer, picks, verdict)
    names = ("import", "day", "sort")
    query = {name: str(sent.get(name, "")) for name in names if sent.get(name)}
    return page(
        desk.request,
        "clues/duplicates_done.html",
        label=DECISIONS[known] if known else "",
        fates=fates,
        done=sum(bool(one.done) for one in fates),
        back=_address(query),
    )


@router.post("/duplicates/{suspicion}/reopen")
def reopen(
    desk: AtDesk,
    suspicion: Annotated[int, Path(ge=1, lt=2**63)],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Takes back that a pair is related or distinct; it waits again."""
    fate = take_back(desk.viewer, suspicion, reason)
    return page(
        desk.request,
        "clues/duplicates_done.html",
        label="收回核对结果",
        fates=[fate],
        done=int(bool(fate.done)),
        back=_address({}),
    )


def _bar(desk: Desk, asked: dict[str, str], total: int) -> ListBar:
    only = (("", (Choice(asked.get("import", ""), "只看这次导入的"),)),)
    narrowings = (
        Narrowing("day", "提示日期", "day"),
        Narrowing("import", "导入", "hidden", only),
        order(ORDERS),
    )
    return bar_of(
        desk, ListShape("/duplicates", narrowings, "/duplicates.xlsx", unit="对"), asked, total
    )


def _wanted(desk: Desk, key: str, day: str, sort: str) -> tuple[Wanted, str]:
    """What the queue is narrowed to, and what to say where that cannot be done."""
    numbers, said, wanted_day = None, "", None
    if key:
        try:
            progress = progress_of(Clerk(desk.office, desk.actor, desk.now), key)
            numbers = frozenset(progress.numbers)
            if progress.suspected and not numbers:
                numbers, said = None, "这次导入没有记下各条线索的编号；以下是全部疑似重复。"
        except LookupError:
            said = "没有您的这次导入，或者记录已经清理；以下是全部疑似重复。"
    if day:
        try:
            wanted_day = date.fromisoformat(day)
        except ValueError:
            said = "日期应为“年-月-日”，例如2026-05-11；以下不分日期。"
    return Wanted(numbers, wanted_day, sort if sort in ORDERS else ""), said


def _picks(sent: FormData) -> list[Pick]:
    """The pairs of the form: each a number, a point, and the version of the later clue."""
    found: dict[int, Pick] = {}
    for one in sent.getlist("pick")[:MOST]:
        number, _, version = str(one).partition(".")
        if number.isdecimal() and len(number) < len(str(2**63)):
            seen = int(version) if version.isdecimal() else None
            found[int(number)] = Pick(int(number), seen)
    return list(found.values())


def _rows(pair: Pair) -> list[Row]:
    later, master = pair.later, pair.master
    told = (
        ("标题", later.title, master.title),
        ("当事人", later.subject_name, master.subject_name),
        ("地点", later.place, master.place),
        ("收到时间", moment(later.received_at), moment(master.received_at)),
        ("内容", later.content, master.content),
    )
    return [
        Row(heading, *compared(one, other), same=one == other)
        for heading, one, other in told
        if one or other
    ]


def _address(query: dict[str, str], number: int = 1) -> str:
    asked = query if number == 1 else {**query, "page": str(number)}
    return f"/duplicates?{urlencode(asked)}" if asked else "/duplicates"
