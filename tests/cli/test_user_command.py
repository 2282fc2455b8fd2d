"""`yisong user`: the first administrator is made at the command line, on record like all others."""

from pathlib import Path

from sqlmodel import select
from typer.testing import CliRunner

from cli.main import app
from domain.tables.people import User
from domain.tables.record import Event
from flows.people.sign_in import sign_in
from flows.site.office import Office, open_office
from flows.site.settings import Settings
from flows.site.store import reading
from tests.helpers.moments import at

ADD = ["user", "add", "lu", "--name", "吕管理", "--department", "shili-justice"]


def run(home: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--home", str(home), *words])
    return done.exit_code, done.output


def office(home: Path) -> Office:
    return open_office(Settings(home=home))


def test_a_new_user_gets_a_first_password_and_an_event(tmp_path: Path) -> None:
    code, told = run(tmp_path, *ADD, "--role", "administrator")
    password = told.rsplit("：", maxsplit=1)[1].strip()

    assert code == 0
    assert sign_in(office(tmp_path), "lu", password, at("2026-05-11T09:00")).actor.id == "lu"
    with reading(office(tmp_path).engine) as session:
        [event] = session.exec(select(Event))
    assert (event.action, event.actor_id) == ("add_user", "system")


def test_adding_again_changes_the_user_and_the_last_administrator_stays(tmp_path: Path) -> None:
    run(tmp_path, *ADD, "--role", "administrator")

    code, told = run(tmp_path, *ADD, "--role", "handler")

    assert code == 2
    assert "最后一名可用的管理员" in told
    assert run(tmp_path, *ADD, "--role", "administrator", "--phone", "1")[0] == 0
    with reading(office(tmp_path).engine) as session:
        assert session.get_one(User, "lu").phone == "1"


def test_a_refused_user_says_everything_that_is_wrong(tmp_path: Path) -> None:
    wrong = ["user", "add", "lu", "--name", "吕", "--department", "nowhere", "--role", "boss"]

    code, told = run(tmp_path, *wrong)

    assert code == 2
    assert "没有「nowhere」这个部门" in told
    assert "没有岗位boss；可用：intake_clerk 热线专员" in told


def test_a_noted_end_of_the_record_is_compared_at_the_command_line(tmp_path: Path) -> None:
    run(tmp_path, *ADD, "--role", "administrator")
    code, head = run(tmp_path, "audit", "head")

    assert (code, head.startswith("第1条 ")) == (0, True)
    assert run(tmp_path, "audit", "compare", head) == (0, "第1条与记下时一致，此后又有0条\n")
    assert run(tmp_path, "audit", "compare", f"第1条 {'0' * 64}")[0] == 1
