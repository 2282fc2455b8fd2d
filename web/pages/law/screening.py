"""涉刑初筛: open cases near or over a threshold, the figures behind a case, and a calculator."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.limits.limit import day_of
from domain.lookup.screening_report import OUTCOMES, ExplainedOffence, explain_screening
from flows.lists.screened_cases import cases_near_threshold, screened_cases
from flows.people.visible_clues import NotForYou, seen_clue, sight_on
from web.forms.choices import Choice, by_group
from web.forms.screening_form import NotReadable, facts_from, typed_facts
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page

SCREENERS = frozenset({"legal_reviewer", "handler", "department_head", "principal", "supervisor"})
"""Who weighs facts against the thresholds, or watches over it."""
router = APIRouter(dependencies=[Depends(needs(*sorted(SCREENERS)))])
MENU = (Entry("涉刑初筛", "/screening", "法制", SCREENERS, order=20),)
Number = Annotated[int, Query(ge=1, le=1000)]
Clue = Annotated[str, Query(max_length=30)]


@router.get("/screening")
def cases(desk: AtDesk, number: Number = 1, clue: Clue = "") -> Response:
    """The open cases near or over a threshold, the most serious on top; or to a clue by number."""
    complaint = ""
    if clue.strip():
        try:
            chosen = seen_clue(desk.session, desk.office, desk.actor, clue.strip())
            return RedirectResponse(f"/screening/{chosen.no}", 303)
        except NotForYou as problem:
            complaint = str(problem)
    found = cases_near_threshold(desk.session, desk.viewer, number)
    return page(
        desk.request,
        "law/screened_cases.html",
        lines=found.lines,
        clue=clue,
        complaint=complaint,
        outcomes=OUTCOMES,
        newer=f"/screening?number={number - 1}" if number > 1 else "",
        older=f"/screening?number={number + 1}" if found.more else "",
    )


@router.get("/screening/calculator")
def calculator(desk: AtDesk) -> Response:
    """Figures go in, the thresholds they meet come out; nothing is changed."""
    rules = desk.office.rules
    form = typed_facts(desk.request.query_params)
    found: tuple[ExplainedOffence, ...] = ()
    complaints: tuple[str, ...] = ()
    if form.is_sent:
        try:
            found = explain_screening(
                rules, *facts_from(form, rules, day_of(desk.now)), desk.office.region
            )
        except NotReadable as problem:
            complaints = problem.complaints
    matters = [Choice(k, one.name, one.field) for k, one in rules.matters.items()]
    return page(
        desk.request,
        "law/calculator.html",
        form=form,
        found=found,
        complaints=complaints,
        asked=[(one.offence.name, one.questions) for one in found if one.questions],
        matters=by_group(matters),
        offences=by_group(Choice(k, one.name, one.field) for k, one in rules.offences.items()),
        quantities=rules.quantities,
        outcomes=OUTCOMES,
        today=day_of(desk.now),
    )


@router.get("/screening/{number}")
def screened(desk: AtDesk, number: str) -> Response:
    """What the cases of a clue were found to reach, and what that blocks."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    found = screened_cases(desk.session, desk.viewer, clue)
    if not found and not sight_on(desk.session, desk.office, desk.actor, clue).file:
        raise NotForYou(f"没有编号为「{number}」的线索，或者您无权查看")
    return page(
        desk.request,
        "law/screened_case.html",
        clue=clue,
        cases=found,
        outcomes=OUTCOMES,
    )
