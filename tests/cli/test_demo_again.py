"""A rehearsal started again: what a person did by hand in an earlier one is never lost."""

import fcntl
import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from cli.running.demo import Told
from cli.terminal.called import called
from flows.rehearsal.play import IMPORTED_AT
from flows.site.office import Office
from tests.cli.test_demo import RUN, DeadServer

LONGEST_START = 120.0
ADD = ("user", "add", "lu", "--name", "吕管理", "--department", "shili-justice")
Yisong = Callable[..., Result]


def _rehearsed(found: Office, server: DeadServer, out: Path, speed: float) -> Told:
    """A rehearsal that is over at once: a time line and a case file."""
    (out / "timeline.txt").write_text("2026年9月22日", encoding="utf-8")
    case_file = out / "case-files" / "XS2026000001"
    case_file.mkdir(parents=True)
    (case_file / "1.docx").write_bytes(b"as issued")
    return Told(IMPORTED_AT, went_well=True)


@pytest.fixture
def yisong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Yisong:
    """The command in a folder of its own, where a rehearsal is over at once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cli.running.demo.ChildServer", DeadServer)
    monkeypatch.setattr("cli.running.demo.LEAN", {})
    monkeypatch.setattr("cli.running.demo._rehearsed", _rehearsed)

    def call(*words: str) -> Result:
        done = CliRunner().invoke(app, words)
        # As when the process of a command ends: its database is closed.
        gc.collect()
        return done

    return call


def test_a_rehearsal_that_was_only_looked_at_is_replaced(yisong: Yisong) -> None:
    yisong("demo")
    first = Path("out/demo/home/keys.json").read_bytes()
    assert yisong("--home", "out/demo/home", "list").exit_code == 0
    assert yisong("--home", "out/demo/home", "user", "list").exit_code == 0

    again = yisong("demo")

    assert again.exit_code == 0, again.output
    assert "保留" not in again.output
    assert [one.name for one in Path("out").iterdir()] == ["demo"]
    assert Path("out/demo/home/keys.json").read_bytes() != first


def test_a_step_by_hand_is_kept_and_the_next_rehearsal_goes_beside(yisong: Yisong) -> None:
    yisong("demo")
    added = yisong("--home", "out/demo/home", *ADD, "--role", "administrator")
    assert added.exit_code == 0, added.output

    again = yisong("demo")

    assert again.exit_code == 0, again.output
    assert "out/demo 在上次演练之后有改动（如 home/yisong.sqlite3），原样保留" in again.output
    assert "这次演练写到 out/demo-2" in again.output
    assert "吕管理" in yisong("--home", "out/demo/home", "user", "list").output
    assert "吕管理" not in yisong("--home", "out/demo-2/home", "user", "list").output


def _note(demo: Path) -> None:
    (demo / "case-files" / "note.txt").write_text("mine", encoding="utf-8")


def _unpack(demo: Path) -> None:
    """A name in the encoding of another system."""
    Path(os.fsdecode(bytes(demo) + "/笔记.txt".encode("gbk"))).write_text("mine", "utf-8")


def _edit(demo: Path) -> None:
    (demo / "case-files" / "XS2026000001" / "1.docx").write_bytes(b"as corrected")


def _link(demo: Path) -> None:
    shutil.rmtree(demo / "case-files" / "XS2026000001")
    (demo / "case-files" / "XS2026000001").symlink_to("/")


@pytest.mark.parametrize("work", [_note, _unpack, _edit, _link])
def test_files_added_or_edited_by_hand_are_kept(
    yisong: Yisong, work: Callable[[Path], None]
) -> None:
    yisong("demo")
    work(Path("out/demo"))
    before = _files(Path("out/demo"))

    again = yisong("demo")

    assert "原样保留" in again.output
    assert _files(Path("out/demo")) == before
    assert Path("out/demo-2/timeline.txt").exists()


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(one): str(one.readlink()).encode() if one.is_symlink() else one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_symlink() or one.is_file()
    }


def test_a_third_rehearsal_replaces_the_one_beside(yisong: Yisong) -> None:
    yisong("demo")
    _note(Path("out/demo"))
    yisong("demo")

    yisong("demo")

    assert sorted(one.name for one in Path("out").iterdir()) == ["demo", "demo-2"]


def test_what_is_put_there_while_it_is_played_is_nobody_elses(
    yisong: Yisong, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watched(found: Office, server: DeadServer, out: Path, speed: float) -> Told:
        (out / "我的笔记.txt").write_text("看到第三天", encoding="utf-8")
        return _rehearsed(found, server, out, speed)

    monkeypatch.setattr("cli.running.demo._rehearsed", watched)
    yisong("demo")

    again = yisong("demo")

    assert "（如 我的笔记.txt），原样保留" in again.output
    assert Path("out/demo/我的笔记.txt").exists()


def test_keys_of_a_database_elsewhere_are_kept_with_it(yisong: Yisong) -> None:
    elsewhere = f"sqlite:///{Path('elsewhere.sqlite3').resolve()}"
    assert yisong("--db", elsewhere, "demo").exit_code == 0
    keys = Path("out/demo/home/keys.json").read_bytes()

    again = yisong("demo")

    assert "out/demo 存有另一个数据库的密钥，原样保留" in again.output
    assert "这次演练写到 out/demo-2" in again.output
    assert Path("out/demo/home/keys.json").read_bytes() == keys
    listed = yisong("--db", elsewhere, "--home", "out/demo/home", "list")
    assert listed.exit_code == 0, listed.output


def test_an_office_in_use_without_a_seal_is_kept(yisong: Yisong) -> None:
    """As rehearsals before the seal left them, and one whose end was lost with the power."""
    yisong("demo")
    Path("out/demo/SHA256SUMS").unlink()

    again = yisong("demo")

    assert "不能断定没有手工办理的内容，原样保留" in again.output
    assert Path("out/demo/timeline.txt").exists()


def test_of_two_rehearsals_in_one_folder_the_second_is_told_to_wait(yisong: Yisong) -> None:
    yisong("demo")
    with Path("out/demo/.yisong-demo").open("a", encoding="utf-8") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        second = yisong("demo")

    assert second.exit_code == 2
    assert "正在进行" in second.output
    assert "--out" in second.output
    assert Path("out/demo/timeline.txt").exists()


def test_a_rehearsal_that_failed_is_played_again_in_its_place(
    yisong: Yisong, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("cli.running.demo._rehearsed", lambda *_: None)
        assert yisong("demo").exit_code == 1

    again = yisong("demo")

    assert again.exit_code == 0, again.output
    assert [one.name for one in Path("out").iterdir()] == ["demo"]


def test_nobody_acts_by_hand_in_a_story_that_is_half_told(
    yisong: Yisong, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.running.demo._rehearsed", lambda *_: None)
    yisong("demo")

    added = yisong("--home", "out/demo/home", *ADD, "--role", "administrator")

    assert added.exit_code == 2
    assert "现在只能查看，不能办理" in added.output
    assert yisong("--home", "out/demo/home", "list").exit_code == 0


@pytest.mark.slow
def test_after_a_kill_the_next_one_starts_and_nothing_is_lost(yisong: Yisong) -> None:
    killed = subprocess.Popen([*RUN, "demo"], stdout=subprocess.DEVNULL)
    until = time.monotonic() + LONGEST_START
    while not Path("out/demo/work-orders.xlsx").exists():
        assert time.monotonic() < until
        time.sleep(0.1)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    Path("out/demo/note.txt").write_text("mine", encoding="utf-8")

    again = yisong("demo")

    assert again.exit_code == 0, again.output
    assert "已原样移到 out/demo-unfinished-1" in again.output
    assert Path("out/demo-unfinished-1/note.txt").read_text(encoding="utf-8") == "mine"
    assert Path("out/demo-unfinished-1/home/yisong.sqlite3").exists()
    assert Path("out/demo/timeline.txt").exists()


def test_hints_begin_as_the_command_was_called(
    yisong: Yisong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Path("my tools/bin/yisong")
    script.parent.mkdir(parents=True)
    script.touch(mode=0o755)

    monkeypatch.setattr(sys, "argv", [str(script), "demo"])
    by_path = called()
    monkeypatch.setenv("PATH", str(script.parent.resolve()))
    by_name = called()
    monkeypatch.setattr(sys, "argv", ["-c", "demo"])

    assert (by_path, by_name) == ("'my tools/bin/yisong'", "yisong")
    assert called() == str(Path(sys.executable).with_name("yisong"))
