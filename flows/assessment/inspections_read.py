"""What a year's inspections, draws and plans come to, as rows of figures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from domain.assessment.figures import Counted, PlanItem
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import CHINA
from domain.tables.process import Process
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking
from domain.tables.visit import EntryCount
from domain.undertakings.draw import REPLACED
from domain.undertakings.visit import ON_SITE, PROBLEM
from flows.assessment.span import Span, matters_of

PLANS = frozenset({"annual_plan", "special_plan"})
RESULT_IN = ("entered", "published", "exempt")
Counts = Iterator[Counted]


def plan_items(session: Session, span: Span) -> list[PlanItem]:
    """The items of the year's published plans of the departments in the span."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == "publication", col(Undertaking.state) == "published"
    )
    rules = span.rules
    return [
        _item(rules, row, place, words)
        for row in session.exec(query.order_by(col(Undertaking.id)))
        if row.facts.get("kind") in PLANS
        and _year(row) == span.year
        and span.covers(row.department_id)
        for place, words in enumerate(row.facts.get("plan") or (), start=1)
    ]


def _year(row: Undertaking) -> int:
    """The year of a plan; one that names none is of the year in which it took force."""
    told = row.facts.get("year") or str(row.facts.get("in_force_on") or "0")[:4]
    return int(str(told))


def _item(rules: Rulebook, row: Undertaking, place: int, words: Mapping[str, str]) -> PlanItem:
    named = f"{words.get('牵头部门', '')}、{words.get('配合部门', '')}"
    known = {one.name: key for key, one in rules.departments.items()}
    partners = {known[one] for one in _names(named) if one in known}
    about = words.get("监管事项", "")
    said = set(_names(about))
    matters = {key for key, one in rules.matters.items() if one.name in said}
    if not matters:
        matters = {key for key, one in rules.matters.items() if one.name in about}
    return PlanItem(
        key=f"{row.no}-{place}",
        no=row.no,
        name=words.get("计划名称", "") or about,
        departments=frozenset(partners | {row.department_id}),
        matters=frozenset(matters),
        words=words,
    )


def _names(text: str) -> list[str]:
    for mark in "，,；; /":
        text = text.replace(mark, "、")
    return [one for one in text.split("、") if one]


def planned(session: Session, span: Span, items: Iterable[PlanItem]) -> Counts:
    """Each item of a plan, on the day on which the plan took force."""
    for one in items:
        row = session.exec(select(Undertaking).where(col(Undertaking.no) == one.no)).one()
        day = date.fromisoformat(str(row.facts["in_force_on"]))
        words = one.words
        told = f"{words.get('检查数量', '')}；{words.get('起止时间', '')}".strip("；")
        matters = tuple(sorted(one.matters))
        found = span.row("planned", row, row.department_id, day)
        yield replace(found, title=one.name, matters=matters, plan=one.key, note=told)


def drawn(session: Session, span: Span) -> Counts:
    """Each object that was drawn, on the day of the draw's record."""
    query = (
        select(Undertaking, IssuedDocument.issued_at)
        .join(IssuedDocument, col(IssuedDocument.clue_id) == col(Undertaking.id))
        .where(
            col(IssuedDocument.kind) == "draw_record",
            col(IssuedDocument.voided_at).is_(None),
            col(IssuedDocument.issued_at) >= span.start,
            col(IssuedDocument.issued_at) < span.end,
            col(Undertaking.state) != "voided",
        )
        .order_by(col(Undertaking.id))
    )
    for row, at in session.exec(query):
        if not span.covers(row.department_id):
            continue
        names = {span.rules.matters[one].name: one for one in matters_of(row)}
        for thing in row.facts.get("drawn") or ():
            if str(thing.get("情况", "")).startswith(REPLACED):
                continue
            about = tuple(names[one] for one in thing["事项"].split("、") if one in names)
            day = at.astimezone(CHINA).date()
            title = f"{thing['名称']}（{thing['对象']}）"
            found = span.row("drawn", row, row.department_id, day)
            yield replace(found, title=title, matters=about)


