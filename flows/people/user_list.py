"""The list of an office's users, as an administrator sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, String, and_, cast, func, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, select

from documents.output.table_files import Cell, Column, Sheet
from domain.rulebook.rulebook import Rulebook
from domain.tables.people import User
from domain.tables.session import AccountLock, Password, SignInFailures
from flows.people.second_factor import second_of
from flows.site.word_search import texts_have

PAGE, MOST_ROWS = 50, 10_000
PORTION = 1000
"""So many users of a file are made out of rows at a time."""
COLUMNS = (
    Column("编号", 20), Column("姓名", 12), Column("部门", 28), Column("岗位", 36),
    Column("电话", 16), Column("电子邮箱", 26), Column("执法证号", 20), Column("状态", 20),
)  # fmt: skip
Sort = Literal["", "name", "department"]
ORDERS: Mapping[str, str] = {"": "按编号", "name": "按姓名", "department": "按部门"}
State = Literal["", "active", "locked", "initial", "retired"]
STATES = {"active": "在用", "locked": "已锁定", "initial": "待改初始密码", "retired": "已停用"}


@dataclass(frozen=True)
class Narrow:
    """What the list is narrowed to; empty fields narrow nothing."""

    text: str = ""
    department: str = ""
    role: str = ""
    state: State = ""
    after: str = ""
    sort: Sort = ""


@dataclass(frozen=True)
class UserLine:
    """A user, and how his account stands."""

    user: User
    locked_at: datetime | None
    locked_until: datetime | None
    has_password: bool
    must_change: bool
    has_second: bool = False

    @property
    def states(self) -> tuple[str, ...]:
        """How the account stands, in words; the first one is the one that counts."""
        if not self.user.active:
            return ("已停用",)
        found = ["已锁定"] if self.locked_at else []
        found += ["失败过多，暂时锁定"] if self.locked_until else []
        found += ["待改初始密码"] if self.must_change else []
        found += [] if self.has_password else ["没有密码"]
        return tuple(found) or ("在用",)


def list_users(session: Session, narrow: Narrow, now: datetime) -> tuple[tuple[UserLine, ...], str]:
    """A page of users, and after which id the next one begins (empty at the end)."""
    query = _accounts(*_conditions(narrow, now), *_beyond(session, narrow))
    lines = tuple(_lines(session, query.order_by(*_ordered(narrow)).limit(PAGE + 1), now))
    return lines[:PAGE], lines[PAGE - 1].user.id if len(lines) > PAGE else ""


def how_many(session: Session, narrow: Narrow, now: datetime) -> int:
    """How many users fit, on all pages together."""
    query = select(func.count()).select_from(User).where(*_conditions(narrow, now))
    return session.exec(query).one()


def users_sheet(session: Session, rules: Rulebook, narrow: Narrow, now: datetime) -> Sheet:
    """The users that fit as a table to take away; nothing of passwords is in it."""
    return Sheet("用户清单", COLUMNS, _cells(session, rules, narrow, now))


def _cells(
    session: Session, rules: Rulebook, narrow: Narrow, now: datetime
) -> Iterator[tuple[Cell, ...]]:
    query = _accounts(*_conditions(narrow, now)).order_by(*_ordered(narrow)).limit(MOST_ROWS)
    for line in _lines(session, query.execution_options(yield_per=PORTION), now):
        user = line.user
        yield (
            user.id, user.name, rules.departments[user.department_id].name,
            "、".join(rules.roles[one].label for one in user.roles if one in rules.roles),
            user.phone, user.email, user.certificate_no, "、".join(line.states),
        )  # fmt: skip


def user_line(session: Session, user_id: str, now: datetime) -> UserLine:
    """One user; LookupError where there is none."""
    for line in _lines(session, _accounts(col(User.id) == user_id), now):
        return line
    raise LookupError(f"没有「{user_id}」这个用户")


def _accounts(*fitting: ColumnElement[bool]) -> Select[Any]:
    """The users that fit, each with what tells how his account stands."""
    # By other names: conditions on the same tables look for rows of their own.
    held, password, failures = aliased(AccountLock), aliased(Password), aliased(SignInFailures)
    return (
        columns(
            User,
            col(held.locked_at),
            col(failures.locked_until),
            col(password.must_change),
            second_of(col(User.id)).label("has_second"),
        )
        .join(held, col(held.user_id) == col(User.id), isouter=True)
        .join(failures, col(failures.account) == col(User.id), isouter=True)
        .join(password, col(password.user_id) == col(User.id), isouter=True)
        .where(*fitting)
    )


def _lines(session: Session, query: Select[Any], now: datetime) -> Iterator[UserLine]:
    for user, locked_at, until, must_change, has_second in session.execute(query):
        yield UserLine(
            user=user,
            locked_at=locked_at,
            locked_until=until if until and until > now else None,
            has_password=must_change is not None,
            must_change=bool(must_change),
            has_second=bool(has_second),
        )


def _ordered(narrow: Narrow) -> tuple[SQLColumnExpression[str], ...]:
    by = {"name": (col(User.name),), "department": (col(User.department_id),)}
    return (*by.get(narrow.sort, ()), col(User.id))


def _beyond(session: Session, narrow: Narrow) -> tuple[ColumnElement[bool], ...]:
    """The condition of what comes after the user who was read last, in the order asked for."""
    later = col(User.id) > narrow.after
    last = session.get(User, narrow.after) if narrow.after and narrow.sort else None
    if last is None:
        return (later,)
    by_name = narrow.sort == "name"
    first, told = (User.name, last.name) if by_name else (User.department_id, last.department_id)
    return (or_(col(first) > told, and_(col(first) == told, later)),)


def _conditions(narrow: Narrow, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrow.text.strip():
        found.append(_named(narrow.text.strip()))
    if narrow.department:
        found.append(col(User.department_id) == narrow.department)
    if narrow.role:
        found.append(cast(col(User.roles), String).contains(f'"{narrow.role}"', autoescape=True))
    if narrow.state:
        found.append(col(User.active) == (narrow.state != "retired"))
    if narrow.state == "locked":
        failed = exists().where(
            col(SignInFailures.account) == col(User.id), col(SignInFailures.locked_until) > now
        )
        found.append(or_(exists().where(col(AccountLock.user_id) == col(User.id)), failed))
    if narrow.state == "initial":
        found.append(
            exists().where(col(Password.user_id) == col(User.id), col(Password.must_change))
        )
    return found


def _named(text: str) -> ColumnElement[bool]:
    return texts_have(
        [col(one) for one in (User.id, User.name, User.phone, User.certificate_no)], text
    )
