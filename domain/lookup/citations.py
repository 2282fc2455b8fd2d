"""The uses of an article: every limit, action, document, offence and matter that rests on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.rulebook.rulebook import Rulebook

KINDS: Mapping[str, str] = {
    "limit": "时限",
    "action": "操作",
    "document": "文书",
    "offence": "罪名",
    "matter": "监管事项",
    "parameter": "法定数值",
    "region": "地区参数",
    "penalty": "处罚种类",
    "organ": "机关",
    "discretion": "裁量基准",
}
"""What may cite an article, in the order in which it is shown."""


@dataclass(frozen=True)
class Use:
    """Something that rests on an article: `id` is `process.action` for an action."""

    kind: str
    id: str
    label: str
    part: str = ""


Uses = Mapping[str, tuple[Use, ...]]


def uses(rules: Rulebook) -> Uses:
    """By citation id, everything that cites it at any date, each thing once, in order of `KINDS`.

    An article that nothing cites has no entry.
    """
    found: dict[str, dict[Use, None]] = {}
    for kind in KINDS:
        for citation, use in _READERS[kind](rules):
            found.setdefault(citation, {})[use] = None
    return {citation: tuple(those) for citation, those in found.items()}


Cited = Iterator[tuple[str, Use]]


def _limits(rules: Rulebook) -> Cited:
    for key, rule in rules.deadlines.items():
        for value in rule.values.values():
            yield value.basis, Use("limit", key, rule.label)
        for rung in rule.extensions:
            yield rung.basis, Use("limit", key, rule.label, "延长")


def _actions(rules: Rulebook) -> Cited:
    for kind, lifecycle in rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            label = f"{lifecycle.label}：{action.label}"
            for basis in action.basis:
                yield basis, Use("action", f"{kind}.{name}", label)
            for one in (*action.requires, *action.form_requires):
                if one.basis and one.basis not in action.basis:
                    yield one.basis, Use("action", f"{kind}.{name}", label, "条件")


def _documents(rules: Rulebook) -> Cited:
    for key, one in rules.documents.items():
        for basis in one.basis:
            yield basis, Use("document", key, f"《{one.title}》")


def _offences(rules: Rulebook) -> Cited:
    for key, one in rules.offences.items():
        yield one.article, Use("offence", key, one.name)
        for tier in one.tiers.values():
            named = {way.basis for ways in tier.values.values() for way in ways}
            for basis in sorted(named | ({tier.basis} if tier.basis else set())):
                yield basis, Use("offence", key, one.name, "追诉标准")


def _matters(rules: Rulebook) -> Cited:
    for key, one in rules.matters.items():
        for basis in one.basis:
            if basis in rules.citations:
                yield basis, Use("matter", key, one.name)


def _parameters(rules: Rulebook) -> Cited:
    for key, one in rules.parameters.items():
        for value in one.values.values():
            yield value.basis, Use("parameter", key, one.label)


def _regions(rules: Rulebook) -> Cited:
    for key, one in rules.regions.items():
        for basis in one.basis:
            yield basis, Use("region", key, one.label)


def _penalties(rules: Rulebook) -> Cited:
    for key, one in rules.penalties.items():
        yield one.basis, Use("penalty", key, one.label)


def _organs(rules: Rulebook) -> Cited:
    named = {"": rules.organs.default, **rules.organs.functions}
    for function, rule in named.items():
        organs = (one.name for one in rules.departments.values() if one.function == function)
        label = next(organs, "各机关") if function else "各机关"
        for part, basis in (("行政复议", rule.review_basis), ("行政诉讼", rule.suit_basis)):
            if basis:
                yield basis, Use("organ", function or "default", label, part)


def _discretion(rules: Rulebook) -> Cited:
    for key, one in rules.discretion.items():
        for table in one.values.values():
            yield table.basis, Use("discretion", key, one.conduct)


_READERS = {
    "limit": _limits,
    "action": _actions,
    "document": _documents,
    "offence": _offences,
    "matter": _matters,
    "parameter": _parameters,
    "region": _regions,
    "penalty": _penalties,
    "organ": _organs,
    "discretion": _discretion,
}
