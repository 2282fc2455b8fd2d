"""The entry of the `yisong` command: the workbench opens without loading what others need."""

import gc
import importlib
import os
import platform
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from domain.shapes.data_folders import NotCarried

VALUED = {"--db", "--home"}
"""Options before the command that take the next word with them."""
LOCKS = "fcntl"
"""The locks of files by which several processes share one home; only Unix has them."""
UNSUPPORTED = (
    "移送只能在 Linux 和 macOS 上运行，不支持{}。"
    "请改在 Linux 服务器、虚拟机、容器或者 WSL 2 中安装。"
)
BAD_USE = 2
PRIVATE = 0o077
"""Files that the command and its children write are their owner's alone."""


def run() -> None:
    """Hands over to the workbench alone, or to all commands; elsewhere than on Unix, to none."""
    if find_spec(LOCKS) is None:
        sys.exit(UNSUPPORTED.format(platform.system() or "当前系统"))
    os.umask(PRIVATE)
    name = "cli.workbench" if command_of(sys.argv[1:]) == "serve" else "cli.main"
    gc.disable()  # what is being loaded stays: to look through it for garbage takes a sixth longer
    try:
        command = importlib.import_module(name)
    except NotCarried as problem:
        sys.stderr.write(f"错误：{problem}\n")
        raise SystemExit(BAD_USE) from problem
    gc.freeze()
    gc.enable()
    command.run()


def command_of(words: Sequence[str]) -> str:
    """The command that is called, after the options of the site."""
    place = 0
    while place < len(words):
        if not words[place].startswith("-"):
            return words[place]
        place += 2 if words[place] in VALUED else 1
    return ""
