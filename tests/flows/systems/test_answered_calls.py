"""A call answered once, on both databases, also when it comes twice at the same time."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from domain.tables.interface import ApiAnswer
from domain.tables.process import Clue
from flows.imports.clerk import Clerk
from flows.imports.pushed_orders import Pushed, push_orders
from flows.site.office import Office
from flows.site.store import reading
from flows.systems.access_tokens import TokenWish, issue_token
from flows.systems.answered_calls import KEPT_FOR, Call, KeyReused, answer_once
from tests.helpers.people import actor
from tests.helpers.story import Story

ORDER = {"outside_no": "GD1", "received_at": "2026-05-10", "content": "反映某店销售过期食品"}


def call_of(office: Office) -> Call:
    now = Story(office).now
    wish = TokenWish("平台", "desk", ("orders",), now + timedelta(days=9), "hotline")
    issued = issue_token(office, wish, actor("administrator"), now)
    return Call(issued.row.id or 0, "k-1", "words")


def test_answer_is_kept_and_the_work_done_once(any_office: Office) -> None:
    call, now, done = call_of(any_office), Story(any_office).now, []

    def work(session: Session) -> str:
        done.append(1)
        return f"{len(done)}"

    assert answer_once(any_office, call, now, work) == ("1", False)
    assert answer_once(any_office, call, now, work) == ("1", True)
    with pytest.raises(KeyReused):
        answer_once(any_office, replace(call, sha256="other"), now, work)
    assert answer_once(any_office, call, now + KEPT_FOR, work) == ("2", False)


def test_work_that_fails_keeps_nothing(any_office: Office) -> None:
    call, now = call_of(any_office), Story(any_office).now

    def fails(session: Session) -> str:
        raise LookupError("not there")

    with pytest.raises(LookupError):
        answer_once(any_office, call, now, fails)

    assert answer_once(any_office, call, now, lambda session: "done") == ("done", False)


def test_call_without_a_key_is_not_remembered(any_office: Office) -> None:
    call, now = replace(call_of(any_office), key=""), Story(any_office).now

    for _ in range(2):
        assert answer_once(any_office, call, now, lambda session: "x") == ("x", False)
    with reading(any_office.engine) as session:
        assert session.exec(select(func.count()).select_from(ApiAnswer)).one() == 0


def test_two_at_once_are_one_and_both_answered(any_office: Office) -> None:
    call, now = call_of(any_office), Story(any_office).now
    clerk = Clerk(any_office, actor("desk"), now)
    together, answers = threading.Barrier(2), []

    def work(session: Session) -> str:
        return ",".join(one.no for one in push_orders(session, clerk, "hotline", [ORDER]))

    def caller() -> None:
        together.wait()
        answers.append(answer_once(any_office, call, now, work))

    threads = [threading.Thread(target=caller) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(replayed for _, replayed in answers) == [False, True]
    assert len({body for body, _ in answers}) == 1
    with reading(any_office.engine) as session:
        assert session.exec(select(func.count()).select_from(Clue)).one() == 1


def test_orders_are_pushed_alike_on_both(any_office: Office) -> None:
    now = Story(any_office).now
    clerk = Clerk(any_office, actor("desk"), now)
    orders = [
        ORDER,
        {"outside_no": "\x00"},
        {**ORDER, "outside_no": "GD2", "area": "示例县"},
        ORDER,
    ]
    found: list[Pushed] = []

    def work(session: Session) -> str:
        found.extend(push_orders(session, clerk, "hotline", orders))
        return ""

    answer_once(any_office, Call(0, "", ""), now, work)

    fates = [one.fate for one in found]
    assert fates == ["registered", "rejected", "registered", "already_there"]
