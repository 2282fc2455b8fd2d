"""依据: every instrument and article of the rulebook, and all that rests on it."""

from collections.abc import Iterable, Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.limits.limit import day_of
from domain.lookup.citations import KINDS, Use, uses
from domain.lookup.limit_book import EVIDENCE
from domain.lookup.stale_citations import stale_citations
from domain.shapes.entries import Citation
from flows.people.visible_clues import NotForYou
from web.request.desk import AtDesk, signed_in
from web.request.render import page
from web.views.rule_words import TABS, page_of_list, page_of_use

router = APIRouter(dependencies=[Depends(signed_in)])
Text = Annotated[str, Query(max_length=100)]
Number = Annotated[int, Query(ge=1, le=1000)]


@router.get("/rules/articles")
def instruments(desk: AtDesk, q: Text = "", number: Number = 1) -> Response:
    """The laws and regulations; a word finds those whose title, number or articles have it."""
    words = q.lower().split()
    found = [
        (key, one)
        for key, one in desk.office.rules.instruments.items()
        if all(
            word in f"{key} {one.title} {one.number} {_articles(one.citations.values())}".lower()
            for word in words
        )
    ]
    shown, newer, older = page_of_list(found, number, f"/rules/articles?{urlencode({'q': q})}")
    return page(
        desk.request,
        "law/instruments.html",
        tabs=TABS,
        tab="/rules/articles",
        lines=shown,
        count=len(found),
        q=q,
        newer=newer,
        older=older,
        today=day_of(desk.now),
    )


@router.get("/rules/articles/{instrument}")
def instrument(desk: AtDesk, instrument: str) -> Response:
    """One law with the articles that the rulebook cites, and all that rests on each."""
    rules = desk.office.rules
    found = rules.instruments.get(instrument)
    if found is None:
        raise NotForYou("没有这个文件")
    cited = uses(rules)
    stale = {one.article.id: one.reasons for one in stale_citations(rules, day_of(desk.now))}
    return page(
        desk.request,
        "law/instrument.html",
        instrument=found,
        articles=[
            (key, one, _by_kind(cited.get(key, ())), stale.get(key, ()))
            for key, one in found.citations.items()
        ],
        kinds=KINDS,
        place_of=page_of_use,
        evidence=EVIDENCE,
        today=day_of(desk.now),
    )


def _articles(citations: Iterable[Citation]) -> str:
    return " ".join(f"{one.article} {one.says}" for one in citations)


def _by_kind(found: Iterable[Use]) -> Mapping[str, tuple[Use, ...]]:
    """What cites an article, by kind in the order in which kinds are shown."""
    those = tuple(found)
    groups = {kind: tuple(one for one in those if one.kind == kind) for kind in KINDS}
    return {kind: group for kind, group in groups.items() if group}
