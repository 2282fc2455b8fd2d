"""Whether every limit is watched and begins wherever it should, and whose limits stand where."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from domain.limits.organ_limits import limits_meant, regional_limits
from domain.rulebook.crosscheck_names import Names, unknown
from domain.rulebook.named_functions import guard
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.checklists import Begin, Duty
from domain.shapes.deadlines import DeadlineRule
from domain.shapes.lifecycles import Transition
from domain.shapes.yaml_source import Problem, Source


def opened_limits(rules: Rulebook) -> frozenset[str]:
    """The limits for which some action starts a clock, for some organ in some region."""
    named = {
        start.clock
        for lifecycle in rules.lifecycles.values()
        for action in lifecycle.actions.values()
        for start in action.opens
    }
    regions = rules.regions.values()
    found = {one for region in regions for one in regional_limits(named, region)}
    return frozenset(limits_meant(found & set(rules.deadlines), rules.deadlines))


def unwatched_limits(rules: Rulebook) -> Mapping[str, str]:
    """The limits that nobody watches, each with the reason: its own, or that of its like."""
    found: dict[str, str] = {}
    for key, rule in rules.deadlines.items():
        last = rule if rule.watched_by or not rule.same_as else rules.deadlines[rule.same_as]
        if last.watched_by is not None:
            found[key] = last.watched_by.nobody
    return found


def check_limits(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Limits that look watched and are not, those said not to be and are, and strange names."""
    source = files.source("deadlines.yaml")
    for key, rule in rules.deadlines.items():
        yield from _names(names, (key, rule), source)
        if rule.instead_of and not rule.binds:
            yield source.problem(f"时限 {key} 代替 {rule.instead_of}，须写明 binds", key)
    if not (files.lost_of("lifecycles") or files.lost_of("regions")):
        yield from _watching(rules, source)
        yield from _pauses(rules, files)


def _names(names: Names, what: tuple[str, DeadlineRule], source: Source) -> Iterable[Problem]:
    key, rule = what
    for other in (*filter(None, [rule.instead_of]), *rule.follows):
        yield from unknown(source, "时限", other, names.deadlines, key)
    for function in rule.binds:
        yield from unknown(source, "部门职能", function, names.functions, key, "binds")
    for reader in rule.read_by:
        yield from unknown(source, "条件", reader, guard.names(), key, "read_by")


def _watching(rules: Rulebook, source: Source) -> Iterable[Problem]:
    opened = opened_limits(rules)
    read = _read_for_remedies(rules)
    for key, rule in rules.deadlines.items():
        watched = key in opened or rule.same_as or rule.read_by or key in read
        if not watched and rule.watched_by is None:
            yield source.problem(
                f"没有操作起算时限 {key}，也没有写明 watched_by（系统不计时的理由）", key
            )
        if rule.watched_by is not None and key in opened:
            yield source.problem(f"时限 {key} 由操作起算，不能写 watched_by: nobody", key)


def _read_for_remedies(rules: Rulebook) -> Collection[str]:
    """The limits that documents tell the party of, by the table of organs."""
    organs = (rules.organs.default, *rules.organs.functions.values())
    return {one for organ in organs for one in (organ.review_limit, organ.suit_limit) if one}


def _pauses(rules: Rulebook, files: RulebookFiles) -> Iterable[Problem]:
    """A clock is paused only on a ground that an article names, or that the form asks for."""
    for kind, lifecycle in rules.lifecycles.items():
        source = files.source(f"lifecycles/{kind}.yaml")
        for name, action in lifecycle.actions.items():
            for one in action.pauses:
                if one.clock not in rules.deadlines or "exclusion_ground" in action.form:
                    continue
                meant = limits_meant((one.clock,), rules.deadlines)
                if not any(one.reason in rules.deadlines[key].excluded for key in meant):
                    text = f"时限 {one.clock} 的条文没有把「{one.reason}」列为不计入的时间"
                    yield source.problem(text, "actions", name, "pauses")


# --- limits that begin with an event -------------------------------------------------------------

Acts = dict[str, Transition]


def check_begin(
    source: Source, rules: Rulebook, duty: Duty, at: tuple[object, ...]
) -> Iterable[Problem]:
    """Actions that make the event of a duty and begin none of its limits; strange names."""
    if duty.begins is None:
        return
    acts = actions_of(rules)
    if not duty.clocks:
        yield source.problem("写了 begins 而没有 clocks", *at, "begins")
    yield from _strange(source, rules, duty.begins, at)
    makers = set(beginners(duty.begins, acts))
    for key in sorted(makers - duty.begins.spared.keys()):
        if not _opens(acts[key], duty, rules):
            named = "、".join(f"{rules.deadlines[one].label}（{one}）" for one in duty.clocks)
            yield source.problem(
                f"操作 {key}（{acts[key].label}）使时限起算，却没有开启{named}："
                "请在该操作的 opens 中写明，或者在 spared 写明为什么不起算",
                *at,
                "begins",
            )
    for key in duty.begins.spared:
        if key not in makers or _opens(acts[key], duty, rules):
            text = f"spared 中的 {key} 不使时限起算，或者已经开启时限，请删去"
            yield source.problem(text, *at, "begins", "spared")


def actions_of(rules: Rulebook) -> Acts:
    """Every action by `process.action`."""
    return {
        f"{kind}.{name}": action
        for kind, lifecycle in rules.lifecycles.items()
        for name, action in lifecycle.actions.items()
    }


def beginners(begin: Begin, acts: Acts) -> Iterator[str]:
    """The actions that make the event with which limits begin."""
    for key, one in acts.items():
        state = f"{key.partition('.')[0]}.{one.to}"
        made = (
            key in begin.actions,
            bool({*one.effects} & {*begin.effects}),
            bool({issue.document for issue in one.issues} & {*begin.documents}),
            state in begin.states,
        )
        if any(made):
            yield key


def _opens(action: Transition, duty: Duty, rules: Rulebook) -> bool:
    """Whether it opens one of the limits, or the one that another organ has in its place."""
    opened = {one.clock for one in action.opens}
    meant = limits_meant(duty.clocks, rules.deadlines)
    return bool(opened & {*duty.clocks, *meant})


def _strange(
    source: Source, rules: Rulebook, begin: Begin, at: tuple[object, ...]
) -> Iterable[Problem]:
    acts = actions_of(rules)
    effects = {one for action in acts.values() for one in action.effects}
    papers = {issue.document for action in acts.values() for issue in action.issues}
    states = {f"{kind}.{one}" for kind, table in rules.lifecycles.items() for one in table.states}
    known = (
        ("effects", "效果", begin.effects, effects),
        ("documents", "文书", begin.documents, papers),
        ("states", "状态", begin.states, states),
        ("actions", "操作", (*begin.actions, *begin.spared), acts),
    )
    for field, word, names, those in known:
        for name in names:
            yield from unknown(source, word, name, those, *at, "begins", field)
