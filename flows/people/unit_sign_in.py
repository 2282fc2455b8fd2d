"""Sign-in through the unit's own identity service (OpenID Connect): off unless it is configured.

Authorisation code with PKCE; what must come back unchanged waits sealed in the browser.
"""

import base64
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from sqlmodel import col, select

from domain.tables.people import User
from flows.people.second_factor import CodeNeeded, demand_code
from flows.people.sign_in import SignedIn, open_session
from flows.site.keys import WrongKeys
from flows.site.moment import wall_of
from flows.site.office import Office
from flows.site.store import reading

ALGORITHMS = ("RS256", "ES256", "PS256")
TIMEOUT = 10.0
AT_ONCE, PATIENCE = 6, 0.5
"""Calls to the service at once in a process, and seconds that one more waits to be among them.

A service that is silent holds a thread for each: strangers would stop every page with a hundred.
"""
_CALLS = threading.BoundedSemaphore(AT_ONCE)
SILENT = "统一身份认证服务暂时连接不上，请稍后再试或用密码登录"
SEALED_SECONDS = 600
SCOPE = "openid profile"


class UnitRefused(Exception):
    """No session; says in general terms why."""


@dataclass(frozen=True)
class Trip:
    """What goes with a person to the identity service and must come back unchanged."""

    state: str
    nonce: str
    verifier: str
    next: str
    at: float


@dataclass(frozen=True)
class UnitSignIn:
    """The identity service of the unit, as settings describe it."""

    office: Office
    transport: httpx.BaseTransport | None = None

    def begin(self, next_path: str, now: datetime) -> tuple[str, str]:
        """Where the person goes, and the sealed trip for his browser."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        trip = Trip(state, nonce, verifier, next_path, now.timestamp())
        challenge = _urlsafe(sha256(trip.verifier.encode()).digest())
        query = {
            "response_type": "code",
            "client_id": self.office.settings.oidc_client_id,
            "redirect_uri": self._back,
            "scope": SCOPE,
            "state": trip.state,
            "nonce": trip.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        sealed = self.office.keys.sealed(json.dumps(asdict(trip))).decode()
        return f"{self._known()['authorization_endpoint']}?{urlencode(query)}", sealed

    def finish(self, sealed: str, answer: Mapping[str, str], now: datetime) -> tuple[SignedIn, str]:
        """A session for who comes back, and the page that was wanted; UnitRefused otherwise.

        CodeNeeded for who has a second factor here: it is asked for whichever way he came.
        """
        trip = self._trip(sealed, now)
        same = secrets.compare_digest(answer.get("state", "").encode(), trip.state.encode())
        if not same or not answer.get("code"):
            raise UnitRefused("登录没有完成，请重新登录")
        claims = self._claims(self._exchange(answer["code"], trip), trip, now)
        account = str(claims.get(self.office.settings.oidc_claim) or "")
        with reading(self.office.engine) as session:
            query = select(User).where(col(User.id) == account, col(User.active))
            user = session.exec(query).one_or_none()
        if user is None:
            raise UnitRefused("您已通过单位统一身份认证，但本系统没有您的用户，请联系管理员")
        try:
            demand_code(self.office, user, now)
        except CodeNeeded as needed:
            raise CodeNeeded(needed.half, trip.next) from needed
        return open_session(self.office, user, now), trip.next

    @property
    def _back(self) -> str:
        return f"{self.office.settings.base_url.rstrip('/')}/signin/unit/back"

    def _trip(self, sealed: str, now: datetime) -> Trip:
        try:
            trip = Trip(**json.loads(self.office.keys.opened(sealed.encode())))
        except (WrongKeys, ValueError) as problem:
            raise UnitRefused("登录没有完成，请重新登录") from problem
        if not 0 <= now.timestamp() - trip.at <= SEALED_SECONDS:
            raise UnitRefused("登录用时过长，请重新登录")
        return trip

    def _exchange(self, code: str, trip: Trip) -> str:
        settings = self.office.settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": trip.verifier,
        }
        own = (settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())
        found = self._call("POST", self._known()["token_endpoint"], data=form, auth=own)
        return str(found.get("id_token") or "")

    def _claims(self, token: str, trip: Trip, now: datetime) -> Mapping[str, Any]:
        """What the token says, once its signature, issuer, audience, age and nonce hold."""
        known = self._known()
        published = self._call("GET", known["jwks_uri"])
        try:
            keys = KeySet.import_key_set(KeySetSerialization(keys=published.get("keys") or []))
            claims: Mapping[str, Any] = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
        except (JoseError, ValueError) as problem:
            raise UnitRefused("统一身份认证的答复不可信，请联系管理员") from problem
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        holds = (
            claims.get("iss") == known["issuer"]
            and self.office.settings.oidc_client_id in audiences
            and claims.get("nonce") == trip.nonce
            and isinstance(claims.get("exp"), int | float)
            and claims["exp"] > wall_of(self.office, now).timestamp()
        )
        if not holds:
            raise UnitRefused("统一身份认证的答复不可信，请联系管理员")
        return claims

    def _known(self) -> Mapping[str, str]:
        """The addresses that the service publishes, its issuer as we know it."""
        issuer = self.office.settings.oidc_issuer.rstrip("/")
        found = self._call("GET", f"{issuer}/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != issuer:
            raise UnitRefused("统一身份认证服务的设置不符，请联系管理员")
        return {key: str(value) for key, value in found.items()}

    def _call(self, method: str, url: str, **options: Any) -> Mapping[str, Any]:
        if not _CALLS.acquire(timeout=PATIENCE):
            raise UnitRefused(SILENT)
        try:
            with httpx.Client(transport=self.transport, timeout=TIMEOUT) as client:
                answer = client.request(method, url, **options)
                answer.raise_for_status()
                found: Mapping[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise UnitRefused(SILENT) from problem
        finally:
            _CALLS.release()
        return found


def is_offered(office: Office) -> bool:
    """Whether the site's settings name an identity service to sign in with."""
    return bool(office.settings.oidc_issuer and office.settings.oidc_client_id)


def _urlsafe(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
