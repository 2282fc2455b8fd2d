"""The second factor: enrolled by a picture, asked for after the password, and each code once."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from domain.tables.people import User
from domain.tables.record import Event
from domain.tables.session import SecondFactor, WebSession
from flows.audit.replay_users import replay_users
from flows.people.second_factor import CodeNeeded, demand_code
from flows.people.sign_in_failures import MOST_FAILURES
from flows.people.user_keeping import Keeper, NotKept, reset_second
from flows.site.moment import Mark, write_mark
from flows.site.office import UnknownSetting, open_office
from flows.site.settings import Settings
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.web.conftest import OWN, PASSWORD, Workbench
from web.request.desk import COOKIE

NAME = "handler"


def wanting(bench: Workbench, chairs: str) -> Workbench:
    """The same site, which wants a second factor of these chairs."""
    settings = bench.office.settings.model_copy(update={"second_factor": chairs})
    return replace(bench, office=replace(bench.office, settings=settings))


def enrol(client: TestClient, now: datetime) -> tuple[pyotp.TOTP, list[str]]:
    """The person at this browser enrols; what his telephone shows, and his recovery codes."""
    shown = client.get("/account/second").text
    secret = re.search(r"密钥：<code>(\w+)<", shown)
    sealed = re.search(r'sealed" value="(.+?)"', shown)
    assert secret and sealed
    assert "data:image/png;base64," in shown
    phone = pyotp.TOTP(secret[1])
    form = {"sealed": sealed[1], "code": "000000"}
    assert "验证码不正确" in client.post("/account/second", data=form).text
    done = client.post("/account/second", data={**form, "code": phone.at(now)})
    return phone, re.findall(r"first-password\">([a-z0-9-]+)<", done.text)


def half(client: TestClient) -> str:
    """What the browser brings along to the second step, after the right password."""
    form = {"account": NAME, "password": PASSWORD, "next": "/clues"}
    asked = client.post("/signin", data=form, headers=OWN)
    assert COOKIE not in asked.cookies
    found = re.search(r'half" value="(.+?)"', asked.text)
    assert found, asked.text
    return found[1]


def second_step(client: TestClient, token: str, code: str) -> int:
    form = {"half": token, "code": code, "next": "/clues"}
    return client.post("/signin/code", data=form, headers=OWN).status_code


def test_a_code_is_asked_for_after_the_password_and_opens_once(workbench: Workbench) -> None:
    phone, recovery = enrol(workbench.at(NAME), workbench.clock())
    client = workbench.nobody()
    token, shown = half(client), phone.at(workbench.clock())

    assert second_step(client, token, shown) == 403, "the code that enrolled is spent"
    workbench.clock.pass_(seconds=60)
    fresh = phone.at(workbench.clock())
    assert second_step(client, token, "123") == 403
    assert second_step(client, token, fresh) == 303
    assert client.get("/clues").status_code == 200
    assert second_step(workbench.nobody(), half(workbench.nobody()), fresh) == 403, "replayed"
    # A recovery code is as good, once, however it is typed.
    assert len(set(recovery)) == 10
    typed = recovery[0].upper().replace("-", " ")
    assert second_step(workbench.nobody(), token, typed) == 303
    assert second_step(workbench.nobody(), token, recovery[0]) == 403
    # What the browser brought along is of no use later, nor is another's.
    workbench.clock.pass_(minutes=6)
    assert second_step(workbench.nobody(), token, recovery[1]) == 403
    assert second_step(workbench.nobody(), "nonsense", recovery[1]) == 403


def test_wrong_codes_lock_like_wrong_passwords(workbench: Workbench) -> None:
    phone, recovery = enrol(workbench.at(NAME), workbench.clock())
    workbench.clock.pass_(minutes=5)
    token = half(workbench.nobody())

    for _ in range(MOST_FAILURES):
        assert second_step(workbench.nobody(), token, "000000") == 403
    right = phone.at(workbench.clock())

    assert second_step(workbench.nobody(), token, right) == 403
    assert second_step(workbench.nobody(), token, recovery[0]) == 403
    workbench.clock.pass_(minutes=16)
    later = half(workbench.nobody())
    assert second_step(workbench.nobody(), later, recovery[0]) == 303, "not spent while locked"


def test_a_chair_that_must_have_one_does_nothing_before(workbench: Workbench) -> None:
    site = wanting(workbench, "handler,administrator")
    client, other = site.at(NAME), site.at(NAME)

    assert client.get("/clues").headers["location"] == "/account/second"
    assert site.at("desk").get("/clues").status_code == 200
    phone, _ = enrol(client, site.clock())
    assert client.get("/clues").status_code == 200
    assert other.get("/clues").headers["location"].startswith("/signin"), "his others ended"
    # Another telephone: the old one is given up with a code, and he has to enrol again.
    site.clock.pass_(seconds=60)
    assert "重新生成" in client.get("/account/second").text
    code = phone.at(site.clock())
    assert client.post("/account/second/codes", data={"code": code}).text.count("first-pass") == 10
    assert client.post("/account/second/end", data={"code": code}).status_code == 422
    site.clock.pass_(seconds=60)
    ended = client.post("/account/second/end", data={"code": phone.at(site.clock())})
    assert ended.headers["location"] == "/account/second?said=ended"
    assert client.get("/clues").headers["location"] == "/account/second"
    with reading(site.office.engine) as session:
        acts = select(Event.action).where(col(Event.process_kind) == "user")
        told = session.exec(acts.order_by(col(Event.seq))).all()
        assert told == ["enrol_second_factor", "renew_recovery_codes", "end_second_factor"]


def test_an_administrator_frees_who_lost_his_telephone_and_the_record_shows(
    workbench: Workbench,
) -> None:
    client = workbench.at(NAME)
    enrol(client, workbench.clock())
    keeper = Keeper(workbench.office, actor("administrator"), workbench.clock())
    with pytest.raises(NotKept, match="没有登记验证器"):
        reset_second(keeper, "desk")
    administrator = workbench.at("administrator")

    assert "解除验证器" in administrator.get(f"/admin/users/{NAME}").text
    assert administrator.post(f"/admin/users/{NAME}/standing/second").status_code == 303

    assert client.get("/clues").headers["location"].startswith("/signin")
    with reading(workbench.office.engine) as session:
        query = select(Event).order_by(col(Event.seq).desc())
        last = session.exec(query).first()
        assert last is not None
        assert (last.action, last.actor_id) == ("reset_second_factor", "administrator")
        strange = [one for one in replay_users(session, workbench.office) if "验证器" in one]
        assert strange == []
        assert session.exec(select(WebSession).where(WebSession.user_id == NAME)).all() == []
    # A row put in or taken out beside the events does not pass.
    with transaction(workbench.office.engine) as session:
        row = SecondFactor(user_id=NAME, secret=b"x", since=workbench.clock(), last_step=0)
        session.add(row)
    with reading(workbench.office.engine) as session:
        strange = [one for one in replay_users(session, workbench.office) if "验证器" in one]
    assert strange == [f"用户 {NAME} 是否登记验证器与办理记录不符"]


def test_who_comes_from_the_units_identity_service_is_asked_as_well(workbench: Workbench) -> None:
    enrol(workbench.at(NAME), workbench.clock())
    with reading(workbench.office.engine) as session:
        user = session.get_one(User, NAME)

    with pytest.raises(CodeNeeded):
        demand_code(workbench.office, user, workbench.clock())


def test_a_chair_that_is_none_is_told_at_the_start(workbench: Workbench) -> None:
    given = {**workbench.office.settings.model_dump(), "second_factor": "handlers"}
    with pytest.raises(UnknownSetting, match="YISONG_SECOND_FACTOR"):
        open_office(Settings(**given))


def test_in_a_demonstration_a_telephone_goes_by_its_own_clock(workbench: Workbench) -> None:
    """A demonstration shows another day than the wall: no telephone would ever fit."""
    ahead, now = timedelta(days=9), workbench.clock()
    shown, since = (now.isoformat(), (now - ahead).isoformat())
    write_mark(workbench.office, Mark(shown=shown, since=since))

    phone, codes = enrol(workbench.at(NAME), now - ahead)
    workbench.clock.pass_(minutes=1)
    client = workbench.nobody()
    code = phone.at(workbench.clock() - ahead)

    assert len(codes) == 10
    assert second_step(client, half(client), code) == 303
