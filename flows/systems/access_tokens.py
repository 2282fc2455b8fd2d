"""Tokens of other systems: issued and revoked by an administrator, kept as hashes, each use his
whose name it bears.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.interface import ApiToken
from domain.tables.people import User
from flows.people.absences import with_absences
from flows.people.actors import in_service
from flows.people.chairs import actor_at
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.refusals import refuse_if
from flows.site.row_marks import marked
from flows.site.store import transaction
from flows.systems.system_owners import RULE, keeper_complaints, label_complaints, owner_complaints

KEPT = "签发和停用接口令牌"
SCOPES = {
    "orders": "推送工单",
    "clues": "查看线索",
    "documents": "下载文书",
    "actions": "办理线索",
}
"""What a token may be good for, and how that is called."""
OWN_HAND = frozenset({"principal", "administrator", "security_administrator", "auditor"})
"""Chairs whose acts are their holders' own."""
PREFIX = "yisong_"
HINT = 12
LONGEST = timedelta(days=731)
USED_EVERY = timedelta(minutes=1)
"""A token's last use is written down this often at most: a look is not a write."""


@dataclass(frozen=True)
class TokenWish:
    """A token to be issued: for which system, in whose name, for what, until when.

    `channel` is the source of clues whose work orders it may push.
    """

    label: str
    user: str
    scopes: tuple[str, ...]
    expires_at: datetime
    channel: str = ""


@dataclass(frozen=True)
class Issued:
    """A token just issued; `secret` is told this once and kept nowhere."""

    secret: str
    row: ApiToken

    def __repr__(self) -> str:
        return f"Issued({self.row.hint}…)"


@dataclass(frozen=True)
class Holder:
    """Who calls: the person the token stands for, and what it is good for."""

    actor: Actor
    token_id: int
    channel: str
    scopes: frozenset[str]


