"""The main job as a person starts it: one command, from the spreadsheet to case files."""

import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from cli.main import app
from cli.running.demo import DEMO
from cli.terminal.demo_hints import FINE_RUNNING, WITH_THE_POLICE
from domain.tables.process import Clue
from flows.rehearsal.folder import HOME, first_touched
from flows.site.store import reading
from tests.helpers.office import open_test_office
from tests.helpers.story import docx_text
from tests.rehearsal.paper_faults import faults_of

ROOT = Path(__file__).parents[2]
RUN = [sys.executable, "-c", "from cli.main import run; run()"]
HALF_AN_HOUR = 1800
"""Far more than it takes: the machine of a test may be busy with others."""


def yisong(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HALF_AN_HOUR,
        check=False,
    )


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")

    found = yisong("demo", "--out", str(tmp_path))

    assert found.returncode == 2
    assert "不会覆盖" in found.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


class DeadServer:
    """A Prefect server that never answers."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)

    def environment(self) -> dict[str, str]:
        return {}

    def wait(self, seconds: float) -> bool:
        return False

    def stop(self) -> None:
        (self.home / "stopped").touch()


@pytest.mark.flow
def test_without_a_prefect_server_the_rehearsal_says_so_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.running.demo.ChildServer", DeadServer)
    monkeypatch.setattr("cli.running.demo.LEAN", {})

    found = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "demo")])

    assert found.exit_code == 1
    assert "Prefect 服务没有启动" in found.output
    assert (tmp_path / "demo" / "home" / "prefect" / "stopped").exists()


class MovingServer(DeadServer):
    """A server whose port another home's took before it did."""

    address = "http://127.0.0.1:1/api"

    def environment(self) -> dict[str, str]:
        return {"PREFECT_API_URL": self.address}

    def wait(self, seconds: float) -> bool:
        self.address = "http://127.0.0.1:2/api"
        return True


class Heard(Exception):
    """Ends a rehearsal where it would begin."""


@pytest.fixture
def settings_again() -> Iterator[None]:
    """Prefect's settings are read anew, once the test's environment is taken back."""
    yield
    from prefect.context import refresh_global_settings_context  # noqa: PLC0415

    refresh_global_settings_context()


@pytest.mark.flow
@pytest.mark.usefixtures("settings_again")
def test_the_rehearsal_goes_to_the_server_where_it_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rehearse(show: object) -> None:
        raise Heard(os.environ["PREFECT_API_URL"])

    monkeypatch.setenv("PREFECT_API_URL", "")
    monkeypatch.setattr("cli.running.demo.ChildServer", MovingServer)
    monkeypatch.setattr("cli.running.demo.LEAN", {})
    monkeypatch.setattr("flows.life.rehearse", rehearse)

    found = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "demo")])

    assert str(found.exception) == "http://127.0.0.1:2/api"


def test_a_database_in_use_is_not_rehearsed_in(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'used.sqlite3'}"
    yisong("--db", database, "--home", str(tmp_path / "home"), "list")

    found = yisong("--db", database, "demo", "--out", str(tmp_path / "demo"))

    assert found.returncode == 2
    assert "空的数据库" in found.stderr
    assert not (tmp_path / "demo").exists()


@pytest.mark.slow
@pytest.mark.flow
def test_the_main_job_runs_from_the_spreadsheet_to_the_case_files(tmp_path: Path) -> None:
    out = tmp_path / "demo"

    found = yisong("demo", "--out", str(out))

    assert found.returncode == 0, found.stdout[-3000:] + found.stderr[-3000:]
    said = found.stdout
    assert "导入：登记68件" in said
    assert "退回3行" in said
    assert "不得以行政处罚代替移送" in said
    for outcome in ("不予立案", "行政处罚", "涉嫌犯罪移送", "告知其他途径", "并入", "在办"):
        assert outcome in said
    assert "失败0次，未结束0次" in said
    assert "办理记录核验通过" in said
    check_case_files(out / "case-files")
    home = str(out / "home")
    assert "核验通过" in yisong("--home", home, "audit", "verify").stdout
    assert "联合治理" in (out / "timeline.txt").read_text(encoding="utf-8")
    check_papers(out / "home")
    check_hints(said, out)


def check_papers(home: Path) -> None:
    """Whoever gets one of the papers of the demonstration sends none back."""
    office = open_test_office(home)
    with reading(office.engine) as session:
        clues = session.exec(select(Clue)).all()
        assert [fault for one in (*clues, None) for fault in faults_of(office, session, one)] == []
    office.engine.dispose()


def check_hints(said: str, out: Path) -> None:
    """The printed commands work as printed, and show clues that wait for somebody in time."""
    listed, fine, police, filing, serve = said.partition("接着手工办理")[2].splitlines()[1:]
    answers = {line: _typed(line) for line in (listed, fine, police)}
    assert "缴纳罚款（cf67）" in answers[fine]
    assert "● 正常" in answers[fine]
    assert "case.pay 登记缴清" in answers[fine].partition("现在可以办理")[2]
    assert "referral.file 立案侦查" in answers[police].partition("现在可以办理")[2]
    assert first_touched(out) is None
    assert "涉嫌犯罪案件移送现为「已立案侦查」" in _typed(filing)
    assert first_touched(out) == "home/yisong.sqlite3"
    assert serve.endswith("serve")


def _typed(line: str) -> str:
    """What a command prints that is typed as it was printed."""
    done = subprocess.run(
        line, shell=True, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_readme_goes_on_where_the_rehearsal_stops() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    for clue, user in (FINE_RUNNING, WITH_THE_POLICE):
        assert f".venv/bin/yisong --home {DEMO / HOME} show {clue} --as {user}" in readme


def check_case_files(folder: Path) -> None:
    """A folder per clue, whose files are what the check values say: 71 orders, four from visits."""
    clues = sorted(folder.iterdir())
    assert len(clues) == 71 + 4
    for clue in clues:
        sums = (clue / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        for line in sums:
            value, name = line.split("  ", 1)
            assert sha256((clue / name).read_bytes()).hexdigest() == value
        assert (clue / "events.json").exists()
    [decision] = (folder / "XS2026000002").glob("*行政处罚决定书*.docx")
    assert "5,000" in docx_text(decision.read_bytes())
