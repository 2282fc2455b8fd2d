"""Whether the lifecycle tables fit together and call functions that exist, and all of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.limits.organ_limits import REGIONAL
from domain.rulebook.crosscheck_names import Names, strange_states, uncited, unknown
from domain.rulebook.named_functions import condition, effect, guard, selection
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.lifecycles import Lifecycle, Transition
from domain.shapes.registry import Registry
from domain.shapes.yaml_source import Problem, Source
from domain.situation.access import relation
from domain.situation.handovers import handover
from domain.situation.recipients import recipients
from domain.situation.situation import CONSEQUENCE

Called = dict[str, set[str]]
"""The names that the tables call, by the registry they are of."""
REGISTRIES: Mapping[str, Registry[Any]] = {
    "条件": guard,
    "情形": condition,
    "效果": effect,
    "知会对象": recipients,
    "位置": relation,
    "表单转换": handover,
    "选取": selection,
}


def check_lifecycles(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Every name in a lifecycle that resolves to nothing, and every function no table calls."""
    for key, lifecycle in rules.lifecycles.items():
        source = files.source(f"lifecycles/{key}.yaml")
        if lifecycle.process != key:
            yield source.problem(f"文件名应与 process 一致：{lifecycle.process}", "process")
        yield from _states(names, lifecycle, source)
        for name in lifecycle.actions:
            yield from _transition(names, lifecycle, name, source)
            yield from _links(rules, (names, lifecycle.actions[name]), name, source)
        yield from _unstopped(names, lifecycle, source)
        yield from _root(rules, names, lifecycle, source)
        for name, one in lifecycle.actions.items():
            yield from _other_roots(rules, (lifecycle, one), name, source)
    if not files.lost_of("lifecycles"):
        yield from _dead(rules)


def _root(rules: Rulebook, names: Names, one: Lifecycle, source: Source) -> Iterable[Problem]:
    """A process belongs to a main line; a main line numbers its dossiers, nobody else does."""
    yield from unknown(source, "主线流程", one.root, names.roots, "root")
    if one.is_root != bool(one.numbers):
        yield source.problem("主线流程须有编号字头，其他流程没有", "numbers")
    same = [key for key, other in rules.lifecycles.items() if other.numbers == one.numbers]
    if one.numbers and same[0] != one.process:
        yield source.problem(f"编号字头 {one.numbers} 已由 {same[0]} 使用", "numbers")


def _other_roots(
    rules: Rulebook, what: tuple[Lifecycle, Transition], name: str, source: Source
) -> Iterable[Problem]:
    """A consequence stays with its main line, but for the clue that it registers or acts on."""
    lifecycle, transition = what
    for then in transition.then:
        target = rules.lifecycles.get(then.process)
        elsewhere = then.process == "clue" and (then.target or then.form)
        if target is not None and target.root != lifecycle.root and not elsewhere:
            text = f"后续操作 {then.process}.{then.action} 属于另一主线"
            yield source.problem(text, "actions", name, "then")


def _states(names: Names, lifecycle: Lifecycle, source: Source) -> Iterable[Problem]:
    """What is wrong with the states; with one misspelt, ways in and out are not judged."""
    reached, misspelt = _reached(lifecycle), strange_states(lifecycle)
    for name, state in lifecycle.states.items():
        for role in state.awaits:
            yield from unknown(source, "角色", role, names.roles, "states", name)
        if name not in reached and not misspelt:
            yield source.problem(f"没有操作能到达状态 {name}", "states", name)
        left = any(name in one.from_ and one.to != "same" for one in lifecycle.actions.values())
        if not state.ended and not left and not misspelt:
            yield source.problem(f"状态 {name} 没有出路", "states", name)


def _reached(lifecycle: Lifecycle) -> set[str]:
    """The states to which actions lead from the beginning, step by step."""
    reached, found = {"none"}, -1
    while found < len(reached):
        found = len(reached)
        reached |= {one.to for one in lifecycle.actions.values() if reached & set(one.from_)}
    return reached


def _transition(names: Names, lifecycle: Lifecycle, name: str, source: Source) -> Iterable[Problem]:
    one = lifecycle.actions[name]
    at = ("actions", name)
    states = {*lifecycle.states, "none"}
    for state in one.from_:
        yield from unknown(source, "状态", state, states, *at, "from")
    yield from unknown(source, "状态", one.to, {*lifecycle.states, "same"}, *at, "to")
    for role in one.by:
        if role != CONSEQUENCE:
            yield from unknown(source, "角色", role, names.roles, *at, "by")
    for place in one.at:
        yield from unknown(source, "位置", place, relation.names(), *at, "at")
    if not one.basis:
        yield source.problem(f"操作 {name} 没有依据", *at)
    yield from uncited(names, source, one.basis, *at, "basis")
    for requirement in (*one.requires, *one.form_requires):
        yield from unknown(source, "条件", requirement.guard, guard.names(), *at, "requires")
        if requirement.basis:
            yield from uncited(names, source, [requirement.basis], *at, "requires")


