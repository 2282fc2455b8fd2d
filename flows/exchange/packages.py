"""What can be exchanged: each kind as one list of records with a line for everything kept back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.exchange import check_action
from domain.exchange.check_action import Checked, Record
from domain.tables.undertaking import Undertaking
from flows.exchange.check_actions import EXEMPT, Days, check_actions, day_in_china, findings_of
from flows.exchange.credit_changes import BREACH, NAMED, credit_changes
from flows.exchange.credit_changes import LABELS as CHANGE_LABELS
from flows.people.viewer import Viewer
from flows.publications.in_force import PUBLICATION, PUBLISHED, SUPERSEDED, begins_on, holds
from flows.rosters.breach_list import standing_breaches

PLANS = frozenset({"annual_plan", "special_plan"})
KEPT_BACK = "不能报送的原因"
Labels = Mapping[str, str]


@dataclass(frozen=True)
class Package:
    """The records of a kind: those that may be sent, and those kept back with their reasons."""

    kind: str
    title: str
    labels: Labels
    records: tuple[Record, ...]
    kept_back: tuple[Checked, ...] = ()

    @property
    def as_json(self) -> bytes:
        """The package as a file for another system: what was kept back stands beside, by reason."""
        told = {
            "kind": self.kind,
            "title": self.title,
            "fields": dict(self.labels),
            "records": [dict(one) for one in self.records],
            "kept_back": [
                {"record": dict(one.record), "reasons": list(one.faults)} for one in self.kept_back
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode()

    @property
    def sheet(self) -> Sheet:
        """The same as a table: first what may be sent, then what is kept back and why."""
        heads = tuple(Column(f"{label} {name}", 18) for name, label in self.labels.items())
        rows: list[tuple[Cell, ...]] = [(*_cells(self.labels, one), "") for one in self.records]
        rows += [
            (*_cells(self.labels, one.record), "；".join(one.faults)) for one in self.kept_back
        ]
        return Sheet(self.title, (*heads, Column(KEPT_BACK, 60)), rows)


def _cells(labels: Labels, record: Record) -> tuple[str, ...]:
    return tuple(record.get(name, "") for name in labels)


def _actions(session: Session, viewer: Viewer, days: Days) -> Package:
    found = check_actions(session, viewer, days)
    return Package(
        "check_actions",
        "行政检查行为",
        check_action.LABELS,
        tuple(one.record for one in found if not one.faults),
        tuple(one for one in found if one.faults),
    )


RESULTS: Labels = {
    "no": "检查编号",
    "subject": "检查对象",
    "code": "统一社会信用代码或者名录编号",
    "organ": "检查机关",
    "matters": "检查事项",
    "kind": "检查种类",
    "checked_on": "检查日期",
    "outcome": "检查结果",
    "published_on": "公示日期",
    "published_where": "公示的地方",
}


def _results(session: Session, viewer: Viewer, days: Days) -> Package:
    """Results that are published: neither class nor share nor anything of a draw."""
    rules = viewer.office.rules
    options = rules.lifecycles["finding"].actions["enter_result"].form["outcome"].options
    records = tuple(
        {
            "no": row.no,
            "subject": str(row.facts.get("subject_name") or ""),
            "code": str(row.facts.get("subject_key") or ""),
            "organ": rules.departments[one.department_id].name,
            "matters": "、".join(rules.matters[key].name for key in row.facts.get("matters") or ()),
            "kind": rules.inspection.kinds[str(row.facts["kind"])].label,
            "checked_on": day_in_china(one.facts["finished_at"]).isoformat(),
            "outcome": options.get(str(one.facts.get("outcome")), ""),
            "published_on": str(one.facts.get("published_on") or ""),
            "published_where": str(one.facts.get("published_where") or ""),
        }
        for one, row in findings_of(session, viewer, days)
        if one.state not in ("entered", EXEMPT)
    )
    return Package("results", "检查结果", RESULTS, records)


PLAN: Labels = {
    "no": "编号",
    "year": "年度",
    "organ": "公布单位",
    "in_force_on": "施行日期",
    **{
        name: name
        for name in (
            "计划名称",
            "牵头部门",
            "配合部门",
            "监管事项",
            "监管对象",
            "检查数量",
            "起止时间",
        )
    },
}


def _plans(session: Session, viewer: Viewer, days: Days) -> Package:
    """Items of the plans that took force on these days and hold on the last of them.

    One that a version to come replaced already holds until that version's own day.
    """
    rules = viewer.office.rules
    query = select(Undertaking).where(
        col(Undertaking.kind) == PUBLICATION, col(Undertaking.state).in_((PUBLISHED, SUPERSEDED))
    )
    if viewer.watched is not None:
        query = query.where(col(Undertaking.department_id).in_(viewer.watched))
    records = tuple(
        {
            "no": row.no,
            "year": str(row.facts.get("year") or ""),
            "organ": rules.departments[row.department_id].name,
            "in_force_on": str(row.facts["in_force_on"]),
            **{name: str(item.get(name) or "") for name in PLAN if name in item},
        }
        for row in session.exec(query.order_by(col(Undertaking.id)))
        if row.facts.get("kind") in PLANS
        and days.since <= begins_on(row)
        and holds(session, row, days.until)
        for item in row.facts.get("plan") or ()
    )
    return Package("plans", "检查计划", PLAN, records)


CREDIT: Labels = {**BREACH, "state": "状态", "measures": "联合惩戒"}


def _credit(session: Session, viewer: Viewer, days: Days) -> Package:
    """失信信息 that stands and was found by the last of these days; no class is among them."""
    records = tuple(
        {
            "no": one.row.no,
            **{name: str(one.row.facts.get(name) or "") for name in NAMED},
            "level": one.level,
            "organ": one.organ,
            "state": one.state,
            "measures": "；".join(one.measures),
        }
        for one in standing_breaches(session, viewer)
        if str(one.row.facts.get("found_on")) <= days.until.isoformat()
    )
    return Package("credit", "失信信息", CREDIT, records)


def _credit_changes(session: Session, viewer: Viewer, days: Days) -> Package:
    """What came, was corrected and ended on these days."""
    records = credit_changes(session, viewer, days)
    return Package("credit_changes", "失信信息变动", CHANGE_LABELS, records)


Maker = Callable[[Session, Viewer, Days], Package]
MAKERS: Mapping[str, tuple[str, Maker]] = {
    "check_actions": ("行政检查行为", _actions),
    "results": ("检查结果", _results),
    "plans": ("检查计划", _plans),
    "credit": ("失信信息", _credit),
    "credit_changes": ("失信信息变动", _credit_changes),
}
"""By kind, what it is called and who makes it."""
KINDS: Sequence[tuple[str, str]] = tuple((key, label) for key, (label, _) in MAKERS.items())


def package_of(session: Session, viewer: Viewer, kind: str, days: Days) -> Package:
    """The package of a kind over some days; KeyError for a kind that there is none of."""
    return MAKERS[kind][1](session, viewer, days)
