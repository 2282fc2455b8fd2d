"""Whether everything that a table names has its words, its usual step and its stage of the board.

Who adds a guard, a state or a lifecycle forgets these easily: here he is told, and not by a page.
"""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from domain.guards import phrases, words
from domain.limits import board_stages
from domain.rulebook import usual_steps
from domain.rulebook.crosscheck_names import Names, strange_states
from domain.rulebook.named_functions import condition, guard
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.lifecycles import Lifecycle
from domain.shapes.registry import Registry
from domain.shapes.yaml_source import Problem, Source
from domain.situation.access import relation


def check_words(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Every named function without its Chinese words, every state and lifecycle without a place."""
    yield from _worded(guard, "条件", words.GUARDS, "GUARDS")
    yield from _worded(condition, "情形", words.CONDITIONS, "CONDITIONS")
    for name in sorted(relation.names()):
        if relation.promise(name).isascii():
            yield _at(relation, name, f"位置 {name} 没有名称，请在函数说明的第一行写明中文名称")
    for kind, lifecycle in rules.lifecycles.items():
        source = files.source(f"lifecycles/{kind}.yaml")
        if not strange_states(lifecycle):
            yield from _usual(kind, lifecycle, source)
        if board_stages.of_kind(kind) is None:
            told = f"流程 {kind} 不属于看板的任何阶段，请写入 {file_of(board_stages)} 的 STAGES"
            yield source.problem(told, "process")
    for kind in sorted(set(usual_steps.USUAL) - set(rules.lifecycles)):
        if kind not in names.lifecycles:
            yield Problem(file_of(usual_steps), 1, f"未知的流程 {kind}（USUAL）")


def file_of(module: ModuleType) -> str:
    """The file of a module, or the folder of a package, as people find it."""
    return module.__name__.replace(".", "/") + ("/" if hasattr(module, "__path__") else ".py")


def _worded(
    registry: Registry[Any], what: str, told: Mapping[str, str], where: str
) -> Iterable[Problem]:
    for name in sorted(registry.names() - set(told)):
        yield _at(registry, name, f"{what} {name} 没有文字，请写入 {file_of(phrases)} 的 {where}")
    for name in sorted(set(told) - registry.names()):
        yield Problem(file_of(phrases), 1, f"{where} 中的 {name} 没有对应的{what}，请改名或者删去")


def _at(registry: Registry[Any], name: str, text: str) -> Problem:
    """A problem at a named function."""
    file, line = registry.place(name)
    return Problem(file, line, text)


def _usual(kind: str, lifecycle: Lifecycle, source: Source) -> Iterable[Problem]:
    """A state that awaits somebody has a usual step, and usual steps are those of the table."""
    file = file_of(usual_steps)
    for state, one in lifecycle.states.items():
        steps = usual_steps.usual_steps(kind, state)
        if one.awaits and not steps and (kind, state) not in usual_steps.WAITS_BESIDE:
            told = f"状态 {state} 有人要办而没有通常的下一步，请写入 {file} 的 USUAL"
            yield source.problem(told, "states", state)
    for state, steps in usual_steps.USUAL.get(kind, {}).items():
        if state not in lifecycle.states:
            yield Problem(file, 1, f"流程 {kind} 没有状态 {state}（USUAL）")
            continue
        for step in steps:
            action = lifecycle.actions.get(step)
            if action is None or state not in action.from_:
                yield Problem(file, 1, f"流程 {kind} 的状态 {state} 没有操作 {step}（USUAL）")