def _links(
    rules: Rulebook, known: tuple[Names, Transition], name: str, source: Source
) -> Iterable[Problem]:
    names, one = known
    at = ("actions", name)
    yield from _clock_links(names, one, source, at)
    for issue in one.issues:
        yield from unknown(source, "文书", issue.document, names.documents, *at, "issues")
    for word in one.tells:
        yield from unknown(source, "知会对象", word, recipients.names(), *at, "tells")
    for word in one.effects:
        yield from unknown(source, "效果", word, effect.names(), *at, "effects")
    for word, key in sorted(_whens(one).items()):
        yield from unknown(source, "情形", word, condition.names(), *at, key)
    yield from _thens(rules, (names, one), source, at)


def _clock_links(
    names: Names, one: Transition, source: Source, at: tuple[str, ...]
) -> Iterable[Problem]:
    named = {clock: "pauses" for clock in (pause.clock for pause in one.pauses)}
    named |= {order.at_due_of: "followups" for order in one.followups if order.at_due_of}
    for key in ("extends", "resumes", "stops"):
        named |= dict.fromkeys(getattr(one, key), key)
    named |= {start.clock: "opens" for start in one.opens}
    for clock, key in named.items():
        if clock not in REGIONAL:
            yield from unknown(source, "时限", clock, names.deadlines, *at, key)
    for start in one.opens:
        for field in (start.from_field, start.due_field):
            if field and field not in one.form:
                yield source.problem(f"表单没有 {field}", *at, "opens")


def _whens(one: Transition) -> Mapping[str, str]:
    """The conditions that an action names, with the key under which each stands."""
    named: dict[str | None, str] = {
        **{item.when: "pauses" for item in one.pauses},
        **{item.when: "followups" for item in one.followups},
        **{item.when: "then" for item in one.then},
        **{item.when: "issues" for item in one.issues},
        **{item.when: "opens" for item in one.opens},
        **{item.when: "form" for item in one.form.values()},
    }
    return {name: key for name, key in named.items() if name}


def _thens(
    rules: Rulebook, known: tuple[Names, Transition], source: Source, at: tuple[str, ...]
) -> Iterable[Problem]:
    names, one = known
    for then in one.then:
        target = rules.lifecycles.get(then.process)
        is_lost = target is None and then.process in names.lifecycles
        if not is_lost and (target is None or then.action not in target.actions):
            yield source.problem(f"未知的后续操作 {then.process}.{then.action}", *at, "then")
        if then.each and then.each.startswith("@"):
            yield from unknown(source, "选取", then.each[1:], selection.names(), *at, "then")
        if then.form:
            yield from unknown(source, "表单转换", then.form, handover.names(), *at, "then")


def _unstopped(names: Names, lifecycle: Lifecycle, source: Source) -> Iterable[Problem]:
    """A clock is stopped by some action of the process that opened it."""
    stopped = {clock for one in lifecycle.actions.values() for clock in one.stops}
    for name, one in lifecycle.actions.items():
        for start in one.opens:
            is_known = start.clock in REGIONAL or start.clock in names.deadlines
            if is_known and start.clock not in stopped:
                yield source.problem(f"没有操作停止时限 {start.clock}", "actions", name, "opens")


def _dead(rules: Rulebook) -> Iterable[Problem]:
    """A named function that no table calls is a dead name, unless a table calls it amiss."""
    called = _called(rules)
    for what, registry in REGISTRIES.items():
        if called[what] <= registry.names():
            for name in sorted(registry.names() - called[what]):
                yield Problem("config/lifecycles", 1, f"没有表用到{what} {name}")


def _called(rules: Rulebook) -> Called:
    called: Called = {what: set() for what in REGISTRIES}
    for lifecycle in rules.lifecycles.values():
        for one in lifecycle.actions.values():
            called["条件"] |= {r.guard for r in (*one.requires, *one.form_requires)}
            called["情形"] |= {*_whens(one)}
            called["效果"] |= set(one.effects)
            called["知会对象"] |= set(one.tells)
            called["位置"] |= set(one.at)
            called["表单转换"] |= {then.form for then in one.then if then.form}
            called["选取"] |= {
                then.each[1:] for then in one.then if then.each and then.each[:1] == "@"
            }
    return called
