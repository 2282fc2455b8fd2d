"""Whether the words of the rosters name only matters and articles that there are."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names, uncited, unknown
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.yaml_source import Problem


def check_rosters(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Unknown articles, matters and classes, and two tags of one name."""
    source = files.source("rosters.yaml")
    yield from uncited(names, source, rules.rosters.basis, "basis")
    seen: dict[str, str] = {}
    for key, tag in rules.rosters.tags.items():
        for matter in tag.matters:
            yield from unknown(source, "监管事项", matter, names.matters, "tags", key, "matters")
        if tag.label in seen:
            yield source.problem(f"标签 {key} 与 {seen[tag.label]} 同名", "tags", key)
        seen[tag.label] = key
    for key, scheme in rules.rosters.schemes.items():
        for named in ("shares", "yearly"):
            told = set(getattr(scheme, named)) - {*scheme.grades, "未分级"}
            for grade in sorted(told):
                yield source.problem(f"{scheme.label}没有等级“{grade}”", "schemes", key, named)
