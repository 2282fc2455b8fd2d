"""`yisong init`, and that the first start of `yisong serve` makes nothing unasked."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.running import serve
from domain.rulebook.rulebook_reading import DEMONSTRATION_SITE
from flows.rehearsal.demonstration import DEMO_PASSWORD
from flows.site.settings import Settings

ANSWERS = (
    *("--region", "shandong", "--area", "shili", "--desk", "shili-hotline"),
    *("--user", "zhangsan", "--name", "张三", "--department", "shili-hotline"),
)


def run(home: Path, *words: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--home", str(home), *words], input=typed)
    return done.exit_code, done.output


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that has departments of its own: here those of the demonstration's city."""
    monkeypatch.setenv("YISONG_CONFIG", str(DEMONSTRATION_SITE))


@pytest.fixture
def unserved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything of `serve` but the serving."""
    for name in ("YISONG_HOME", "YISONG_BASE_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(serve, "listen", lambda config: None)
    monkeypatch.setattr(serve, "_share", lambda settings: None)
    monkeypatch.setattr(serve.signal, "signal", lambda *_: None)


def test_a_site_is_begun_with_area_region_desk_and_an_administrator(tmp_path: Path) -> None:
    code, told = run(tmp_path / "new", "init", *ANSWERS)

    assert code == 0, told
    assert "初始密码" in told
    _, people = run(tmp_path / "new", "user", "list")
    assert "zhangsan" in people
    assert Settings(home=tmp_path / "new").area == "shili"


def test_what_is_not_given_is_asked_for(tmp_path: Path) -> None:
    typed = "lisi\n李四\nshili-hotline\n"

    code, told = run(tmp_path / "new", "init", typed=typed)

    assert code == 0, told
    assert "shili-hotline" in told
    assert "管理员 李四（lisi）" in told


def test_the_environment_comes_before_the_file_of_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site.env").write_text("YISONG_DESK=shili-market\n", encoding="utf-8")
    assert Settings(home=tmp_path).desk == "shili-market"

    monkeypatch.setenv("YISONG_DESK", "shili-hotline")
    assert Settings(home=tmp_path).desk == "shili-hotline"


def test_a_wrong_answer_names_what_there_is(tmp_path: Path) -> None:
    code, told = run(tmp_path / "new", "init", "--region", "mars")

    assert code == 2
    assert "没有「mars」，可用：" in told
    assert not (tmp_path / "new").exists()


def test_a_site_is_begun_once(tmp_path: Path) -> None:
    run(tmp_path, "init", *ANSWERS)

    code, told = run(tmp_path, "init", *ANSWERS)

    assert code == 2
    assert "已经有密钥文件、数据库" in told


@pytest.mark.usefixtures("unserved")
def test_a_first_start_without_being_asked_is_no_demonstration(tmp_path: Path) -> None:
    code, told = run(tmp_path / "new", "serve", "--only-web")

    assert code == 0, told
    assert "yisong init" in told
    assert DEMO_PASSWORD not in told


@pytest.mark.usefixtures("unserved")
def test_a_demonstration_is_made_where_asked_for_and_opened_again(tmp_path: Path) -> None:
    code, told = run(tmp_path / "new", "serve", "--demo", "--only-web")
    assert code == 0, told
    assert DEMO_PASSWORD in told

    code, told = run(tmp_path / "new", "serve", "--demo", "--only-web")
    assert code == 0, told


@pytest.mark.usefixtures("unserved")
@pytest.mark.parametrize("there", ["密钥文件", "数据库", "文书"])
def test_no_demonstration_where_anything_is(there: str, tmp_path: Path) -> None:
    home = tmp_path / "site"
    run(home, "init", *ANSWERS)
    if there == "密钥文件":
        (home / "yisong.sqlite3").unlink()
    elif there == "文书":
        (home / "yisong.sqlite3").unlink()
        (home / "keys.json").unlink()
        (home / "shelf" / "aa").mkdir(parents=True)

    code, told = run(home, "serve", "--demo", "--only-web")

    assert code == 2
    assert there in told
    assert "不能建立演示数据" in told
    assert "market-handler-1" not in run(home, "user", "list")[1]


@pytest.mark.usefixtures("unserved")
def test_a_lost_database_is_told_and_not_replaced(tmp_path: Path) -> None:
    run(tmp_path, "init", *ANSWERS)
    (tmp_path / "yisong.sqlite3").unlink()
    (tmp_path / "shelf" / "aa").mkdir(parents=True)

    for words in (("serve", "--only-web"), ("list",), ("user", "list")):
        code, told = run(tmp_path, *words)
        assert code == 2
        assert "数据库可能丢失" in told

    assert not (tmp_path / "yisong.sqlite3").exists()
