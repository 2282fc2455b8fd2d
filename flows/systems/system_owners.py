"""Owners of other systems: in whose name one calls by a token or is told by a webhook."""

from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.people import User
from flows.people.administrators import BY_SECURITY, keeps_rights
from flows.site.office import Office

RULE = "local-interfaces"
LONGEST_LABEL = 60


def possible_owners(session: Session) -> list[User]:
    """In whose name another system may act or be told."""
    query = select(User).where(col(User.active)).order_by(col(User.department_id), col(User.id))
    return list(session.exec(query))


def keeper_complaints(office: Office, actor: Actor, what: str) -> list[str]:
    """Why a person may not keep other systems: the sentence that says who does."""
    if keeps_rights(office.settings, actor):
        return []
    apart = office.settings.three_administrators
    return [BY_SECURITY.format(what=what) if apart else f"{what}由管理员办理"]


def label_complaints(label: str) -> list[str]:
    """What is wrong with the name of another system."""
    if not label.strip():
        return ["请写明对接系统的名称"]
    return [f"名称不能超过{LONGEST_LABEL}个字"] if len(label.strip()) > LONGEST_LABEL else []


def owner_complaints(user: User | None, asked: str) -> list[str]:
    """Why another system cannot act or be told in somebody's name."""
    if user is None or not user.active:
        return [f"没有「{asked}」这个在用的用户" if asked else "请选定记在谁的名下"]
    return []
