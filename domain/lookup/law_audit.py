"""What the statutes demand and what carries it: by article, and by the actions of a process."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.guards.words import GUARDS
from domain.rulebook.crosscheck_limits import actions_of, beginners
from domain.rulebook.rulebook import CitedArticle, Rulebook
from domain.shapes.checklists import Duty
from domain.shapes.lifecycles import Transition

DATA: Mapping[str, str] = {
    "attachments": "附件规则",
    "calendar": "工作日历",
    "offences": "罪名标准",
    "organs": "机关表",
    "parameters": "法定数值",
    "penalties": "处罚种类表",
}


@dataclass(frozen=True)
class Carrier:
    """Something that carries a demand: what kind it is, its id, and what it is called."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True)
class Demand:
    """A demand of an article with its carriers; `person`: what somebody does instead."""

    article: CitedArticle
    says: str
    carriers: tuple[Carrier, ...]
    person: str


def demands(rules: Rulebook, checklist: str) -> tuple[Demand, ...]:
    """The demands of a statute, in the order of its checklist.

    `checklist`: the name of the file in `config/checklists/`; KeyError where there is none.
    """
    return tuple(
        Demand(rules.citations[key], one.says or rules.citations[key].says, found, one.person)
        for key, duties in rules.checklists[checklist].duties.items()
        for one in duties
        for found in (tuple(_carriers(rules, one)),)
    )


def demands_on(rules: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """By `process.action`, the articles a demand of which the action carries.

    It does where a duty names it, or a field, condition, limit, document or effect that it has.
    """
    duties = [
        (rules.citations[key].article, rules.instruments[one.instrument].title, duty)
        for one in rules.checklists.values()
        for key, those in one.duties.items()
        for duty in those
    ]
    return {
        f"{kind}.{name}": tuple(
            dict.fromkeys(
                f"《{title}》{article}"
                for article, title, duty in duties
                if _is_carried_by(duty, f"{kind}.{name}", action)
            )
        )
        for kind, lifecycle in rules.lifecycles.items()
        for name, action in lifecycle.actions.items()
    }


def _is_carried_by(duty: Duty, key: str, action: Transition) -> bool:
    guards = {one.guard for one in (*action.requires, *action.form_requires)}
    return (
        key in duty.actions
        or any(field.startswith(f"{key}.") for field in duty.fields)
        or bool(guards & set(duty.guards))
        or bool({one.clock for one in action.opens} & set(duty.clocks))
        or bool({one.document for one in action.issues} & set(duty.documents))
        or bool(set(action.effects) & set(duty.effects))
    )


def _carriers(rules: Rulebook, duty: Duty) -> Iterator[Carrier]:
    for key in duty.actions:
        kind, _, name = key.partition(".")
        lifecycle = rules.lifecycles[kind]
        yield Carrier("操作", key, f"{lifecycle.label}：{lifecycle.actions[name].label}")
    for key in duty.guards:
        yield Carrier("条件", key, GUARDS[key])
    for key in duty.fields:
        kind, name, field = key.split(".")
        action = rules.lifecycles[kind].actions[name]
        yield Carrier("表单", key, f"{action.label}：{action.form[field].label}")
    for key in duty.documents:
        yield Carrier("文书", key, f"《{rules.documents[key].title}》")
    for key in duty.clocks:
        yield Carrier("时限", key, rules.deadlines[key].label)
    yield from _beginners(rules, duty)
    yield from (Carrier("效果", key, key) for key in duty.effects)
    yield from (Carrier("规则表", key, DATA[key]) for key in duty.data)


def _beginners(rules: Rulebook, duty: Duty) -> Iterator[Carrier]:
    """The actions that begin the limits of a demand."""
    if duty.begins is None:
        return
    acts = actions_of(rules)
    for key in sorted({*beginners(duty.begins, acts)} - duty.begins.spared.keys()):
        lifecycle = rules.lifecycles[key.partition(".")[0]]
        yield Carrier("起算时限", key, f"{lifecycle.label}：{acts[key].label}")
