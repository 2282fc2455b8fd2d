"""What published plans say of matters: which of them, in which days, and what a draw misses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from domain.publications.plan_windows import Window, window_of
from domain.tables.undertaking import Undertaking
from flows.publications.in_force import in_force
from flows.site.office import Office

PLANS = ("annual_plan", "special_plan")
PARTS = str.maketrans("，,；;", "、、、、")


@dataclass(frozen=True)
class PlannedRow:
    """A row of a published plan: its matters by id, and its days where they could be read."""

    plan: Undertaking
    number: int
    name: str
    matters: frozenset[str]
    told: str
    window: Window | None


def planned_rows(
    session: Session, office: Office, day: date, area: str | None = None
) -> list[PlannedRow]:
    """The rows of the plans that hold in the year of a day, of an area or (None) of all."""
    plans = (one for one in in_force(session, PLANS, day, area) if _year(one) == day.year)
    return [row for one in plans for row in _rows(office, one, day.year)]


def outside_its_plan(
    session: Session, office: Office, area: str, matters: Iterable[str], day: date
) -> Iterator[str]:
    """Why a matter may not be drawn on a day: the plan that names it says other days.

    Nothing is said of a matter that no published plan names, nor where a row's days cannot be read.
    """
    rows = planned_rows(session, office, day, area)
    ahead = office.rules.inspection.draw_ahead_days
    for matter in matters:
        own = [one for one in rows if matter in one.matters]
        read = [one.window for one in own if one.window is not None]
        if not own or len(read) < len(own) or any(one.holds(day, ahead) for one in read):
            continue
        plans = "、".join(f"{one.plan.title}（{one.plan.no}）为{one.told}" for one in own)
        name = office.rules.matters[matter].name
        yield (
            f"{name}的检查起止时间，{plans}；今天不在其中，也不在开始前{ahead}天以内，"
            "请在起止时间内抽取，或者先修订计划并公布"
        )


def _year(plan: Undertaking) -> int:
    year = plan.facts.get("year")
    return int(str(year or str(plan.facts.get("in_force_on") or "0")[:4]))


def _rows(office: Office, plan: Undertaking, year: int) -> Iterator[PlannedRow]:
    names = _names(office)
    given = plan.facts.get("plan")
    for number, row in enumerate(given if isinstance(given, list) else [], start=1):
        told = str(row.get("起止时间") or "")
        matters = frozenset(_known(names, str(row.get("监管事项") or "").translate(PARTS)))
        name = str(row.get("计划名称") or f"第{number}行")
        yield PlannedRow(plan, number, name, matters, told, window_of(told, year))


def _names(office: Office) -> dict[str, tuple[str, ...]]:
    """What matters are called in plans: by the name of the list, or by the roster's tag."""
    rules = office.rules
    tagged = {one.label: tuple(one.matters) for one in rules.rosters.tags.values()}
    return tagged | {one.name: (key,) for key, one in rules.matters.items()}


def _known(names: dict[str, tuple[str, ...]], told: str) -> Iterable[str]:
    return (matter for one in told.split("、") for matter in names.get(one.strip(), ()))
