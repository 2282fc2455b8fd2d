"""The assessment of a year: its rows once, and the same rows as lines of every kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from domain.assessment.figures import (
    BY_ID,
    UNTOLD,
    Belongs,
    Counted,
    Line,
    PlanItem,
    line_of,
    lines_by,
    of_county,
    of_department,
    of_matter,
)
from domain.limits.limit import SHANGHAI
from domain.shapes.inspection import Pilot
from flows.assessment import cases_read, inspections_read
from flows.assessment.span import Span
from flows.people.viewer import Viewer
from flows.upkeep.department_tree import area_name

EARLIEST = 2019
"""No assessment reaches further back than any record here may."""


@dataclass(frozen=True)
class View:
    """A way to divide the rows: what its lines are called, and what is to be known of it."""

    id: str
    label: str
    note: str = ""


VIEWS: Sequence[View] = (
    View("department", "部门"),
    View("county", "地区"),
    View("matter", "监管事项", "一次检查有几个事项的，每个事项各计一次，各行相加可能多于合计"),
    View("plan", "计划项目", "按计划写明的部门和监管事项名称对应；同一件工作可以属于几个项目"),
    View("pilot", "试点", "试点由管理员按确定试点的文件登记事项、地区和起止日期"),
)
BY_VIEW: Mapping[str, View] = {one.id: one for one in VIEWS}


@dataclass(frozen=True)
class Assessed:
    """All rows of a year over the departments that the viewer watches, and how they divide."""

    span: Span
    rows: tuple[Counted, ...]
    plans: tuple[PlanItem, ...]

    @property
    def whole(self) -> Line:
        """Everything together: each row once."""
        return line_of("", "合计", self.rows)

    def lines(self, view: str) -> list[Line]:
        """The figures by one of `VIEWS`; ids that it does not have give no line."""
        return lines_by(self.rows, self._labels(view), self._belongs(view))

    def behind(self, figure: str, view: str = "", key: str = "") -> list[Counted]:
        """The rows of a figure, of one line of a view where that is named, the newest on top."""
        belongs = self._belongs(view) if view in BY_VIEW else None
        found = [
            one
            for one in self.rows
            if one.figure == figure and (belongs is None or key in belongs(one))
        ]
        return sorted(found, key=lambda one: (one.day, one.no), reverse=True)

    def label(self, view: str, key: str) -> str:
        """What a line of a view is called."""
        return self._labels(view).get(key, key) if view in BY_VIEW else ""

    def _labels(self, view: str) -> Mapping[str, str]:
        rules = self.span.rules
        if view == "matter":
            named = {key: one.name for key, one in rules.matters.items()}
            return {**named, UNTOLD: "没有写明监管事项"}
        if view == "plan":
            return {one.key: f"{one.name}（{one.no}）" for one in self.plans}
        if view == "pilot":
            return {key: one.label for key, one in rules.inspection.pilots.items()}
        if view == "county":
            return {
                one.area: area_name(one.area, rules.departments)
                for one in rules.departments.values()
            }
        return {key: one.name for key, one in rules.departments.items()}

    def _belongs(self, view: str) -> Belongs:
        if view == "plan":
            return lambda row: [one.key for one in self.plans if one.holds(row)]
        if view == "pilot":
            pilots = self.span.rules.inspection.pilots
            return lambda row: [key for key, one in pilots.items() if _is_in(one, row)]
        return {"matter": of_matter, "county": of_county}.get(view, of_department)


def _is_in(pilot: Pilot, row: Counted) -> bool:
    """Whether a row is of a pilot: of its matters and areas, on a day of it."""
    began = row.day >= pilot.since and (pilot.until is None or row.day <= pilot.until)
    about = not pilot.matters or bool(set(pilot.matters) & set(row.matters))
    return began and about and (not pilot.areas or row.area in pilot.areas)


def assess(session: Session, viewer: Viewer, year: int) -> Assessed:
    """The year's rows of the departments that the viewer watches; nothing is changed."""
    span = Span(year, viewer.watched, viewer.office.rules)
    plans = inspections_read.plan_items(session, span)
    rows: Iterable[Iterable[Counted]] = (
        inspections_read.planned(session, span, plans),
        inspections_read.drawn(session, span),
        inspections_read.results(session, span),
        inspections_read.doors(session, span),
        inspections_read.recognised(session, span),
        inspections_read.corrections(session, span),
        inspections_read.parts_declined(session, span),
        cases_read.penalties(session, span),
        cases_read.referrals(session, span),
        cases_read.warnings(session, span),
        cases_read.limits(session, viewer, span),
    )
    return Assessed(span, tuple(one for some in rows for one in some), tuple(plans))


def year_meant(text: str, now: datetime) -> int:
    """The year that is asked for; what cannot be one is this year."""
    this = now.astimezone(SHANGHAI).year
    if text.isascii() and text.isdecimal() and EARLIEST <= int(text[:5]) <= this:
        return int(text)
    return this


def figure_meant(text: str) -> str:
    """A figure that there is; the first of all for what is none."""
    return text if text in BY_ID else next(iter(BY_ID))
