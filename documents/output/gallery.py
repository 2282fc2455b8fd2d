"""The gallery: every template filled from its sample, page by page, on one sheet to look at.

`python -m documents.output.gallery [KIND …]` writes build/gallery.html; it needs LibreOffice
and pdftoppm.
"""

import html
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from documents.output.pdf import NoPdf, PdfConverter
from documents.templates.kinds import load_all, load_template, sample_facts

DOTS_PER_INCH = 70
_HEAD = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>文书样张</title>
<style>body{font-family:sans-serif;margin:2rem;background:#ddd}
h2{font-size:1rem;margin:1.5rem 0 .5rem}
img{background:#fff;margin:0 .5rem .5rem 0;box-shadow:0 1px 4px #888;vertical-align:top}</style>
<h1>文书样张</h1>"""


def write_gallery(kinds: Iterable[str], folder: Path) -> Path:
    """The sheet, and beside it the pages as pictures; `NoPdf` where a tool is missing."""
    if shutil.which("pdftoppm") is None:
        raise NoPdf("缺少 pdftoppm（poppler-utils），不能生成样张")
    templates = {kind: load_template(kind) for kind in kinds}
    words = {kind: one.render(sample_facts(one)) for kind, one in templates.items()}
    pages = {
        kind: _pages(kind, pdf, folder) for kind, pdf in PdfConverter().convert_all(words).items()
    }
    titles = {kind: one.form.title for kind, one in templates.items()}
    sheet = folder / "gallery.html"
    sheet.write_text(_sheet(titles, pages, folder), encoding="utf-8")
    return sheet


def _pages(kind: str, pdf: bytes, folder: Path) -> list[Path]:
    place = folder / "gallery"
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob(f"{kind}-*.png"):
        old.unlink()
    source = place / f"{kind}.pdf"
    source.write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), str(source), str(place / kind)], check=True
    )
    return sorted(place.glob(f"{kind}-*.png"))


def _sheet(titles: Mapping[str, str], pages: Mapping[str, list[Path]], folder: Path) -> str:
    blocks = [_HEAD]
    for kind, pictures in pages.items():
        name = html.escape(f"{titles[kind]}　{kind}（{len(pictures)}页）")
        images = "".join(f'<img src="{one.relative_to(folder)}" alt="">' for one in pictures)
        blocks.append(f'<h2 id="{kind}">{name}</h2>{images}')
    return "\n".join(blocks) + "\n"


if __name__ == "__main__":
    sheet = write_gallery(sys.argv[1:] or list(load_all()), Path("build"))
    sys.stdout.write(f"样张已写入 {sheet}\n")
