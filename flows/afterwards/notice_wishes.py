"""How a person wants to be told: which messages by mail, when, and which without being counted.

What reminds of a limit, and supervision, is always shown: nobody can switch it off wholly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from domain.situation.situation import CHINA
from domain.tables.personal import NoticeWish
from domain.tables.work import InboxMessage
from flows.site.office import Office
from flows.site.store import transaction

MAIL, DESK, QUIET = "mail", "desk", "quiet"
WAYS = {MAIL: "站内，并发邮件", DESK: "只在站内", QUIET: "不提示（仍列在“全部”里）"}
REMINDER, STEP, NOTE, OTHER = "reminder", "step", "note", "other"
GROUPS = {
    REMINDER: "时限提醒、督办",
    STEP: "办理情况（转来、反馈、批准、退回等）",
    NOTE: "留言提到我",
    OTHER: "其他（导入结果、代办、裁量基准、核验等）",
}
MAY_BE_QUIET = (STEP, NOTE)
"""Groups that a person may leave uncounted: what waits for him stands in 我的待办 all the same."""
HOURS = range(24)


class NotSet(ValueError):
    """The wish is not kept; every complaint in Chinese at its field."""

    def __init__(self, complaints: Mapping[str, str]) -> None:
        super().__init__("；".join(complaints.values()))
        self.complaints = dict(complaints)


@dataclass(frozen=True)
class Dispatch:
    """Whom a message is mailed to now, and when those are due who want it later.

    `digest`: who of them gets one mail for all; `unwanted`: somebody wants no mail of it.
    """

    now: dict[str, str]
    later: datetime | None = None
    digest: frozenset[str] = frozenset()
    unwanted: bool = False


def wish_of(session: Session, user_id: str) -> NoticeWish:
    """The person's wish; the usual one, not stored, where he set none."""
    return session.get(NoticeWish, user_id) or NoticeWish(user_id=user_id)


def way_of(wish: NoticeWish, group: str) -> str:
    """How he is told of a group of messages."""
    return wish.ways.get(group, MAIL)


def keep_wish(office: Office, wish: NoticeWish) -> None:
    """Keeps a person's wish; NotSet, with every complaint, where it cannot be."""
    found = {
        group: f"{GROUPS[group]}至少在站内显示，不能关闭"
        for group, way in wish.ways.items()
        if way == QUIET and group not in MAY_BE_QUIET
    }
    if (wish.quiet_from is None) != (wish.quiet_until is None):
        found["quiet_from"] = "免打扰的起止时间请都填写，或者都不填"
    elif wish.quiet_from is not None and wish.quiet_from == wish.quiet_until:
        found["quiet_from"] = "免打扰的起止时间不能相同"
    if wish.digest_hour is not None and _is_quiet(wish, wish.digest_hour):
        found["digest_hour"] = "每日汇总的时间在免打扰时段内，请改选"
    if found:
        raise NotSet(found)
    with transaction(office.engine) as session:
        session.merge(wish)


def group_of(message: InboxMessage) -> str:
    """The group of a message, as `is_uncounted` tells it to the database."""
    if message.clock_id is not None or message.kind.startswith("supervision."):
        return REMINDER
    if message.kind == NOTE:
        return NOTE
    return STEP if message.clue_id is not None else OTHER


def is_uncounted(user: str | ColumnElement[str]) -> ColumnElement[bool]:
    """The condition on `InboxMessage` that a person wants no sign of it."""
    kind = col(InboxMessage.kind)
    groups = {
        NOTE: kind == NOTE,
        STEP: and_(kind != NOTE, col(InboxMessage.clue_id).is_not(None)),
    }
    statutory = or_(col(InboxMessage.clock_id).is_not(None), kind.startswith("supervision."))
    asked = (
        and_(
            one,
            exists().where(
                col(NoticeWish.user_id) == user,
                col(NoticeWish.ways)[group].as_string() == QUIET,
            ),
        )
        for group, one in groups.items()
    )
    return and_(~statutory, or_(*asked))


def dispatch(
    session: Session, message: InboxMessage, addresses: Mapping[str, str], now: datetime
) -> Dispatch:
    """Shares out the addresses, by who is reached there, as each of them wishes."""
    query = select(NoticeWish).where(col(NoticeWish.user_id).in_(list(addresses)))
    wishes = {one.user_id: one for one in session.exec(query)}
    group = group_of(message)
    wanted = {who: at for who, at in addresses.items() if way_of(_of(wishes, who), group) == MAIL}
    due = {who: _due(_of(wishes, who), message.created_at, now) for who in wanted}
    later = [at for at in due.values() if at > now]
    return Dispatch(
        {who: at for who, at in wanted.items() if due[who] <= now},
        min(later, default=None),
        frozenset(who for who in wanted if _of(wishes, who).digest_hour is not None),
        unwanted=len(wanted) < len(addresses),
    )


def _of(wishes: Mapping[str, NoticeWish], who: str) -> NoticeWish:
    return wishes.get(who) or NoticeWish(user_id=who)


def _due(wish: NoticeWish, told: datetime, now: datetime) -> datetime:
    """When a message told at a moment may be mailed: at the day's hour, or after the quiet ones."""
    if wish.digest_hour is not None:
        return _next(told, wish.digest_hour)
    if wish.quiet_until is not None and _is_quiet(wish, now.astimezone(CHINA).hour):
        return _next(now, wish.quiet_until)
    return now


def _next(moment: datetime, hour: int) -> datetime:
    """The first full hour of that number in China from a moment on."""
    there = moment.astimezone(CHINA)
    at = there.replace(hour=hour, minute=0, second=0, microsecond=0)
    return at if at >= there else at + timedelta(days=1)


def _is_quiet(wish: NoticeWish, hour: int) -> bool:
    begin, end = wish.quiet_from, wish.quiet_until
    if begin is None or end is None:
        return False
    return begin <= hour < end if begin < end else hour >= begin or hour < end
