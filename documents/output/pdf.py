"""PDF through LibreOffice: optional, never in the way of a click, one conversion at a time.

LibreOffice runs in a profile of its own, without macros and without the network's proxies, with
the fonts of `templates/fonts.conf`, and is killed with all it started when its time is over.
"""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unicodedata import east_asian_width

from documents.templates.package import build_package, read_members
from documents.templates.safety import read_safely
from documents.templates.template_files import TEMPLATES

PROGRAMS = ("soffice", "libreoffice")
FONTS = TEMPLATES / "fonts.conf"
SECONDS = 90
SECONDS_MORE = 5
"""The time for one document, and for each further one of the same call."""
AT_ONCE = 40
"""LibreOffice gives up somewhere beyond two hundred documents of one call."""
# PDF/A-2b: fonts are embedded, nothing refers to the outside. Backs that are left empty, so that
# the next paper begins on a front page, are pages too.
_EXPORT = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
)
_JUSTIFIED, _LEFT = b'<w:jc w:val="both"/>', b'<w:jc w:val="left"/>'
_BODY = "word/document.xml"
_FLOATING = re.compile(rb"<w:tbl><w:tblPr><w:tblpPr .*?</w:tbl>", re.DOTALL)
_FULL, _FLOATS = b'w:w="8845"', b'w:w="8540"'
_KEPT = re.compile(
    rb"<w:p><w:pPr>(?P<looks>(?:(?!</w:pPr>).)*<w:keepNext/>(?:(?!</w:pPr>).)*)</w:pPr>"
    rb'<w:r><w:t xml:space="preserve">(?P<text>[^<]*)</w:t></w:r></w:p>'
)
_LONG, _ENOUGH, _PER_LINE = 84, 30, 28
_HANGING = "，。；：、？！）》”’〕】"
_INDENT = re.compile(rb"<w:ind [^>]*/>")
"""A kept paragraph of more characters is parted, so that its end has as many at least."""
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
            with self._alone(), tempfile.TemporaryDirectory(prefix="yisong-pdf-") as folder:
                made |= self._run(program, some, Path(folder))
        return made

    def _run(self, program: str, words: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
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
        _call(command, self._surroundings(), self.seconds + SECONDS_MORE * (len(words) - 1))
        made = {name: folder / f"{stem}.pdf" for stem, name in numbered.items()}
        if missing := [name for name, path in made.items() if not path.is_file()]:
            raise NoPdf(f"LibreOffice 未能转换“{'”、“'.join(missing)}”")
        return {name: path.read_bytes() for name, path in made.items()}

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


def ragged(word: bytes) -> bytes:
    """The document for LibreOffice's eyes, its justified paragraphs set flush left.

    LibreOffice 7 drops a comma that hangs over the right edge of a justified line: the PDF would
    not say what the document says. It also sets a floating table as wide as the type area where
    the text ends; the imprint (版记) floats to the foot of the page when it is a little narrower.
    Where Word keeps the last lines of a long paragraph with the signature, LibreOffice moves all of
    it and leaves half a page empty: its last sentences, or lines, become a paragraph of their own.
    """
    contents, _ = read_members(word)
    for name in contents:
        if name.startswith("word/") and name.endswith(".xml"):
            flush = contents[name].replace(_JUSTIFIED, _LEFT)
            contents[name] = _FLOATING.sub(lambda one: one[0].replace(_FULL, _FLOATS), flush)
    contents[_BODY] = _KEPT.sub(_parted, contents[_BODY])
    return build_package(contents)


def _parted(kept: re.Match[bytes]) -> bytes:
    text, looks = kept["text"].decode(), kept["looks"]
    if len(text) <= _LONG:
        return kept[0]
    cut = text.rfind("。", 0, len(text) - _ENOUGH) + 1
    goes_on = looks
    if not cut:
        # One long sentence, an address: its last lines go on at the margin, where a line begins.
        cut = _line_begins(text, len(text) - _ENOUGH)
        goes_on = _INDENT.sub(b"", looks) + b'<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    loose = looks.replace(b"<w:keepNext/>", b"")
    begins, ends = b'</w:pPr><w:r><w:t xml:space="preserve">', b"</w:t></w:r></w:p>"
    first = b"<w:p><w:pPr>" + loose + begins + text[:cut].encode() + ends
    return first + b"<w:p><w:pPr>" + goes_on + begins + text[cut:].encode() + ends


def _line_begins(text: str, last: int) -> int:
    """The last place up to `last` where a line of 28 characters begins, the first indented by two.

    A stop or comma that would begin a line hangs on the one before.
    """
    found, used = 0, 2.0
    for place, one in enumerate(text[: last + 1]):
        width = 1.0 if east_asian_width(one) in "WFA" else 0.5
        if used + width > _PER_LINE and one not in _HANGING:
            found, used = place, 0.0
        used += width
    return found


def _program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def _call(command: list[str], surroundings: Mapping[str, str], seconds: int) -> None:
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
        raise NoPdf(f"转换超过{seconds}秒，已停止；请稍后再试或者下载 DOCX") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
