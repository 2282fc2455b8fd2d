"""The lint of a template: every reason why a Word file may not be used, with its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import TemplateError
from lxml import etree

from documents.templates.complaint import Complaint, part_name
from documents.templates.engine import BadTemplate, CompiledTemplate, MissingFact
from documents.templates.fonts import check_fonts
from documents.templates.grammar import Grammar
from documents.templates.hidden_text import check_hidden
from documents.templates.kinds import (
    FormField,
    TemplateForm,
    complete,
    read_form,
    read_sample,
)
from documents.templates.markup import (
    find_tags,
    may_hold_tags,
    outside_tags,
    paragraph_texts,
    parse_part,
)
from documents.templates.package import read_members
from documents.templates.safety import Read, read_safely
from documents.templates.sample_files import shown
from documents.templates.template_files import TEMPLATES, Folders, part
from documents.values.money import NotAnAmount

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HALF = ("{{", "}}", "{%", "%}", "{#", "#}")
_FULL_WIDTH = ("｛", "｝", "{％", "％}")
_SINGLE = re.compile(r"(?<!\{)\{(?!\{)\s*([^{}%#\s][^{}%#]{0,40}?)\s*\}(?!\})")


def check(
    raw: bytes,
    fields: Sequence[FormField],
    sample: Mapping[str, object] | None = None,
    read: Read = read_safely,
) -> tuple[Complaint, ...]:
    """Everything that is wrong with the Word file, in Chinese with its place; empty if nothing is.

    `fields` are the facts it may print. With `sample` (typed facts) a sound template is also
    rendered once and looked through. Any bytes may come; nothing is raised for them. A file that
    somebody sent in wants `read_outside` for its reader.
    """
    contents, unsafe = read(raw)
    if unsafe:
        return unsafe
    styles = parse_part(contents["word/styles.xml"]) if "word/styles.xml" in contents else None
    complaints: list[Complaint] = []
    for name, content in contents.items():
        if may_hold_tags(name):
            root = parse_part(content)
            complaints += _check_tags(part_name(name), root, fields)
            complaints += check_fonts(part_name(name), root, styles)
            complaints += check_hidden(part_name(name), root, styles)
        elif name.endswith(".xml") and _has_tag(content.decode()):
            complaints.append(Complaint(part_name(name), "", "标记只能写在正文、页眉、页脚里"))
    if complaints:
        return tuple(dict.fromkeys(complaints))
    return tuple(_dry_run(raw, fields, sample))


def check_all(path: Path = TEMPLATES, beneath: Folders = ()) -> tuple[Complaint, ...]:
    """The lint of every template under `path`, each with its own form and sample.

    `beneath`: the folders that have what a folder under `path` leaves out.
    """
    folders = [one for one in sorted(path.iterdir()) if any(one.glob("*.*")) and one.is_dir()]
    return tuple(complaint for one in folders for complaint in check_folder(one, beneath))


def check_folder(folder: Path, beneath: Folders = ()) -> tuple[Complaint, ...]:
    """The lint of one template with the form and the sample beside it."""
    kind, folders = folder.name, (*beneath, folder.parent)
    word, example = (part(kind, name, folders) for name in ("template.docx", "sample.json"))
    try:
        form = read_form(part(kind, "form.yaml", folders))
        sample = read_sample(example, form)
        raw = word.read_bytes()
    except BadTemplate as error:
        return (Complaint("", "", str(error)),)
    except OSError:
        return (Complaint(shown(word), "", "缺少文件"),)
    missing = [item.name for item in form.fields if item.required and not _given(sample, item)]
    if missing:
        return (Complaint(shown(example), "", f"缺少：{'、'.join(missing)}"),)
    return tuple(
        Complaint(f"{shown(word)} {item.part}", item.place, item.message)
        for item in check(raw, form.fields, sample)
    )


def _given(sample: Mapping[str, object], field: FormField) -> bool:
    return sample.get(field.name) not in (None, "", [])


def _has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text


def _check_tags(
    part: str, root: etree._Element, fields: Sequence[FormField]
) -> Iterator[Complaint]:
    grammar = Grammar(fields)
    number = 0
    for number, (paragraph, texts) in enumerate(paragraph_texts(root), 1):
        text = "".join(item.text or "" for item in texts)
        place = f"第{number}段“{text[:20]}”"
        for message in _check_paragraph(grammar, paragraph, text):
            yield Complaint(part, place, message)
    for message in grammar.left_open():
        yield Complaint(part, "", message)
    for element in root.iter(etree.Element):
        if any(_has_tag(str(attribute)) for attribute in element.attrib.values()):
            yield Complaint(part, "", "图片说明等属性里不能写标记")


def _check_paragraph(grammar: Grammar, paragraph: etree._Element, text: str) -> Iterator[str]:
    rest = outside_tags(text)
    if any(brace in rest for brace in _HALF):
        yield "大括号没有配对，标记应为 {{ 事实 }} 或者 {% … %}"
    if any(brace in rest for brace in _FULL_WIDTH) or any(mark in rest for mark in ("{ {", "} }")):
        yield "大括号应当用半角，写成 {{ 事实 }}，中间不留空格"
    for one in _SINGLE.finditer(rest):
        yield f"“{one[0]}”只有一层大括号，不会填写；事实应写成 {{{{ {one[1]} }}}}"
    tags = find_tags(text)
    yield from _check_scopes(paragraph, tags, rest)
    for tag in tags:
        yield from grammar.check(tag, _container(paragraph, tag))
    yield from grammar.left_open("")


def _scope(tag: str) -> str:
    words = tag.strip("{%- ").split()
    return words[0] if tag.startswith("{%") and words and words[0] in ("tr", "p") else ""


def _row_of(paragraph: etree._Element) -> etree._Element | None:
    return next(paragraph.iterancestors(f"{_W}tr"), None)


def _container(paragraph: etree._Element, tag: str) -> object:
    """The element in which the tag's block has to be closed."""
    scope = _scope(tag)
    if scope == "p":
        return paragraph.getparent()
    row = _row_of(paragraph) if scope == "tr" else None
    return row.getparent() if row is not None else paragraph


