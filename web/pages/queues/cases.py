"""处罚案件: every case of penalty that the reader may see, from filing to its end."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from flows.workbench.case_list import KINDS, WantedCases, cases_sheet, counted_cases
from web.forms.days import day_or_none
from web.forms.list_bar import (
    COUNTED,
    ListBar,
    ListShape,
    Narrowing,
    bar_of,
    choose,
    choose_department,
    days,
    order,
)
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file, scope

READERS = frozenset(
    {"handler", "section_head", "department_head", "principal", "legal_reviewer"}
    | {"supervisor", "auditor"}
)
router = APIRouter(dependencies=[Depends(needs(*sorted(READERS)))])
MENU = (Entry("处罚案件", "/cases", "办理", READERS, order=14),)
ORDERS = {"": "最近立案的在前", "oldest": "最早立案的在前", "due": "最先到期的在前"}
Short = Annotated[str, Field(max_length=100)]


class CasesAddress(BaseModel):
    """What stands after the question mark of the list's address."""

    ended: Short = ""
    q: Short = ""
    kind: Short = ""
    state: Short = ""
    department: Short = ""
    since: Short = ""
    until: Short = ""
    sort: Short = ""
    number: Annotated[int, Field(ge=1, le=1000)] = 1

    @property
    def wanted(self) -> WantedCases:
        """What is asked for; a day that is none and an unknown word narrow nothing."""
        return WantedCases(
            ended=bool(self.ended),
            text=self.q,
            kind=self.kind,
            state=self.state,
            department=self.department,
            since=day_or_none(self.since),
            until=day_or_none(self.until),
            sort=self.sort,
            page=self.number,
        )


Asked = Annotated[CasesAddress, Query()]


@router.get("/cases")
def show(desk: AtDesk, asked: Asked) -> Response:
    """A page of the list."""
    found, total = counted_cases(desk.session, desk.viewer, asked.wanted, COUNTED)
    bar = _bar(desk, asked, total)
    return page(
        desk.request,
        "queues/cases.html",
        lines=found.lines,
        bar=bar,
        ended=bool(asked.ended),
        scope=scope(desk),
        newer=bar.turned("number", asked.number - 1),
        older=bar.turned("number", asked.number + 1) if found.more else "",
    )


@router.get("/cases.xlsx")
def take(desk: AtDesk, asked: Asked) -> Response:
    """What is listed as a file."""
    return excel_file(desk, cases_sheet(desk.session, desk.viewer, asked.wanted))


def _bar(desk: Desk, asked: CasesAddress, total: int) -> ListBar:
    lifecycles = desk.office.rules.lifecycles
    is_ended = bool(asked.ended)
    states = {
        key: one.label
        for kind in reversed(KINDS)
        for key, one in lifecycles[kind].states.items()
        if one.ended == is_ended
    }
    sees_all = desk.viewer.watched is None
    shape = ListShape(
        path="/cases",
        narrowings=(
            Narrowing("q", "字词", hint="编号、当事人、案由、决定书文号"),
            choose("kind", "程序", {kind: lifecycles[kind].label for kind in KINDS}),
            choose("state", "状态", states),
            *((choose_department(desk, "办案部门"),) if sees_all else ()),
            *days("立案日期"),
            order(ORDERS),
        ),
        file="/cases.xlsx",
        held={"ended": "yes" if is_ended else ""},
        unit="件",
    )
    told = asked.model_dump(exclude={"ended", "number"})
    return bar_of(desk, shape, told, total)
