"""Substitutions: a person names who looks after his matters for some days, or takes it back.

It is on record, both are told, and whoever oversees the department sees it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from domain.situation.situation import CHINA, Actor
from domain.tables.people import User
from domain.tables.substitution import Substitution
from domain.tables.work import InboxMessage
from flows.people.absences import lendable
from flows.people.user_keeping import NotKept
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.row_marks import marked
from flows.site.store import transaction
from flows.workbench.substitution_wish import HEADS, INSTEAD_OF_A_HEAD, Wish, complaints_about

MOST = 200
ENDED_SHOWN = timedelta(days=90)
OVER = ("已收回", "已期满")
PLACE = "substitution."
"""How the kinds of its messages begin."""


@dataclass(frozen=True)
class Told:
    """What those concerned are told: the kind of message, its title and its words."""

    kind: str
    title: str
    body: str


@dataclass(frozen=True)
class SubstitutionLine:
    """A substitution as a list shows it; `standing` in Chinese; `may_end`: by the reader."""

    row: Substitution
    absent: str
    substitute: str
    standing: str
    may_end: bool


def name_substitute(viewer: Viewer, wish: Wish) -> None:
    """Names a substitute, on record; both are told. Raises NotKept with every complaint."""
    with transaction(viewer.office.engine) as session:
        absent, other = (session.get(User, one) for one in (wish.absent, wish.substitute))
        found = complaints_about(session, viewer, wish, (absent, other))
        if found or absent is None or other is None:
            raise NotKept(found)
        row = Substitution(
            absent_id=absent.id,
            substitute_id=other.id,
            department_id=absent.department_id,
            first_day=wish.first,
            last_day=wish.last,
            reason=wish.reason.strip(),
            named_by=viewer.actor.id,
            named_at=viewer.now,
        )
        session.add(row)
        session.flush()
        _record(session, viewer, row, "name_substitute")
        span = f"{wish.first}至{wish.last}"
        body = f"{span}由{other.name}代办{absent.name}承办的事项，理由：{row.reason}。"
        _tell(session, viewer, row, Told("named", f"代办：{absent.name}", body))


def end_substitution(viewer: Viewer, number: int) -> None:
    """Takes a substitution back, on record; NotForYou where it is none of the person's."""
    with transaction(viewer.office.engine) as session:
        row = session.get(Substitution, number)
        if row is None or not _may_end(viewer, row):
            raise NotForYou("没有这一代办，或者已经结束")
        row.ended_at, row.ended_by = viewer.now, viewer.actor.id
        session.add(row)
        _record(session, viewer, row, "end_substitution")
        names = _names(session, [row])
        body = (
            f"{viewer.actor.name}结束了{names[row.substitute_id]}代{names[row.absent_id]}的办理，"
            "此后由其本人办理。"
        )
        _tell(session, viewer, row, Told("ended", f"代办结束：{names[row.absent_id]}", body))


def substitutions(session: Session, viewer: Viewer) -> tuple[SubstitutionLine, ...]:
    """What the viewer sees: his own and his department's; who oversees files, those of the area.

    Those in force and to come, then those that ended in the last 90 days.
    """
    since = (viewer.now - ENDED_SHOWN).astimezone(CHINA).date().isoformat()
    query = select(Substitution).where(col(Substitution.last_day) >= since, *_seen(viewer))
    rows = list(session.exec(query.order_by(col(Substitution.first_day).desc()).limit(MOST)))
    names = _names(session, rows)
    lines = [_line(viewer, one, names) for one in rows]
    return tuple(sorted(lines, key=lambda one: one.standing in OVER))


def absent_people(session: Session, viewer: Viewer) -> tuple[User, ...]:
    """For whom the viewer may name a substitute: himself, and as a head his department's people.

    None of them for whom no colleague can stand in, because nobody shares a chair with him.
    """
    people = _colleagues(session, viewer.actor)
    is_head = bool(viewer.actor.roles & HEADS)
    own = (one for one in people if is_head or one.id == viewer.actor.id)
    return tuple(one for one in own if _who_share_a_chair(one, people))


