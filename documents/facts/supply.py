"""Missing facts and their remedy: the form that asks for a fact, and whose form it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import Transition
from domain.situation.situation import CONSEQUENCE, SYSTEM

ASKED_AS: Mapping[str, str] = {
    "物品清单": "涉案物品清单",
    "材料清单": "移送材料清单",
    "嫌疑人情况": "犯罪嫌疑人基本情况",
    "查获情况": "案件来源及查获情况",
    "专案组成员": "核实人员",
    "不予受理理由": "告知理由",
    "建议途径": "告知途径",
    "争议事由": "异议理由",
    "移送原因": "移送理由",
    "建议理由": "建议监督理由",
    "指定部门": "指定主办部门",
    "不予立案文号": "不予立案通知书文号",
    "不予立案收到时间": "不予立案通知送达时间",
    "核查分工": "协同核查部门",
    "协办部门": "协同核查部门",
}
"""Facts that are worked out from a form field of another name."""
IN_DIRECTORY = frozenset(
    {"承办部门", "承办部门简称", "机关地址", "上级机关", "同级公安机关", "同级检察机关"}
    | {"主送机关", "抄送机关", "主办部门", "接收单位", "复议机关", "管辖法院", "争议各方"}
    | {"复议期限", "起诉期限", "申请执行的法院"}
)
OF_PEOPLE = frozenset({"主办人电话", "经办人电话", "联系电话", "联系人", "经办人", "审核人"})
ADMINISTRATOR = "administrator"

Place = tuple[str, str]
"""An action by process and name."""


@dataclass(frozen=True)
class Lack:
    """A required fact that a document would lack, where it is asked for, and who fills that in.

    `here`: the form at hand asks for it. `demanded_by`: the article of laws.yaml by which the
    document has to state it, where one does, and `article` how it is quoted.
    """

    document: str
    fact: str
    form: str
    who: str
    here: bool
    demanded_by: str = ""
    article: str = ""

    def __str__(self) -> str:
        law = f"（{self.article}要求写明）" if self.article else ""
        return f"《{self.document}》缺少「{self.fact}」{law}，请由{self.who}在「{self.form}」中填写"


class Wanted(Protocol):
    """A fact that a document has to state, as its form declares it."""

    @property
    def name(self) -> str:
        """Its Chinese name."""

    @property
    def demanded_by(self) -> str:
        """The article that demands it, or nothing."""


def lacks(
    rules: Rulebook, document: str, missing: Iterable[Wanted], at: Place, organ: str
) -> list[Lack]:
    """The missing facts of a document, each with its remedy and the article that demands it.

    `at`: the action that would issue it; `organ`: the department that would. An article that does
    not bind this organ is not held against it.
    """
    function = rules.departments[organ].function if organ in rules.departments else ""
    found: list[Lack] = []
    for one in missing:
        basis, plain = one.demanded_by, lack(rules, document, one.name, at)
        binds = rules.instrument_of[basis].binds if basis else None
        if basis and (not binds or function in binds):
            plain = replace(plain, demanded_by=basis, article=rules.cite(basis))
        found.append(plain)
    return found


def lack(rules: Rulebook, document: str, fact: str, at: Place) -> Lack:
    """The lack with its remedy, seen from the action `at` that would issue the document.

    `document` and `fact` are their Chinese names.
    """
    label = ASKED_AS.get(fact, fact)
    found = _best(rules, label, at)
    if found is None and fact in IN_DIRECTORY:
        return Lack(document, fact, "部门信息", rules.roles[ADMINISTRATOR].label, False)
    if found is None and fact in OF_PEOPLE:
        return Lack(document, fact, "人员登记", rules.roles[ADMINISTRATOR].label, False)
    place = found or _own(rules, at)
    action = _action(rules, place)
    form = f"{rules.lifecycles[place[0]].label}·{action.label}"
    form += f"（{label}）" if label != fact else ""
    return Lack(
        document,
        fact,
        form,
        _chairs(rules, action),
        found is not None and found in _near(rules, at),
    )


def _best(rules: Rulebook, label: str, at: Place) -> Place | None:
    """The action that asks for it: the one at hand, what brought it about, its process, any.

    Any of the same main line: no form of a circular supplies what a clue lacks.
    """
    near = _near(rules, at)
    same = [(at[0], name) for name in rules.lifecycles[at[0]].actions]
    root = rules.lifecycles[at[0]].root
    beside = {kind: one for kind, one in rules.lifecycles.items() if one.root == root}
    every = [(kind, name) for kind, one in beside.items() for name in one.actions]
    for asks in chain(near, same, every):
        if any(one.label == label for one in _action(rules, asks).form.values()):
            people = [one for one in _near(rules, asks) if _by_people(_action(rules, one))]
            if people:
                return people[0]
    return None


def _action(rules: Rulebook, place: Place) -> Transition:
    return rules.lifecycles[place[0]].actions[place[1]]


def _near(rules: Rulebook, at: Place) -> list[Place]:
    """The action itself and those that bring it about, whose form is filled in for both."""
    found = [at]
    for place in found:
        found += [one for one in _causes(rules, place) if one not in found]
    return found


def _causes(rules: Rulebook, place: Place) -> Iterable[Place]:
    for kind, lifecycle in rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            if any((then.process, then.action) == place for then in action.then):
                yield kind, name


def _own(rules: Rulebook, at: Place) -> Place:
    return next((one for one in _near(rules, at) if _by_people(_action(rules, one))), at)


def _by_people(action: Transition) -> bool:
    return bool(set(action.by) - {CONSEQUENCE, SYSTEM})


def _chairs(rules: Rulebook, action: Transition) -> str:
    chairs = [one for one in action.by if one not in {CONSEQUENCE, SYSTEM}]
    return "或者".join(rules.roles[one].label for one in chairs) or "办理该操作的部门"
