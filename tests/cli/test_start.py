"""The command on a system that it does not support."""

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from cli.main import to_mend
from documents.output.shelf import DamagedOnShelf

ROOT = Path(__file__).parents[2]
WITHOUT_LOCKS = """
import platform, sys
sys.modules["fcntl"] = None
platform.system = lambda: "Windows"
sys.argv = ["yisong", *{words}]
from cli.start import run
run()
"""

OTHERS = """
import atexit, sys
known = ("web.app", "prefect", "openpyxl", "uvicorn")
atexit.register(lambda: print([one for one in known if one in sys.modules]))
sys.argv = ["yisong", *{words}]
from cli.start import run
run()
"""


@pytest.mark.parametrize("words", [["due", "--help"], ["list", "--help"], ["document", "--help"]])
def test_a_command_does_not_load_what_only_others_need(words: list[str]) -> None:
    found = subprocess.run(
        [sys.executable, "-c", OTHERS.format(words=words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "用法：" in found.stdout
    assert found.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [["--help"], ["serve"], ["list"], []])
def test_a_system_without_file_locks_is_told_in_chinese(words: list[str]) -> None:
    found = subprocess.run(
        [sys.executable, "-c", WITHOUT_LOCKS.format(words=words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.splitlines() == [
        "移送只能在 Linux 和 macOS 上运行，不支持Windows。"
        "请改在 Linux 服务器、虚拟机、容器或者 WSL 2 中安装。"
    ]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/var/x"), "不能写入（/var/x：No space"),
        (OSError(errno.EROFS, "Read-only file system"), "不能写入（Read-only file system）"),
        (DatabaseError("", {}, sqlite3.DatabaseError("disk image is malformed")), "数据库不能读写"),
        (DamagedOnShelf("文书存储中的 ab 已损坏"), "从备份恢复"),
        (IntegrityError("", {}, sqlite3.IntegrityError("UNIQUE")), ""),
        (ConnectionResetError(errno.ECONNRESET, "reset"), ""),
    ],
)
def test_what_an_operator_mends_is_told_in_chinese_and_our_own_faults_are_not_hidden(
    error: Exception, told: str
) -> None:
    found = to_mend(error)

    assert told in found and bool(found) == bool(told)
