"""Keeping users: who may act, in which chairs; every change is an event of the record.

Nobody changes his own rights, the last administrator stays, and nobody is ever deleted: what he
did goes on bearing his name.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session

from domain.situation.situation import SYSTEM, Actor
from domain.tables.feed import CalendarFeed
from domain.tables.people import User
from domain.tables.session import AccountLock, Password, SignInFailures
from flows.people.administrators import (
    BY_ADMINISTRATOR,
    BY_SECURITY,
    NOBODY_YET,
    beyond,
    keeps_rights,
    keeps_users,
    last_of,
)
from flows.people.passwords import first_password, hash_password
from flows.people.second_factor import drop_second
from flows.people.sign_in import LONGEST_ACCOUNT, end_sessions, set_password
from flows.people.sign_in_failures import failures_of
from flows.people.user_form import Particulars, complaints_about
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.row_marks import password_marked
from flows.site.store import transaction


class NotKept(Exception):
    """Nothing was changed; every complaint at its field, or under '' where it has none."""

    def __init__(self, complaints: Mapping[str, str]) -> None:
        super().__init__("；".join(complaints.values()))
        self.complaints = dict(complaints)


@dataclass(frozen=True)
class Keeper:
    """Who keeps the users of an office, and when."""

    office: Office
    actor: Actor
    now: datetime


def add_user(keeper: Keeper, user_id: str, given: Particulars) -> str:
    """Adds a user, on record; his first password comes back this once.

    He has to choose his own at the first sign-in. Empty where the security administrator gives
    chairs and password. Raises NotKept with every complaint by field.
    """
    user_id = user_id.strip()
    settings = keeper.office.settings
    found = complaints_about(keeper.office.rules, given, chairs_later=settings.three_administrators)
    found |= _id_complaints(user_id) | beyond(settings, keeper.actor, NOBODY_YET, given)
    password = first_password()
    with transaction(keeper.office.engine) as session:
        if session.get(User, user_id) is not None:
            found["id"] = f"「{user_id}」已有人使用，请换一个编号"
        if found:
            raise NotKept(found)
        session.add(_row(user_id, given))
        session.flush()
        first = _first(user_id, password, keeper.now)
        set_password(session, first)
        mark = password_marked(first, keeper.office.keys.chain)
        facts = {"before": {}, "after": asdict(given), **mark}
        _record(session, keeper, ("add_user", user_id), facts)
    return password if keeps_rights(settings, keeper.actor) else ""


def _first(user_id: str, password: str, now: datetime) -> Password:
    """A password that its user has to change at the next sign-in."""
    made = hash_password(password, user_id)
    return Password(user_id=user_id, hash=made, set_at=now, must_change=True)


def change_user(keeper: Keeper, user_id: str, given: Particulars) -> None:
    """Other particulars, department or chairs; whose department or chairs change signs in anew.

    Raises NotKept with every complaint, and LookupError where there is no such user.
    """
    settings = keeper.office.settings
    found = complaints_about(keeper.office.rules, given, chairs_later=settings.three_administrators)
    with transaction(keeper.office.engine) as session:
        row = _other(session, keeper, user_id)
        before = Particulars.of(row)
        found |= beyond(settings, keeper.actor, before, given)
        gone = set(before.roles) - set(given.roles)
        if gone and (told := last_of(session, settings, user_id, given.roles)):
            found[""] = told
        if found:
            raise NotKept(found)
        if before == given:
            return
        session.merge(replace_row(row, given))
        if (before.department, before.roles) != (given.department, given.roles):
            end_sessions(session, user_id)
        facts = {"before": asdict(before), "after": asdict(given)}
        _record(session, keeper, ("change_user", user_id), facts)


def reset_password(keeper: Keeper, user_id: str) -> str:
    """A new first password, told once; sessions, the calendar feed and a lock by failures end."""
    password = first_password()
    _need_rights(keeper, "重设密码")
    with transaction(keeper.office.engine) as session:
        row = _other(session, keeper, user_id)
        if not row.active:
            raise NotKept({"": "该用户已停用，请先恢复使用"})
        first = _first(user_id, password, keeper.now)
        set_password(session, first)
        _end_feed(session, user_id)
        _forget_failures(session, user_id)
        record_password(session, keeper, first)
    return password


def reset_second(keeper: Keeper, user_id: str) -> None:
    """Ends a user's second factor and his sessions, on record: the telephone is lost.

    Raises NotKept where he has none, and LookupError where there is no such user.
    """
    _need_rights(keeper, "解除验证器")
    with transaction(keeper.office.engine) as session:
        _other(session, keeper, user_id)
        if not drop_second(session, user_id):
            raise NotKept({"": "该用户没有登记验证器"})
        end_sessions(session, user_id)
        _record(session, keeper, ("reset_second_factor", user_id), {})


def record_password(session: Session, keeper: Keeper, row: Password) -> None:
    """The event of a password that somebody else set, in the caller's transaction."""
    mark = password_marked(row, keeper.office.keys.chain)
    _record(session, keeper, ("reset_password", row.user_id), mark)


