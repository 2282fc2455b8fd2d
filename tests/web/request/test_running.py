"""What machines and operators see of the workbench: probes, figures, log, path, HTTPS."""

import json
import logging
from dataclasses import replace

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from flows.site.logs import JsonLines, watch_statements
from flows.site.moment import SteadyClock
from flows.site.office import Office
from flows.site.schema import newest_revision
from tests.web.conftest import PASSWORD, Workbench
from web.app import create_app

HERE = ("127.0.0.1", 50000)


def stamp(office: Office) -> None:
    with office.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        told = {"revision": newest_revision()}
        connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), told)


def site_at(workbench: Workbench, **settings: object) -> Office:
    found = workbench.office
    return replace(found, settings=found.settings.model_copy(update=settings))


def test_probes_and_figures(workbench: Workbench) -> None:
    """Whoever monitors learns whether it lives, may work, and how much waits; strangers do not."""
    workbench.walk("register", "dispatch")
    office = site_at(workbench)
    with TestClient(create_app(office), client=HERE) as client:
        assert client.get("/livez").text == "ok"
        assert client.get("/readyz").status_code == 503
        figures = client.get("/metrics").text
        assert "yisong_database_up 0.0" in figures
        stamp(office)
        figures = client.get("/metrics").text
        assert "yisong_database_up 1.0" in figures
        assert "yisong_follow_ups_due " in figures
        assert 'yisong_disk_free_ratio{place="shelf"}' in figures
        assert 'answer="5xx",method="GET"' in figures
        assert 'route="/readyz"' in figures
        # A proxy on the same machine does not ask for itself.
        assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 404
    with TestClient(create_app(office), client=("10.0.0.9", 50000)) as client:
        assert client.get("/metrics").status_code == 404
    office = site_at(workbench, metrics_token=type(office.settings.metrics_token)("let-me-see"))
    with TestClient(create_app(office), client=("10.0.0.9", 50000)) as client:
        assert client.get("/metrics").status_code == 404
        told = {"Authorization": "Bearer let-me-see"}
        assert "yisong_database_up" in client.get("/metrics", headers=told).text


def test_a_clock_that_ran_ahead_stops_every_page_but_the_probe(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SteadyClock, "amiss", lambda self: "本机时钟在运行中快进了约365天，……")
    with TestClient(create_app(workbench.office), client=HERE) as client:
        assert client.get("/livez").text == "ok"
        for answer in (client.get("/signin"), client.post("/api/v1/clues", json={})):
            assert answer.status_code == 503
            assert "快进了约365天" in answer.text


def test_the_log_tells_numbers_and_nobodys_name(
    workbench: Workbench, caplog: pytest.LogCaptureFixture
) -> None:
    watch_statements(workbench.office.engine)
    caplog.set_level(logging.INFO, "yisong")
    workbench.walk("register", "dispatch")
    workbench.at("handler").get("/clues/XS2026000001?secret=1")

    lines = [json.loads(JsonLines().format(one)) for one in caplog.records]
    answered = next(one for one in lines if one["message"] == "answered")
    assert answered["path"] == "/clues/{number}"
    assert answered["clue"] == "XS2026000001"
    assert answered["queries"] > 0
    assert len(answered["request"]) == 12
    acts = [one for one in lines if one["message"] == "event"]
    assert [one["action"] for one in acts][:2] == ["register", "dispatch"]
    assert acts[0]["event"] == 1
    whole = json.dumps(lines, ensure_ascii=False)
    assert "secret" not in whole
    assert "market-handler" not in whole


def test_a_failure_is_logged_by_its_place_and_not_by_its_words() -> None:
    try:
        raise ValueError("张三 13800000000")
    except ValueError:
        record = logging.getLogger("uvicorn.error").makeRecord(
            "uvicorn.error", logging.ERROR, "", 1, "Exception %s", ("张三",), None
        )
        record.exc_info = __import__("sys").exc_info()

    line = JsonLines().format(record)

    assert json.loads(line)["error"] == "ValueError"
    assert "test_running.py" in line
    assert "张三" not in line


def test_a_site_below_a_path_of_its_host(workbench: Workbench) -> None:
    """Whether the proxy takes the path off or leaves it: every address on every page has it."""
    office = site_at(workbench, base_url="https://portal.example.invalid/yisong")
    with TestClient(
        create_app(office), base_url="https://portal.example.invalid", follow_redirects=False
    ) as client:
        for path in ("/yisong/clues/1", "/clues/1"):
            answer = client.get(path)
            assert answer.headers["location"] == "/yisong/signin?next=/clues/1"
        page = client.get("/yisong/signin")
        assert page.status_code == 200
        assert 'href="/yisong/static/' in page.text
        assert '="/static/' not in page.text
        assert 'action="/signin' not in page.text
        assert int(page.headers["content-length"]) > 0 or page.headers.get("content-encoding")
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        static = page.text.partition('href="/yisong/static/')[2].partition('"')[0]
        assert client.get(f"/yisong/static/{static}").status_code == 200


def test_the_cookie_goes_by_https_only_where_people_come_by_https(workbench: Workbench) -> None:
    """A proxy on another host that says nothing of the scheme changes nothing of it."""
    office = site_at(workbench, base_url="https://portal.example.invalid/yisong")
    with TestClient(create_app(office, workbench.clock), base_url="http://10.0.0.5:8000") as client:
        answer = client.post(
            "/signin",
            data={"account": "handler", "password": PASSWORD},
            headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
        )
        told = answer.headers["set-cookie"].lower()
    assert "secure" in told
    assert "path=/yisong/" in told


def test_head_is_answered_and_an_error_keeps_the_menu(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    handler, stranger = workbench.at("handler"), workbench.nobody()

    asked = handler.head(f"/clues/{number}")
    nowhere, long = handler.get("/nowhere"), handler.get("/clues?q=" + "长" * 101)

    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["content-type"] == handler.get(f"/clues/{number}").headers["content-type"]
    assert nowhere.status_code == 404 and 'href="/messages"' in nowhere.text
    assert "「查找内容」最多100个字" in long.text and 'href="/messages"' in long.text
    assert 'href="/messages"' not in stranger.get("/nowhere").text
    assert 'href="/verify"' in stranger.get("/signin").text
