"""Copies of the process that found the tests run each once, and tell all that came of it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.installation import ROOT

RECORDS = """
import os, pathlib, warnings, pytest
def test_passes(tmp_path):
    with open("{folder}/ran", "a") as file:
        file.write("{name}" + "\\n")
    (tmp_path / "mine").touch()
@pytest.mark.skip(reason="no reason")
def test_is_skipped(): ...
def test_fails():
    print("said by {name}")
    assert "{name}" == "another"
def test_warns():
    warnings.warn("heed {name}")
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    alone = ("-p", "no:cacheprovider", "-c", "none.ini", "--rootdir=.", "--basetemp=temp")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.helpers.haste.copies", *alone, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def write(folder: Path, *names: str, text: str = RECORDS) -> None:
    (folder / "none.ini").write_text("[pytest]")
    for name in names:
        file = folder / f"test_{name}.py"
        file.write_text(text.format(folder=folder, name=name), encoding="utf-8")


def test_each_test_runs_once_and_its_outcome_is_told(tmp_path: Path) -> None:
    names = [f"file{place}" for place in range(8)]
    write(tmp_path, *names)

    done = run(tmp_path, "--copies", "3", "-rs")

    assert done.returncode == 1
    assert sorted((tmp_path / "ran").read_text().split()) == names
    assert "8 failed, 16 passed, 8 skipped, 8 warnings" in done.stdout
    for name in names:
        assert f"said by {name}\n" in done.stdout
        assert f"heed {name}" in done.stdout
    assert {one.name for one in (tmp_path / "temp").iterdir()} == {"copy-0", "copy-1", "copy-2"}


def test_a_copy_that_ends_early_fails_the_run_and_names_its_test(tmp_path: Path) -> None:
    write(tmp_path, "gone", text="import os\ndef test_it(): os._exit(7)\n")
    write(tmp_path, "whole", text="def test_it(): pass\n")

    done = run(tmp_path, "--copies", "2")

    assert done.returncode == 1
    assert "the process that ran test_gone.py::test_it ended with 7" in done.stdout
    assert "1 failed" in done.stdout


def test_what_stops_at_the_first_failure_stops_all_copies(tmp_path: Path) -> None:
    wait = "import time\nimport pytest\n@pytest.mark.parametrize('n', range(99))\n"
    write(tmp_path, "fails", text="def test_it(): assert 0\n")
    write(tmp_path, "lasts", text=wait + "def test_it(n): time.sleep(0.5)\n")

    done = run(tmp_path, "--copies", "2", "-x")

    assert done.returncode == 1
    assert "stopping after 1 failures" in done.stdout
    assert "1 failed" in done.stdout


def test_whoever_is_stopped_puts_away_what_his_tests_use(tmp_path: Path) -> None:
    write(
        tmp_path,
        "held",
        text="import os, pathlib, signal, pytest\n"
        "@pytest.fixture(scope='session')\n"
        "def database():\n"
        "    yield\n"
        "    pathlib.Path('{folder}/put_away').touch()\n"
        "def test_it(database): os.kill(os.getpid(), signal.SIGINT)\n",
    )
    write(tmp_path, "whole", text="def test_it(): pass\n")

    done = run(tmp_path, "--copies", "2")

    assert done.returncode == 1
    assert (tmp_path / "put_away").exists()