def _check_scopes(paragraph: etree._Element, tags: list[str], rest: str) -> Iterator[str]:
    scoped = [tag for tag in tags if _scope(tag)]
    if not scoped:
        return
    inside = rest
    row = _row_of(paragraph)
    if _scope(scoped[0]) == "tr":
        if row is None:
            yield f"标记 {scoped[0]} 只能写在表格里"
            return
        texts = [item.text or "" for item in row.iter(f"{_W}t")]
        tags, inside = find_tags("".join(texts)), outside_tags("".join(texts))
    if len(tags) > 1 or inside.strip():
        yield f"标记 {scoped[0]} 所在的行或段落会整个消失，其中不能有别的文字和标记"


def _dry_run(
    raw: bytes, fields: Sequence[FormField], sample: Mapping[str, object] | None
) -> Iterator[Complaint]:
    try:
        compiled = CompiledTemplate(raw)
        if sample is None:
            return
        form = TemplateForm(title="", series="", layout="form", fields=tuple(fields))
        contents, _ = read_members(compiled.render(complete(form, sample)))
        for name, content in contents.items():
            if may_hold_tags(name):
                yield from _check_result(part_name(name), parse_part(content))
    except (BadTemplate, MissingFact, NotAnAmount, etree.XMLSyntaxError, ValueError) as error:
        yield Complaint("试填", "", f"用样例事实填写失败：{error}")
    except (TypeError, ArithmeticError, AttributeError, TemplateError) as error:
        yield Complaint("试填", "", f"标记与事实的类型不符：{error}")


def _check_result(part: str, root: etree._Element) -> Iterator[Complaint]:
    for cell in root.iter(f"{_W}tc"):
        if not len(cell) or cell[-1].tag != f"{_W}p":
            yield Complaint(part, "试填", "有的单元格填写后没有段落，Word 将无法打开")
            return
    for table in root.iter(f"{_W}tbl"):
        if table.find(f"{_W}tr") is None:
            yield Complaint(part, "试填", "有的表格填写后一行也没有，Word 将无法打开")
            return
