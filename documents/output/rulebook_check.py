"""Whether the kinds of documents in the rulebook fit the templates and the makers of facts."""

from collections.abc import Iterable

from documents.facts import addressees, makers, specific_facts
from documents.templates.engine import BadTemplate
from documents.templates.kinds import TemplateForm, read_form
from documents.templates.template_files import SHIPPED, Folders, kinds_in, part
from domain.rulebook.crosscheck_words import file_of
from domain.rulebook.rulebook import Rulebook
from domain.shapes.yaml_source import Problem, Source


def check_kinds(rules: Rulebook, source: Source, templates: Folders = SHIPPED) -> list[Problem]:
    """Every kind without its template or told otherwise there, and whatever is for no kind.

    `source`: documents.yaml with its lines.
    """
    return [
        *_kinds(rules, source, templates),
        *_unused_templates(rules, templates),
        *_for_no_kind(rules),
    ]


def _kinds(rules: Rulebook, source: Source, templates: Folders) -> Iterable[Problem]:
    for key, kind in rules.documents.items():
        lacking = [
            one
            for one in ("template.docx", "form.yaml", "sample.json")
            if not part(kind.template, one, templates).is_file()
        ]
        if lacking:
            where = "、".join(f"templates/{kind.template}/{one}" for one in lacking)
            yield source.problem(f"文书 {key} 缺少模板文件 {where}", key, "template")
            continue
        try:
            form = read_form(part(kind.template, "form.yaml", templates))
        except BadTemplate:
            continue  # the lint of the template tells it
        for name in ("title", "series"):
            ours, theirs = getattr(kind, name), getattr(form, name)
            if ours != theirs:
                told = f"文书 {key} 的 {name}「{ours}」与 templates/{kind.template}/form.yaml"
                yield source.problem(f"{told} 的「{theirs}」不一致", key, name)
        yield from _demands(rules, kind.template, form)


def _demands(rules: Rulebook, template: str, form: TemplateForm) -> Iterable[Problem]:
    """A form has to say what a statute demands of its paper, or why nothing is."""
    file = f"templates/{template}/form.yaml"
    if bool(form.demanded) is bool(form.nothing_demanded):
        told = "须写明哪些事实依法必备（demanded_by），法律没有列出的写明原因（nothing_demanded）"
        yield Problem(file, 1, f"{told}，两者必有其一")
    for one in form.demanded:
        if one.demanded_by not in rules.citations:
            yield Problem(file, 1, f"“{one.name}”所引条文 {one.demanded_by} 不在 laws.yaml 中")


def _unused_templates(rules: Rulebook, templates: Folders) -> Iterable[Problem]:
    used = {kind.template for kind in rules.documents.values()}
    for name in kinds_in(templates):
        if name not in used:
            told = f"没有文书使用模板 {name}，请写入 config/documents.yaml"
            yield Problem(f"templates/{name}/form.yaml", 1, told)


def _for_no_kind(rules: Rulebook) -> Iterable[Problem]:
    named = {
        file_of(makers): set(specific_facts.specific),
        file_of(addressees): {*addressees.MAIN, *addressees.COPIES},
    }
    for file, kinds in named.items():
        for kind in sorted(kinds - set(rules.documents)):
            yield Problem(file, 1, f"为不存在的文书 {kind} 准备了内容，请改名或者删去")
