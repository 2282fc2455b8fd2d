"""What belongs to no dossier, held against the record: users with their chairs, and numbers."""

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import func
from sqlalchemy import select as plain_select
from sqlmodel import Session, SQLModel, col, select

from domain.tables.people import User
from domain.tables.record import Counter, Event
from domain.tables.session import AccountLock, Passkey, SecondFactor
from flows.people.passkeys import passkey_mark
from flows.people.user_form import Particulars
from flows.site.moment import read_mark
from flows.site.office import Office

LOCKS = {"lock_user": True, "unlock_user": False}
SECOND = {
    "enrol_second_factor": True,
    "end_second_factor": False,
    "reset_second_factor": False,
}
PASSKEYS = {"enrol_passkey": True, "end_passkey": False}
SERVES = {"retire_user": False, "restore_user": True}


def replay_users(session: Session, office: Office) -> Iterator[str]:
    """Users whose chairs, department, lock or service is not what the record says last."""
    told: dict[str, dict[str, object]] = {}
    query = select(Event).where(col(Event.process_kind) == "user").order_by(col(Event.seq))
    for event in session.exec(query):
        known = told.setdefault(str(event.detail.get("user", event.actor_id)), {})
        _take(known, event)
    locked = set(session.exec(select(AccountLock.user_id)))
    enrolled = set(session.exec(select(SecondFactor.user_id)))
    keys: dict[str, set[str]] = {}
    for one in session.exec(select(Passkey)):
        keys.setdefault(one.user_id, set()).add(passkey_mark(office, one))
    # A demonstration's people were there before its record began.
    is_open = read_mark(office) is not None
    for user in session.exec(select(User).order_by(col(User.id))):
        known = told.pop(user.id, {})
        yield from _one(user, known, is_open=is_open, locked=user.id in locked)
        if known.get("second", False) != (user.id in enrolled):
            yield f"用户 {user.id} 是否登记验证器与办理记录不符"
        if known.get("keys", set()) != keys.get(user.id, set()):
            yield f"用户 {user.id} 的通行密钥与办理记录不符"
    for gone, known in told.items():
        if "rights" in known:
            yield f"用户 {gone} 有办理记录而登记内容已被删除"


def replay_numbers(session: Session) -> Iterator[str]:
    """Series whose papers are not numbered from one to the last number given out."""
    papers = SQLModel.metadata.tables["document"].c
    series = (papers.organ, papers.series, papers.year)
    query = plain_select(*series, func.count(), func.max(papers.serial)).where(
        papers.serial.is_not(None)
    )
    last = {(one.organ, one.series, one.year): one.last for one in session.exec(select(Counter))}
    for organ, name, year, count, highest in session.connection().execute(query.group_by(*series)):
        if count != highest or last.get((organ, name, year)) != highest:
            yield f"文号系列 {organ} {name}〔{year}〕与已制发的文书不符：缺号或者计数被改动"


def _take(known: dict[str, object], event: Event) -> None:
    after = event.detail.get("after")
    if isinstance(after, dict) and "roles" in after:
        known["rights"] = _rights(after)
    if event.action in LOCKS:
        known["locked"] = LOCKS[event.action]
    if event.action in SECOND:
        known["second"] = SECOND[event.action]
    if event.action in PASSKEYS or event.action == "reset_second_factor":
        known["keys"] = _keys_after(known.get("keys"), event)
    if event.action in SERVES:
        known["serves"] = SERVES[event.action]


def _keys_after(known: object, event: Event) -> set[str]:
    """The marks of a user's passkeys after an event of theirs."""
    if event.action not in PASSKEYS:
        return set()
    kept, mark = set(known) if isinstance(known, set) else set(), str(event.detail["passkey"])
    return kept | {mark} if PASSKEYS[event.action] else kept - {mark}


def _one(user: User, told: dict[str, object], *, is_open: bool, locked: bool) -> Iterator[str]:
    if "rights" not in told and not is_open:
        yield f"用户 {user.id} 没有登记的记录"
    rights = _rights(asdict(Particulars.of(user)))
    if told.get("rights", rights) != rights:
        yield f"用户 {user.id} 的部门、岗位或者代行与办理记录不符"
    if told.get("locked", False) != locked:
        yield f"用户 {user.id} 是否锁定与办理记录不符"
    if told.get("serves", True) != user.active:
        yield f"用户 {user.id} 是否停用与办理记录不符"


def _rights(told: dict[str, object]) -> tuple[object, ...]:
    roles = told.get("roles")
    chairs = tuple(sorted(roles)) if isinstance(roles, list | tuple) else ()
    return (told.get("department"), chairs, told.get("stand_role") or "")
