"""The play put on: every registered order gets its story, and days pass one after another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.situation.situation import CHINA
from flows.rehearsal import officials, supervisors
from flows.rehearsal.cast import STORIES
from flows.rehearsal.clockwork import Agenda, on_day, working_day_after
from flows.rehearsal.inspections.inspection_year import cast_inspections
from flows.rehearsal.narrative import Narrative, read_narratives
from flows.rehearsal.officials import heads_extend
from flows.rehearsal.scene import Scene, Stage, find_clue
from flows.rehearsal.stories.circular import cast_circulars
from flows.rehearsal.supervisors import supervisor_looks
from flows.rehearsal.work_orders import DemoOrder, read_work_orders
from flows.site.office import Office
from flows.site.store import reading

CHANNEL, MAPPING = "hotline", "12345"
IMPORTED_AT = datetime(2026, 9, 22, 11, 0, tzinfo=CHINA)
"""When the hotline's export of two days is imported."""
TRIAGE_AT = datetime(2026, 9, 22, 13, 30, tzinfo=CHINA)
A_CLUE_EVERY = timedelta(minutes=3)
LAST_DAY = date(2026, 12, 11)


@dataclass(frozen=True)
class Day:
    """A simulated day: offices open, and everything is done by the evening."""

    morning: datetime
    evening: datetime


def set_stage(office: Office, start: datetime = IMPORTED_AT) -> Stage:
    """A stage on which nobody acts yet."""
    return Stage(office, Agenda(start))


def cast_orders(stage: Stage, orders: Iterable[DemoOrder], first: datetime = TRIAGE_AT) -> int:
    """Gives every registered order its story, in the order of the file; how many have one."""
    told = 0
    for order in orders:
        scene = scene_of(stage, order)
        if scene is None or not order.story:
            continue
        story = STORIES[order.story.partition(":")[0]](scene)
        stage.agenda.add(f"{scene.no}（{order.number}）", story, first + told * A_CLUE_EVERY)
        told += 1
    return told


def scene_of(stage: Stage, order: DemoOrder) -> Scene | None:
    """The scene of an order's clue, if it was registered."""
    with reading(stage.office.engine) as session:
        clue = find_clue(session, order.number)
    if clue is None:
        return None
    told = read_narratives().get(order.number, Narrative())
    return Scene(stage, clue.id or 0, clue.no, order, told)


def cast_all(stage: Stage) -> int:
    """Every order of the rehearsal, circulars, inspections, and who looks at all clues."""
    told = cast_orders(stage, read_work_orders().orders)
    cast_circulars(stage)
    cast_inspections(stage)
    cast_officials(stage)
    return told


def cast_officials(stage: Stage) -> None:
    """The people who look at all clues, every working day as long as the play lasts."""
    for name, looks, clock in (
        ("机关负责人", heads_extend, officials.LOOKS_AT),
        ("督办员", supervisor_looks, supervisors.LOOKS_AT),
    ):
        at = working_day_after(stage.now, 1, clock, stage.calendar)
        stage.agenda.add(name, looks(stage), at, lasting=True)


def days(stage: Stage, last: date = LAST_DAY) -> Iterable[Day]:
    """One day after another until all stories are told."""
    day = stage.now.astimezone(CHINA).date()
    while day <= last and stage.agenda.is_busy():
        yield Day(on_day(day, "09:02"), on_day(day, "18:30"))
        day += timedelta(days=1)
    for name in stage.agenda.unfinished():
        stage.stuck.append(f"{name}：到{last:%Y年%-m月%-d日}仍未结束")
