"""The entry of the `yisong` command: the workbench opens without loading what others need."""

import importlib
import sys
from collections.abc import Sequence

VALUED = {"--db", "--home"}
"""Options before the command that take the next word with them."""


def run() -> None:
    """Hands over to the workbench alone, or to all commands."""
    name = "cli.workbench" if command_of(sys.argv[1:]) == "serve" else "cli.main"
    importlib.import_module(name).run()


def command_of(words: Sequence[str]) -> str:
    """The command that is called, after the options of the site."""
    place = 0
    while place < len(words):
        if not words[place].startswith("-"):
            return words[place]
        place += 2 if words[place] in VALUED else 1
    return ""
