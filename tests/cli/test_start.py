"""The command on a system that it does not support."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT_LOCKS = """
import platform, sys
sys.modules["fcntl"] = None
platform.system = lambda: "Windows"
sys.argv = ["yisong", *{words}]
from cli.start import run
run()
"""


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
