"""Passkeys beside the telephone: one question, one answer, at this site's address only."""

import re
from dataclasses import replace

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from domain.tables.record import Event
from domain.tables.session import Passkey, RecoveryCode
from flows.audit.replay_users import replay_users
from flows.people.passkeys import Place, place_of
from flows.people.user_keeping import Keeper, reset_second
from flows.site.settings import Settings
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.web.conftest import OWN, PASSWORD, Workbench
from tests.web.helpers.devices import Device, question_of, sealed_of
from web.request.desk import COOKIE

NAME, HERE = "handler", "https://portal.example.cn"
"""The site lies below a path of the portal, behind its proxy."""


@pytest.fixture
def portal(workbench: Workbench) -> Workbench:
    """The same site, reached at a path of a portal."""
    settings = workbench.office.settings.model_copy(update={"base_url": f"{HERE}/yisong"})
    return replace(workbench, office=replace(workbench.office, settings=settings))


def enrol(client: TestClient, device: Device, **told: str) -> tuple[int, list[str]]:
    """The device is enrolled at this browser; how that ended, and the recovery codes shown."""
    shown = client.get("/account/second").text
    answer = device.creates(question_of(shown, creates=True), told.pop("origin", HERE))
    form = {
        "sealed": sealed_of(shown, creates=True),
        "answer": answer,
        "name": "办公室电脑",
        **told,
    }
    done = client.post("/account/second/passkey", data=form)
    return done.status_code, re.findall(r"first-password\">([a-z0-9-]+)<", done.text)


def half(portal: Workbench) -> str:
    """The page of the second step, after the right password."""
    portal.clock.pass_(seconds=30)
    form = {"account": NAME, "password": PASSWORD, "next": "/clues"}
    asked = portal.nobody().post("/signin", data=form, headers=OWN)
    assert COOKIE not in asked.cookies
    return asked.text


def second_step(portal: Workbench, page: str, answer: str) -> int:
    form = {"half": sealed_of(page), "answer": answer}
    return portal.nobody().post("/signin/code", data=form).status_code


def marks_amiss(portal: Workbench) -> list[str]:
    with reading(portal.office.engine) as session:
        return [one for one in replay_users(session, portal.office) if "通行密钥" in one]


def test_a_passkey_signs_in_once_for_each_question_and_only_from_the_sites_own_page(
    portal: Workbench,
) -> None:
    device, stranger = Device(), Device()
    client = portal.at(NAME)
    assert enrol(client, device, origin="https://portal.example.com")[0] == 422
    done, recovery = enrol(client, device)
    assert (done, len(recovery)) == (200, 10)

    page = half(portal)
    question, answer = question_of(page), device.answers(question_of(page), HERE)
    assert "没有用过的恢复码" in page
    assert second_step(portal, page, device.answers(question, "https://portal.example.org")) == 403
    assert second_step(portal, page, stranger.answers(question, HERE)) == 403
    stranger.name = device.name
    assert second_step(portal, page, stranger.answers(question, HERE)) == 403, "another's key"
    assert second_step(portal, page, "[" * 9000) == 403
    assert second_step(portal, page, answer) == 303
    assert second_step(portal, page, answer) == 403, "replayed"
    later = half(portal)
    assert second_step(portal, later, answer) == 403, "the answer to another question"
    # What one's own page asks opens no door, nor does a question that waited too long.
    own = client.get("/account/second").text
    form = {"half": sealed_of(own), "answer": device.answers(question_of(own), HERE)}
    assert portal.nobody().post("/signin/code", data=form).status_code == 403
    late = device.answers(question_of(later), HERE)
    portal.clock.pass_(minutes=16)
    assert second_step(portal, later, late) == 403
    # Without scripts or away from the device a recovery code is as good.
    code = {"half": sealed_of(half(portal)), "code": recovery[0]}
    assert portal.nobody().post("/signin/code", data=code).status_code == 303


def test_a_stolen_session_adds_and_ends_nothing_and_each_change_is_on_record(
    portal: Workbench,
) -> None:
    first, second = Device(), Device()
    client = portal.at(NAME)
    _, recovery = enrol(client, first)
    portal.clock.pass_(minutes=1)

    assert enrol(client, second)[0] == 422, "a code of his is wanted"
    assert enrol(client, second, old=recovery[0])[0] == 303
    assert enrol(client, first, old=recovery[1])[0] == 422, "enrolled already"
    shown = client.get("/account/second").text
    assert shown.count("通行密钥「办公室电脑」") == 4
    names = re.findall(r'option value="([\w-]{10,})"', shown)
    assert client.post("/account/second/end", data={"passkey": names[0]}).status_code == 422
    portal.clock.pass_(minutes=1)
    shown = client.get("/account/second").text
    proof = {
        "sealed": sealed_of(shown),
        "answer": second.answers(question_of(shown), HERE),
    }
    ended = client.post("/account/second/end", data={"passkey": names[0], **proof})
    assert ended.headers["location"].endswith("/account/second?said=key-ended")
    assert marks_amiss(portal) == []
    # The administrator frees who lost them all; a key put in beside the record is told.
    reset_second(Keeper(portal.office, actor("administrator"), portal.clock()), NAME)
    with transaction(portal.office.engine) as session:
        assert session.exec(select(Passkey)).all() == []
        assert session.exec(select(RecoveryCode)).all() == []
        query = select(Event.action).where(col(Event.process_kind) == "user")
        told = list(session.exec(query.order_by(col(Event.seq))))
        assert told == ["enrol_passkey", "enrol_passkey", "end_passkey", "reset_second_factor"]
        row = {"since": portal.clock(), "asked_at": portal.clock(), "uses": 0}
        session.add(Passkey(id="x", user_id=NAME, name="x", public_key=b"x", **row))
    assert marks_amiss(portal) == [f"用户 {NAME} 的通行密钥与办理记录不符"]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://portal.example.cn/yisong", Place("portal.example.cn", HERE)),
        ("https://Portal.example.cn:443", Place("portal.example.cn", HERE)),
        ("https://y.example.cn:8443/", Place("y.example.cn", "https://y.example.cn:8443")),
        ("http://localhost:8000", Place("localhost", "http://localhost:8000")),
        ("http://y.example.cn", None),
        ("https://10.0.0.8/yisong", None),
        ("https://[::1]:8000", None),
    ],
)
def test_passkeys_hold_at_the_address_that_people_use(address: str, place: Place | None) -> None:
    assert place_of(Settings(base_url=address)) == place
