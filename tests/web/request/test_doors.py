"""Who gets in, who stays in, and what no foreign page can do."""

import re
from hashlib import sha256

import pytest
from sqlmodel import col, select

from domain.tables.people import User
from domain.tables.session import Password, WebSession
from flows.people.passwords import hash_password
from flows.people.sign_in import set_password
from flows.people.sign_in_failures import MOST_FAILURES
from flows.site.store import reading, transaction
from tests.helpers.installation import ROOT
from tests.web.conftest import PASSWORD, Workbench
from web.pages.own.sign_in import own_path
from web.request.desk import COOKIE
from web.request.middleware import LARGEST_UPLOAD
from web.request.paths import STATIC


def test_first_page_asks_for_a_sign_in_and_comes_back(workbench: Workbench) -> None:
    answer = workbench.nobody().get("/?q=x")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?next=/%3Fq%3Dx"


def test_a_form_sent_too_late_says_so_and_leads_back_to_its_page(workbench: Workbench) -> None:
    client = workbench.nobody()
    page = "http://127.0.0.1:8000/clues/XS2026000001?tab=papers"

    answer = client.post("/account/password", headers={"Referer": page})
    told = client.get(answer.headers["location"]).text

    assert answer.status_code == 303
    assert "登录已过期，请重新登录" in told
    assert 'name="next" value="/clues/XS2026000001?tab=papers"' in told


@pytest.mark.parametrize("page", ["", "https://elsewhere.example.invalid/clues", "http://[::1"])
def test_a_late_form_from_no_page_of_ours_leads_to_the_first_page(
    workbench: Workbench, page: str
) -> None:
    answer = workbench.nobody().post("/account/password", headers={"Referer": page})

    assert answer.headers["location"] == "/signin?expired=true"


def test_right_password_opens_a_session_that_scripts_cannot_read(workbench: Workbench) -> None:
    client = workbench.nobody()

    answer = client.post("/signin", data={"account": "handler", "password": PASSWORD})

    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    assert client.get("/").status_code == 200


def test_only_the_hash_of_a_session_is_stored(workbench: Workbench) -> None:
    client = workbench.at("handler")

    with reading(workbench.office.engine) as session:
        stored = session.exec(select(WebSession)).one()

    assert client.cookies[COOKIE] not in stored.id_sha256
    assert len(client.cookies[COOKIE]) >= 43


def test_wrong_password_and_unknown_user_are_told_alike(workbench: Workbench) -> None:
    client = workbench.nobody()

    wrong = client.post("/signin", data={"account": "handler", "password": "not this one"})
    unknown = client.post("/signin", data={"account": "nobody", "password": "not this one"})

    assert wrong.status_code == unknown.status_code == 403
    assert _alert(wrong.text) == _alert(unknown.text)


def test_right_password_does_not_help_while_the_account_is_locked(workbench: Workbench) -> None:
    client = workbench.nobody()
    for _ in range(MOST_FAILURES):
        client.post("/signin", data={"account": "handler", "password": "not this one"})

    locked = client.post("/signin", data={"account": "handler", "password": PASSWORD})
    workbench.clock.pass_(minutes=16)
    free = client.post("/signin", data={"account": "handler", "password": PASSWORD})

    assert (locked.status_code, free.status_code) == (403, 303)


def test_failures_are_forgotten_after_a_sign_in(workbench: Workbench) -> None:
    client = workbench.nobody()
    for _ in range(2):
        for _ in range(MOST_FAILURES - 1):
            client.post("/signin", data={"account": "handler", "password": "not this one"})
        answer = client.post("/signin", data={"account": "handler", "password": PASSWORD})

        assert answer.status_code == 303


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_idle_session_ends_after_half_an_hour(
    workbench: Workbench, minutes: int, stays: bool
) -> None:
    client = workbench.at("handler")

    workbench.clock.pass_(minutes=minutes)

    assert (client.get("/").status_code == 200) is stays


def test_busy_session_ends_after_twelve_hours(workbench: Workbench) -> None:
    client = workbench.at("handler")

    for _ in range(35):
        workbench.clock.pass_(minutes=20)
        assert client.get("/messages").status_code == 200
    workbench.clock.pass_(minutes=21)

    assert client.get("/").status_code == 303


def test_copied_cookie_is_worth_nothing_after_signing_out(workbench: Workbench) -> None:
    client = workbench.at("handler")
    token = client.cookies[COOKIE]

    client.post("/signout")
    thief = workbench.nobody()
    thief.cookies.set(COOKIE, token)

    assert thief.get("/").status_code == 303