def doors(session: Session, span: Span) -> Counts:
    """Each door that was entered, and how many fewer they are for going there together."""
    query = (
        select(EntryCount, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(EntryCount.visit_id))
        .where(col(EntryCount.day) >= span.start.date(), col(EntryCount.day) < span.end.date())
        .order_by(col(EntryCount.id))
    )
    entered: dict[str, tuple[Undertaking, date, set[str]]] = {}
    for entry, row in session.exec(query):
        entered.setdefault(row.no, (row, entry.day, set()))[2].add(entry.department_id)
    for row, day, organs in entered.values():
        if not span.covers(row.department_id):
            continue
        yield span.row("doors", row, row.department_id, day)
        if len(organs) > 1:
            told = "、".join(span.rules.departments[one].name for one in sorted(organs))
            found = span.row("saved", row, row.department_id, day)
            yield replace(found, number=len(organs) - 1, note=told)


def recognised(session: Session, span: Span) -> Counts:
    """Each visit that was not made because another department's result stands for it."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == "visit",
        col(Undertaking.state) == "recognised",
        col(Undertaking.ended_at) >= span.start,
        col(Undertaking.ended_at) < span.end,
    )
    for row in session.exec(query.order_by(col(Undertaking.id))):
        if span.covers(row.department_id) and row.ended_at is not None:
            [used] = row.facts["recognised_results"]
            day = row.ended_at.astimezone(CHINA).date()
            found = span.row("saved", row, row.department_id, day)
            yield replace(found, note=f"采用{used['部门']}{used['编号']}的结果")


def results(session: Session, span: Span) -> Counts:
    """Each department's result, what was found, and what became a clue."""
    off_site: set[str] = set()
    for one, row in _beside(session, span, "finding"):
        facts = one.facts
        entered, passed = (
            day_in_china(facts.get("entered_at")),
            day_in_china(facts.get("passed_on")),
        )
        if one.state in RESULT_IN and span.holds(entered):
            yield from _result(span, one, row, entered)
            way = str(row.facts.get("way") or ON_SITE)
            if way != ON_SITE and row.no not in off_site and span.covers(row.department_id):
                off_site.add(row.no)
                yield span.row("off_site", row, row.department_id, entered)
        if span.holds(passed) and span.covers(one.department_id):
            clues = "、".join(row.facts.get("split_into") or ())
            yield replace(span.row("passed_on", row, one.department_id, passed), note=clues)
        forms = facts.get("forms") or {}
        if one.state == "called_off" and "decline" in forms:
            yield from declined(span, one, row)


def _result(span: Span, one: Process, row: Undertaking, day: date) -> Counts:
    if not span.covers(one.department_id):
        return
    options = span.rules.lifecycles["finding"].actions["enter_result"].form["outcome"].options
    outcome = str(one.facts["outcome"])
    found = replace(
        span.row("visited", row, one.department_id, day), note=options.get(outcome, outcome)
    )
    yield found
    if outcome in PROBLEM:
        yield replace(found, figure="found")


def declined(span: Span, one: Process, row: Undertaking) -> Counts:
    """A department that did not take part, and why."""
    day = day_in_china(one.ended_at)
    if span.holds(day) and span.covers(one.department_id):
        why = str(one.facts.get("reason") or "")
        yield replace(span.row("declined", row, one.department_id, day), note=why)


def parts_declined(session: Session, span: Span) -> Counts:
    """Departments that did not take part in a draw."""
    for one, row in _beside(session, span, "draw_part"):
        if one.state == "declined":
            yield from declined(span, one, row)


def corrections(session: Session, span: Span) -> Counts:
    """What was ordered to be put right, and what a recheck found right."""
    for one, row in _beside(session, span, "visit_correction"):
        if not span.covers(one.department_id):
            continue
        begun, ended = day_in_china(one.opened_at), day_in_china(one.ended_at)
        if span.holds(begun):
            yield span.row("ordered", row, one.department_id, begun)
        if one.state == "corrected" and span.holds(ended):
            yield span.row("corrected", row, one.department_id, ended)


def _beside(session: Session, span: Span, kind: str) -> Iterable[tuple[Process, Undertaking]]:
    """Processes of a kind that were open at some time of the year, or got a result in it."""
    query = (
        select(Process, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(Process.clue_id))
        .where(
            col(Process.kind) == kind,
            col(Process.opened_at) < span.end,
            or_(
                col(Process.ended_at).is_(None),
                col(Process.ended_at) >= span.start,
                # What is published may still become a clue.
                col(Undertaking.ended_at).is_(None),
                col(Undertaking.ended_at) >= span.start,
            ),
        )
        .order_by(col(Process.id))
    )
    return session.exec(query)


def day_in_china(moment: object) -> date:
    """The day in China of a moment; none is before all years."""
    if not moment:
        return date.min
    found = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    return found.astimezone(CHINA).date()
