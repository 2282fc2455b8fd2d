"""Whether indicators of risk warnings name known articles, and the form records all of them."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names, uncited
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.yaml_source import Problem

PROCESS, ACTION, FIELD = "risk_warning", "raise", "indicator"
"""The form that records by which indicator a warning is raised."""


def check_indicators(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Unknown articles, and indicators that are computed and cannot be recorded, or vice versa."""
    source = files.source("indicators.yaml")
    for key, one in rules.indicators.items():
        yield from uncited(names, source, one.basis, key, "basis")
    lifecycle = rules.lifecycles.get(PROCESS)
    if lifecycle is None or ACTION not in lifecycle.actions or not rules.indicators:
        return
    offered = lifecycle.actions[ACTION].form[FIELD].options
    computed = {key: one.label for key, one in rules.indicators.items() if one.is_computed}
    for key, _ in sorted(set(offered.items()) ^ set(computed.items())):
        yield source.problem(f"指标 {key} 与 lifecycles/risk_warning.yaml 的选项不一致", key)
