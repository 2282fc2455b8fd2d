"""Every act that is put on record has its Chinese name: the audit pages never show a code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

from domain.rulebook.rulebook import Rulebook
from flows.audit.event_words import ACTIONS, KINDS
from flows.site import act_events

FLOWS = Path(act_events.__file__).parents[1]


def test_every_act_on_record_has_its_name(rules: Rulebook) -> None:
    named = {*ACTIONS, *(name for one in rules.lifecycles.values() for name in one.actions)}
    found = {(path.name, one) for path, tree in _trees() for one in _texts(tree, "action")}

    assert len({one for _, one in found}) > 20
    assert {(file, one) for file, one in found if one not in named} == set()


def test_everything_an_act_concerns_has_its_name(rules: Rulebook) -> None:
    things = {
        node.args[0].value
        for _, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Thing"
        and isinstance(node.args[0], ast.Constant)
    }

    assert len(things) > 5
    assert things - {*KINDS, *rules.lifecycles} == set()


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    """The modules of the flows that put acts on record."""
    for path in sorted(FLOWS.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "Act(" in text or "Deed(" in text:
            yield path, ast.parse(text)


def _texts(tree: ast.Module, name: str) -> Iterator[str]:
    """The texts that are given, in a module, for what it calls by that name.

    To a parameter or a field, at the head of a tuple that is handed on, or to a variable.
    """
    places = {"Act": 0, "Deed": 0, **_parameters(tree, name)}
    constants = {one.targets[0].id: one.value for one in tree.body if _is_assignment(one)}
    for node in ast.walk(tree):
        if _is_assignment(node) and node.targets[0].id == name:
            yield from _words(node.value)
        if not isinstance(node, ast.Call):
            continue
        given = [one.value for one in node.keywords if one.arg == name]
        given += [one.elts[0] for one in node.args if isinstance(one, ast.Tuple) and one.elts]
        called = getattr(node.func, "id", "")
        given += node.args[places[called] :][:1] if called in places else []
        for one in given:
            yield from _words(constants.get(getattr(one, "id", ""), one))


def _parameters(tree: ast.Module, name: str) -> dict[str, int]:
    """The functions and records of a module that take it, and at which place."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in node.args.args]
        elif isinstance(node, ast.ClassDef):
            fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
            names = [getattr(one.target, "id", "") for one in fields]
        if name in names:
            found[node.name] = names.index(name)
    return found


def _is_assignment(node: ast.AST) -> TypeGuard[Any]:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)


def _words(value: ast.expr) -> Iterator[str]:
    """The texts that an expression may be."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _words(value.body)
        yield from _words(value.orelse)
