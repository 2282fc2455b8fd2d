"""Whether the column mappings fit the rulebook: their channels and areas are those of the site."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from domain.files.column_mapping import FOLDER, ColumnMapping
from domain.rulebook.rulebook import Rulebook
from domain.shapes.yaml_layers import read_layers
from domain.shapes.yaml_source import Problem, Source


def check_mappings(
    rules: Rulebook, mappings: Mapping[str, ColumnMapping], roots: tuple[Path, ...]
) -> list[Problem]:
    """Every channel and area that a mapping names and the rulebook does not know, in its file."""
    return [
        problem
        for name, one in mappings.items()
        for problem in _misfits(rules, read_layers(f"{FOLDER}/{name}.yaml", roots)[0], one)
    ]


def _misfits(rules: Rulebook, source: Source, mapping: ColumnMapping) -> Iterable[Problem]:
    channels = rules.lifecycles["clue"].actions["register"].form["channel"].options
    if mapping.channel not in channels:
        known = "、".join(channels)
        told = f"channel 不合要求：没有线索来源「{mapping.channel}」，可用：{known}"
        yield source.problem(told, "channel")
    areas = {one.area for one in rules.departments.values()}
    for word, area in mapping.values.get("area", {}).items():
        if area not in areas:
            told = f"values.area 不合要求：没有地区「{area}」的部门"
            yield source.problem(told, "values", "area", word)
    area = mapping.constants.get("area", "")
    if area and area not in areas:
        told = f"constants.area 不合要求：没有地区「{area}」的部门"
        yield source.problem(told, "constants", "area")
