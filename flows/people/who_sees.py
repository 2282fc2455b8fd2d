"""Who sees a clue, how much of it, and why: told on one page, by the rules that decide it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.lifecycle.visibility import OUTSIDE_KINDS, ClueSight
from domain.situation.situation import Actor
from domain.tables.people import User
from domain.tables.process import Clue, Process
from flows.people.actors import in_service
from flows.people.chairs import actor_at
from flows.people.visible_clues import sight_on, visible
from flows.site.office import Office

FILE = "线索和全部案卷"
OPEN = "线索内容和各部门共同的办理环节，不含承办机关的案卷"
SENT = "只看得到送来的材料，不见线索和案卷"
PLACES = {
    "desk_id": "登记部门",
    "department_id": "现在的承办部门",
    "sender_id": "转办部门",
    "counterpart_id": "接收部门",
}


@dataclass(frozen=True)
class Seer:
    """People of one department in the same chairs: who, why they see the clue, and how much."""

    department: str
    chairs: str
    people: tuple[str, ...]
    why: tuple[str, ...]
    how_much: str


def who_sees(session: Session, office: Office, clue: Clue, now: datetime) -> tuple[Seer, ...]:
    """Everybody who may open the clue now, department by department.

    Whoever is locked out or serves no more is not among them.
    """
    groups: defaultdict[tuple[str, frozenset[str]], list[Actor]] = defaultdict(list)
    for user in session.exec(select(User).where(in_service()).order_by(col(User.id))):
        actor = actor_at(user, now)
        groups[actor.department, actor.roles].append(actor)
    found = (_seer(session, office, clue, people) for people in groups.values())
    places = list(office.rules.departments)
    told = [(one, key) for (key, _), one in zip(groups, found, strict=True) if one]
    return tuple(one for one, _ in sorted(told, key=lambda pair: places.index(pair[1])))


def _seer(session: Session, office: Office, clue: Clue, people: list[Actor]) -> Seer | None:
    one = people[0]
    query = select(Clue.id).where(col(Clue.id) == clue.id, visible(office, one))
    if session.exec(query).first() is None:
        return None
    seen, rules = sight_on(session, office, one, clue), office.rules
    return Seer(
        department=rules.departments[one.department].name,
        chairs="、".join(rules.roles[role].label for role in sorted(one.roles)),
        people=tuple(who.name for who in people),
        why=tuple(dict.fromkeys(_why(session, office, clue, (one, seen)))),
        how_much=FILE if seen.file else OPEN if seen.whole else SENT,
    )


def _why(
    session: Session, office: Office, clue: Clue, who: tuple[Actor, ClueSight]
) -> Iterator[str]:
    """Every ground by which a department and its chairs come to see the clue."""
    actor, seen = who
    if seen.sight.sees_all:
        what = "线索和案卷" if seen.file else "线索"
        for one in sorted(actor.roles):
            if office.rules.roles[one].sees == seen.sight.reach:
                yield f"{office.rules.roles[one].label}可以查看本地区及以下的{what}"
    if seen.whole:
        own = (label for name, label in PLACES.items() if getattr(clue, name) == actor.department)
        yield from (f"本部门是{label}" for label in own)
    elif seen.sight.prosecutes:
        yield "检察机关可以查看同级行政机关移送的涉嫌犯罪案件"
    rows = select(Process).where(col(Process.clue_id) == clue.id).order_by(col(Process.id))
    for row in session.exec(rows):
        yield from _by_process(office, row, who)


def _by_process(office: Office, row: Process, who: tuple[Actor, ClueSight]) -> Iterator[str]:
    actor, seen = who
    was_sent = actor.department == row.counterpart_id
    if row.id in seen.own or (seen.whole and was_sent):
        label = office.rules.lifecycles[row.kind].label
        outside = row.kind in OUTSIDE_KINDS and was_sent
        yield f"「{label}」送交本部门" if outside else f"本部门参与「{label}」"
