"""Who administers what: one administrator for all, or three apart as the site has it set.

Apart (等级保护's 三员): the administrator keeps users, departments, templates and settings; the
security administrator gives chairs, locks, frees and hands out tokens; the auditor reads.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select

from domain.situation.situation import SYSTEM, Actor
from domain.tables.people import User
from domain.tables.session import AccountLock
from flows.people.user_form import Particulars
from flows.site.settings import Settings

RIGHTS = ("roles", "stand_role", "stand_from", "stand_until", "stand_ground")
NOBODY_YET = Particulars("", "", ())
ADMINISTRATOR, SECURITY = "administrator", "security_administrator"
BY_SECURITY = "本站三员分立，{what}由安全管理员办理"
BY_ADMINISTRATOR = "{what}由管理员办理，安全管理员只管岗位、密码、验证器和锁定"


def chairs_wanted(settings: Settings, roles: Iterable[str]) -> frozenset[str]:
    """The chairs that may where these are asked for: one administrator does security's work too."""
    wanted = frozenset(roles)
    if SECURITY in wanted and not settings.three_administrators:
        return wanted | {ADMINISTRATOR}
    return wanted


def keeps_rights(settings: Settings, actor: Actor) -> bool:
    """Whether the actor gives and takes chairs, resets, locks, frees, and hands out tokens.

    The program itself does: whoever runs commands at the host holds database and keys anyway.
    """
    return bool(actor.roles & (chairs_wanted(settings, {SECURITY}) | {SYSTEM}))


def keeps_users(actor: Actor) -> bool:
    """Whether the actor adds and retires users and keeps their particulars."""
    return bool(actor.roles & {ADMINISTRATOR, SYSTEM})


def indispensable(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The chairs of which the last one stays, with their names."""
    apart = ((SECURITY, "安全管理员"),) if settings.three_administrators else ()
    return ((ADMINISTRATOR, "管理员"), *apart)


def last_of(session: Session, settings: Settings, user_id: str, kept: Iterable[str] = ()) -> str:
    """A complaint where nobody else could administer any more without this user; empty otherwise.

    `kept`: the chairs that he keeps. Rows of users stay locked for us meanwhile.
    """
    locked = set(session.exec(select(col(AccountLock.user_id))))
    rows = list(session.exec(select(User).where(col(User.active)).with_for_update()))
    for chair, label in indispensable(settings):
        able = {one.id for one in rows if chair in one.roles and one.id not in locked}
        if able == {user_id} and chair not in kept:
            return f"这是最后一名可用的{label}，请先指定另一名{label}"
    return ""


def beyond(
    settings: Settings, actor: Actor, before: Particulars, given: Particulars
) -> dict[str, str]:
    """What of a change to a user is another administrator's to make, by field."""
    found: dict[str, str] = {}
    if not keeps_rights(settings, actor):
        if _rights(given) != _rights(before):
            found["roles"] = BY_SECURITY.format(what="给予和收回岗位、委托主持工作")
        if before.roles and given.department != before.department:
            told = BY_SECURITY.format(what="收回原部门的岗位")
            found["department"] = f"{told}；收回以后再调整部门"
    if not keeps_users(actor) and replace(given, **_rights(before)) != before:
        found[""] = BY_ADMINISTRATOR.format(what="姓名、部门、执法证号和联系方式")
    return found


def _rights(given: Particulars) -> dict[str, Any]:
    """What of the particulars lets somebody do things."""
    return {one: getattr(given, one) for one in RIGHTS}
