"""yisong built from its tracked files and installed where no checkout is, as on another machine."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
QUIET = ("-q", "--disable-pip-version-check", "--no-index")
LONGEST = 300.0


@dataclass(frozen=True)
class Installation:
    """An environment with the wheel in it, and an empty folder to work in."""

    environment: Path
    wheel: Path
    source: Path
    here: Path

    @property
    def packages(self) -> Path:
        """The folder that packages are installed in."""
        [found] = self.environment.glob("lib/python*/site-packages")
        return found

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment of somebody who knows nothing of a checkout."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.here),
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    @property
    def command(self) -> str:
        """The installed command."""
        return str(self.environment / "bin" / "yisong")

    def yisong(self, *words: str, typed: str = "") -> str:
        """What the installed command says; it has no terminal, and must succeed."""
        done = subprocess.run(
            [self.command, *words],
            cwd=self.here,
            env=self.variables,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=LONGEST,
            start_new_session=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def files(self) -> dict[str, tuple[int, int]]:
        """Everything installed, with its size and the moment it was written."""
        found = [one for one in self.packages.rglob("*") if one.is_file()]
        return {str(one): (one.stat().st_size, one.stat().st_mtime_ns) for one in found}


def tracked() -> list[str]:
    """The files that git knows, by their place in the checkout."""
    listed = _run("git", "ls-files", "-z", cwd=ROOT)
    return [one for one in listed.split("\0") if one and (ROOT / one).is_file()]


def install(folder: Path) -> Installation:
    """The wheel and the source archive built, and the wheel installed; nothing is downloaded.

    What yisong needs is lent by the environment that the tests run in.
    """
    checkout, built = folder / "checkout", folder / "built"
    for name in tracked():
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, checkout / name)
    wheel = (*QUIET, "--no-deps", "--no-build-isolation", "-w", str(built))
    _run(sys.executable, "-m", "pip", "wheel", *wheel, str(checkout), cwd=folder)
    _run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(built), cwd=checkout)
    environment, here = folder / "environment", folder / "here"
    here.mkdir()
    _run(sys.executable, "-m", "venv", "--without-pip", str(environment), cwd=folder)
    [wheel_file], [source_file] = built.glob("*.whl"), built.glob("*.tar.gz")
    made = Installation(environment, wheel_file, source_file, here)
    python = str(environment / "bin" / "python")
    given = ("install", *QUIET, "--no-deps", str(wheel_file))
    _run(sys.executable, "-m", "pip", "--python", python, *given, cwd=folder)
    lent = made.packages / "lent.pth"
    lent.write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    shutil.rmtree(checkout)
    return made


def _run(*words: str, cwd: Path) -> str:
    done = subprocess.run(words, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
