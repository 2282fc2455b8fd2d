"""Modules loaded when a command needs them, and the data folders that they look for."""

import gc
import importlib
import sys
from types import ModuleType

from domain.shapes.data_folders import NotCarried

BAD_USE = 2


def loaded(name: str) -> ModuleType:
    """A module with all that it needs.

    What is being loaded stays: to look through it for garbage takes a sixth longer.
    """
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


def not_carried(problem: NotCarried) -> SystemExit:
    """The end of a command whose data folders are not where the program looks for them."""
    sys.stderr.write(f"错误：{problem}\n")
    return SystemExit(BAD_USE)
