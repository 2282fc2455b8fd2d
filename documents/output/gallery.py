"""The gallery: every kind of document, page by page, on one sheet to look at.

`python -m documents.output.gallery [--demo FOLDER] [KIND …]` writes build/gallery.html: each kind
from its sample, from its extreme sample, and the longest one of the demonstration, where FOLDER
(out/demo/case-files) has any. It needs LibreOffice and pdftoppm.
"""

import argparse
import html
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from documents.output.extremes import extreme_facts
from documents.output.pdf import NoPdf, PdfConverter
from documents.templates.kinds import Template, load_all, load_template, sample_facts

DOTS_PER_INCH = 70
DEMO = Path("out/demo/case-files")
SOURCES: Mapping[str, str] = {"sample": "样张", "extreme": "极端值", "demo": "演示"}
_HEAD = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>文书样张</title>
<style>body{font-family:sans-serif;margin:2rem;background:#ddd}
h2{font-size:1rem;margin:1.5rem 0 .5rem}
img{background:#fff;margin:0 .5rem .5rem 0;box-shadow:0 1px 4px #888;vertical-align:top}</style>
<h1>文书样张</h1>"""


def write_gallery(kinds: Iterable[str], folder: Path, demo: Path = DEMO) -> Path:
    """The sheet, and beside it the pages as pictures; `NoPdf` where a tool is missing.

    `demo` holds a folder of Word files for each clue; what it lacks is left out.
    """
    if shutil.which("pdftoppm") is None:
        raise NoPdf("缺少 pdftoppm（poppler-utils），不能生成样张")
    templates = {kind: load_template(kind) for kind in kinds}
    words = {
        f"{kind}.{source}": word
        for kind, one in templates.items()
        for source, word in _words(one, demo).items()
    }
    pages = {
        name: _pages(name, pdf, folder) for name, pdf in PdfConverter().convert_all(words).items()
    }
    titles = {kind: one.form.title for kind, one in templates.items()}
    sheet = folder / "gallery.html"
    sheet.write_text(_sheet(titles, pages, folder), encoding="utf-8")
    return sheet


def _words(template: Template, demo: Path) -> dict[str, bytes]:
    """The Word files of a kind, by where their facts come from."""
    found = {
        "sample": template.render(sample_facts(template)),
        "extreme": template.render(extreme_facts(template)),
    }
    issued = [one for one in demo.glob("*/*.docx") if _title(one) == template.form.title]
    if issued:
        found["demo"] = max(issued, key=lambda one: (one.stat().st_size, one.name)).read_bytes()
    return found


def _title(word: Path) -> str:
    """The title in a case file's name: 03 案件移送函 示市监〔2026〕1号.docx."""
    return [*word.stem.split(" "), "", ""][1]


def _pages(name: str, pdf: bytes, folder: Path) -> list[Path]:
    place = folder / "gallery"
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob(f"{name}-*.png"):
        old.unlink()
    source = place / f"{name}.pdf"
    source.write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), str(source), str(place / name)], check=True
    )
    return sorted(place.glob(f"{name}-*.png"))


def _sheet(titles: Mapping[str, str], pages: Mapping[str, list[Path]], folder: Path) -> str:
    blocks = [_HEAD]
    for name, pictures in pages.items():
        kind, _, source = name.partition(".")
        told = html.escape(f"{titles[kind]}　{kind}　{SOURCES[source]}（{len(pictures)}页）")
        images = "".join(f'<img src="{one.relative_to(folder)}" alt="">' for one in pictures)
        blocks.append(f'<h2 id="{name}">{told}</h2>{images}')
    return "\n".join(blocks) + "\n"


def main(words: list[str]) -> None:
    """Writes the gallery of the kinds named, or of all."""
    asked = argparse.ArgumentParser(description="每种文书的样张、极端值样张和演示文书")
    asked.add_argument("kinds", nargs="*")
    asked.add_argument("--demo", type=Path, default=DEMO)
    given = asked.parse_args(words)
    sheet = write_gallery(given.kinds or list(load_all()), Path("build"), given.demo)
    sys.stdout.write(f"样张已写入 {sheet}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
