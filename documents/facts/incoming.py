"""Papers that came from outside as they lie in the file: registered, not issued."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from documents.facts.makers import Facts, department_name
from documents.facts.paper import Paper
from domain.situation.received import ACTOR, PARTY, Received, received
from domain.situation.situation import CHINA, ProcessView

PROCURATORATE = "procuratorate_liaison"


def incoming(paper: Paper, kinds: frozenset[str]) -> list[Facts]:
    """A row of the catalogue for each paper that came in, by the day of its receipt.

    `kinds`: the kinds of process that are looked at.
    """
    known = [one for one in paper.situation.processes if one.kind in kinds]
    rows = [row for one in known for row in _rows(paper, one)]
    return sorted(rows, key=lambda row: str(row["日期"] or ""))


def _rows(paper: Paper, one: ProcessView) -> Iterator[Facts]:
    forms = one.facts.get("forms")
    actions = paper.rules.lifecycles[one.kind].actions
    for name, form in forms.items() if isinstance(forms, Mapping) else ():
        came = received(actions[name], form) if name in actions else None
        if came is not None:
            yield {
                "文号": came.number or None,
                "责任者": _sender(paper, one, name, came),
                "题名": came.title,
                "日期": _day(came.received_on),
                "备注": f"收文，{came.pages}页" if came.pages else "收文",
            }


def _sender(paper: Paper, one: ProcessView, action: str, came: Received) -> str | None:
    if came.sender == PARTY:
        return paper.situation.subject.subject_name or "当事人"
    if came.sender != ACTOR:
        return came.sender
    transition = paper.rules.lifecycles[one.kind].actions[action]
    if PROCURATORATE in transition.by:
        return _procuratorate(paper, one.department)
    to = transition.receives.comes_to if transition.receives else "holder"
    return department_name(paper, one.counterpart if to == "holder" else one.department)


def _procuratorate(paper: Paper, organ: str) -> str | None:
    own = paper.rules.departments[organ]
    same = ("procuratorate", own.area)
    found = (one.name for one in paper.rules.departments.values() if (one.kind, one.area) == same)
    return next(found, None)


def _day(text: str) -> date | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return (moment.astimezone(CHINA) if moment.tzinfo else moment).date()