def lock(keeper: Keeper, user_id: str) -> None:
    """Lets the user in no more and ends his sessions.

    Raises NotKept for oneself and for the last administrator.
    """
    _need_rights(keeper, "锁定用户")
    with transaction(keeper.office.engine) as session:
        _other(session, keeper, user_id)
        if found := last_of(session, keeper.office.settings, user_id):
            raise NotKept({"": found})
        if session.get(AccountLock, user_id) is not None:
            return
        at = keeper.now
        session.add(AccountLock(user_id=user_id, locked_by=keeper.actor.id, locked_at=at))
        end_sessions(session, user_id)
        _record(session, keeper, ("lock_user", user_id), {})


def unlock(keeper: Keeper, user_id: str) -> None:
    """Lets the user in again, whether an administrator or failed attempts locked him out."""
    _need_rights(keeper, "解锁用户")
    with transaction(keeper.office.engine) as session:
        _other(session, keeper, user_id)
        held = session.get(AccountLock, user_id)
        if held is not None:
            session.delete(held)
        if _forget_failures(session, user_id) or held is not None:
            _record(session, keeper, ("unlock_user", user_id), {})


def set_active(keeper: Keeper, user_id: str, *, active: bool) -> None:
    """Takes a user out of service or back into it; what he did keeps his name."""
    if not keeps_users(keeper.actor):
        raise NotKept({"": BY_ADMINISTRATOR.format(what="停用和恢复用户")})
    with transaction(keeper.office.engine) as session:
        row = _other(session, keeper, user_id)
        if row.active == active:
            return
        if not active and (found := last_of(session, keeper.office.settings, user_id)):
            raise NotKept({"": found})
        row.active = active
        session.add(row)
        end_sessions(session, user_id)
        action = "restore_user" if active else "retire_user"
        _record(session, keeper, (action, user_id), {})


def replace_row(row: User, given: Particulars) -> User:
    """The user with other particulars; whether he serves stays as it is."""
    made = _row(row.id, given)
    made.active = row.active
    return made


def _row(user_id: str, given: Particulars) -> User:
    kept = replace(given, roles=tuple(sorted(given.roles)))
    return User(
        id=user_id,
        name=kept.name,
        department_id=kept.department,
        roles=list(kept.roles),
        certificate_no=kept.certificate_no,
        phone=kept.phone,
        email=kept.email,
        stand_role=kept.stand_role,
        stand_from=kept.stand_from,
        stand_until=kept.stand_until,
        stand_ground=kept.stand_ground,
    )


def _id_complaints(user_id: str) -> dict[str, str]:
    if not user_id:
        return {"id": "请填写用户编号"}
    fits = user_id.isascii() and user_id.replace("-", "").replace(".", "").isalnum()
    if not fits or len(user_id) > LONGEST_ACCOUNT or user_id == SYSTEM:
        return {
            "id": f"用户编号只用字母、数字、点和连字符，不超过{LONGEST_ACCOUNT}个，不得为 system"
        }
    return {}


def _need_rights(keeper: Keeper, what: str) -> None:
    if not keeps_rights(keeper.office.settings, keeper.actor):
        raise NotKept({"": BY_SECURITY.format(what=what)})


def _other(session: Session, keeper: Keeper, user_id: str) -> User:
    """The user, who must be somebody else than the keeper."""
    row = session.get(User, user_id)
    if row is None:
        raise LookupError(f"没有「{user_id}」这个用户")
    if user_id == keeper.actor.id:
        raise NotKept({"": "本人的部门、岗位和账号状态由其他管理员办理"})
    return row


def _end_feed(session: Session, user_id: str) -> None:
    """Whoever knew the old password may know the feed's address as well."""
    found = session.get(CalendarFeed, user_id)
    if found is not None:
        session.delete(found)


def _forget_failures(session: Session, user_id: str) -> int:
    query = delete(SignInFailures).where(failures_of(user_id))
    return int(session.connection().execute(query).rowcount)


def _record(
    session: Session, keeper: Keeper, what: tuple[str, str], facts: Mapping[str, object]
) -> None:
    action, user_id = what
    act = Act(action, keeper.actor, keeper.now, {"user": user_id, **facts})
    append(session, [act_event(Thing("user"), act)], keeper.office.keys.chain)
