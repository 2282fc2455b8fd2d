"""A process of our own beside this one: the same Python, and the same code."""

import os
import sys

from domain.shapes.data_folders import IS_INSTALLED, ROOMS


def own_command(module: str, *words: str) -> list[str]:
    """The command that runs a module of ours, whatever lies in the folder it starts in."""
    return [sys.executable, "-P", "-m", module, *words]


def own_environment() -> dict[str, str]:
    """This process's environment, in which a child finds the code that runs here.

    An installation is found without help. A checkout is named: it may not be the one that is
    installed.
    """
    if IS_INSTALLED:
        return dict(os.environ)
    path = os.pathsep.join([str(ROOMS), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return {**os.environ, "PYTHONPATH": path}