def issue_token(office: Office, wish: TokenWish, actor: Actor, now: datetime) -> Issued:
    """A new token, on record; its secret comes back this once.

    `actor` is the administrator. Raises Refused with every reason where it may not be issued.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction(office.engine) as session:
        refuse_if(
            office.rules, "签发接口令牌", RULE, _objections(session, office, wish, actor, now)
        )
        row = ApiToken(
            label=wish.label.strip(),
            token_sha256=_digest(secret),
            hint=secret[:HINT],
            user_id=wish.user,
            channel=wish.channel,
            scopes=sorted(set(wish.scopes)),
            issued_at=now,
            issued_by=actor.id,
            expires_at=wish.expires_at,
        )
        session.add(row)
        session.flush()
        _record(session, office, row, ("issue", "none", "valid"), (actor, now))
    return Issued(secret, row)


def revoke_token(office: Office, token_id: int, actor: Actor, now: datetime) -> ApiToken:
    """Ends a token from now on; Refused for who may not or if it ended, LookupError for none."""
    with transaction(office.engine) as session:
        row = session.get(ApiToken, token_id)
        if row is None:
            raise LookupError(f"没有编号为{token_id}的接口令牌")
        reasons = keeper_complaints(office, actor, KEPT)
        if row.revoked_at is not None:
            reasons.append("该接口令牌已经停用")
        refuse_if(office.rules, "停用接口令牌", RULE, reasons)
        row.revoked_at, row.revoked_by = now, actor.id
        session.add(row)
        _record(session, office, row, ("revoke", "valid", "revoked"), (actor, now))
    return row


def list_tokens(session: Session, limit: int = 200) -> list[ApiToken]:
    """The newest tokens, those in use before those revoked."""
    ended = col(ApiToken.revoked_at).is_not(None)
    return list(
        session.exec(select(ApiToken).order_by(ended, col(ApiToken.id).desc()).limit(limit))
    )


def token_state(row: ApiToken, now: datetime) -> str:
    """How a token stands, in a word."""
    if row.revoked_at is not None:
        return "已停用"
    return "已过期" if now >= row.expires_at else "有效"


def whose_token(office: Office, session: Session, secret: str, now: datetime) -> Holder | None:
    """Who calls with a token; None for one unknown, expired or revoked, or of who left."""
    query = (
        select(ApiToken, User)
        .join(User, col(User.id) == col(ApiToken.user_id))
        .where(col(ApiToken.token_sha256) == _digest(secret), in_service())
    )
    found = session.exec(query).one_or_none()
    if found is None:
        return None
    row, user = found
    if row.revoked_at is not None or now >= row.expires_at:
        return None
    if row.last_used_at is None or now - row.last_used_at >= USED_EVERY:
        _used(office, row.id or 0, now)
    own = with_absences(session, actor_at(user, now), now)
    actor = replace(own, via=f"接口令牌{row.id}号“{row.label}”")
    return Holder(actor, row.id or 0, row.channel, frozenset(row.scopes))


def _objections(
    session: Session, office: Office, wish: TokenWish, actor: Actor, now: datetime
) -> list[str]:
    user = session.get(User, wish.user)
    return [
        *keeper_complaints(office, actor, KEPT),
        *label_complaints(wish.label),
        *owner_complaints(user, wish.user),
        *_scope_complaints(wish),
        *_push_complaints(office, wish, user),
        *_own_hand_complaints(office, wish, user),
        *_expiry_complaints(wish.expires_at, now),
    ]


def _scope_complaints(wish: TokenWish) -> list[str]:
    unknown = sorted(set(wish.scopes) - set(SCOPES))
    if unknown or not wish.scopes:
        known = "、".join(f"{key}（{label}）" for key, label in SCOPES.items())
        wrong = f"没有「{'、'.join(unknown)}」这种用途" if unknown else "请至少选定一种用途"
        return [f"{wrong}；可用：{known}"]
    return []


def _push_complaints(office: Office, wish: TokenWish, user: User | None) -> list[str]:
    channels = office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    found: list[str] = []
    if wish.channel and wish.channel not in channels:
        found.append(f"没有线索来源「{wish.channel}」")
    if "orders" in wish.scopes:
        registrars = office.rules.lifecycles["clue"].actions["register"].by
        if not wish.channel:
            found.append("推送工单的令牌须指明线索来源")
        if user is not None and not set(user.roles) & set(registrars):
            chairs = "、".join(
                office.rules.roles[one].label for one in registrars if one in office.rules.roles
            )
            found.append(f"推送工单须记在{chairs}的名下，{user.name}没有这一岗位")
    return found


def _own_hand_complaints(office: Office, wish: TokenWish, user: User | None) -> list[str]:
    """What a chair decides itself, no other system decides in its name."""
    held = sorted(OWN_HAND & set(user.roles)) if user else []
    if "actions" not in wish.scopes or not held:
        return []
    chairs = "、".join(office.rules.roles[one].label for one in held)
    return [f"{chairs}须本人登录办理，不能由其他系统以其名义办理线索；可以只选查看、下载"]


def _expiry_complaints(expires_at: datetime, now: datetime) -> list[str]:
    if expires_at <= now:
        return ["有效期须晚于现在"]
    return [f"有效期最长{LONGEST.days}天"] if expires_at - now > LONGEST else []


def _used(office: Office, token_id: int, now: datetime) -> None:
    with transaction(office.engine) as session:
        row = session.get(ApiToken, token_id)
        if row is not None:
            row.last_used_at = now
            session.add(row)


def _record(
    session: Session,
    office: Office,
    row: ApiToken,
    move: tuple[str, str, str],
    who: tuple[Actor, datetime],
) -> None:
    action, before, after = move
    actor, now = who
    told = {
        "label": row.label,
        "hint": row.hint,
        "user": row.user_id,
        "channel": row.channel,
        "scopes": row.scopes,
        "expires_at": row.expires_at.isoformat(),
        **marked("api_token", row, office.keys.chain),
    }
    act = Act(action, actor, now, told, before, after)
    append(session, [act_event(Thing("api_token", row.id or 0), act)], office.keys.chain)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
