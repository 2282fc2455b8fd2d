"""A document from facts, against docxtpl on the same template and against the least it could cost.

The floor renders the same compiled template and deflates the result, and writes no file.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment
from jinja2 import Template as JinjaTemplate

from benchmarks.effort import Effort
from benchmarks.report import aim, table
from benchmarks.rounds import Contender, Stopwatch, race
from documents.templates.engine import environment
from documents.templates.kinds import Template, complete, load_template, read_facts
from documents.templates.markup import may_hold_tags, to_source
from documents.templates.package import read_members
from documents.templates.template_files import TEMPLATES
from documents.values.filters import FILTERS, printed

TITLE = "Documents"
OURS, THEIRS, FLOOR = "our engine", "docxtpl, same template", "floor: render and deflate"
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
Facts = Mapping[str, object]
Engine = Callable[[Facts], bytes]
TABLE_ROWS = 20


def measure(effort: Effort, folder: Path) -> str:
    """The section on documents: a letter and a list of twenty rows."""
    letter = load_template("crime_transfer")
    goods = load_template("goods_list")
    longer = _sample(goods)
    rows = longer["物品清单"]
    if not isinstance(rows, list):
        raise TypeError("the sample of the list of goods has no rows")
    longer["物品清单"] = (rows * TABLE_ROWS)[:TABLE_ROWS]
    return _kind(letter, _sample(letter), effort) + "\n" + _kind(goods, longer, effort)


def _sample(template: Template) -> dict[str, object]:
    path = TEMPLATES / template.kind / "sample.json"
    facts = read_facts(template.form, json.loads(path.read_text(encoding="utf-8")))
    return complete(template.form, facts)


def _kind(template: Template, facts: Facts, effort: Effort) -> str:
    engines = {OURS: template.render, THEIRS: _docxtpl(template), FLOOR: _floor(template)}
    if _text(engines[OURS](facts)) != _text(engines[THEIRS](facts)):
        raise RuntimeError(f"docxtpl writes another {template.kind} than we do")
    contenders: dict[str, Contender] = {
        name: _repeat(engine, facts, effort.copies if name != THEIRS else 1)
        for name, engine in engines.items()
    }
    contest = race(contenders, effort.rounds)
    times = contest.ratio(THEIRS, OURS, "cpu")
    over = contest.ratio(OURS, FLOOR, "cpu")
    return (
        f"### 《{template.form.title}》 ({template.kind})\n\n{table(contest, OURS)}\n"
        + aim("docxtpl / ours (CPU), at least 20", times, times.median >= 20)
        + aim("ours / floor (CPU), at most 1.5", over, over.median <= 1.5)
    )


def _repeat(engine: Engine, facts: Facts, times: int) -> Contender:
    def run(watch: Stopwatch) -> None:
        with watch.lap(times):
            for _ in range(times):
                engine(facts)

    return run


def _docxtpl(template: Template) -> Engine:
    """Read from the bytes of the file each time, as docxtpl has to; its Jinja2 is kept."""
    raw = (TEMPLATES / template.kind / "template.docx").read_bytes()
    jinja = Environment(autoescape=False, finalize=printed)  # `printed` escapes
    jinja.filters.update(FILTERS)

    def render(facts: Facts) -> bytes:
        document, written = DocxTemplate(BytesIO(raw)), BytesIO()
        document.render(dict(facts), jinja)
        document.save(written)
        return written.getvalue()

    return render


def _floor(template: Template) -> Engine:
    contents, _ = read_members((TEMPLATES / template.kind / "template.docx").read_bytes())
    parts: list[JinjaTemplate] = []
    for name, content in contents.items():
        source = to_source(content) if may_hold_tags(name) else None
        if source is not None and source.tags:
            parts.append(environment().from_string(source.text))

    def render(facts: Facts) -> bytes:
        return b"".join(zlib.compress(part.render(facts).encode(), 6) for part in parts)

    return render


def _text(content: bytes) -> str:
    body = Document(BytesIO(content)).element.body
    return "".join(node.text or "" for node in body.iter(TEXT))
