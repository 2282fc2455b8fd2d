"""Users held against the record: chairs, particulars, passwords, second factors, locks."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from sqlmodel import Session, col, select

from domain.tables.people import User
from domain.tables.record import Event
from domain.tables.session import AccountLock, Passkey, Password, SecondFactor
from flows.people.passkeys import passkey_mark
from flows.people.user_form import Particulars
from flows.site.moment import read_mark
from flows.site.office import Office
from flows.site.row_marks import MARKS, PASSWORD, password_mark

LOCKS = {"lock_user": True, "unlock_user": False}
SECOND = {
    "enrol_second_factor": True,
    "end_second_factor": False,
    "reset_second_factor": False,
}
PERSON = {"name": "", "certificate_no": "", "phone": "", "email": ""}
"""What besides his rights is said of a user, each empty where an older event does not name it."""
PASSKEYS = {"enrol_passkey": True, "end_passkey": False}
SERVES = {"retire_user": False, "restore_user": True}


def replay_users(session: Session, office: Office) -> Iterator[str]:
    """Users whose chairs, department, lock or service is not what the record says last."""
    told: dict[str, dict[str, object]] = {}
    query = select(Event).where(col(Event.process_kind) == "user").order_by(col(Event.seq))
    for event in session.exec(query):
        known = told.setdefault(str(event.detail.get("user", event.actor_id)), {})
        _take(known, event)
    held = _held(session, office)
    # A demonstration's people were there before its record began.
    is_open = read_mark(office) is not None
    for user in session.exec(select(User).order_by(col(User.id))):
        known = told.pop(user.id, {})
        yield from _one(user, known, is_open=is_open, locked=user.id in held.locked)
        yield from _keys(user.id, known, held)
    for gone, known in told.items():
        if "rights" in known:
            yield f"用户 {gone} 有办理记录而登记内容已被删除"


@dataclass(frozen=True)
class _Held:
    """Who is locked, who has a second factor, and the marks of passwords and passkeys."""

    locked: frozenset[str]
    enrolled: frozenset[str]
    passwords: Mapping[str, str]
    keys: Mapping[str, set[str]]


def _held(session: Session, office: Office) -> _Held:
    keys: dict[str, set[str]] = {}
    for one in session.exec(select(Passkey)):
        keys.setdefault(one.user_id, set()).add(passkey_mark(office, one))
    passwords = session.exec(select(Password))
    return _Held(
        frozenset(session.exec(select(AccountLock.user_id))),
        frozenset(session.exec(select(SecondFactor.user_id))),
        {one.user_id: password_mark(one, office.keys.chain) for one in passwords},
        keys,
    )


def _keys(user: str, known: Mapping[str, object], held: _Held) -> Iterator[str]:
    """What opens his account: a password set before marks were kept is bound by nothing."""
    if known.get("second", False) != (user in held.enrolled):
        yield f"用户 {user} 是否登记验证器与办理记录不符"
    if known.get("keys", set()) != held.keys.get(user, set()):
        yield f"用户 {user} 的通行密钥与办理记录不符"
    if PASSWORD in known and known[PASSWORD] != held.passwords.get(user):
        yield f"用户 {user} 的登录密码与办理记录不符"


def _take(known: dict[str, object], event: Event) -> None:
    after = event.detail.get("after")
    if isinstance(after, dict) and "roles" in after:
        known["rights"] = _rights(after)
        known["person"] = {**PERSON, **{name: after[name] for name in PERSON if name in after}}
    if PASSWORD in (marks := event.detail.get(MARKS) or {}):
        known[PASSWORD] = marks[PASSWORD]
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
    person = {name: getattr(user, name) for name in PERSON}
    if told.get("person", person) != person:
        yield f"用户 {user.id} 的姓名、执法证号或者联系方式与办理记录不符"
    if told.get("locked", False) != locked:
        yield f"用户 {user.id} 是否锁定与办理记录不符"
    if told.get("serves", True) != user.active:
        yield f"用户 {user.id} 是否停用与办理记录不符"


def _rights(told: dict[str, object]) -> tuple[object, ...]:
    roles = told.get("roles")
    chairs = tuple(sorted(roles)) if isinstance(roles, list | tuple) else ()
    return (told.get("department"), chairs, told.get("stand_role") or "")
