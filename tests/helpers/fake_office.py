"""A program in LibreOffice's place: every paper becomes a page, except for one it chokes on."""

import sys
from pathlib import Path

import pytest

from tests.helpers.scans import pdf_of

PROGRAM = """\
#!{python}
import sys, time, zipfile
from pathlib import Path
folder = Path(sys.argv[sys.argv.index("--outdir") + 1])
for name in (one for one in sys.argv if one.endswith(".docx")):
    body = zipfile.ZipFile(name).read("word/document.xml").decode()
    if {word!r} and {word!r} in body:
        {chokes}
    (folder / name).with_suffix(".pdf").write_bytes(Path({page!r}).read_bytes())
"""
STOPS, HANGS = "sys.exit(1)", "time.sleep(600)"


def placed(patch: pytest.MonkeyPatch, folder: Path, word: str = "", chokes: str = STOPS) -> None:
    """From now on LibreOffice chokes on every paper that says `word`, and on no other."""
    program, page = folder / "bin" / "soffice", folder / "page.pdf"
    program.parent.mkdir(exist_ok=True)
    page.write_bytes(pdf_of(1))
    told = PROGRAM.format(python=sys.executable, word=word, chokes=chokes, page=str(page))
    program.write_text(told, encoding="utf-8")
    program.chmod(0o755)
    patch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
