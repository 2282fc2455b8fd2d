"""Tokens: who gets in with one, as whom, for what, how long and how often."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from domain.lifecycle.plan import Refused
from domain.tables.interface import ApiToken
from domain.tables.people import User
from domain.tables.record import Event
from flows.site.event_chain import verify
from flows.site.store import reading, transaction
from flows.systems.access_tokens import TokenWish, issue_token, revoke_token
from tests.helpers.people import actor
from tests.web.conftest import Workbench
from tests.web.helpers.callers import bearing, system, token

DUE = "/api/v1/rules/due?rule=cx18&start=2026-09-25"
MEDIA = "application/problem+json"


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer yisong_wrong"}, {"Authorization": "Basic eDp5"}]
)
def test_without_a_valid_token_nobody_gets_in(workbench: Workbench, header: dict[str, str]) -> None:
    answer = bearing(workbench, "").get(DUE, headers=header)

    assert answer.status_code == 401
    assert answer.headers["content-type"] == MEDIA
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "/api/v1/docs#unauthorized"
    assert answer.json()["instance"] == answer.headers["x-request-id"]


def test_session_is_nothing_to_the_interface_and_a_token_nothing_to_pages(
    workbench: Workbench,
) -> None:
    signed_in = workbench.at("handler")
    program = system(workbench, "handler")

    assert signed_in.get(DUE).status_code == 401
    assert program.get(DUE).status_code == 200
    assert program.get("/clues").status_code == 303
    assert program.post("/signout").status_code == 403


def test_only_the_hash_of_a_token_is_stored_and_it_is_never_shown(workbench: Workbench) -> None:
    issued = token(workbench)

    with reading(workbench.office.engine) as session:
        row = session.exec(select(ApiToken)).one()

    assert issued.secret not in repr(row) + repr(issued)
    assert row.hint == issued.secret[:12]
    assert len(issued.secret) >= 50


def test_token_ends_when_revoked(workbench: Workbench) -> None:
    issued = token(workbench)
    program = bearing(workbench, issued.secret)
    before = program.get(DUE).status_code

    revoke_token(workbench.office, issued.row.id or 0, actor("administrator"), workbench.clock())

    assert (before, program.get(DUE).status_code) == (200, 401)


def test_token_ends_with_its_time(workbench: Workbench) -> None:
    program = bearing(workbench, token(workbench, days=2).secret)
    before = program.get(DUE).status_code

    workbench.clock.pass_(days=2)

    assert (before, program.get(DUE).status_code) == (200, 401)


def test_token_ends_when_its_person_leaves(workbench: Workbench) -> None:
    program = system(workbench, "handler")
    with transaction(workbench.office.engine) as session:
        user = session.get_one(User, "handler")
        user.active = False
        session.add(user)

    assert program.get(DUE).status_code == 401


def test_last_use_is_kept_to_the_minute(workbench: Workbench) -> None:
    program = system(workbench, "handler")
    for seconds in (0, 30, 40):
        workbench.clock.pass_(seconds=seconds)
        program.get(DUE)

    with reading(workbench.office.engine) as session:
        row = session.exec(select(ApiToken)).one()
    assert row.last_used_at == workbench.clock()


def test_token_is_good_for_its_scopes_only(workbench: Workbench) -> None:
    number = workbench.walk("register")
    program = system(workbench, "desk", "clues")

    pushed = program.post("/api/v1/work-orders", json={})
    papers = program.get(f"/api/v1/clues/{number}/documents")
    done = program.post(f"/api/v1/clues/{number}/actions/clue/dispatch", json={})

    assert program.get(f"/api/v1/clues/{number}").status_code == 200
    assert [one.status_code for one in (pushed, papers, done)] == [403, 403, 403]
    assert "推送工单" in pushed.json()["detail"]


def test_who_calls_too_often_is_told_when_to_come_again(workbench: Workbench) -> None:
    settings = workbench.office.settings.model_copy(update={"api_calls_per_minute": 3})
    workbench.office = replace(workbench.office, settings=settings)
    program = system(workbench, "handler")

    answers = [program.get(DUE) for _ in range(4)]
    workbench.clock.pass_(seconds=int(answers[-1].headers["retry-after"]))

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "20"
    assert program.get(DUE).status_code == 200


def test_issuing_and_revoking_are_on_record(workbench: Workbench) -> None:
    issued = token(workbench)
    revoke_token(workbench.office, issued.row.id or 0, actor("administrator"), workbench.clock())

    with reading(workbench.office.engine) as session:
        rows = session.exec(select(Event).order_by(col(Event.seq))).all()
        assert verify(session, workbench.office.keys.chain).holds
    assert [(one.process_kind, one.action, one.actor_id) for one in rows] == [
        ("api_token", "issue", "administrator"),
        ("api_token", "revoke", "administrator"),
    ]


def test_refused_token_lists_every_reason(workbench: Workbench) -> None:
    now = workbench.clock()
    wish = TokenWish("", "handler", ("orders", "everything"), now - timedelta(days=1), "radio")

    with pytest.raises(Refused) as problem:
        issue_token(workbench.office, wish, actor("head"), now)

    for part in ("管理员", "名称", "everything", "radio", "热线专员", "有效期", "系统对接规则"):
        assert part in str(problem.value)


def test_token_lasts_two_years_at_most(workbench: Workbench) -> None:
    wish = TokenWish("平台", "desk", ("clues",), workbench.clock() + timedelta(days=800))

    with pytest.raises(Refused, match="731天"):
        issue_token(workbench.office, wish, actor("administrator"), workbench.clock())
