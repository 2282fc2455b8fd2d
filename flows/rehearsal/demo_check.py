"""Whether the demonstration's files hold together and know the rulebook's names."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from domain.crime.tier_weighing import answer_key
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import CONFIG
from domain.shapes.yaml_source import BadConfig, Problem
from flows.rehearsal.inspections.inspected import DemoInspections, read_inspections
from flows.rehearsal.narrative import Narrative, read_narratives
from flows.rehearsal.people import DemoUser, read_users
from flows.rehearsal.work_orders import DemoOrder, read_work_orders


def check_demo(rules: Rulebook, folder: Path = CONFIG / "demo") -> list[Problem]:
    """Everything that is wrong in config/demo; a site that removed the folder has no problem."""
    if not folder.is_dir():
        return []
    return [
        *_read(lambda: _users(rules, read_users(folder / "users.yaml"))),
        *_read(lambda: _orders(rules, read_work_orders(folder / "work-orders.yaml").orders)),
        *_read(lambda: _narratives(rules, read_narratives(folder / "narratives.yaml"))),
        *_read(lambda: _inspections(rules, read_inspections(folder / "inspections.yaml"))),
    ]


def _read(look: Callable[[], Iterable[Problem]]) -> list[Problem]:
    """What a look at a file finds, or why the file cannot be read."""
    try:
        return list(look())
    except BadConfig as fault:
        return fault.problems


def _users(rules: Rulebook, users: Iterable[DemoUser]) -> Iterable[Problem]:
    for one in users:
        if one.department not in rules.departments:
            yield _of("users", f"{one.id} 的部门 {one.department} 不在 departments.yaml 中")
        if one.role not in rules.roles:
            yield _of("users", f"{one.id} 的岗位 {one.role} 不在 roles.yaml 中")


def _orders(rules: Rulebook, orders: Iterable[DemoOrder]) -> Iterable[Problem]:
    functions = {one.function for one in rules.departments.values()}
    questions = {
        answer_key(key, tier) for key, offence in rules.offences.items() for tier in offence.tiers
    }
    for one in orders:
        if one.function and one.function not in functions:
            yield _of("work-orders", f"{one.number} 的部门职能 {one.function} 没有部门")
        for offence in sorted(set(one.offences) - set(rules.offences)):
            yield _of("work-orders", f"{one.number} 的罪名 {offence} 不在 offences.yaml 中")
        for question in sorted(set(one.answers) - questions):
            yield _of("work-orders", f"{one.number} 的定性问题 {question} 不在 offences.yaml 中")
        for quantity in sorted(set(one.facts) - set(rules.quantities)):
            yield _of("work-orders", f"{one.number} 的数额口径 {quantity} 不在 offences.yaml 中")


def _narratives(rules: Rulebook, narratives: Mapping[str, Narrative]) -> Iterable[Problem]:
    functions = {one.function for one in rules.departments.values()}
    for number, one in narratives.items():
        asked = {one.lead, *one.competent, *(part.function or "" for part in one.parts)}
        for function in sorted(asked - functions - {""}):
            yield _of("narratives", f"{number} 的部门职能 {function} 没有部门")
        if one.matter and one.matter not in rules.matters:
            yield _of("narratives", f"{number} 的监管事项 {one.matter} 不在 matters.yaml 中")


def _inspections(rules: Rulebook, told: DemoInspections) -> Iterable[Problem]:
    tags = {one.label for one in rules.rosters.tags.values()}
    kinds = {one.label for one in rules.rosters.kinds.values()}
    for one in told.subjects:
        for tag in sorted(set(one.tags.split("、")) - tags):
            yield _of("inspections", f"{one.name} 的标签 {tag} 不在 rosters.yaml 中")
        if one.kind not in kinds:
            yield _of("inspections", f"{one.name} 的类别 {one.kind} 不在 rosters.yaml 中")
    for key, problem in told.problems.items():
        for offence in sorted(set(problem.offences) - set(rules.offences)):
            yield _of("inspections", f"{key} 的罪名 {offence} 不在 offences.yaml 中")
        if problem.told.matter not in rules.matters:
            yield _of("inspections", f"{key} 的监管事项 {problem.told.matter} 不在 matters.yaml 中")


def _of(name: str, text: str) -> Problem:
    return Problem(f"config/demo/{name}.yaml", 1, text)
