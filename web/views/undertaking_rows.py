"""The list of undertakings of one kind, as each of their pages shows it."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from flows.lists.undertaking_list import (
    VIEWS,
    WantedUndertakings,
    counts,
    how_many,
    undertakings,
)
from web.forms.days import day_or_none
from web.forms.list_bar import ListShape, Narrowing, bar_of, choose, choose_department, days, order
from web.request.desk import Desk

ORDERS = {"": "最新的在前", "oldest": "最早的在前", "due": "最先到期的在前"}
Short = Annotated[str, Field(max_length=100)]


class ListAddress(BaseModel):
    """What stands after the question mark of a list's address; `before`: where the page begins."""

    view: Short = ""
    q: Short = ""
    state: Short = ""
    department: Short = ""
    since: Short = ""
    until: Short = ""
    sort: Short = ""
    before: Annotated[int, Field(ge=0, lt=2**31)] = 0

    def wanted(self, kind: str, view: str = "") -> WantedUndertakings:
        """What is asked for; a day that is none and an unknown word narrow nothing."""
        shown = view or self.view
        return WantedUndertakings(
            kind=kind,
            view=shown if shown in VIEWS else "all",
            text=self.q,
            state=self.state,
            department=self.department,
            since=day_or_none(self.since),
            until=day_or_none(self.until),
            sort=self.sort if self.sort in ORDERS else "",
            place=self.before,
        )


Asked = Annotated[ListAddress, Query()]


def rows_of(desk: Desk, kind: str, tabs: Mapping[str, str], asked: ListAddress) -> dict[str, Any]:
    """What the list's template shows: lines, bar, tabs with numbers, the address of older ones.

    `tabs`: the label of each view; one that is not among them is the first that has something.
    `may_begin`: whether the person may begin another one.
    """
    numbers = counts(desk.session, desk.viewer, kind)
    shown = asked.view if asked.view in tabs else next((one for one in tabs if numbers[one]), "all")
    wanted = asked.wanted(kind, shown)
    found = undertakings(desk.session, desk.viewer, wanted)
    shape = _shape(desk, kind, shown)
    told = asked.model_dump(exclude={"view", "before"})
    is_whole = not any(value for name, value in told.items() if name != "sort")
    total = numbers[shown] if is_whole else how_many(desk.session, desk.viewer, wanted)
    bar = bar_of(desk, shape, told, total)
    actions = desk.office.rules.lifecycles[kind].actions.values()
    begun_by = {role for one in actions if "none" in one.from_ for role in one.by}
    return {
        "lines": found.lines,
        "view": shown,
        "bar": bar,
        "tabs": [(key, label, numbers[key]) for key, label in tabs.items()],
        "newer": bar.address if asked.before else "",
        "older": bar.turned("before", found.older),
        "may_begin": bool(begun_by & desk.actor.roles),
    }


def _shape(desk: Desk, kind: str, view: str) -> ListShape:
    states = {key: one.label for key, one in desk.office.rules.lifecycles[kind].states.items()}
    own_file = kind == "circular"
    return ListShape(
        path=f"/{kind}s",
        narrowings=(
            Narrowing("q", "字词", hint="编号、标题"),
            choose("state", "状态", states),
            choose_department(desk, "提出部门"),
            *days("提出日期"),
            order(ORDERS),
        ),
        file="/circulars.xlsx" if own_file else f"/undertakings.xlsx?kind={kind}",
        held={"view": view},
        unit="件",
    )
