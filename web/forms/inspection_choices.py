"""What the forms of inspections offer and begin with: officers, results, the items inspected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from domain.guards.registry import moment_of
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import FormField
from domain.situation.situation import ProcessView, Situation
from domain.undertakings.visit import RESULTS, visit_of
from web.forms.choices import Choice, Choices, by_group, officers
from web.forms.roster_search import SUBJECT_FIELDS, subjects_named

GOES = "certificate"
"""The field that names one of those who already go."""
FINDING, ITEMS, ITEM, RESULT = "finding", "items", "检查事项", "结果"
STARTED = "started_at"


@dataclass(frozen=True)
class Sent:
    """Who fills in a form, on which process, and on which day."""

    department: str
    process: ProcessView
    day: date


def inspection_choices(
    session: Session, rules: Rulebook, fields: Mapping[str, FormField], sent: Sent
) -> Choices:
    """Whom to inspect; who may be sent, of one's own or in the place of one who goes; who goes."""
    told = sent.process.facts.get("team")
    team = told if isinstance(told, list) else []
    names = {one.name: key for key, one in rules.departments.items()}
    others = [names[row["部门"]] for row in team if row["部门"] in names]
    found: dict[str, tuple[tuple[str, tuple[Choice, ...]], ...]] = {}
    for name, one in fields.items():
        if one.type == "officers":
            found[name] = by_group(officers(session, rules, [sent.department], sent.day))
        elif one.type == "officer" and name == GOES:
            going = (
                Choice(row["证号"], f"{row['姓名']}（{row['证号']}）", row["部门"]) for row in team
            )
            found[name] = by_group(going)
        elif one.type == "officer":
            found[name] = by_group(officers(session, rules, others, sent.day))
        elif (sent.process.kind, name) in SUBJECT_FIELDS:
            area = rules.departments[sent.department].area
            found[name] = by_group(subjects_named(session, area, sent.day).shown)
    if sent.process.kind == FINDING and ITEMS in fields:
        found[ITEMS] = ((RESULT, tuple(Choice(one, one) for one in RESULTS)),)
    return found


def result_begun(s: Situation) -> dict[str, object]:
    """What the form of a result begins with: its items, and when the door was entered.

    The items are the matters that the department leads, else all of the inspection.
    """
    visit = visit_of(s)
    entered = moment_of(visit.get("entered_at"))
    begun = {STARTED: entered.strftime("%Y-%m-%dT%H:%M")} if entered else {}
    return {**_items(s, visit.get("matters")), **begun}


def _items(s: Situation, named: object) -> dict[str, object]:
    matters = [s.law.matters[one] for one in named] if isinstance(named, list) else []
    function = s.law.departments[s.process.department].function
    own = [one for one in matters if one.lead == function] or matters
    return {ITEMS: [{ITEM: one.name} for one in own]}
