"""The register's filter: read from an address, written into one, and what it offers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import Depends, Request

from documents.output.catalogue_page import families
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Actor
from flows.papers.wanted_documents import OLDEST, STATES, VOLUMES, WantedDocuments
from flows.people.visible_clues import once_a_chair
from flows.site.office import Office
from web.forms.choices import Choice, by_group
from web.forms.list_bar import (
    Groups,
    ListBar,
    ListShape,
    Narrowing,
    bar_of,
    choose,
    choose_department,
    days,
    order,
)
from web.request.desk import Desk

STALE = "stale"
OFFERED_STATES: Mapping[str, str] = {**STATES, STALE: "制发后事实有变动"}
OFFERED_VOLUMES: Mapping[str, str] = {name: label for label, name in VOLUMES.items()}
LONGEST = 100
_FIELDS = (
    *("kind", "number", "organ", "clue", "party", "state", "volume"),
    *("since", "until", "sort"),
)
ORDERS: Mapping[str, str] = {"": "最近制发的在前", OLDEST: "最早制发的在前"}


@dataclass(frozen=True)
class DocumentFilter:
    """What the filter's fields say, as they were typed, and what is wrong with them."""

    typed: Mapping[str, str]
    wanted: WantedDocuments
    complaints: tuple[str, ...] = ()

    def address(self, **more: str) -> str:
        """The filter as the query of an address; `more` adds to it or overrides it."""
        told = {**{name: self.typed.get(name, "") for name in _FIELDS}, **more}
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.address())


def filter_of(typed: Mapping[str, str]) -> DocumentFilter:
    """The filter that somebody filled in; a day that is none narrows nothing and is told."""
    days: dict[str, date | None] = {}
    complaints: list[str] = []
    for name, label in (("since", "制发时间起"), ("until", "制发时间止")):
        text = typed.get(name, "").strip()
        try:
            days[name] = date.fromisoformat(text) if text else None
        except ValueError:
            days[name] = None
            complaints.append(f"{label}应为日期，如2026-11-22，填写的是“{text}”")
    since, until = days["since"], days["until"]
    if since and until and since > until:
        complaints.append("制发时间起晚于制发时间止，没有文书符合")
    told = {
        name: typed.get(name, "").strip()
        for name in ("kind", "number", "organ", "clue", "party", "volume")
    }
    wanted = WantedDocuments(
        kind=told["kind"],
        number=told["number"],
        organ=told["organ"],
        clue=told["clue"],
        party=told["party"],
        volume=told["volume"],
        state=typed.get("state", ""),
        since=since,
        until=until,
        sort=OLDEST if typed.get("sort") == OLDEST else "",
        after=typed.get("after", ""),
    )
    return DocumentFilter(typed, wanted, tuple(complaints))


def filter_of_address(request: Request) -> DocumentFilter:
    """What the address asks for."""
    told = request.query_params
    return filter_of({name: told.get(name, "")[:LONGEST] for name in (*_FIELDS, "after")})


Asked = Annotated[DocumentFilter, Depends(filter_of_address)]


def filter_in(query: str) -> DocumentFilter:
    """The filter that a form carries along as one text."""
    told = dict(parse_qsl(query[:2000]))
    return filter_of({name: told.get(name, "")[:LONGEST] for name in (*_FIELDS, "after")})


def register_bar(desk: Desk, asked: DocumentFilter, total: int) -> ListBar:
    """The bar of the register, with what the filter's fields offer."""
    chosen = (choose("volume", "案卷", OFFERED_VOLUMES), choose("state", "状态", OFFERED_STATES))
    shape = ListShape("/documents", (*_narrowings(desk), *chosen, order(ORDERS)), "/documents.xlsx")
    return bar_of(desk, replace(shape, unit="份"), asked.typed, total)


def stale_bar(desk: Desk, asked: DocumentFilter, *, archived: bool) -> ListBar:
    """The bar of the papers whose facts changed: nobody counts them beforehand."""
    ticked = Narrowing("archived", "也查已归档的线索", "tick")
    shape = ListShape("/documents/stale", (*_narrowings(desk), ticked), "/documents/stale.xlsx")
    typed = {**asked.typed, "archived": "yes" if archived else ""}
    return bar_of(desk, shape, typed, None)


def _narrowings(desk: Desk) -> tuple[Narrowing, ...]:
    return (
        Narrowing("number", "文号", hint="如〔2026〕9号"),
        Narrowing("kind", "文书种类", "choice", _kinds(desk.office, desk.actor)),
        choose_department(desk, "制发机关", "organ"),
        Narrowing("clue", "线索编号", hint="本系统或者外部编号"),
        Narrowing("party", "当事人", hint="名称中的几个字"),
        *days("制发日期"),
    )


@once_a_chair
def _kinds(office: Office, actor: Actor) -> Groups:
    return by_group(kinds(office.rules))


def kinds(rules: Rulebook) -> list[Choice]:
    """Every kind of document by the process that issues it."""
    found = [
        Choice(kind, rules.documents[kind].title, rules.lifecycles[process].label)
        for process, members in families(rules).items()
        for kind in members
    ]
    placed = {one.value for one in found}
    rest = [Choice(key, one.title, "其他") for key, one in rules.documents.items()]
    return [*found, *(one for one in rest if one.value not in placed)]