def possible_substitutes(session: Session, viewer: Viewer) -> tuple[User, ...]:
    """Whom he may name: who shares a chair with one of those for whom he may."""
    people, absent = _colleagues(session, viewer.actor), absent_people(session, viewer)
    return tuple(one for one in people if _who_share_a_chair(one, absent))


def why_nobody(actor: Actor) -> str:
    """Why the viewer can name no substitute, and what happens instead."""
    if lendable(actor.roles):
        return (
            "本部门没有与您岗位相同的人员，不能指定代办人。需要时请管理员为本部门增加该岗位的人员。"
        )
    return f"您的岗位不能由他人代办。{INSTEAD_OF_A_HEAD}。"


def _who_share_a_chair(user: User, others: Sequence[User]) -> tuple[User, ...]:
    own = lendable(user.roles)
    return tuple(one for one in others if one.id != user.id and own & lendable(one.roles))


def _colleagues(session: Session, actor: Actor) -> tuple[User, ...]:
    query = select(User).where(col(User.department_id) == actor.department, col(User.active))
    return tuple(one for one in session.exec(query.order_by(col(User.id))) if lendable(one.roles))


def _seen(viewer: Viewer) -> list[ColumnElement[bool]]:
    watched, own = viewer.watched, viewer.actor.id
    if watched is None:
        return []
    involved = [Substitution.absent_id, Substitution.substitute_id]
    mine = [col(one) == own for one in involved]
    return [or_(col(Substitution.department_id).in_(watched), *mine)]


def _line(viewer: Viewer, row: Substitution, names: Mapping[str, str]) -> SubstitutionLine:
    today = viewer.now.astimezone(CHINA).date().isoformat()
    if row.ended_at is not None:
        standing = "已收回"
    elif row.last_day < today:
        standing = "已期满"
    else:
        standing = "尚未开始" if row.first_day > today else "代办中"
    return SubstitutionLine(
        row, names[row.absent_id], names[row.substitute_id], standing, _may_end(viewer, row)
    )


def _may_end(viewer: Viewer, row: Substitution) -> bool:
    """Both may, and the heads of the department; what is over is not ended again."""
    actor, today = viewer.actor, viewer.now.astimezone(CHINA).date().isoformat()
    if row.ended_at is not None or row.last_day < today:
        return False
    leads = bool(actor.roles & HEADS) and actor.department == row.department_id
    return leads or actor.id in (row.absent_id, row.substitute_id)


def _names(session: Session, rows: list[Substitution]) -> dict[str, str]:
    ids = {one for row in rows for one in (row.absent_id, row.substitute_id)}
    return dict(session.exec(select(User.id, User.name).where(col(User.id).in_(ids))).all())


def _record(session: Session, viewer: Viewer, row: Substitution, action: str) -> None:
    told: dict[str, object] = {
        "absent": row.absent_id,
        "substitute": row.substitute_id,
        "first": row.first_day,
        "until": row.last_day,
        "reason": row.reason,
        **marked("substitution", row, viewer.office.keys.chain),
    }
    act = Act(action, viewer.actor, viewer.now, told)
    append(session, [act_event(Thing("substitution", row.id or 0), act)], viewer.office.keys.chain)


def _tell(session: Session, viewer: Viewer, row: Substitution, told: Told) -> None:
    """Everybody concerned but who did it himself."""
    for person in {row.absent_id, row.substitute_id} - {viewer.actor.id}:
        session.add(
            InboxMessage(
                key=f"{PLACE}{told.kind}-{row.id}-{person}",
                department_id=row.department_id,
                user_id=person,
                kind=f"{PLACE}{told.kind}",
                title=told.title,
                body=told.body,
                created_at=viewer.now,
            )
        )
