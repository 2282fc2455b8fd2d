"""规则: every time limit with its value over time, its article, and a calculator on its page."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from documents.output.rule_sheets import limits_sheet, stale_sheet
from domain.limits.limit import day_of
from domain.lookup.citations import uses
from domain.lookup.limit_book import EVIDENCE, NOT_TIMED, Search, limit_book
from domain.lookup.stale_citations import stale_citations
from domain.rulebook.regional import applies_here
from domain.shapes.entries import Region
from flows.people.visible_clues import NotForYou
from web.forms.due_calculator import calculate, typed_question
from web.request.desk import AtDesk, signed_in
from web.request.menu import Entry
from web.request.render import page
from web.views.rule_words import TABS, page_of_list
from web.views.supervisor_view import excel_file

router = APIRouter(dependencies=[Depends(signed_in)])
MENU = (Entry("规则库", "/rules", "法制", order=60),)
Text = Annotated[str, Query(max_length=100)]
Number = Annotated[int, Query(ge=1, le=1000)]


def search_of(q: Text = "", process: Text = "", evidence: Text = "", stale: bool = False) -> Search:
    """What the address asks for."""
    return Search(q, process, evidence, stale)


@router.get("/rules")
def limits(
    desk: AtDesk, search: Annotated[Search, Depends(search_of)], number: Number = 1
) -> Response:
    """The limits that fit, page by page."""
    today = day_of(desk.now)
    found = limit_book(desk.office.rules, today).find(search)
    told = {
        "q": search.text,
        "process": search.process,
        "evidence": search.evidence,
        "stale": "true" if search.stale else "",
    }
    query = urlencode({key: value for key, value in told.items() if value})
    shown, newer, older = page_of_list(found, number, f"/rules?{query}")
    return page(
        desk.request,
        "law/limits.html",
        tabs=TABS,
        tab="/rules",
        entries=shown,
        count=len(found),
        search=search,
        query=query,
        newer=newer,
        older=older,
        today=today,
        evidence=EVIDENCE,
        not_timed=NOT_TIMED,
        lifecycles=desk.office.rules.lifecycles,
    )


@router.get("/rules.xlsx")
def take_limits(desk: AtDesk, search: Annotated[Search, Depends(search_of)]) -> Response:
    """The same limits as a file."""
    found = limit_book(desk.office.rules, day_of(desk.now)).find(search)
    return excel_file(desk, limits_sheet(desk.office.rules, found))


@router.get("/rules/limits/{rule}")
def limit(desk: AtDesk, rule: str) -> Response:
    """One limit, and the calculator: a start goes in, the due date comes out day by day."""
    rules, today = desk.office.rules, day_of(desk.now)
    entry = limit_book(rules, today).entries.get(rule)
    if entry is None:
        raise NotForYou("没有这条时限")
    form = typed_question(desk.request.query_params, rule)
    return page(
        desk.request,
        "law/limit.html",
        entry=entry,
        today=today,
        evidence=EVIDENCE,
        ladder=rules.ladders[entry.rule.ladder],
        same=[(key, one.label) for key, one in rules.deadlines.items() if one.same_as == rule],
        regions=_of_regions(rules.regions.values(), rule),
        form=form,
        found=calculate(form, rules) if form.start else None,
        suggested=desk.now,
        extensions=sum(one.times for one in entry.rule.extensions),
        stated=entry.shown.figure == "由文书载明",
        lifecycles=rules.lifecycles,
    )


def _of_regions(regions: Iterable[Region], rule: str) -> list[str]:
    """In which regions the limit is that of the hotline's reply or of a return."""
    found: list[str] = []
    for one in regions:
        found += [f"{one.label}热线答复期限"] if one.reply_clock == rule else []
        found += [f"{one.label}退回期限"] if one.return_clock == rule else []
    return found


@router.get("/rules/due")
def due(desk: AtDesk) -> Response:
    """The calculator for any limit, or for what a region calls its reply or return limit."""
    rules = desk.office.rules
    form = typed_question(desk.request.query_params)
    return page(
        desk.request,
        "law/due.html",
        tabs=TABS,
        tab="/rules/due",
        form=form,
        found=calculate(form, rules) if form.start and form.rule else None,
        suggested=desk.now,
        deadlines={k: one for k, one in rules.deadlines.items() if applies_here(rules, one)},
        regions=rules.regions,
    )


@router.get("/rules/stale")
def stale(desk: AtDesk, on: Annotated[date | None, Query()] = None, number: Number = 1) -> Response:
    """The articles that want checking again, and what rests on them."""
    day = on or day_of(desk.now)
    found = stale_citations(desk.office.rules, day)
    cited = uses(desk.office.rules)
    shown, newer, older = page_of_list(found, number, f"/rules/stale?on={day.isoformat()}")
    return page(
        desk.request,
        "law/stale_citations.html",
        tabs=TABS,
        tab="/rules/stale",
        day=day,
        lines=[(one, cited.get(one.article.id, ())) for one in shown],
        count=len(found),
        newer=newer,
        older=older,
        evidence=EVIDENCE,
    )


@router.get("/rules/stale.xlsx")
def take_stale(desk: AtDesk, on: Annotated[date | None, Query()] = None) -> Response:
    """The same articles as a file."""
    return excel_file(desk, stale_sheet(desk.office.rules, on or day_of(desk.now)))
