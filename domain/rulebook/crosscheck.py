"""Whether the files of the rulebook fit together: every unknown or dead name at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from domain.rulebook.named_functions import condition, effect, guard, selection
from domain.rulebook.organ_check import check_organs, check_penalties
from domain.shapes.yaml_source import Problem, Source
from domain.situation.access import relation
from domain.situation.handovers import handover
from domain.situation.recipients import recipients
from domain.situation.situation import CONSEQUENCE

if TYPE_CHECKING:
    from domain.rulebook.rulebook import Rulebook
    from domain.shapes.lifecycles import Lifecycle, Transition

REGIONAL = {"@reply", "@return"}
ELSEWHERE = "elsewhere"
"""The region of an instrument for whose place there is no parameter pack."""
Sources = Mapping[str, Source]


def crosscheck(rules: Rulebook, sources: Sources) -> list[Problem]:
    """Every name that resolves to nothing, with file and line."""
    checks: tuple[Callable[[Rulebook, Sources], Iterable[Problem]], ...] = (
        _instruments,
        _deadlines,
        _ladders,
        _dictionaries,
        _offences,
        check_penalties,
        check_organs,
        _documents,
        _attachments,
        _regions,
        _lifecycles,
        _unstopped_clocks,
        _dead_names,
    )
    return [problem for check in checks for problem in check(rules, sources)]


def _known(
    source: Source, what: str, name: str, known: Iterable[str], *at: object
) -> list[Problem]:
    return [] if name in known else [source.problem(f"未知的{what} {name}", *at)]


def _cites(rules: Rulebook, source: Source, names: Iterable[str], *at: object) -> list[Problem]:
    return [p for one in names for p in _known(source, "引用", one, rules.citations, *at)]


def _instruments(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    source = sources.get("laws.yaml", Source("config/laws.yaml", {}))
    functions = {one.function for one in rules.departments.values()}
    places = {*rules.regions, ELSEWHERE}
    for key, one in rules.instruments.items():
        for name in one.binds:
            yield from _known(source, "部门职能", name, functions, key, "binds")
        if one.region:
            yield from _known(source, "地区", one.region, places, key, "region")


def _deadlines(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    source = sources.get("deadlines.yaml", Source("config/deadlines.yaml", {}))
    for key, rule in rules.deadlines.items():
        for day, value in rule.values.items():
            yield from _cites(rules, source, [value.basis], key, "values", day)
        for index, rung in enumerate(rule.extensions):
            yield from _cites(rules, source, [rung.basis], key, "extensions", index)
            yield from _known(source, "角色", rung.approver, rules.roles, key, "extensions", index)
        yield from _known(source, "提醒阶梯", rule.ladder, rules.ladders, key, "ladder")
        if rule.same_as:
            yield from _known(source, "时限", rule.same_as, rules.deadlines, key, "same_as")


def _ladders(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    source = sources.get("ladders.yaml", Source("config/ladders.yaml", {}))
    for key, ladder in rules.ladders.items():
        for index, rung in enumerate(ladder.rungs):
            for role in rung.to:
                yield from _known(source, "角色", role, rules.roles, key, "rungs", index, "to")


def _dictionaries(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    source = sources.get("departments.yaml", Source("config/departments.yaml", {}))
    for key, one in rules.departments.items():
        if one.superior:
            yield from _known(source, "部门", one.superior, rules.departments, key, "superior")
    functions = {one.function for one in rules.departments.values()}
    source = sources.get("matters.yaml", Source("config/matters.yaml", {}))
    for key, matter in rules.matters.items():
        for name in (matter.lead, *matter.cooperating):
            yield from _known(source, "部门职能", name, functions, key)
        for name in matter.offences:
            yield from _known(source, "罪名", name, rules.offences, key, "offences")
    source = sources.get("parameters.yaml", Source("config/parameters.yaml", {}))
    for key, parameter in rules.parameters.items():
        for day, value in parameter.values.items():
            yield from _cites(rules, source, [value.basis], key, "values", day)


def _offences(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    source = sources.get("offences.yaml", Source("config/offences.yaml", {}))
    for key, offence in rules.offences.items():
        yield from _cites(rules, source, [offence.article], "offences", key, "article")
        dated = [(day, one) for day, found in offence.values.items() for one in found]
        for day, threshold in dated:
            at = ("offences", key, "values", day)
            yield from _cites(rules, source, [threshold.basis], *at)
            for name in threshold.all:
                yield from _known(source, "数额口径", name, rules.quantities, *at)


def _documents(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    source = sources.get("documents.yaml", Source("config/documents.yaml", {}))
    for key, kind in rules.documents.items():
        yield from _cites(rules, source, kind.basis, key, "basis")
        yield from _known(source, "角色", kind.signer, rules.roles, key, "signer")


def _attachments(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    source = sources.get("attachments.yaml", Source("config/attachments.yaml", {}))
    yield from _cites(rules, source, filter(None, [rules.attachments.basis]), "basis")


def _regions(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    for key, region in rules.regions.items():
        source = sources[f"regions/{key}.yaml"]
        yield from _cites(rules, source, region.basis, "basis")
        if region.within:
            yield from _known(source, "地区", region.within, rules.regions, "within")
        for name in ("reply_clock", "return_clock"):
            clock = getattr(region, name)
            if clock:
                yield from _known(source, "时限", clock, rules.deadlines, name)


# --- lifecycles ---------------------------------------------------------------------------------


def _lifecycles(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    for key, lifecycle in rules.lifecycles.items():
        source = sources[f"lifecycles/{key}.yaml"]
        if lifecycle.process != key:
            yield source.problem(f"文件名应与 process 一致：{lifecycle.process}", "process")
        yield from _states(rules, lifecycle, source)
        for name, transition in lifecycle.actions.items():
            yield from _transition(rules, lifecycle, name, source)
            yield from _links(rules, transition, name, source)


def _states(rules: Rulebook, lifecycle: Lifecycle, source: Source) -> Iterable[Problem]:
    reached = _reached(lifecycle)
    for name, state in lifecycle.states.items():
        if name not in reached:
            yield source.problem(f"没有操作能到达状态 {name}", "states", name)
        for role in state.awaits:
            yield from _known(source, "角色", role, rules.roles, "states", name)
        left = any(name in one.from_ for one in lifecycle.actions.values())
        if not state.ended and not left:
            yield source.problem(f"状态 {name} 没有出路", "states", name)


def _reached(lifecycle: Lifecycle) -> set[str]:
    """The states to which actions lead from the beginning, step by step."""
    reached, found = {"none"}, -1
    while found < len(reached):
        found = len(reached)
        reached |= {one.to for one in lifecycle.actions.values() if reached & set(one.from_)}
    return reached


def _transition(
    rules: Rulebook, lifecycle: Lifecycle, name: str, source: Source
) -> Iterable[Problem]:
    one = lifecycle.actions[name]
    at = ("actions", name)
    states = {*lifecycle.states, "none"}
    for state in one.from_:
        yield from _known(source, "状态", state, states, *at, "from")
    yield from _known(source, "状态", one.to, {*lifecycle.states, "same"}, *at, "to")
    for role in one.by:
        yield from _known(source, "角色", role, {*rules.roles, CONSEQUENCE}, *at, "by")
    for place in one.at:
        yield from _known(source, "位置", place, relation.names(), *at, "at")
    if not one.basis:
        yield source.problem(f"操作 {name} 没有依据", *at)
    yield from _cites(rules, source, one.basis, *at, "basis")
    for requirement in (*one.requires, *one.form_requires):
        yield from _known(source, "条件", requirement.guard, guard.names(), *at, "requires")
        if requirement.basis:
            yield from _cites(rules, source, [requirement.basis], *at, "requires")


def _links(rules: Rulebook, one: Transition, name: str, source: Source) -> Iterable[Problem]:
    at = ("actions", name)
    yield from _clock_links(rules, one, source, at)
    for issue in one.issues:
        yield from _known(source, "文书", issue.document, rules.documents, *at, "issues")
    for word in one.tells:
        yield from _known(source, "知会对象", word, recipients.names(), *at, "tells")
    for word in one.effects:
        yield from _known(source, "效果", word, effect.names(), *at, "effects")
    for word in _whens(one):
        yield from _known(source, "条件", word, condition.names(), *at)
    yield from _thens(rules, one, source, at)


def _clock_links(
    rules: Rulebook, one: Transition, source: Source, at: tuple[str, ...]
) -> Iterable[Problem]:
    clocks = {*rules.deadlines, *REGIONAL}
    named = [*one.stops, *one.resumes, *one.extends, *(pause.clock for pause in one.pauses)]
    named += [start.clock for start in one.opens]
    named += [order.at_due_of for order in one.followups if order.at_due_of]
    for clock in named:
        yield from _known(source, "时限", clock, clocks, *at)
    for start in one.opens:
        for field in (start.from_field, start.due_field):
            if field and field not in one.form:
                yield source.problem(f"表单没有 {field}", *at, "opens")


def _whens(one: Transition) -> set[str]:
    """The conditions that an action names."""
    named = {start.when for start in one.opens} | {issue.when for issue in one.issues}
    named |= {then.when for then in one.then} | {order.when for order in one.followups}
    return {name for name in named if name}


def _thens(
    rules: Rulebook, one: Transition, source: Source, at: tuple[str, ...]
) -> Iterable[Problem]:
    for then in one.then:
        target = rules.lifecycles.get(then.process)
        if target is None or then.action not in target.actions:
            yield source.problem(f"未知的后续操作 {then.process}.{then.action}", *at, "then")
        if then.each and then.each.startswith("@"):
            yield from _known(source, "选取", then.each[1:], selection.names(), *at, "then")
        if then.form:
            yield from _known(source, "表单转换", then.form, handover.names(), *at, "then")


def _actions(rules: Rulebook) -> Iterable[tuple[str, str, Transition]]:
    for key, lifecycle in rules.lifecycles.items():
        for name, transition in lifecycle.actions.items():
            yield key, name, transition


def _unstopped_clocks(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    """A clock is stopped by some action of the process that opened it."""
    stopped = {(key, clock) for key, _, one in _actions(rules) for clock in one.stops}
    for key, name, one in _actions(rules):
        for start in one.opens:
            if (key, start.clock) not in stopped:
                source = sources[f"lifecycles/{key}.yaml"]
                yield source.problem(f"没有操作停止时限 {start.clock}", "actions", name, "opens")


def _dead_names(rules: Rulebook, sources: Sources) -> Iterable[Problem]:
    """A named function that no table calls is a dead name."""
    called: set[str] = set()
    for _, _, one in _actions(rules):
        called |= {r.guard for r in (*one.requires, *one.form_requires)}
        called |= _whens(one)
        called |= {*one.effects, *one.tells, *one.at}
        called |= {then.form for then in one.then if then.form}
        called |= {then.each[1:] for then in one.then if then.each and then.each[:1] == "@"}
    registries = (guard, condition, effect, recipients, relation, handover, selection)
    for name in sorted(set().union(*(one.names() for one in registries)) - called):
        yield Problem("config/lifecycles", 1, f"没有表用到名称 {name}")
