"""A problem of the rehearsal's inspections: a clue at once, which begins its own story."""

from sqlmodel import col, select

from domain.tables.process import Clue
from flows.rehearsal.inspections.inspected import Problem, read_inspections
from flows.rehearsal.inspections.joint_penalty import jointly_penalised
from flows.rehearsal.people import person
from flows.rehearsal.scene import Scene, Telling
from flows.rehearsal.stories.penalty import penalty_simple
from flows.rehearsal.stories.referral import refer_approved
from flows.rehearsal.stories.undertaken import Undertaken
from flows.site.store import reading

STORIES: dict[str, Telling] = {one.__name__: one for one in (penalty_simple, refer_approved)}


def passed_on(visit: Undertaken, department: str, problem: str) -> None:
    """A department's problem becomes a clue with a story of its own."""
    told = read_inspections().problems[problem]
    scene = _registered(visit, department, told)
    name = f"{scene.no}（{visit.row().no}）"
    visit.stage.agenda.add(name, STORIES[told.story](scene), scene.hours(2))


def passed_on_jointly(visit: Undertaken, problems: dict[str, str]) -> None:
    """Two departments' problems, by department, become two clues of one story."""
    known = read_inspections().problems
    first, second = (_registered(visit, key, known[one]) for key, one in problems.items())
    name = f"{first.no}、{second.no}（{visit.row().no}）"
    visit.stage.agenda.add(name, jointly_penalised(first, second), first.hours(2))


def _registered(visit: Undertaken, department: str, problem: Problem) -> Scene:
    [own] = [one for one in visit.processes("finding") if one.department_id == department]
    visit.does(
        person(department, "handler"),
        "finding.pass_on",
        own.id,
        clue_title=problem.title,
        clue_content=problem.content,
    )
    query = select(Clue).where(col(Clue.no) == visit.row().facts["split_into"][-1])
    with reading(visit.stage.office.engine) as session:
        clue = session.exec(query).one()
    return Scene(visit.stage, clue.id or 0, clue.no, problem.order(visit.row().no), problem.told)
