"""法律核对: what each statute demands of a case, and what in the system carries it."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from domain.lookup.law_audit import Carrier, demands
from domain.lookup.limit_book import EVIDENCE
from flows.people.visible_clues import NotForYou
from web.request.desk import AtDesk, signed_in
from web.request.render import page
from web.views.rule_words import TABS

router = APIRouter(dependencies=[Depends(signed_in)])


@router.get("/rules/checklists")
def checklists(desk: AtDesk) -> Response:
    """The first statute that has a checklist."""
    first = next(iter(desk.office.rules.checklists), None)
    if first is None:
        raise NotForYou("规则库还没有登记法律核对表")
    return _shown(desk, first)


@router.get("/rules/checklists/{key}")
def checklist(desk: AtDesk, key: str) -> Response:
    """One statute: its articles, their demands and the carriers of each."""
    if key not in desk.office.rules.checklists:
        raise NotForYou("没有这张核对表")
    return _shown(desk, key)


def _shown(desk: AtDesk, key: str) -> Response:
    rules = desk.office.rules
    return page(
        desk.request,
        "law/checklist.html",
        tabs=TABS,
        tab="/rules/checklists",
        key=key,
        checklist=rules.checklists[key],
        checklists={
            name: rules.instruments[one.instrument].title for name, one in rules.checklists.items()
        },
        demands=demands(rules, key),
        citations=rules.citations,
        evidence=EVIDENCE,
        place_of=_place,
    )


def _place(carrier: Carrier) -> str:
    """The page on which a carrier is explained; empty where it has none."""
    if carrier.kind in {"操作", "表单"}:
        kind, name, *_ = carrier.id.split(".")
        return f"/rules/lifecycles/{kind}#{name}"
    return f"/rules/limits/{carrier.id}" if carrier.kind == "时限" else ""
