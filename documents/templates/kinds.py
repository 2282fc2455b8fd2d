"""The templates by kind: the Word file, the facts it asks for, and a sample of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from documents.templates.engine import BadTemplate, CompiledTemplate
from documents.templates.fact_typing import typed
from documents.templates.package import NotAWordFile
from documents.templates.sample_files import read_json, shown
from documents.templates.template_files import SHIPPED, Folders, kinds_in, part
from documents.values.money import NotAnAmount
from domain.shapes.yaml_source import BadConfig, read_record

FactType = Literal[
    "text", "long_text", "date", "datetime", "amount", "integer", "flag", "list", "rows"
]
TYPE_LABELS: Mapping[FactType, str] = {
    "text": "文字",
    "long_text": "长文字",
    "date": "日期",
    "datetime": "时间",
    "amount": "金额（元）",
    "integer": "整数",
    "flag": "是否",
    "list": "多项",
    "rows": "表格",
}
"""The types of facts by name."""
_TYPE_NAMES: Mapping[str, str] = {
    "text": "文字",
    "long_text": "文字",
    "date": "日期（如 2026-11-22）",
    "datetime": "时间（如 2026-11-22T10:30+08:00）",
    "amount": "金额（如 1234.50）",
    "integer": "整数",
    "flag": "true 或 false",
    "list": "文字的列表",
    "rows": "行的列表",
}


class FormField(BaseModel):
    """A fact that a template asks for, by its Chinese name.

    `demanded_by`: the article of laws.yaml by which the paper has to state it. `unless`: other
    facts of the form any of which states the same; without them a demanded fact is required.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    type: FactType = "text"
    required: bool = True
    supplied_by: Literal["fact", "form"] = "fact"
    note: str = ""
    columns: dict[str, FactType] = {}
    demanded_by: str = ""
    unless: tuple[str, ...] = ()

    def is_missing(self, facts: Mapping[str, object]) -> bool:
        """Whether it has to be stated and is not: absent, empty, or struck with a slash."""
        if not self.is_needed or not is_blank(facts.get(self.name)):
            return False
        return not any(facts.get(other) and not is_blank(facts[other]) for other in self.unless)

    @property
    def is_needed(self) -> bool:
        """Whether it has to be stated where nothing else states the same."""
        return self.required or bool(self.demanded_by and self.unless)

    @model_validator(mode="after")
    def _demanded_is_required(self) -> Self:
        if self.unless and not self.demanded_by:
            raise ValueError(f"“{self.name}”写了 unless，须写明 demanded_by（哪一条要求写明）")
        if self.demanded_by and self.required is bool(self.unless):
            raise ValueError(f"“{self.name}”依法必备：没有 unless 的必填，有 unless 的选填")
        return self


def is_blank(value: object) -> bool:
    """Whether a value says nothing: none, only spaces and strokes, no row that says anything."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip(" \u3000\t\r\n/／-—")
    if isinstance(value, list | tuple):
        return all(is_blank(one) for one in value)
    if isinstance(value, Mapping):
        return all(is_blank(one) for one in value.values())
    return False


class TemplateForm(BaseModel):
    """What form.yaml says beside a Word file.

    `nothing_demanded` says why no statute lists what the paper has to state, where none does.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    series: str
    layout: Literal["letter", "form", "redhead", "list"]
    copies: str = ""
    attachments: tuple[str, ...] = ()
    note: str = ""
    nothing_demanded: str = ""
    fields: tuple[FormField, ...]

    @property
    def demanded(self) -> tuple[FormField, ...]:
        """The facts that a statute demands of the paper."""
        return tuple(one for one in self.fields if one.demanded_by)

    @cached_property
    def needed(self) -> tuple[FormField, ...]:
        """The facts that may be missing."""
        return tuple(one for one in self.fields if one.is_needed)

    @cached_property
    def blank(self) -> Mapping[str, None]:
        """Every fact as it is where nothing is known of it."""
        return dict.fromkeys(one.name for one in self.fields)

    @cached_property
    def blank_rows(self) -> Mapping[str, Mapping[str, None]]:
        """A row of each table of which nothing is known."""
        return {one.name: dict.fromkeys(one.columns) for one in self.fields if one.columns}

    @model_validator(mode="after")
    def _unless_names_facts(self) -> Self:
        names = {one.name for one in self.fields}
        unknown = sorted({name for one in self.fields for name in one.unless} - names)
        if unknown:
            raise ValueError(f"unless 中的{'、'.join(unknown)}不是本文书的事实")
        return self


class MissingFacts(LookupError):
    """Required facts that are absent or empty, all of them at once."""

    def __init__(self, title: str, fields: tuple[FormField, ...]) -> None:
        names = "、".join(field.name for field in fields)
        super().__init__(f"《{title}》还缺少：{names}")
        self.fields = fields


