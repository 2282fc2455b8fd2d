"""Whether the column mappings fit the rulebook: their channels and areas are those of the site."""

from collections.abc import Iterable, Mapping

from domain.files.column_mapping import ColumnMapping
from domain.rulebook.rulebook import Rulebook
from domain.shapes.yaml_source import Problem


def check_mappings(rules: Rulebook, mappings: Mapping[str, ColumnMapping]) -> list[Problem]:
    """Every channel and area that a mapping names and the rulebook does not know."""
    return [problem for name, one in mappings.items() for problem in _misfits(rules, name, one)]


def _misfits(rules: Rulebook, name: str, mapping: ColumnMapping) -> Iterable[Problem]:
    file = f"config/mappings/{name}.yaml"
    channels = rules.lifecycles["clue"].actions["register"].form["channel"].options
    if mapping.channel not in channels:
        known = "、".join(channels)
        yield Problem(
            file, 1, f"channel 不合要求：没有线索来源「{mapping.channel}」，可用：{known}"
        )
    areas = {one.area for one in rules.departments.values()}
    named = {*mapping.values.get("area", {}).values()} | {mapping.constants.get("area", "")}
    for area in sorted(named - areas - {""}):
        yield Problem(file, 1, f"values.area 不合要求：没有地区「{area}」的部门")
