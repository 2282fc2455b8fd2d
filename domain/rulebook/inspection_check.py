"""Whether the rules of inspections name only articles and departments that there are."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names, uncited, unknown
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.yaml_source import Problem, Source

PROCESS, BEGINNINGS, FIELD = "visit", ("propose", "propose_drawn", "enter_urgent"), "kind"
"""The forms that ask of which kind an inspection is."""


def check_inspection(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Unknown articles, caps of unknown departments, and kinds that a form does not offer."""
    source = files.source("inspection.yaml")
    yield from uncited(names, source, rules.inspection.basis, "basis")
    for key in rules.inspection.caps:
        yield from unknown(source, "部门", key, names.departments, "caps", key)
    yield from _pilots(rules, names, source)
    yield from _exchange(rules, names, source)
    lifecycle = rules.lifecycles.get(PROCESS)
    told = {key: one.label for key, one in rules.inspection.kinds.items()}
    for action in BEGINNINGS:
        if lifecycle is None or action not in lifecycle.actions:
            continue
        offered = lifecycle.actions[action].form[FIELD].options
        for key, _ in sorted(set(offered.items()) ^ set(told.items())):
            yield source.problem(f"种类 {key} 与 lifecycles/visit.yaml 的选项不一致", "kinds", key)


def _pilots(rules: Rulebook, names: Names, source: Source) -> Iterable[Problem]:
    """Pilots of unknown matters or areas, without either, or that end before they begin."""
    areas = {one.area for one in rules.departments.values()}
    for key, one in rules.inspection.pilots.items():
        for matter in one.matters:
            yield from unknown(source, "监管事项", matter, names.matters, "pilots", key)
        for area in one.areas:
            yield from unknown(source, "地区", area, areas, "pilots", key)
        if not one.matters and not one.areas:
            yield source.problem(f"试点 {key} 没有写明监管事项或者地区", "pilots", key)
        if one.until is not None and one.until < one.since:
            yield source.problem(f"试点 {key} 的结束日期早于开始日期", "pilots", key)


def _exchange(rules: Rulebook, names: Names, source: Source) -> Iterable[Problem]:
    """Codes of matters, departments and areas that there are none of."""
    exchange = rules.inspection.exchange
    areas = {one.area for one in rules.departments.values()}
    for key, item in exchange.items.items():
        yield from unknown(source, "监管事项", key, names.matters, "exchange", "items", key)
        for organ in item.checks:
            yield from unknown(source, "部门", organ, names.departments, "exchange", "items", key)
    for organ in exchange.institutions:
        yield from unknown(source, "部门", organ, names.departments, "exchange", "institutions")
    for area in exchange.areas:
        yield from unknown(source, "地区", area, areas, "exchange", "areas")
