"""The entry of the `yisong` command: what a command does not need is not loaded for it."""

import os
import platform
import sys
from importlib.util import find_spec

from cli.terminal.loading import loaded, not_carried
from domain.shapes.data_folders import NotCarried

LOCKS = "fcntl"
"""The locks of files by which several processes share one home; only Unix has them."""
UNSUPPORTED = (
    "移送只能在 Linux 和 macOS 上运行，不支持{}。"
    "请改在 Linux 服务器、虚拟机、容器或者 WSL 2 中安装。"
)
PRIVATE = 0o077
"""Files that the command and its children write are their owner's alone."""


def run() -> None:
    """Hands over to the command that is called; elsewhere than on Unix, to none."""
    if find_spec(LOCKS) is None:
        sys.exit(UNSUPPORTED.format(platform.system() or "当前系统"))
    os.umask(PRIVATE)
    try:
        command = loaded("cli.main")
    except NotCarried as problem:
        raise not_carried(problem) from problem
    command.run()
