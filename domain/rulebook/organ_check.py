"""Whether the kinds of penalty and the organ table name only what there is."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names, uncited, unknown
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.penalties import OrganRule
from domain.shapes.yaml_source import Problem, Source

REVIEWERS = {"government", "superior"}
"""Who may review by law: the own level's government, the superior in the same line."""


def check_penalties(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Kinds of penalty with an unknown article or kind of organ."""
    source = files.source("penalties.yaml")
    for key, kind in rules.penalties.items():
        yield from uncited(names, source, [kind.basis], key, "basis")
        if kind.only:
            yield from unknown(source, "机关类别", kind.only, names.organ_kinds, key, "only")


def check_organs(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Organs, areas, limits, articles, documents and figures that the organ table misnames."""
    source = files.source("organs.yaml")
    for name in rules.organs.functions:
        yield from unknown(source, "部门职能", name, names.functions, "functions", name)
    for name in rules.organs.areas:
        yield from unknown(source, "地区", name, names.areas, "areas", name)
    yield from _organ_rule(names, source, rules.organs.default, ("default",))
    for key, rule in rules.organs.functions.items():
        yield from _organ_rule(names, source, rule, ("functions", key))


def _organ_rule(
    names: Names, source: Source, rule: OrganRule, at: tuple[str, ...]
) -> Iterable[Problem]:
    yield from uncited(names, source, filter(None, [rule.review_basis, rule.suit_basis]), *at)
    for name in filter(None, [rule.review_limit, rule.suit_limit]):
        yield from unknown(source, "时限", name, names.deadlines, *at)
    for name in rule.review:
        yield from unknown(source, "复议机关类别", name, REVIEWERS, *at)
    for name in rule.suit_of:
        yield from unknown(source, "文书", name, names.documents, *at)
    floor = rule.hearing_floor
    for name in (floor.person, floor.unit) if floor else ():
        yield from unknown(source, "法定数值", name, names.parameters, *at)
