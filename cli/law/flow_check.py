"""Whether the flows know what the rulebook names: follow-ups, letters, drafts and desks.

It loads Prefect with the flows, so only the command that checks imports it.
"""

from collections.abc import Iterable, Iterator

from cli.law.stage_work import OWN, STAGE_TASKS
from domain.rulebook.crosscheck_words import file_of
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.usual_steps import usual_steps
from domain.shapes.lifecycles import Transition
from domain.shapes.yaml_source import Problem
from flows.afterwards import delivery, follow_up_list
from flows.lists import waiting_work
from flows.reminders import reminder_texts, rungs

LETTER = "deliver_letter"


def check_flows(rules: Rulebook) -> list[Problem]:
    """Every name of the rulebook that a flow, a reminder or a list would stumble over."""
    return [
        *_follow_ups(rules),
        *_unordered(rules),
        *_words(),
        *_letters(rules),
        *_drafts(rules),
        *_desks(rules),
    ]


def _actions(rules: Rulebook) -> Iterator[tuple[str, str, Transition]]:
    for kind, lifecycle in rules.lifecycles.items():
        for name, one in lifecycle.actions.items():
            yield kind, name, one


def _table(kind: str) -> str:
    return f"config/lifecycles/{kind}.yaml"


def _follow_ups(rules: Rulebook) -> Iterable[Problem]:
    for kind, name, one in _actions(rules):
        for order in one.followups:
            if order.task not in STAGE_TASKS.get(order.stage, {}):
                told = f"操作 {name} 的后续事项 {order.stage}.{order.task} 没有这项工作"
                yield Problem(_table(kind), 1, told)


def _unordered(rules: Rulebook) -> Iterable[Problem]:
    ordered = {(o.stage, o.task) for _, _, one in _actions(rules) for o in one.followups}
    known = {(stage, task) for stage, tasks in STAGE_TASKS.items() for task in tasks}
    if ordered <= known:
        for stage, task in sorted(known - ordered):
            if task not in OWN:
                yield Problem("config/lifecycles", 1, f"没有表用到后续事项 {stage}.{task}")


def _words() -> Iterable[Problem]:
    file = file_of(follow_up_list)
    for stage, tasks in STAGE_TASKS.items():
        if stage not in follow_up_list.STAGES:
            yield Problem(file, 1, f"阶段 {stage} 没有名称，请写入 STAGES")
        for task in tasks:
            if task not in follow_up_list.TASKS:
                yield Problem(file, 1, f"后续事项 {task} 没有名称，请写入 TASKS")


def _letters(rules: Rulebook) -> Iterable[Problem]:
    for kind, name, one in _actions(rules):
        sends = any(order.task == LETTER for order in one.followups)
        if sends and (kind, name) not in delivery.ADDRESSEES:
            told = f"操作 {name} 要送达文书而没有收件部门"
            yield Problem(_table(kind), 1, f"{told}，请写入 {file_of(delivery)} 的 ADDRESSEES")


def _drafts(rules: Rulebook) -> Iterable[Problem]:
    known = {*reminder_texts.DRAFTS, rungs.SUPERVISION}
    for key, ladder in rules.ladders.items():
        for rung in ladder.rungs:
            if rung.drafts and rung.drafts not in known:
                told = f"提醒阶梯 {key} 的 {rung.id} 要拟的 {rung.drafts} 没有文稿"
                where = f"{file_of(reminder_texts)} 的 DRAFTS"
                yield Problem("config/ladders.yaml", 1, f"{told}，请写入 {where}")


def _desks(rules: Rulebook) -> Iterable[Problem]:
    """A usual step asks for a place along which the list of what waits can be read."""
    for kind, lifecycle in rules.lifecycles.items():
        steps = {step for state in lifecycle.states for step in usual_steps(kind, state)}
        for name in sorted(steps):
            for place in lifecycle.actions[name].at:
                if place not in waiting_work.PLACES:
                    told = f"通常的下一步 {name} 的位置 {place} 不能列入待办"
                    where = f"{file_of(waiting_work)} 的 PLACES"
                    yield Problem(_table(kind), 1, f"{told}，请写入 {where}")
