"""How this command was called: the words that call it again, as they are typed in this shell."""

import os
import shlex
import shutil
import sys
from pathlib import Path

NAME = "yisong"


def called() -> str:
    """`yisong` where the shell finds this one under that name, or else its path as it was given."""
    script = Path(sys.argv[0])
    if script.name != NAME or not os.access(script, os.X_OK):
        script = Path(sys.executable).with_name(NAME)
    found = shutil.which(NAME)
    if found and Path(found).resolve() == script.resolve():
        return NAME
    return shlex.quote(str(script))
