"""Where the data lie that the code reads, in a checkout and installed.

A checkout has them beside the rooms; an installation in one folder of their own, because their
plain names would be anybody's there. See docs/decisions/0008-what-the-wheel-carries.md.
"""

from pathlib import Path
from typing import Literal

import domain

ROOMS = Path(domain.__path__[0]).resolve().parent
"""The folder that the rooms lie in: a checkout, or the packages of an environment."""
INSTALLED = ROOMS / "yisong_data"
IS_INSTALLED = INSTALLED.is_dir()
IN_A_CHECKOUT = {"config": "config", "templates": "templates", "manual": "docs/manual"}
"""Where a checkout has what is installed under a name."""
DEMONSTRATION = "demo/site"
"""Below the configuration: what the demonstration's fictitious city lays over it."""
Room = Literal["domain", "documents", "flows", "web", "cli"]


class NotCarried(Exception):
    """A folder of data is missing: the installation or the checkout is not whole."""


def data_folder(name: Literal["config", "templates", "manual"]) -> Path:
    """The folder of this name: the rulebook, the templates or the manual.

    Raises `NotCarried` where it is not there.
    """
    folder = INSTALLED / name if IS_INSTALLED else ROOMS / IN_A_CHECKOUT[name]
    if not folder.is_dir():
        raise NotCarried(f"没有「{folder}」这个文件夹：安装不完整，请重新安装 yisong")
    return folder


def room_folder(room: Room, name: str) -> Path:
    """A folder that a room keeps among its own modules, such as its migrations."""
    return ROOMS / room / name
