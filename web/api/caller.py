"""The caller of the interface: the token's person, what it is good for, how often it may call."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import Session

from domain.situation.situation import Actor
from flows.site.office import Office
from flows.systems.access_tokens import SCOPES, Holder, whose_token
from web.api.problems import ApiFault
from web.request.desk import Home, Now, Reading

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="管理员签发的接口令牌，如 yisong_…；以令牌所记人员的权限和可见范围办理",
)
Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


@dataclass
class Pace:
    """How fast each token may call: so many at once, and so many again with every minute."""

    per_minute: int
    _left: dict[int, tuple[float, datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seconds_to_wait(self, token_id: int, now: datetime) -> int:
        """Zero, and the call is counted; or the seconds after which there is room again."""
        per_second = self.per_minute / 60
        with self._lock:
            left, since = self._left.get(token_id, (float(self.per_minute), now))
            passed = max((now - since).total_seconds(), 0)
            left = min(left + passed * per_second, self.per_minute)
            if left < 1:
                self._left[token_id] = (left, now)
                return max(ceil((1 - left) / per_second), 1)
            self._left[token_id] = (left - 1, now)
            return 0


@dataclass(frozen=True)
class Caller:
    """Who calls, where, when, and what he may read with."""

    office: Office
    session: Session
    now: datetime
    holder: Holder

    @property
    def actor(self) -> Actor:
        """The person whose rights and sight the token has."""
        return self.holder.actor


def caller(request: Request, office: Home, session: Reading, now: Now, shown: Shown) -> Caller:
    """Who shows a valid token and does not call too often."""
    holder = whose_token(office, session, shown.credentials, now) if shown else None
    if holder is None:
        raise ApiFault(
            "unauthorized", "请在 Authorization 请求头中以 Bearer 方式给出有效的接口令牌。"
        )
    pace: Pace = request.app.state.pace
    if wait := pace.seconds_to_wait(holder.token_id, now):
        raise ApiFault("too-many", f"每分钟最多{pace.per_minute}次，请{wait}秒后再试。", wait=wait)
    return Caller(office, session, now, holder)


AnyCaller = Annotated[Caller, Depends(caller)]


def good_for(scope: str) -> Callable[[Caller], Caller]:
    """A dependency: a caller whose token is good for this."""

    def allowed(found: AnyCaller) -> Caller:
        if scope not in found.holder.scopes:
            raise ApiFault("forbidden", f"该令牌没有「{SCOPES[scope]}」（{scope}）的用途。")
        return found

    return allowed


Pusher = Annotated[Caller, Depends(good_for("orders"))]
Looker = Annotated[Caller, Depends(good_for("clues"))]
Taker = Annotated[Caller, Depends(good_for("documents"))]
Doer = Annotated[Caller, Depends(good_for("actions"))]