def test_signing_in_again_ends_the_session_before(workbench: Workbench) -> None:
    client = workbench.at("handler")
    before = client.cookies[COOKIE]

    client.post("/signin", data={"account": "handler", "password": PASSWORD})
    old = workbench.nobody()
    old.cookies.set(COOKIE, before)

    assert old.get("/").status_code == 303


def test_new_password_ends_all_sessions(workbench: Workbench) -> None:
    client = workbench.at("handler")

    with transaction(workbench.office.engine) as session:
        made = hash_password("another good phrase", "handler")
        set_password(session, Password(user_id="handler", hash=made, set_at=workbench.clock()))

    assert client.get("/").status_code == 303


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "x\r\ny"],
)
def test_sign_in_never_leads_elsewhere(target: str) -> None:
    assert own_path(target) == "/"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "", "Origin": "http://127.0.0.1:8000"}, 303),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "http://evil.example"}, 403),
    ],
)
def test_foreign_pages_cannot_send_forms(
    workbench: Workbench, headers: dict[str, str], status: int
) -> None:
    client = workbench.at("handler")

    answer = client.post("/signout", headers=headers)

    assert answer.status_code == status


def test_every_answer_has_the_strict_headers(workbench: Workbench) -> None:
    for path in ("/signin", "/no-such-page", "/"):
        answer = workbench.at("handler").get(path)

        assert "script-src 'self';" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_static_files_are_kept_for_ever_under_their_version(workbench: Workbench) -> None:
    client = workbench.nobody()
    text = client.get("/signin").text

    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', text):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["cache-control"]


def test_what_others_wrote_is_as_its_makers_published_it() -> None:
    table = (STATIC / "vendor" / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([\w.]+)` .*\| ([0-9a-f]{64}) \|$", table, re.MULTILINE))
    found = {
        one.name: sha256(one.read_bytes()).hexdigest()
        for one in (STATIC / "vendor").iterdir()
        if one.name != "README.md"
    }

    assert found == told
    assert "django" not in (ROOT / "requirements.txt").read_text(encoding="utf-8")


def test_failure_of_a_page_tells_its_number_and_nothing_else(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **named: object) -> None:
        raise RuntimeError("secret of the kitchen")

    monkeypatch.setattr("web.pages.clues.home.first_page", broken)
    answer = workbench.at("handler").get("/")

    assert answer.status_code == 500
    assert "secret of the kitchen" not in answer.text
    assert answer.headers["x-request-id"] in answer.text


def test_too_large_upload_is_refused(workbench: Workbench) -> None:
    content = b"x" * (LARGEST_UPLOAD + 1)

    answer = workbench.at("desk").post("/clues/import", files={"file": ("a.csv", content)})

    assert answer.status_code == 413
    assert "兆字节" in answer.text


def test_secrets_stay_out_of_the_log(
    workbench: Workbench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    client = workbench.nobody()

    client.post("/signin", data={"account": "handler", "password": PASSWORD})
    client.get("/clues?q=张三丰")

    assert PASSWORD not in caplog.text
    assert client.cookies[COOKIE] not in caplog.text
    assert "张三丰" not in caplog.text


def _alert(text: str) -> str:
    found = re.search(r'<div class="alert[^>]*>(.*?)</div>', text, re.S)
    assert found
    return found[1]


def test_expired_sessions_are_cleared_when_somebody_signs_in(workbench: Workbench) -> None:
    workbench.at("handler")
    workbench.clock.pass_(hours=13)

    workbench.at("head")

    with reading(workbench.office.engine) as session:
        users = session.exec(select(col(WebSession.user_id))).all()
    assert users == ["head"]


@pytest.mark.parametrize(
    "path", ["/clues?state=%00", "/clues?text=%E9%B1%BC%00", "/clues/XS%00", "/find?text=%00"]
)
def test_an_address_with_a_zero_byte_is_refused_before_any_database_is_asked(
    workbench: Workbench, path: str
) -> None:
    answer = workbench.at("handler").get(path)

    assert answer.status_code == 400
    assert "空字符" in answer.text


def test_zero_bytes_in_a_form_are_left_out(workbench: Workbench) -> None:
    client = workbench.at("administrator")
    new = {"id": "new", "name": "新\0同志", "department": "shili-market", "roles": "handler"}

    client.post("/admin/users/new", data=new)

    with reading(workbench.office.engine) as session:
        assert session.get_one(User, "new").name == "新同志"
