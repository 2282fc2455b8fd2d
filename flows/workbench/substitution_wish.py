"""A substitution as somebody wishes it, and everything that is wrong with it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.situation.situation import CHINA
from domain.tables.people import User
from domain.tables.substitution import Substitution
from flows.people.absences import lendable
from flows.people.viewer import Viewer

HEADS = frozenset({"section_head", "department_head", "principal"})
"""Chairs that name a substitute for one of their people, and end it."""
LONGEST_DAYS = 366
INSTEAD_OF_A_HEAD = "主要负责人、部门负责人外出的，由管理员凭委托文件登记主持工作的负责人"


@dataclass(frozen=True)
class Wish:
    """What is filled in: for whom, by whom, from which day to which (ISO), and why."""

    absent: str
    substitute: str
    first: str
    last: str
    reason: str


def complaints_about(
    session: Session, viewer: Viewer, wish: Wish, people: tuple[User | None, User | None]
) -> dict[str, str]:
    """Everything that is wrong, in Chinese by field; `people`: the absent one and the other."""
    absent, other = people
    found = _whose(viewer, absent) | _by_whom(absent, other) | _when(wish, viewer.now)
    if not wish.reason.strip():
        found["reason"] = "请填写理由，如年休假、病假、外出培训"
    if other and not found:
        found |= _overlaps(session, wish, other)
    return found


def _whose(viewer: Viewer, absent: User | None) -> dict[str, str]:
    actor = viewer.actor
    if absent is None or not absent.active or absent.department_id != actor.department:
        return {"absent": "请选择由谁代办其事项的人员"}
    if absent.id != actor.id and not actor.roles & HEADS:
        return {"absent": "只能为自己指定代办人；为他人指定的，由本部门负责人办理"}
    if not lendable(absent.roles):
        return {"absent": f"{absent.name}的岗位不能由他人代办；{INSTEAD_OF_A_HEAD}"}
    return {}


def _by_whom(absent: User | None, other: User | None) -> dict[str, str]:
    if other is None or not other.active:
        return {"substitute": "请选择代办人"}
    if absent is None:
        return {}
    if other.id == absent.id:
        return {"substitute": "代办人不能是本人"}
    if other.department_id != absent.department_id:
        return {"substitute": "代办人须是本部门的人员"}
    if not lendable(absent.roles) & lendable(other.roles):
        return {
            "substitute": f"{other.name}与{absent.name}没有相同的岗位，"
            "代办不得超出双方的权限，请另选一人"
        }
    return {}


def _when(wish: Wish, now: datetime) -> dict[str, str]:
    days = {"first": _day(wish.first), "last": _day(wish.last)}
    found = {key: "请填写日期，如2026-11-22" for key, day in days.items() if day is None}
    first, last, today = days["first"], days["last"], now.astimezone(CHINA).date()
    if first and first < today:
        found["first"] = "起始日期不能早于今天，代办不溯及既往"
    if first and last and last < first:
        found["last"] = "截止日期不能早于起始日期"
    elif first and last and (last - first).days >= LONGEST_DAYS:
        found["last"] = f"一次不超过{LONGEST_DAYS}天，期满可以再指定"
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _overlaps(session: Session, wish: Wish, other: User) -> dict[str, str]:
    """Nobody has two substitutes on a day, and who is away himself stands in for nobody."""
    query = select(Substitution).where(
        col(Substitution.absent_id).in_([wish.absent, wish.substitute]),
        col(Substitution.ended_at).is_(None),
        col(Substitution.first_day) <= wish.last,
        col(Substitution.last_day) >= wish.first,
    )
    found: dict[str, str] = {}
    for one in session.exec(query):
        span = f"{one.first_day}至{one.last_day}"
        if one.absent_id == wish.absent:
            found["first"] = f"{span}已经指定了代办人，请先收回，或者改选日期"
        else:
            found["substitute"] = f"{other.name}{span}本人由他人代办，不能代办，请另选一人"
    return found
