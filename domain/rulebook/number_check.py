"""Whether two organs would number papers alike: 机关代字 and 文书代字 are written as one word."""

from collections.abc import Collection, Iterable

from domain.rulebook.crosscheck_names import Names
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.yaml_source import Problem


def series_letters(rules: Rulebook) -> frozenset[str]:
    """The 文书代字 of every kind of document that is numbered."""
    return frozenset(one.series for one in rules.documents.values() if one.series)


def same_beginning(mark: str, other: str, series: Collection[str]) -> str:
    """How numbers under both 机关代字 would begin alike (示市监案移); empty where none does."""
    for letters in sorted(series):
        start = mark + letters
        if start.startswith(other) and start.removeprefix(other) in series:
            return start
    return ""


def check_numbers(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Two departments that would give papers the same number."""
    source = files.source("departments.yaml")
    series = series_letters(rules)
    begun: dict[str, str] = {}
    for key, one in rules.departments.items():
        if one.closed:
            continue
        known = {begun[one.short + letters] for letters in series if one.short + letters in begun}
        for other in sorted(known):
            told = f"{one.name}和{rules.departments[other].name}的机关代字会编出同样的文号"
            yield source.problem(told, key, "short")
        begun |= {one.short + letters: key for letters in series}
