"""Messages about an organ's discretion standards: who is to confirm one, and what came of it."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from domain.shapes.discretion import WrittenStandard
from domain.tables.people import User
from domain.tables.site import SiteStandard
from domain.tables.work import InboxMessage
from flows.door.inbox import message_once
from flows.people.user_keeping import Keeper

CONFIRMERS = frozenset({"legal_reviewer", "department_head", "principal"})
"""The chairs of the organ that confirm what another person entered."""
ENTERED, JUDGED = "discretion.entered", "discretion.judged"


def second_persons(session: Session, organ: str, enterer: str) -> list[str]:
    """Who of an organ may confirm what the enterer entered: active people in a chair for it."""
    rows = session.exec(
        select(User.id, User.roles).where(
            col(User.department_id) == organ, col(User.active), col(User.id) != enterer
        )
    )
    return sorted(person for person, roles in rows if CONFIRMERS & set(roles))


def ask_second_person(session: Session, keeper: Keeper, row: SiteStandard) -> int:
    """Everybody who may confirm the version is asked for it; how many were. Once per version."""
    return message_once(session, list(_asked(session, keeper, row)))


def tell_enterer(session: Session, keeper: Keeper, row: SiteStandard) -> None:
    """Who entered a version learns that another person confirmed or returned it, and why."""
    if row.entered_by == keeper.actor.id:
        return
    came = f"退回，理由：{row.rejection}" if row.rejected_at else "确认，自施行之日起适用"
    text = f"您登记的{_named(row)}（第{row.id}号登记）已由{keeper.actor.name}{came}。"
    message_once(
        session, [_letter(keeper, row, row.entered_by, (JUDGED, "裁量基准核对结果", text))]
    )


def _asked(session: Session, keeper: Keeper, row: SiteStandard) -> Iterator[InboxMessage]:
    text = (
        f"{keeper.actor.name}登记了{_named(row)}（第{row.id}号登记），须由登记人以外的另一人对照文件"
        "核对，确认后才适用。请在「规则库·裁量基准」打开这一登记，办理确认或者退回。"
    )
    for person in second_persons(session, row.department_id, row.entered_by):
        yield _letter(keeper, row, person, (ENTERED, "待核对：裁量基准", text))


def _letter(
    keeper: Keeper, row: SiteStandard, person: str, what: tuple[str, str, str]
) -> InboxMessage:
    kind, title, text = what
    return InboxMessage(
        key=f"{kind}-{row.id}-{person}",
        department_id=row.department_id,
        user_id=person,
        kind=kind,
        title=title,
        body=text,
        created_at=keeper.now,
    )


def _named(row: SiteStandard) -> str:
    written = WrittenStandard.model_validate(row.content)
    return f"《{written.title}》「{written.conduct}」{'' if written.degrees else '的停用'}"
