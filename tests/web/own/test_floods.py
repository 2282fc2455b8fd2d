"""Floods at the doors: many sign-ins, failures under another's name, many questions."""

import threading
from datetime import timedelta

from sqlmodel import col, func, select

from domain.tables.session import SignInNote
from flows.people import passwords
from flows.people.sign_in_failures import MOST_FAILURES, MOST_NOTED_EACH
from flows.site.store import reading
from tests.web.conftest import OWN, PASSWORD, Workbench
from web.pages.own.sign_in import IN_ALL, KNOWN, MOST
from web.request.limiter import Limiter

NAME = "handler"


def enter(bench: Workbench, password: str, known: str = "") -> tuple[int, str]:
    """A sign-in of the handler, and the mark that his browser has then."""
    client = bench.nobody()
    if known:
        client.cookies.set(KNOWN, known)
    form = {"account": NAME, "password": password}
    answer = client.post("/signin", data=form, headers=OWN, follow_redirects=False)
    return answer.status_code, answer.cookies.get(KNOWN, known)


def test_failures_of_strangers_do_not_lock_out_where_he_is_known(workbench: Workbench) -> None:
    status, known = enter(workbench, PASSWORD)
    assert status == 303

    for _ in range(MOST_FAILURES):
        assert enter(workbench, "wrong wrong wrong")[0] == 403

    assert enter(workbench, PASSWORD)[0] == 403
    assert enter(workbench, PASSWORD, known)[0] == 303


def test_a_known_browser_counts_its_own_failures(workbench: Workbench) -> None:
    _, known = enter(workbench, PASSWORD)

    for _ in range(MOST_FAILURES):
        enter(workbench, "wrong wrong wrong", known)

    assert enter(workbench, PASSWORD, known)[0] == 403
    workbench.clock.pass_(minutes=16)
    assert enter(workbench, PASSWORD, known)[0] == 303


def test_a_mark_that_is_not_ours_is_as_good_as_none(workbench: Workbench) -> None:
    for _ in range(MOST_FAILURES):
        enter(workbench, "wrong wrong wrong", "0123456789abcdef.00")

    assert enter(workbench, PASSWORD)[0] == 403


def test_a_flood_of_sign_ins_is_told_to_wait_and_noted_by_its_first(workbench: Workbench) -> None:
    found = [enter(workbench, "wrong wrong wrong")[0] for _ in range(MOST + 3)]

    assert found[MOST:] == [429] * 3
    with reading(workbench.office.engine) as session:
        query = select(func.count()).where(col(SignInNote.outcome) != "signed_in")
        assert session.exec(query).one() <= MOST_NOTED_EACH + 1

    workbench.clock.pass_(minutes=16)
    assert enter(workbench, PASSWORD)[0] == 303


def test_an_open_session_is_no_place_to_try_passwords(workbench: Workbench) -> None:
    client = workbench.at(NAME)
    new = {"new": "another good one 26", "again": "another good one 26"}
    for _ in range(MOST_FAILURES):
        wrong = client.post("/account/password", data={**new, "old": "wrong wrong wrong"})
        assert "原密码不正确" in wrong.text

    refused = client.post("/account/password", data={**new, "old": PASSWORD})
    assert (refused.status_code, "已暂时锁定" in refused.text) == (422, True)
    workbench.clock.pass_(minutes=16)
    assert client.post("/account/password", data={**new, "old": PASSWORD}).status_code == 303


def test_many_passwords_at_once_are_told_to_come_back() -> None:
    at_once, told = 40, []

    def look() -> None:
        try:
            passwords.password_matches(None, "whatever")
        except passwords.Crowded as crowded:
            told.append(str(crowded))

    people = [threading.Thread(target=look) for _ in range(at_once)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert told
    assert set(told) == {"登录的人较多，请稍候片刻再试"}


def test_all_together_have_a_limit_too(workbench: Workbench) -> None:
    limiter = Limiter(MOST, timedelta(minutes=1), IN_ALL)
    now = workbench.clock.now

    assert [limiter.wait(f"192.0.2.{n}", now) for n in range(IN_ALL)] == [0] * IN_ALL
    assert limiter.wait("198.51.100.1", now) == 60
    assert limiter.wait("198.51.100.1", now + timedelta(minutes=1)) == 0
