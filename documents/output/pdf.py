"""PDF through LibreOffice: optional, never in the way of a click, one conversion at a time.

LibreOffice runs in a profile of its own, without macros and without the network's proxies, with
the fonts of `templates/fonts.conf`, and is killed with all it started when its time is over.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from documents.output.flush_left import ragged
from documents.templates.safety import read_safely
from documents.templates.template_files import TEMPLATES

PROGRAMS = ("soffice", "libreoffice")
FONTS = TEMPLATES / "fonts.conf"
SECONDS = 90
SECONDS_MORE = 5
"""The time for one document, and for each further one of the same call."""
AT_ONCE = 40
"""LibreOffice gives up somewhere beyond two hundred documents of one call."""
SUSPECTS = 3
"""So many of the documents that a run left over are tried alone: the first one was in its way."""
_END_OF_FILE = b"%%EOF"
# PDF/A-2b: fonts are embedded, nothing refers to the outside. Backs that are left empty, so that
# the next paper begins on a front page, are pages too.
_EXPORT = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


class NoPdf(Exception):
    """Why there is no PDF, in words for whoever asked."""


def unavailable() -> str | None:
    """Why no PDF can be made on this machine; None where it can."""
    if _program() is None:
        return "本机没有安装 LibreOffice，不能转换为 PDF；请下载 DOCX，或者请管理员安装后再试"
    return None


@dataclass(frozen=True, slots=True)
class PdfConverter:
    """Turns Word files into PDF; callers of all processes of a user wait for one another."""

    home: Path = Path(tempfile.gettempdir()) / f"yisong-pdf-{os.getuid()}"
    fonts: Path = FONTS
    seconds: int = SECONDS

    def convert(self, word: bytes) -> bytes:
        """The document as PDF/A; `NoPdf` says why there is none."""
        return self.convert_all({"document": word})["document"]

    def convert_all(self, words: Mapping[str, bytes]) -> dict[str, bytes]:
        """Many documents as PDF/A in one run, by name; four times as quick as one by one.

        Raises NoPdf, with the reason in Chinese, where any of them cannot be made.
        """
        program = _program()
        if program is None:
            raise NoPdf(unavailable() or "")
        if not words:
            return {}
        for name, word in words.items():
            if unsafe := read_safely(word)[1]:
                raise NoPdf(f"“{name}”不能转换：{unsafe[0]}")
        made: dict[str, bytes] = {}
        names = list(words)
        for start in range(0, len(names), AT_ONCE):
            some = {name: words[name] for name in names[start : start + AT_ONCE]}
            found, problem = self._run(program, some)
            if problem:
                raise NoPdf(problem)
            made |= found
        return made

    def convert_each(self, words: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
        """At most `AT_ONCE` documents in one run: those that became PDF, and why others do not.

        One that LibreOffice does not take, or that it never ends with, is tried once more alone
        before it is refused; what such a one held up is in neither, and is for another call.
        """
        program = _program()
        if program is None:
            raise NoPdf(unavailable() or "")
        unsafe = {name: found[0] for name, one in words.items() if (found := read_safely(one)[1])}
        refused = {name: f"不能转换：{reason}" for name, reason in unsafe.items()}
        safe = {name: one for name, one in words.items() if name not in refused}
        made, _ = self._run(program, safe) if safe else ({}, "")
        for name in [one for one in safe if one not in made][:SUSPECTS]:
            alone, problem = self._run(program, {name: safe[name]})
            made |= alone
            if problem:
                refused[name] = problem.replace(f"“{name}”", "本文书")
        return made, refused

    def _run(self, program: str, words: Mapping[str, bytes]) -> tuple[dict[str, bytes], str]:
        """What became PDF, and in words what became of the rest; empty where there is none."""
        with self._alone(), tempfile.TemporaryDirectory(prefix="yisong-pdf-") as folder:
            return self._run_in(Path(folder), program, words)

    def _run_in(
        self, folder: Path, program: str, words: Mapping[str, bytes]
    ) -> tuple[dict[str, bytes], str]:
        numbered = {f"{place:05d}": name for place, name in enumerate(words)}
        for stem, name in numbered.items():
            (folder / f"{stem}.docx").write_bytes(ragged(words[name]))
        command = [
            program,
            f"-env:UserInstallation={(self.home / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nolockcheck"),
            *("--convert-to", _EXPORT, "--outdir", str(folder)),
            *(str(folder / f"{stem}.docx") for stem in numbered),
        ]
        seconds = self.seconds + SECONDS_MORE * (len(words) - 1)
        in_time = _ends_in(seconds, command, self._surroundings())
        made: dict[str, bytes] = {}
        for stem, name in numbered.items():
            path = folder / f"{stem}.pdf"
            if path.is_file() and (in_time or path.read_bytes().rstrip().endswith(_END_OF_FILE)):
                made[name] = path.read_bytes()
        if not in_time:
            return made, f"转换超过{seconds}秒，已停止；请稍后再试或者下载 DOCX"
        missing = [name for name in words if name not in made]
        return made, f"LibreOffice 未能转换“{'”、“'.join(missing)}”" if missing else ""

    def _surroundings(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "FONTCONFIG_FILE": str(self.fonts),
            "LANG": "C.UTF-8",
            "SAL_USE_VCLPLUGIN": "svp",
        }

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One conversion at a time; the lock is gone with its process, whatever becomes of it."""
        user = self.home / "profile" / "user"
        user.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            settings = user / "registrymodifications.xcu"
            if not settings.exists():
                settings.write_text(_SETTINGS, encoding="utf-8")
            yield


def _program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def _ends_in(seconds: int, command: list[str], surroundings: Mapping[str, str]) -> bool:
    """Runs the program; false where it was stopped because its time was over."""
    process = subprocess.Popen(
        command,
        env=dict(surroundings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A session of its own: LibreOffice starts helpers, and all of them are to be killed.
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return True
