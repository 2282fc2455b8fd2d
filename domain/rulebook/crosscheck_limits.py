"""Whether every limit is watched or says that nobody watches it, and whose limits stand where."""

from collections.abc import Collection, Iterable, Mapping

from domain.limits.organ_limits import limits_meant, regional_limits
from domain.rulebook.crosscheck_names import Names, unknown
from domain.rulebook.named_functions import guard
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.deadlines import DeadlineRule
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
