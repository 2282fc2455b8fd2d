"""Papers that came from outside as they lie in the file: registered, not issued."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from documents.facts.makers import Facts, department_name
from documents.facts.paper import Paper
from domain.situation.received import ACTOR, ENTERED_ON, PARTY, Received, act_key, received
from domain.situation.situation import CHINA, ProcessView

PROCURATORATE, SCAN = "procuratorate_liaison", "来文扫描件"
FILES = "附件"
"""Of a row: the numbers of the uploaded files that it is about; no catalogue prints them."""


def incoming(paper: Paper, kinds: frozenset[str]) -> list[Facts]:
    """A row of the catalogue for each paper that came in, by the day of its receipt.

    `kinds`: the kinds of process that are looked at.
    """
    known = [one for one in paper.situation.processes if one.kind in kinds]
    rows = {_mark(row): row for one in known for row in _rows(paper, one)}
    return sorted(rows.values(), key=lambda row: str(row["日期"] or ""))


def scans_apart(rows: list[Facts], files: Iterable[Mapping[str, object]]) -> list[Facts]:
    """The uploaded files that are no scan of one of the papers; a scan lends it pages and file."""
    apart: list[Facts] = []
    for file in files:
        found = next((row for row in rows if _is_scan(file, row)), None)
        if found is None:
            apart.append(dict(file))
            continue
        found[FILES] = (*files_of(found), *files_of(file))
        if file.get("页数"):
            found["页数"] = file["页数"]
            found["备注"] = f"收文，{file['页数']}页"
    return apart


def files_of(row: Mapping[str, object]) -> tuple[int, ...]:
    """The numbers of the uploaded files that a row is about: it shows one, or has scans."""
    found = row.get(FILES)
    return found if isinstance(found, tuple) else ()


def _is_scan(file: Mapping[str, object], row: Facts) -> bool:
    """Linked to the act that entered the paper, or a scan that bears its number or name."""
    if file.get("收文"):
        return file["收文"] == row["收文"]
    title = str(file.get("题名") or "")
    marks = [str(mark) for mark in (row["文号"], row["题名"]) if mark]
    return title.endswith(f"（{SCAN}）") and any(mark in title for mark in marks)


def _mark(row: Facts) -> tuple[object, ...]:
    """One paper that two acts enter lies in the file once."""
    if row["文号"]:
        return (row["文号"],)
    return (row["责任者"], row["题名"], row["日期"])


def _rows(paper: Paper, one: ProcessView) -> Iterator[Facts]:
    forms, days = one.facts.get("forms"), one.facts.get(ENTERED_ON)
    entered = days if isinstance(days, Mapping) else {}
    actions = paper.rules.lifecycles[one.kind].actions
    for name, form in forms.items() if isinstance(forms, Mapping) else ():
        day = str(entered.get(name) or "")
        came = received(actions[name], form, day) if name in actions else None
        if came is not None:
            yield {
                "文号": came.number or None,
                "责任者": _sender(paper, one, name, came),
                "题名": came.title,
                "日期": _day(came.received_on),
                "备注": f"收文，{came.pages}页" if came.pages else "收文",
                "收文": act_key(one.kind, one.id, name),
                "页数": came.page_count,
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
