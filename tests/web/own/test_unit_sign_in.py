"""Sign-in through the unit's identity service: trusted only as far as its signature reaches."""

import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwk, jwt
from pydantic import SecretStr
from starlette.testclient import TestClient

from flows.people.unit_sign_in import AT_ONCE
from flows.site.office import Office
from tests.web.conftest import OWN, Workbench
from tests.web.own.test_second_factor import enrol
from web.app import create_app

ISSUER = "https://id.example.invalid"
KEY = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER_KEY = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
Claims = dict[str, Any]


class Service:
    """An identity service in memory: it answers what the test makes it answer."""

    def __init__(self) -> None:
        self.nonce = ""
        self.key = KEY
        self.change: Callable[[Claims], Claims] = lambda claims: claims
        self.published: dict[str, Any] = {"keys": [KEY.as_dict(private=False)]}
        self.forms: list[dict[str, list[str]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("openid-configuration"):
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return httpx.Response(
                200, json={"issuer": ISSUER, **{one: f"{ISSUER}/{one}" for one in names}}
            )
        if path == "/jwks_uri":
            return httpx.Response(200, json=self.published)
        self.forms.append(parse_qs(request.content.decode()))
        claims = {
            "iss": ISSUER,
            "aud": "yisong",
            "exp": int(time.time()) + 300,
            "nonce": self.nonce,
            "preferred_username": "handler",
        }
        token = jwt.encode({"alg": "RS256", "kid": "one"}, self.change(claims), self.key)
        return httpx.Response(200, json={"id_token": token})


@pytest.fixture
def service() -> Service:
    """The unit's identity service."""
    return Service()


def _browser(workbench: Workbench, service: Service) -> TestClient:
    settings = workbench.office.settings.model_copy(
        update={
            "oidc_issuer": ISSUER,
            "oidc_client_id": "yisong",
            "oidc_client_secret": SecretStr("quiet"),
        }
    )
    office: Office = replace(workbench.office, settings=settings)
    app = create_app(office, workbench.clock)
    app.state.outside = httpx.MockTransport(service)
    return TestClient(app, base_url="http://127.0.0.1:8000", headers=OWN, follow_redirects=False)


def _go(client: TestClient, service: Service) -> dict[str, str]:
    answer = client.get("/signin/unit?next=/clues")
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    service.nonce = query["nonce"][0]
    return {"state": query["state"][0], "code": "a-code"}


def test_who_comes_back_with_a_good_token_is_signed_in(
    workbench: Workbench, service: Service
) -> None:
    client = _browser(workbench, service)

    answer = client.get("/signin/unit/back", params=_go(client, service))

    assert (answer.status_code, answer.headers["location"]) == (303, "/clues")
    assert client.get("/").status_code == 200
    assert service.forms[0]["code_verifier"]


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "another"},
        {"aud": "somebody-else"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"exp": None},
        {"preferred_username": "nobody"},
        {"preferred_username": ""},
    ],
)
def test_token_that_says_anything_else_opens_no_session(
    workbench: Workbench, service: Service, change: Claims
) -> None:
    client = _browser(workbench, service)
    service.change = lambda claims: {**claims, **change}

    answer = client.get("/signin/unit/back", params=_go(client, service))

    assert answer.status_code == 403
    assert client.get("/").status_code == 303


def test_token_signed_by_another_key_opens_no_session(
    workbench: Workbench, service: Service
) -> None:
    client = _browser(workbench, service)
    service.key = OTHER_KEY

    assert client.get("/signin/unit/back", params=_go(client, service)).status_code == 403


@pytest.mark.parametrize("published", [{}, {"keys": []}, {"keys": "one"}, {"keys": [{}]}])
def test_service_that_publishes_no_key_opens_no_session(
    workbench: Workbench, service: Service, published: dict[str, Any]
) -> None:
    client = _browser(workbench, service)
    service.published = published

    assert client.get("/signin/unit/back", params=_go(client, service)).status_code == 403


def test_answer_to_another_trip_opens_no_session(workbench: Workbench, service: Service) -> None:
    client = _browser(workbench, service)
    answer = _go(client, service)

    wrong_state = client.get("/signin/unit/back", params={**answer, "state": "x"})
    other = _browser(workbench, service).get("/signin/unit/back", params=answer)

    assert (wrong_state.status_code, other.status_code) == (403, 403)


def test_trip_that_takes_too_long_has_to_begin_again(
    workbench: Workbench, service: Service
) -> None:
    client = _browser(workbench, service)
    answer = _go(client, service)
    workbench.clock.pass_(minutes=11)

    assert "用时过长" in client.get("/signin/unit/back", params=answer).text


def test_who_has_a_second_factor_comes_to_the_page_he_wanted(
    workbench: Workbench, service: Service
) -> None:
    phone, _ = enrol(workbench.at("handler"), workbench.clock())
    workbench.clock.pass_(minutes=1)
    client = _browser(workbench, service)

    asked = client.get("/signin/unit/back", params=_go(client, service)).text
    form = {"half": half_in(asked), "code": phone.at(workbench.clock()), "next": next_in(asked)}

    assert client.post("/signin/code", data=form).headers["location"] == "/clues"


def half_in(page: str) -> str:
    found = re.search(r'half" value="(.+?)"', page)
    assert found
    return found[1]


def next_in(page: str) -> str:
    found = re.search(r'next" value="(.+?)"', page)
    assert found
    return found[1]


def test_nothing_of_it_is_offered_where_it_is_not_configured(workbench: Workbench) -> None:
    client = workbench.nobody()

    assert "统一身份认证" not in client.get("/signin").text
    assert client.get("/signin/unit").status_code == 404


def test_service_that_is_down_is_told_and_passwords_go_on(
    workbench: Workbench, service: Service
) -> None:
    client = _browser(workbench, service)

    def down(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("down", request=request)

    client.app.state.outside = httpx.MockTransport(down)  # type: ignore[attr-defined]
    answer = client.get("/signin/unit")

    assert answer.status_code == 503
    assert "用密码登录" in answer.text
    assert json.dumps("quiet") not in answer.text


def test_silent_service_holds_up_a_few_and_tells_the_others_at_once(
    workbench: Workbench, service: Service
) -> None:
    """120 strangers at a silent service stopped every page for 50 seconds."""
    client = _browser(workbench, service)
    asked, over = threading.Semaphore(0), threading.Event()

    def silent(request: httpx.Request) -> httpx.Response:
        asked.release()
        over.wait(20)
        raise httpx.ReadTimeout("silent", request=request)

    client.app.state.outside = httpx.MockTransport(silent)  # type: ignore[attr-defined]
    with ThreadPoolExecutor(AT_ONCE) as strangers:
        held = [strangers.submit(client.get, "/signin/unit") for _ in range(AT_ONCE)]
        assert all(asked.acquire(timeout=20) for _ in held)
        told = client.get("/signin/unit")
        is_still_silent = not over.is_set() and not any(one.done() for one in held)
        over.set()

    assert is_still_silent
    assert told.status_code == 503
    assert "用密码登录" in told.text
    assert {one.result().status_code for one in held} == {503}
