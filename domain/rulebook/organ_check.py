"""Whether the kinds of penalty and the organ table name only what there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from domain.shapes.yaml_source import Problem, Source

if TYPE_CHECKING:
    from domain.rulebook.rulebook import Rulebook
    from domain.shapes.penalties import OrganRule

REVIEWERS = {"government", "superior"}
"""Who may review by law: the own level's government, the superior in the same line."""
Sources = Mapping[str, Source]


def check_penalties(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    """Kinds of penalty with an unknown article or kind of organ."""
    source = sources.get("penalties.yaml", Source("config/penalties.yaml", {}))
    kinds = {one.kind for one in rules.departments.values()}
    for key, kind in rules.penalties.items():
        yield from _cites(rules, source, [kind.basis], key, "basis")
        if kind.only:
            yield from _known(source, "机关类别", kind.only, kinds, key, "only")


def check_organs(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    """Organs, areas, limits, articles, documents and figures that the organ table misnames."""
    source = sources.get("organs.yaml", Source("config/organs.yaml", {}))
    departments = rules.departments.values()
    for name in rules.organs.functions:
        known = {one.function for one in departments}
        yield from _known(source, "部门职能", name, known, "functions", name)
    for name in rules.organs.areas:
        yield from _known(source, "地区", name, {one.area for one in departments}, "areas", name)
    yield from _organ_rule(rules, source, rules.organs.default, ("default",))
    for key, rule in rules.organs.functions.items():
        yield from _organ_rule(rules, source, rule, ("functions", key))


def _organ_rule(
    rules: Rulebook, source: Source, rule: OrganRule, at: tuple[str, ...]
) -> Iterable[Problem]:
    yield from _cites(rules, source, filter(None, [rule.review_basis, rule.suit_basis]), *at)
    for name in filter(None, [rule.review_limit, rule.suit_limit]):
        yield from _known(source, "时限", name, rules.deadlines, *at)
    for name in rule.review:
        yield from _known(source, "复议机关类别", name, REVIEWERS, *at)
    for name in rule.suit_of:
        yield from _known(source, "文书", name, rules.documents, *at)
    floor = rule.hearing_floor
    for name in (floor.person, floor.unit) if floor else ():
        yield from _known(source, "法定数值", name, rules.parameters, *at)


def _known(
    source: Source, what: str, name: str, known: Iterable[str], *at: object
) -> list[Problem]:
    return [] if name in known else [source.problem(f"未知的{what} {name}", *at)]


def _cites(rules: Rulebook, source: Source, names: Iterable[str], *at: object) -> list[Problem]:
    return [p for one in names for p in _known(source, "引用", one, rules.citations, *at)]
