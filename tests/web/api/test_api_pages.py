"""The administrator's pages of tokens and webhooks, and the same on the command line."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from typer.testing import CliRunner

from cli.main import app
from domain.tables.interface import ApiToken, Webhook
from flows.site.store import open_store, reading, transaction
from tests.helpers.people import users
from tests.web.conftest import Workbench
from tests.web.helpers.callers import bearing

TOKEN = {
    "label": "12345热线平台",
    "user": "desk",
    "channel": "hotline",
    "scopes": ["orders", "clues"],
    "until": "2026-12-31",
}
HOOK = {"label": "市平台", "user": "desk", "url": "http://127.0.0.1:9/hooks", "events": ["*"]}
DUE = "/api/v1/rules/due?rule=cx18&start=2026-09-25"


@pytest.fixture
def administrator(workbench: Workbench) -> TestClient:
    """The administrator, of an office that may write to a machine within the house."""
    settings = workbench.office.settings.model_copy(update={"webhook_hosts": "127.0.0.1"})
    workbench.office = replace(workbench.office, settings=settings)
    return workbench.at("administrator")


def secret_of(text: str) -> str:
    found = re.search(r'id="secret" value="([^"]+)"', text)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("chair", ["handler", "supervisor", "auditor", "legal"])
@pytest.mark.parametrize("path", ["/admin/tokens", "/admin/webhooks", "/admin/webhooks/1"])
def test_pages_are_the_administrators(workbench: Workbench, chair: str, path: str) -> None:
    assert workbench.at(chair).get(path).status_code == 403


def test_empty_pages_say_so(administrator: TestClient) -> None:
    assert "还没有签发接口令牌" in administrator.get("/admin/tokens").text
    assert "还没有登记通知地址" in administrator.get("/admin/webhooks").text
    assert administrator.get("/admin/webhooks/7").status_code == 404


def test_token_is_shown_once_and_works(workbench: Workbench, administrator: TestClient) -> None:
    made = administrator.post("/admin/tokens", data=TOKEN)
    secret = secret_of(made.text)
    later = administrator.get("/admin/tokens")

    assert secret not in later.text
    assert "12345热线平台" in later.text and "从未使用" in later.text
    assert bearing(workbench, secret).get(DUE).status_code == 200


def test_token_lasts_through_its_last_day(workbench: Workbench, administrator: TestClient) -> None:
    secret = secret_of(administrator.post("/admin/tokens", data=TOKEN).text)
    program = bearing(workbench, secret)

    workbench.clock.now = workbench.clock.now.replace(month=12, day=31, hour=23)
    last = program.get(DUE).status_code
    workbench.clock.pass_(hours=1)

    assert (last, program.get(DUE).status_code) == (200, 401)


def test_refused_token_keeps_what_was_typed(administrator: TestClient) -> None:
    answer = administrator.post(
        "/admin/tokens", data={**TOKEN, "user": "handler", "until": "2020-01-01"}
    )

    assert answer.status_code == 422
    for part in ("热线专员", "有效期须晚于现在", 'value="12345热线平台"', 'value="handler"'):
        assert part in answer.text
    assert re.search(r'value="orders" checked', answer.text)


def test_token_is_revoked_on_its_page(workbench: Workbench, administrator: TestClient) -> None:
    secret = secret_of(administrator.post("/admin/tokens", data=TOKEN).text)

    answer = administrator.post("/admin/tokens/1/revoke")
    again = administrator.post("/admin/tokens/1/revoke")

    assert (answer.status_code, again.status_code) == (303, 409)
    assert bearing(workbench, secret).get(DUE).status_code == 401
    assert administrator.post("/admin/tokens/99/revoke").status_code == 404


def test_webhook_is_registered_tried_and_ended(
    workbench: Workbench, administrator: TestClient
) -> None:
    secret = secret_of(administrator.post("/admin/webhooks", data=HOOK).text)
    tried = administrator.post("/admin/webhooks/1/trial")
    shown = administrator.get(tried.headers["location"])
    administrator.post("/admin/webhooks/1/end")

    assert secret.startswith("whsec_")
    assert "试发没有成功" in shown.text and "连接不上" in shown.text
    assert secret not in administrator.get("/admin/webhooks").text
    assert "已停用" in administrator.get("/admin/webhooks").text
    with reading(workbench.office.engine) as session:
        assert session.exec(select(Webhook)).one().ended_by == "administrator"


def test_messages_of_a_webhook_are_listed_with_their_state(
    workbench: Workbench, administrator: TestClient
) -> None:
    administrator.post("/admin/webhooks", data=HOOK)
    workbench.story.office = workbench.office
    number = workbench.walk("register", "dispatch")

    page = workbench.at("administrator").get("/admin/webhooks/1").text

    assert number in page
    assert "待发送" in page and "·登记" in page


def test_webhook_within_the_house_is_refused_with_what_was_typed(workbench: Workbench) -> None:
    answer = workbench.at("administrator").post("/admin/webhooks", data=HOOK)

    assert answer.status_code == 422
    assert "https" in answer.text and 'value="http://127.0.0.1:9/hooks"' in answer.text


def test_retry_says_when_there_is_nothing(administrator: TestClient) -> None:
    administrator.post("/admin/webhooks", data=HOOK)

    answer = administrator.post("/admin/webhooks/1/retry")

    assert "没有搁置的通知" in administrator.get(answer.headers["location"]).text


def test_command_line_issues_lists_and_revokes(tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        found = CliRunner().invoke(app, ["--home", str(tmp_path), *words])
        return found.exit_code, found.output

    run("token", "list")
    engine = open_store(f"sqlite:///{tmp_path / 'yisong.sqlite3'}")
    with transaction(engine) as session:
        session.add_all(users())
    who = ("--as-user", "desk", "--as", "administrator")

    issued = run(
        "token", "issue", "--label", "平台", "--channel", "12345", "--scopes", "orders", *who
    )
    refused = run("token", "issue", "--label", "平台", "--scopes", "orders,x", *who)
    revoked = run("token", "revoke", "1", "--as", "administrator")
    told = run("webhook", "add", "http://10.0.0.1/", "--label", "平台", *who)

    assert issued[0] == revoked[0] == 0, issued
    assert "yisong_" in issued[1]
    assert refused[0] == told[0] == 1
    assert "指明线索来源" in refused[1] and "YISONG_WEBHOOK_HOSTS" in told[1]
    with reading(engine) as session:
        row = session.exec(select(ApiToken)).one()
    assert (row.channel, row.revoked_by) == ("hotline", "administrator")
    engine.dispose()
