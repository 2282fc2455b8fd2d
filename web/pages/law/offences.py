"""罪名标准: the criminal thresholds over time, each with its article and evidence mark."""

from datetime import date
from itertools import zip_longest
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.crime.tier_weighing import ScreeningFacts
from domain.limits.limit import day_of
from domain.lookup.limit_book import EVIDENCE
from domain.lookup.screening_report import NATURES, ExplainedThreshold, special_rules, ways_of
from domain.shapes.offences import Offence
from flows.people.visible_clues import NotForYou
from web.request.desk import AtDesk, Desk, signed_in
from web.request.render import page
from web.views.rule_words import TABS, page_of_list

router = APIRouter(dependencies=[Depends(signed_in)])
Text = Annotated[str, Query(max_length=100)]
Number = Annotated[int, Query(ge=1, le=1000)]
Dated = tuple[date, date | None, bool, tuple[ExplainedThreshold, ...]]


@router.get("/offences")
def offences(
    desk: AtDesk, q: Text = "", field: Text = "", nature: Text = "", number: Number = 1
) -> Response:
    """The offences that fit, with the standards in force today."""
    rules, today = desk.office.rules, day_of(desk.now)
    found = [
        (key, one)
        for key, one in rules.offences.items()
        if field in {"", one.field}
        and nature in {"", one.nature}
        and all(word in _searched(desk, one) for word in q.lower().split())
    ]
    told = {"q": q, "field": field, "nature": nature}
    query = urlencode({key: value for key, value in told.items() if value})
    shown, newer, older = page_of_list(found, number, f"/offences?{query}")
    return page(
        desk.request,
        "law/offences.html",
        tabs=TABS,
        tab="/offences",
        lines=[(key, one, _ways(desk, one, today)) for key, one in shown],
        count=len(found),
        fields=sorted({one.field for one in rules.offences.values()}),
        natures=NATURES,
        asked=told,
        query=query,
        newer=newer,
        older=older,
        evidence=EVIDENCE,
    )


@router.get("/offences/{offence}")
def offence(desk: AtDesk, offence: str) -> Response:
    """One offence: every standard since when, and the questions asked of people."""
    rules, today = desk.office.rules, day_of(desk.now)
    found = rules.offences.get(offence)
    if found is None:
        raise NotForYou("没有这个罪名")
    starts = list(found.starts)
    values: list[Dated] = [
        (
            start,
            until,
            start <= today and (until is None or today < until),
            _ways(desk, found, start),
        )
        for start, until in zip_longest(starts, starts[1:])
    ]
    return page(
        desk.request,
        "law/offence.html",
        id=offence,
        offence=found,
        article=rules.citations[found.article],
        values=values[::-1],
        special=special_rules(rules, found),
        natures=NATURES,
        evidence=EVIDENCE,
        matters=[one for one in rules.matters.values() if offence in one.offences],
        regional=[one.label for one in rules.regions.values() if offence in one.amounts],
    )


def _ways(desk: Desk, found: Offence, day: date) -> tuple[ExplainedThreshold, ...]:
    return ways_of(desk.office.rules, found.in_force(day), ScreeningFacts())


def _searched(desk: Desk, one: Offence) -> str:
    return f"{one.name} {one.field} {desk.office.rules.cite(one.article)}".lower()
