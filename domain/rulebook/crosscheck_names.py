"""Which names the files of the rulebook may use, and what is said of one that nothing bears."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.entries import Department
from domain.shapes.lifecycles import Lifecycle
from domain.shapes.yaml_source import Problem, Source

MOST_PLACES = 3
"""So many further places of the same problem are named; the others are counted."""


@dataclass(frozen=True)
class Names:
    """The names of each kind; one that stands in a file with a fault counts as known."""

    citations: Collection[str]
    deadlines: Collection[str]
    ladders: Collection[str]
    roles: Collection[str]
    departments: Collection[str]
    functions: Collection[str]
    areas: Collection[str]
    organ_kinds: Collection[str]
    matters: Collection[str]
    conducts: Collection[str]
    offences: Collection[str]
    quantities: Collection[str]
    parameters: Collection[str]
    documents: Collection[str]
    lifecycles: Collection[str]
    roots: Collection[str]
    actions: Collection[str]
    regions: Collection[str]


def names_of(rules: Rulebook, files: RulebookFiles) -> Names:
    """The names that a rulebook and its files give."""
    departments = rules.departments.values()
    roots = {key for key, one in rules.lifecycles.items() if one.is_root}
    actions = {f"{key}.{name}" for key, one in rules.lifecycles.items() for name in one.actions}
    return Names(
        citations=files.known_from(rules.citations, "laws.yaml"),
        deadlines=files.known(rules.deadlines, "deadlines.yaml"),
        ladders=files.known(rules.ladders, "ladders.yaml"),
        roles=files.known(rules.roles, "roles.yaml"),
        departments=files.known(rules.departments, "departments.yaml"),
        functions=files.known(rules.functions, "functions.yaml"),
        areas=files.known_from({one.area for one in departments}, "departments.yaml"),
        organ_kinds=get_args(Department.model_fields["kind"].annotation),
        matters=files.known(rules.matters, "matters.yaml"),
        conducts=files.known(rules.conducts, "offences.yaml", "conducts"),
        offences=files.known(rules.offences, "offences.yaml", "offences"),
        quantities=files.known(rules.quantities, "offences.yaml", "quantities"),
        parameters=files.known(rules.parameters, "parameters.yaml"),
        documents=files.known(rules.documents, "documents.yaml"),
        lifecycles=files.known(rules.lifecycles, "lifecycles"),
        roots=files.known(roots, "lifecycles"),
        actions=files.known_from(actions, "lifecycles"),
        regions=files.known(rules.regions, "regions"),
    )


def unknown(
    source: Source, what: str, name: str, known: Collection[str], *at: object
) -> list[Problem]:
    """The problem of a name that nothing bears, at its key path; none where something does."""
    if name in known:
        return []
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    meant = f"，是否应为 {near[0]}？" if near else ""
    return [source.problem(f"未知的{what} {name}{meant}", *at)]


def uncited(names: Names, source: Source, cited: Iterable[str], *at: object) -> list[Problem]:
    """The same of articles."""
    return [p for one in cited for p in unknown(source, "引用", one, names.citations, *at)]


def strange_states(lifecycle: Lifecycle) -> set[str]:
    """The states that actions name and the lifecycle has not."""
    named = {state for one in lifecycle.actions.values() for state in (*one.from_, one.to)}
    return named - {*lifecycle.states, "none", "same"}


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of the same text as one, at its first place, with the other places."""
    places: dict[str, list[Problem]] = {}
    for one in sorted(problems):
        places.setdefault(one.text, []).append(one)
    return [_with_places(first, others) for first, *others in places.values()]


def _with_places(first: Problem, others: list[Problem]) -> Problem:
    if not others:
        return first
    named = "、".join(f"{one.file}:{one.line}" for one in others[:MOST_PLACES])
    more = "等" if len(others) > MOST_PLACES else ""
    return Problem(first.file, first.line, f"{first.text}（另有{len(others)}处：{named}{more}）")
