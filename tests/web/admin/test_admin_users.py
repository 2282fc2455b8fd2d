"""Users kept in the browser: the first password, one's own password, and the last administrator."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from domain.situation.situation import CHINA
from domain.tables.people import User
from domain.tables.record import Event
from flows.people.passwords import first_password, hash_password
from flows.people.sign_in import SignInRefused, open_session
from flows.people.sign_in_failures import MOST_FAILURES
from flows.site.event_chain import verify
from flows.site.store import reading, transaction
from tests.web.api.test_api_tokens import DUE
from tests.web.conftest import PASSWORD, Workbench
from tests.web.helpers.callers import system

NEW = {
    "id": "zhangsan",
    "name": "张三",
    "department": "shili-market",
    "roles": ["handler", "department_head"],
    "phone": "0000-1234567",
}


def first_password_of(text: str) -> str:
    return text.split('first-password">')[1].split("<", maxsplit=1)[0]


def events(workbench: Workbench) -> list[Event]:
    with reading(workbench.office.engine) as session:
        assert verify(session, workbench.office.keys.chain).holds
        query = select(Event).where(col(Event.process_kind) == "user").order_by(col(Event.seq))
        return list(session.exec(query))


def row(workbench: Workbench, user_id: str) -> User:
    with reading(workbench.office.engine) as session:
        return session.get_one(User, user_id)


def second_administrator(workbench: Workbench) -> None:
    with transaction(workbench.office.engine) as session:
        session.add(
            User(id="second", name="二管", department_id="shili-justice", roles=["administrator"])
        )


@pytest.mark.parametrize("chair", ["handler", "auditor", "supervisor", "head"])
def test_users_are_kept_by_administrators_only(workbench: Workbench, chair: str) -> None:
    client = workbench.at(chair)

    assert client.get("/admin/users").status_code == 403
    assert client.post("/admin/users/new", data=NEW).status_code == 403
    assert client.post("/admin/users/health/standing/lock").status_code == 403


def test_a_new_user_signs_in_and_chooses_his_own_password_first(workbench: Workbench) -> None:
    made = workbench.at("administrator").post("/admin/users/new", data=NEW)
    password = first_password_of(made.text)
    client = workbench.nobody()

    signed = client.post("/signin", data={"account": "zhangsan", "password": password})
    assert signed.status_code == 303
    for path in ("/", "/clues", "/messages", "/account/../clues"):
        assert client.get(path).headers["location"] == "/account", path
    form = {"old": password, "new": PASSWORD, "again": PASSWORD}
    assert client.post("/account/password", data=form).status_code == 303

    assert client.get("/").status_code == 200
    assert [one.action for one in events(workbench)] == ["add_user", "change_password"]
    assert password not in str([one.detail for one in events(workbench)])


def test_every_complaint_is_shown_and_nothing_typed_is_lost(workbench: Workbench) -> None:
    wrong = {"id": "张三", "name": "", "roles": ["auditor", "handler"], "email": "nowhere"}

    answer = workbench.at("administrator").post("/admin/users/new", data=wrong)

    assert answer.status_code == 422
    for text in (
        "请填写姓名",
        "请选择部门",
        "审计员不得兼任",
        "电子邮箱应写作",
        "用户编号只用字母",
    ):
        assert text in answer.text
    assert 'value="nowhere"' in answer.text
    assert events(workbench) == []


def test_a_liaison_serves_in_his_organ_and_a_telephone_has_a_number(workbench: Workbench) -> None:
    wrong = {**NEW, "roles": ["handler", "police_liaison"], "phone": "abc"}

    answer = workbench.at("administrator").post("/admin/users/new", data=wrong)

    assert answer.status_code == 422
    assert "公安联络员由公安机关的人员担任，示例市市场监督管理局不是公安机关" in answer.text
    assert "电话只用数字" in answer.text
    assert events(workbench) == []


@pytest.mark.parametrize("phone", ["", "0000-1234567", "+86 (0000) 1234567转801", "110、119"])
def test_a_telephone_is_written_as_people_do(workbench: Workbench, phone: str) -> None:
    police = {"department": "shili-police", "roles": ["police_liaison"], "phone": phone}

    answer = workbench.at("administrator").post("/admin/users/new", data={**NEW, **police})

    assert answer.status_code == 200


def test_an_id_is_given_once(workbench: Workbench) -> None:
    answer = workbench.at("administrator").post("/admin/users/new", data={**NEW, "id": "handler"})

    assert answer.status_code == 422
    assert "已有人使用" in answer.text
    assert row(workbench, "handler").name == "张经办"


def test_other_chairs_take_effect_at_once_and_are_on_record(workbench: Workbench) -> None:
    handler = workbench.at("handler")
    form = {"name": "张经办", "department": "shili-health", "roles": ["department_head"]}

    workbench.at("administrator").post("/admin/users/handler", data=form)

    assert handler.get("/").status_code == 303
    [event] = events(workbench)
    assert event.detail["before"]["department"] == "shili-market"
    assert event.detail["after"]["roles"] == ["department_head"]


def test_nobody_changes_his_own_rights(workbench: Workbench) -> None:
    second_administrator(workbench)
    client = workbench.at("administrator")
    form = {"name": "吕管理", "department": "shili-justice", "roles": ["handler"]}

    assert client.post("/admin/users/administrator", data=form).status_code == 422
    for change in ("lock", "retire"):
        answer = client.post(f"/admin/users/administrator/standing/{change}")
        assert answer.status_code == 409
        assert "由其他管理员办理" in answer.text
    assert row(workbench, "administrator").roles == ["administrator"]


def test_of_two_administrators_one_may_go_and_the_last_one_stays(workbench: Workbench) -> None:
    second_administrator(workbench)
    first, second = workbench.at("administrator"), workbench.at("second")

    assert first.post("/admin/users/second/standing/lock").status_code == 303
    assert second.get("/admin/users").status_code == 303
    assert first.post("/admin/users/second/standing/unlock").status_code == 303
    again = workbench.at("second")
    assert again.post("/admin/users/administrator/standing/retire").status_code == 303
    assert first.get("/admin/users").status_code == 303
    assert not row(workbench, "administrator").active


def test_a_locked_user_does_not_get_in_until_unlocked(workbench: Workbench) -> None:
    administrator, client = workbench.at("administrator"), workbench.nobody()
    right = {"account": "handler", "password": PASSWORD}

    administrator.post("/admin/users/handler/standing/lock")
    locked = client.post("/signin", data=right)
    administrator.post("/admin/users/handler/standing/unlock")
    free = client.post("/signin", data=right)

    assert (locked.status_code, free.status_code) == (403, 303)


def test_a_lock_after_failures_can_be_lifted(workbench: Workbench) -> None:
    client = workbench.nobody()
    for _ in range(MOST_FAILURES):
        client.post("/signin", data={"account": "handler", "password": "wrong"})
    administrator = workbench.at("administrator")

    listed = administrator.get("/admin/users?state=locked").text
    administrator.post("/admin/users/handler/standing/unlock")

    assert "张经办" in listed
    right = {"account": "handler", "password": PASSWORD}
    assert client.post("/signin", data=right).status_code == 303


def test_a_reset_password_ends_sessions_and_is_shown_once(workbench: Workbench) -> None:
    handler, administrator = workbench.at("handler"), workbench.at("administrator")

    password = first_password_of(administrator.post("/admin/users/handler/password").text)

    assert handler.get("/").status_code == 303
    assert password not in administrator.get("/admin/users/handler").text
    old = workbench.nobody().post("/signin", data={"account": "handler", "password": PASSWORD})
    assert old.status_code == 403


def test_a_retired_user_stays_in_the_list_by_name(workbench: Workbench) -> None:
    administrator = workbench.at("administrator")

    administrator.post("/admin/users/handler/standing/retire")

    assert "张经办" in administrator.get("/admin/users?state=retired").text
    assert "张经办" not in administrator.get("/admin/users?state=active").text
    administrator.post("/admin/users/handler/standing/restore")
    assert "张经办" in administrator.get("/admin/users?state=active").text


@pytest.mark.parametrize(
    ("query", "found", "other"),
    [
        ("q=张经", "张经办", "郑卫健"),
        ("department=shili-health", "郑卫健", "张经办"),
        ("role=auditor", "何审计", "张经办"),
        ("q=%25", "没有符合条件", "张经办"),
        ("after=urban", "卫城管", "张经办"),
    ],
)
def test_the_list_is_narrowed(workbench: Workbench, query: str, found: str, other: str) -> None:
    text = workbench.at("administrator").get(f"/admin/users?{query}").text
    shown = text.split("</form>", 2)[-1]

    assert (found in shown) is (not query.startswith("after"))
    assert other not in shown


def test_a_long_list_is_paged(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.people.user_list.PAGE", 5)
    client = workbench.at("administrator")
    path, seen = "/admin/users", []
    while path:
        text = client.get(path).text
        seen += re.findall(r'/admin/users/([\w-]+)">[^<]+</a><br>', text)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        path = found[1].replace("&amp;", "&") if found else ""

    assert len(seen) == len(set(seen)) > 20


def test_an_unknown_user_is_not_found(workbench: Workbench) -> None:
    client = workbench.at("administrator")

    assert client.get("/admin/users/nobody").status_code == 404
    assert client.post("/admin/users/nobody/password").status_code == 404
    assert client.post("/admin/users/handler/standing/delete").status_code == 404


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"old": "wrong wrong", "new": "n" * 12, "again": "n" * 12}, "原密码不正确"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "密码应为10至200"),
        ({"old": PASSWORD, "new": "a new long one", "again": "another one"}, "不一致"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "不得与原密码相同"),
        ({"old": PASSWORD, "new": "1234567890", "again": "1234567890"}, "现在没有大写字母"),
    ],
)
def test_a_refused_password_says_why(
    workbench: Workbench, form: dict[str, str], reason: str
) -> None:
    answer = workbench.at("handler").post("/account/password", data=form)

    assert answer.status_code == 422
    assert reason in answer.text


def test_a_person_ends_his_other_sessions_and_keeps_this_one(workbench: Workbench) -> None:
    this, other = workbench.at("handler"), workbench.at("handler")
    stranger = workbench.at("health")

    text = this.get("/account").text
    name = text.split('name="name" value="')[1].split('"')[0]
    this.post("/account/sessions", data={"name": name})

    assert other.get("/").status_code == 303
    assert this.get("/").status_code == 200
    assert stranger.get("/").status_code == 200


def test_first_passwords_are_good_enough_and_differ() -> None:
    made = {first_password() for _ in range(50)}

    assert len(made) == 50
    for one in list(made)[:3]:
        assert hash_password(one, "zhangsan")


def test_a_locked_person_has_no_use_of_his_tokens_either(workbench: Workbench) -> None:
    program = system(workbench, "handler")
    before = program.get(DUE).status_code

    workbench.at("administrator").post("/admin/users/handler/standing/lock")

    assert (before, program.get(DUE).status_code) == (200, 401)


def test_a_locked_user_does_not_come_in_by_the_units_identity_service(
    workbench: Workbench,
) -> None:
    workbench.at("administrator").post("/admin/users/handler/standing/lock")

    with pytest.raises(SignInRefused, match="锁定"):
        open_session(workbench.office, row(workbench, "handler"), workbench.clock())


def test_a_password_serves_its_days_and_does_not_come_back(workbench: Workbench) -> None:
    office = workbench.office
    strict = office.settings.model_copy(update={"password_days": 90, "password_earlier": 3})
    workbench.office = replace(office, settings=strict)
    workbench.clock.now = datetime(2026, 1, 2, tzinfo=CHINA)
    client = workbench.at("handler")
    assert client.get("/clues").status_code == 200

    def change(old: str, new: str) -> int:
        form = {"old": old, "new": new, "again": new}
        return client.post("/account/password", data=form).status_code

    workbench.clock.now += timedelta(days=90)
    client = workbench.at("handler")
    assert client.get("/clues").headers["location"] == "/account"
    assert change(PASSWORD, "Yisong#2026") == 303
    assert client.get("/clues").status_code == 200
    assert change("Yisong#2026", PASSWORD) == 422
    assert change("Yisong#2026", "Yisong#2027") == 303
    assert change("Yisong#2027", "Yisong#2028") == 303
    assert change("Yisong#2028", "Yisong#2029") == 303
    assert change("Yisong#2029", PASSWORD) == 303
