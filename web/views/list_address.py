"""The address of a list of clues: what it asks for, and how it is written."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from flows.lists.list_filters import OTHERS, Wanted
from flows.lists.worklist import NEWEST, OLDEST, SORTS

VIEWS = {"open": "在办", "ended": "已结束"}
ORDERS = {"": "最先到期的在前", NEWEST: "最近登记的在前", OLDEST: "最早登记的在前"}
Short = Annotated[str, Field(max_length=100)]


class ListAddress(BaseModel):
    """What stands after the question mark of a list's address."""

    view: str = "open"
    q: Short = ""
    state: Short = ""
    department: Short = ""
    channel: Short = ""
    matter: Short = ""
    light: Short = ""
    alike: Short = ""
    waits: Short = ""
    inside: Short = ""
    handler: Short = ""
    sort: Short = ""
    after: Short = ""


def wanted_of(asked: Annotated[ListAddress, Query()]) -> Wanted:
    """What the address of a list asks for; unknown words ask for nothing."""
    return Wanted(
        view=asked.view if asked.view in VIEWS else "open",
        state=asked.state,
        department=asked.department,
        channel=asked.channel,
        matter=asked.matter,
        light=asked.light,
        alike="yes" if asked.alike == "yes" else "",
        waits=OTHERS if asked.waits == OTHERS else "",
        text=asked.q,
        inside="yes" if asked.inside == "yes" else "",
        handler=asked.handler,
        sort=asked.sort if asked.sort in SORTS else "",
        after=asked.after,
    )


WantedList = Annotated[Wanted, Depends(wanted_of)]


def told_of(wanted: Wanted) -> dict[str, str]:
    """What a list is narrowed to, by the names of its address; tab and page are not in it."""
    return {
        "q": wanted.text,
        "state": wanted.state,
        "department": wanted.department,
        "channel": wanted.channel,
        "matter": wanted.matter,
        "light": wanted.light,
        "alike": wanted.alike,
        "waits": wanted.waits,
        "inside": wanted.inside,
        "handler": wanted.handler,
        "sort": wanted.sort,
    }


def query_of(wanted: Wanted, after: str = "") -> str:
    """The address of a list, after its question mark; `after` is where a page begins."""
    told = {"view": wanted.view, **told_of(wanted), "after": after}
    return urlencode({key: value for key, value in told.items() if value})
