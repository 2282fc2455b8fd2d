"""Three administrators apart, where the site has it so: each does his part and no other's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from domain.tables.people import User
from domain.tables.record import Event
from flows.people.actors import system_actor
from flows.people.administrators import chairs_wanted
from flows.people.user_form import Particulars
from flows.people.user_keeping import Keeper, NotKept, add_user, change_user, lock
from flows.site.store import reading, transaction
from flows.upkeep.doctor_rows import administrators_apart, newest_act
from tests.helpers.people import actor
from tests.web.conftest import Workbench

NEW = {"id": "new", "name": "新同志", "department": "shili-market"}


@pytest.fixture
def apart(workbench: Workbench) -> Workbench:
    """A site whose three administrators are apart."""
    settings = workbench.office.settings.model_copy(update={"three_administrators": True})
    return replace(workbench, office=replace(workbench.office, settings=settings))


def chairs(bench: Workbench, user: str) -> list[str]:
    with reading(bench.office.engine) as session:
        return session.get_one(User, user).roles


def test_a_user_is_registered_by_one_and_given_his_chair_by_another(apart: Workbench) -> None:
    system, security = apart.at("administrator"), apart.at("security")
    refused = system.post("/admin/users/new", data={**NEW, "roles": ["handler"]})
    assert refused.status_code == 422
    assert "给予和收回岗位、委托主持工作由安全管理员办理" in refused.text
    registered = system.post("/admin/users/new", data=NEW)
    assert "岗位和初始密码由安全管理员办理" in registered.text
    assert "first-password" not in registered.text

    assert security.get("/admin/users/new").status_code == 403
    assert security.post("/admin/users/new", data=NEW).status_code == 403
    keeper = Keeper(apart.office, actor("security"), apart.clock())
    with reading(apart.office.engine) as session:
        held = Particulars.of(session.get_one(User, "new"))
    change_user(keeper, "new", replace(held, roles=("handler",)))

    assert chairs(apart, "new") == ["handler"]
    page = system.get("/admin/users/handler").text
    assert 'name="roles"' not in page and "岗位由安全管理员给予和收回" in page
    assert "重设密码</button>" not in page
    page = security.get("/admin/users/handler").text
    assert 'name="roles"' in page and 'name="phone"' not in page and "停用</button>" not in page


def test_each_is_refused_what_is_another_ones(apart: Workbench) -> None:
    system, security = apart.at("administrator"), apart.at("security")
    where = "/admin/users/handler"

    for path in ("password", "standing/lock", "standing/unlock", "standing/second"):
        answer = system.post(f"{where}/{path}")
        assert answer.status_code == 409 and "由安全管理员办理" in answer.text, path
    moved = system.post(where, data={"name": "张经办", "department": "shili-health"})
    assert "收回以后再调整部门" in moved.text
    assert system.get("/admin/tokens").status_code == 403
    assert system.get("/admin/webhooks").status_code == 403
    renamed = security.post(where, data={"name": "别的名字", "roles": ["handler"]})
    assert "姓名、部门、执法证号和联系方式由管理员办理" in renamed.text
    assert security.post(f"{where}/standing/retire").status_code == 409
    assert security.get("/admin/departments").status_code == 403
    assert security.get("/audit/events").status_code == 403
    assert chairs(apart, "handler") == ["handler"]

    # What is his own goes: a telephone changed by one, a chair and a lock by the other.
    told = {"name": "张经办", "department": "shili-market", "phone": "0000-1111111"}
    assert system.post(where, data=told).status_code == 303
    assert security.post(where, data={"roles": ["handler", "section_head"]}).status_code == 303
    assert chairs(apart, "handler") == ["handler", "section_head"]
    assert security.post(where, data={}).status_code == 303
    assert chairs(apart, "handler") == [], "all his chairs are taken away"
    assert security.post(f"{where}/standing/lock").status_code == 303
    assert security.get("/admin/tokens").status_code == 200


def test_nobody_holds_two_of_the_three_and_the_last_of_each_stays(apart: Workbench) -> None:
    keeper = Keeper(apart.office, actor("security"), apart.clock())
    with reading(apart.office.engine) as session:
        held = Particulars.of(session.get_one(User, "desk"))
    for pair in (("administrator", "security_administrator"), ("auditor", "administrator")):
        with pytest.raises(NotKept, match="不得兼任其他岗位"):
            change_user(keeper, "desk", replace(held, roles=pair))

    with pytest.raises(NotKept, match="最后一名可用的管理员"):
        lock(keeper, "administrator")
    at_host = Keeper(apart.office, system_actor("shili-justice"), apart.clock())
    with pytest.raises(NotKept, match="最后一名可用的安全管理员"):
        lock(at_host, "security")
    # At the host the first of each is named: whoever runs commands there holds the keys anyway.
    add_user(at_host, "second", Particulars("戚安全", "shili-justice", ("security_administrator",)))
    lock(at_host, "security")
    with reading(apart.office.engine) as session:
        query = select(Event.actor_id).where(col(Event.action) == "lock_user")
        assert session.exec(query).all() == ["system"]


def test_where_they_are_not_apart_the_administrator_does_both(workbench: Workbench) -> None:
    client = workbench.at("administrator")

    assert client.get("/admin/tokens").status_code == 200
    assert 'href="/admin/tokens"' in client.get("/admin/users").text
    assert client.post("/admin/users/handler/standing/lock").status_code == 303
    settings = workbench.office.settings
    assert chairs_wanted(settings, {"auditor"}) == {"auditor"}
    assert (
        "first-password" in client.post("/admin/users/new", data={**NEW, "roles": ["handler"]}).text
    )


def test_the_doctor_tells_who_holds_two_chairs_and_what_is_not_set(apart: Workbench) -> None:
    engine, settings = apart.office.engine, apart.office.settings
    one = settings.model_copy(update={"three_administrators": False})
    fine = [(line.value, line.verdict) for line in administrators_apart(settings, engine)]
    assert fine == [("已分开，三个岗位都有人", "ok")]
    [told] = administrators_apart(one, engine)
    assert told.verdict == "doubt" and "YISONG_THREE_ADMINISTRATORS" in told.value

    with transaction(engine) as session:
        session.get_one(User, "security").active = False
        session.get_one(User, "administrator").roles = ["administrator", "auditor"]

    told_now = [line.value for line in administrators_apart(settings, engine)]
    assert "一人兼任管理员、审计员" in told_now[0]
    assert told_now[1] == "没有人担任安全管理员"
    apart.walk("register")
    assert not list(newest_act(engine, apart.clock()))
    [late] = newest_act(engine, apart.clock() - timedelta(days=1))
    assert late.verdict == "bad" and "晚于本机时间" in late.value
