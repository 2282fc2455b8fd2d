"""Rights to act: the chair an action asks for, and where the actor must sit."""

from collections.abc import Callable, Mapping
from functools import cache

from domain.shapes.entries import Department, Role
from domain.shapes.lifecycles import Transition
from domain.shapes.registry import Registry
from domain.situation.jurisdiction import (
    common_superior,
    coordinators,
    governments,
    staffing_offices,
)
from domain.situation.situation import CONSEQUENCE, SYSTEM, Situation

Relation = Callable[[Situation], bool]
relation: Registry[Relation] = Registry()


@relation
def any_(s: Situation) -> bool:
    """任何部门"""
    return True


@relation
def holder(s: Situation) -> bool:
    """事项所在部门"""
    return s.actor.department == s.process.department


@relation
def counterpart(s: Situation) -> bool:
    """事项的对方部门"""
    return s.actor.department == s.process.counterpart


@relation
def desk(s: Situation) -> bool:
    """登记部门"""
    return s.actor.department == (s.clue.desk if s.clue else s.process.department)


@relation
def sender(s: Situation) -> bool:
    """转出部门"""
    return s.clue is not None and s.actor.department == s.clue.sender


@relation
def any_for_supervisor(s: Situation) -> bool:
    """督办机构"""
    return "supervisor" in s.actor.roles


@relation
def clue_holder(s: Situation) -> bool:
    """线索承办部门"""
    return any(one.kind == "clue" and one.department == s.actor.department for one in s.processes)


@relation
def any_party(s: Situation) -> bool:
    """参与核查的部门"""
    return clue_holder(s) or any(part.department == s.actor.department for part in s.parts())


@relation
def finding_department(s: Situation) -> bool:
    """参加检查的部门"""
    return any(
        one.department == s.actor.department and one.state != "called_off"
        for one in s.of_kind("finding")
    )


@relation
def police(s: Situation) -> bool:
    """受移送公安机关"""
    return s.actor.department == s.process.counterpart and _kind(s) == "police"


@relation
def procuratorate(s: Situation) -> bool:
    """同级人民检察院"""
    own = s.department(s.actor.department)
    return own is not None and own.kind == "procuratorate" and own.area == _area(s)


@relation
def competent_arbiter(s: Situation) -> bool:
    """双方共同的上一级机关"""
    return s.actor.department == common_superior(s)


@relation
def coordinator(s: Situation) -> bool:
    """协调管辖争议的机关"""
    return s.actor.department in coordinators(s)


@relation
def local_government(s: Situation) -> bool:
    """本级人民政府"""
    return s.actor.department in governments(s)


@relation
def staffing_office(s: Situation) -> bool:
    """本级机构编制部门"""
    return s.actor.department in staffing_offices(s)


def _kind(s: Situation) -> str:
    own: Department | None = s.department(s.actor.department)
    return own.kind if own else ""


def _area(s: Situation) -> str:
    own = s.department(s.process.department)
    return own.area if own else s.subject.area


def objections(
    s: Situation, transition: Transition, roles: Mapping[str, Role], caused: bool
) -> list[str]:
    """Every reason in Chinese why this actor may not take the action; `caused` by another, none.

    `roles` are the chairs by id; one that is not among them is named by its id.
    """
    if caused:
        return []
    if CONSEQUENCE in transition.by:
        return [f"「{transition.label}」由其他操作带出，不能单独进行"]
    if SYSTEM in s.actor.roles and (SYSTEM in transition.by):
        return []
    reasons: list[str] = []
    if not s.actor.roles & set(transition.by):
        chairs = "、".join(roles[one].label if one in roles else one for one in transition.by)
        reasons.append(f"「{transition.label}」只能由{chairs}操作")
    if not any(relation[name](s) for name in transition.at):
        reasons.append(f"「{transition.label}」只能由{_places(transition.at)}操作，您所在部门不是")
    return reasons


@cache
def _places(names: tuple[str, ...]) -> str:
    """The words of relations: a page asks some hundred times why something is not one's own."""
    return "、".join(dict.fromkeys(relation.promise(name) for name in names))
