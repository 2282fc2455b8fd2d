"""Whether kinds of publication, and indicators of warnings, fit their articles and forms."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names, uncited, unknown
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.yaml_source import Problem

PROCESS, ACTION, FIELD = "publication", "draft", "kind"
"""The form that asks which kind is drafted."""


def check_publications(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Unknown articles, kinds that the form does not offer, and the other way round."""
    source = files.source("publications.yaml")
    for key, one in rules.publications.items():
        yield from uncited(names, source, one.basis, key, "basis")
        for chart in one.charts:
            yield from unknown(source, "流程", chart, names.lifecycles, key, "charts")
    for region, pack in rules.regions.items():
        if pack.plan_clock:
            regional = files.source(f"regions/{region}.yaml")
            clock = pack.plan_clock
            yield from unknown(regional, "时限", clock, names.deadlines, "plan_clock")
    lifecycle = rules.lifecycles.get(PROCESS)
    if lifecycle is None or ACTION not in lifecycle.actions:
        return
    offered = lifecycle.actions[ACTION].form[FIELD].options
    told = {key: one.label for key, one in rules.publications.items()}
    for key, _ in sorted(set(offered.items()) ^ set(told.items())):
        yield source.problem(f"种类 {key} 与 lifecycles/publication.yaml 的选项不一致", key)
    yield from _check_rows(rules, files)


def _check_rows(rules: Rulebook, files: RulebookFiles) -> Iterable[Problem]:
    """Columns by which a file is read that the form does not have, or the other way round."""
    source = files.source("publication_rows.yaml")
    form = rules.lifecycles[PROCESS].actions[ACTION].form
    for body, columns in rules.publication_rows.items():
        if body in form:
            for name in sorted(set(columns) ^ set(form[body].columns)):
                yield source.problem(
                    f"列 {name} 与 lifecycles/publication.yaml 的 {body} 不一致", body
                )
        elif body not in rules.publications:
            yield source.problem(
                f"未知的内容 {body}，应为 items、plan、borders 或者公布材料的种类", body
            )


RAISED = ("risk_warning", "raise", "indicator")
"""The form that records by which indicator a warning is raised."""


def check_indicators(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Unknown articles, and indicators that are computed and cannot be recorded, or vice versa."""
    source = files.source("indicators.yaml")
    for key, one in rules.indicators.items():
        yield from uncited(names, source, one.basis, key, "basis")
    process, action, field = RAISED
    lifecycle = rules.lifecycles.get(process)
    if lifecycle is None or action not in lifecycle.actions or not rules.indicators:
        return
    offered = lifecycle.actions[action].form[field].options
    computed = {key: one.label for key, one in rules.indicators.items() if one.is_computed}
    for key, _ in sorted(set(offered.items()) ^ set(computed.items())):
        yield source.problem(f"指标 {key} 与 lifecycles/risk_warning.yaml 的选项不一致", key)