class BadFacts(ValueError):
    """Facts of the wrong type; every complaint at once."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__("；".join(complaints))
        self.complaints = complaints


@dataclass(frozen=True, slots=True)
class Template:
    """The template of a kind of document, ready to be filled.

    `sha256` is that of its Word file, `folders` where its other files are found.
    """

    kind: str
    form: TemplateForm
    compiled: CompiledTemplate
    sha256: str
    folders: Folders = SHIPPED

    def missing(self, facts: Mapping[str, object]) -> tuple[FormField, ...]:
        """The facts that are required or that a statute demands, and that are absent or empty."""
        return tuple([field for field in self.form.needed if field.is_missing(facts)])

    def render(
        self, facts: Mapping[str, object], replace: Mapping[str, bytes] | None = None
    ) -> bytes:
        """The finished document; `MissingFacts` names every required fact that is absent.

        Optional facts may be absent: the template strikes them with a slash.
        """
        if missing := self.missing(facts):
            raise MissingFacts(self.form.title, missing)
        return self.filled(facts, replace)

    def filled(
        self, facts: Mapping[str, object], replace: Mapping[str, bytes] | None = None
    ) -> bytes:
        """`render` for facts of which it is known that none is `missing`."""
        return self.compiled.packed(self.texts(facts), replace or {})

    def texts(self, facts: Mapping[str, object]) -> dict[str, bytes]:
        """What `compiled.packed` is given for such facts."""
        return self.compiled.texts(complete(self.form, facts))


def complete(form: TemplateForm, facts: Mapping[str, object]) -> dict[str, object]:
    """The facts with every optional field and column of the form present, if only as None."""
    filled: dict[str, object] = {**form.blank, **facts}
    for name, empty in form.blank_rows.items():
        rows = filled[name]
        if isinstance(rows, list | tuple):
            filled[name] = [{**empty, **row} for row in rows]
    return filled


def read_facts(form: TemplateForm, raw: Mapping[str, object]) -> dict[str, object]:
    """Facts as they come from JSON, typed as the form says; `BadFacts` lists what does not fit."""
    facts = dict(raw)
    complaints: list[str] = []
    for field in form.fields:
        if facts.get(field.name) is None:
            continue
        try:
            facts[field.name] = _typed_field(field, facts[field.name])
        except (ValueError, TypeError, NotAnAmount) as error:
            complaints.append(f"“{field.name}”应为{_TYPE_NAMES[field.type]}：{error}")
    if complaints:
        raise BadFacts(tuple(complaints))
    return facts


def _typed_field(field: FormField, value: object) -> object:
    if field.type != "rows":
        return typed(field.type, value)
    if not isinstance(value, list):
        raise TypeError("不是列表")
    rows: list[dict[str, object]] = []
    for number, row in enumerate(value, 1):
        if not isinstance(row, dict):
            raise TypeError(f"第{number}行不是“栏名: 内容”")
        rows.append({name: _cell(field, number, name, cell) for name, cell in row.items()})
    return rows


def _cell(field: FormField, number: int, name: str, value: object) -> object:
    if value in (None, ""):
        return None
    try:
        return typed(field.columns.get(name, "text"), value)
    except (ValueError, TypeError) as error:
        raise ValueError(f"第{number}行“{name}”：{error}") from error


def read_form(path: Path) -> TemplateForm:
    """The form.yaml at `path`; a `BadTemplate` names the file and what is wrong with it."""
    try:
        return read_record(path, path.parents[1], TemplateForm)
    except BadConfig as error:
        raise BadTemplate("；".join(map(str, error.problems))) from error


def load_template(kind: str, folders: Folders = SHIPPED) -> Template:
    """The template of a kind, compiled once per process.

    Raises BadTemplate where there is none in the folders or it is unsound.
    """
    return _compiled(kind, folders)


@cache
def _compiled(kind: str, folders: Folders) -> Template:
    if not part(kind, "form.yaml", folders).is_file():
        raise BadTemplate(f"没有文书种类“{kind}”，可用的有：{'、'.join(kinds_in(folders))}")
    form = read_form(part(kind, "form.yaml", folders))
    word = part(kind, "template.docx", folders)
    try:
        raw = word.read_bytes()
        compiled = CompiledTemplate(raw)
    except (OSError, BadTemplate, NotAWordFile) as error:
        told = "缺少文件或者不能读取" if isinstance(error, OSError) else error
        raise BadTemplate(f"{shown(word)}：{told}") from error
    return Template(kind, form, compiled, hashlib.sha256(raw).hexdigest(), folders)


def load_all(folders: Folders = SHIPPED) -> dict[str, Template]:
    """Every template of the folders, by kind."""
    return {kind: load_template(kind, folders) for kind in kinds_in(folders)}


def sample_facts(template: Template) -> dict[str, object]:
    """The facts of sample.json, typed; BadTemplate where they are no JSON or do not fit."""
    found = part(template.kind, "sample.json", template.folders)
    return read_sample(found, template.form)


def read_sample(path: Path, form: TemplateForm) -> dict[str, object]:
    """The facts of a sample.json, typed as the form says; `BadTemplate` names file and fact."""
    try:
        return read_facts(form, read_json(path))
    except BadFacts as error:
        raise BadTemplate(f"{shown(path)}：{error}") from error
