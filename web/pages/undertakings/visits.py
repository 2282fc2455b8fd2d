"""行政检查: the lists, today's on a phone, those to approve, the calendar, the page of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from domain.lifecycle.plan import Refused
from domain.lifecycle.visibility import oversight_of
from domain.limits.limit import day_of
from domain.tables.undertaking import Undertaking
from domain.undertakings.visit import ON_SITE
from flows.acting.whole_steps import act
from flows.door.steps import Command
from flows.visits.caps import caps_in_force, tightest, visited
from flows.visits.frequency import frequency
from flows.visits.near_caps import near_caps
from flows.visits.recognisable import recognisable
from flows.visits.roster_changes import tags_left
from flows.visits.visit_calendar import month_of
from flows.visits.visit_lists import asked_of, asked_today, doorsteps, due_today
from web.request.desk import AtDesk, Desk, NotAllowed, Sent
from web.request.menu import Entry
from web.request.render import page
from web.views.undertaking_rows import Asked, rows_of

router = APIRouter()
KIND = "visit"
HEAD = frozenset({"principal"})
OFFICERS = frozenset({"handler", "department_head"})
SUPERVISING = frozenset({"supervisor", "auditor"})
TABS = {"waiting": "待办理", "sent": "本部门提出的", "received": "本部门参加的", "all": "全部"}


MENU = (
    Entry("行政检查", "/visits", "监管", order=47),
    Entry("我的检查", "/visits/today", "监管", OFFICERS, order=48, count=due_today),
    Entry("待批检查", "/visits/approvals", "监管", HEAD, order=49, count=asked_today),
    Entry("检查日历", "/visits/calendar", group="督办", roles=SUPERVISING, order=60),
)


@router.get("/visits")
def visits(desk: AtDesk, asked: Asked) -> Response:
    """The inspections that a person may see: waiting for him, his department's, or all."""
    return page(
        desk.request,
        "undertakings/visits.html",
        kinds=desk.office.rules.inspection.kinds,
        **rows_of(desk, KIND, TABS, asked),
    )


@router.get("/visits/today")
def today(desk: AtDesk) -> Response:
    """Where the officers of the department go today, with what they need at the door."""
    found = doorsteps(desk.session, desk.viewer)
    return page(desk.request, "undertakings/visits_today.html", found=found)


# --- approving ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """What became of one that was picked: approved, or every reason why not."""

    number: str
    title: str
    reasons: tuple[str, ...] = ()


@router.get("/visits/approvals")
def approvals(desk: AtDesk) -> Response:
    """What waits for the head of the organ, each with how often it was inspected this year."""
    return _approvals(desk)


@router.post("/visits/approvals")
def approve(desk: AtDesk, sent: Sent) -> Response:
    """Each of those picked in a transaction of its own, and what became of it."""
    picked = {one for one in sent.getlist("pick") if isinstance(one, str)}
    offered = [one for one in asked_of(desk.session, desk.viewer) if one.may_be_picked]
    orders = [(one.row, one.finding) for one in offered if f"{one.row.no}-{one.finding}" in picked]
    return _approvals(desk, tuple(_approved(desk, row, finding) for row, finding in orders))


def _approved(desk: Desk, row: Undertaking, finding: int) -> Fate:
    process, action = ("finding", "agree") if finding else (KIND, "approve")
    command = Command(action, process, row.id, finding or None)
    number, title = row.no, row.title
    try:
        act(desk.office, command, desk.actor, desk.now)
    except Refused as refused:
        return Fate(number, title, tuple(map(str, refused.reasons)))
    return Fate(number, title)


def _approvals(desk: Desk, fates: tuple[Fate, ...] = ()) -> Response:
    if not desk.actor.roles & HEAD:
        raise NotAllowed("检查由行政执法主体负责人批准")
    desk.session.rollback()  # the steps were taken beside what was read before them
    found = asked_of(desk.session, desk.viewer)
    return page(desk.request, "undertakings/visit_approvals.html", found=found, fates=fates)


# --- supervising ----------------------------------------------------------------------------------


@router.get("/visits/calendar")
def calendar(desk: AtDesk, month: str = "") -> Response:
    """A month's inspections by subject and organ, over the areas that the person supervises."""
    if not desk.actor.roles & SUPERVISING:
        raise NotAllowed("检查日历供督办、审计人员查看")
    areas = oversight_of(desk.actor, desk.office.rules.departments)
    day = _month(month) or day_of(desk.now)
    found = month_of(desk.session, desk.office, areas, day)
    return page(desk.request, "undertakings/visit_calendar.html", found=found)


@router.get("/visits/caps")
def caps(desk: AtDesk) -> Response:
    """Who is near or beyond the cap of an organ this year, over the areas supervised."""
    if not desk.actor.roles & (SUPERVISING | HEAD):
        raise NotAllowed("频次上限的情况供主要负责人和督办、审计人员查看")
    areas = oversight_of(desk.actor, desk.office.rules.departments)
    own = desk.office.rules.departments[desk.actor.department].area
    seen = areas if desk.actor.roles & SUPERVISING else frozenset({own})
    found = near_caps(desk.session, desk.office, seen, day_of(desk.now))
    return page(desk.request, "undertakings/near_caps.html", found=found)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def beside(desk: Desk, row: Undertaking) -> Mapping[str, object]:
    """What the page of an inspection shows besides: subject, team, frequency, and each result."""
    rules, key = desk.office.rules, str(row.facts.get("subject_key") or "")
    found = frequency(desk.session, key, row.department_id, day_of(desk.now))
    finding = rules.lifecycles["finding"].actions["enter_result"].form
    open_to_it = row.state == "planned" and row.facts.get("kind") != "single"
    others = recognisable(desk.session, desk.office, row, key, day_of(desk.now))
    return {
        "others_found": others if open_to_it and row.facts.get("way") == ON_SITE else (),
        "frequency": found,
        "cap": tightest(
            desk.session,
            caps_in_force(desk.session, desk.office, day_of(desk.now)),
            visited(desk.session, row, row.department_id, found),
        ),
        "kinds": rules.inspection.kinds,
        "matters": [rules.matters[one].name for one in row.facts.get("matters") or ()],
        "outcomes": finding["outcome"].options,
        "ways": rules.lifecycles[KIND].actions["propose"].form["way"].options,
        "departments": rules.departments,
        "tags_left": tags_left(desk.session, desk.office, row, day_of(desk.now)),
    }
