"""The template in force for a kind of document, and the lint of one that may become it.

An organ prints its own newest approved version, else the base's, else the shipped template.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from documents.templates.check import check
from documents.templates.complaint import Complaint
from documents.templates.engine import CompiledTemplate
from documents.templates.kinds import FormField, Template, TemplateForm, load_template, sample_facts
from documents.templates.safety import read_outside
from documents.templates.template_files import template_folders
from documents.templates.usage import unused_fields
from documents.values.codes import CODE
from domain.tables.template import BASE, TemplateVersion
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.portions import asked_once

LARGEST = 8 << 20
SUFFIX = ".docx"
SAMPLE_CODE = "0000-0000"
IN_FORCE = (
    select(TemplateVersion)
    .where(
        col(TemplateVersion.kind).in_(bindparam("kinds", expanding=True)),
        col(TemplateVersion.approved_at).is_not(None),
        col(TemplateVersion.retired_at).is_(None),
    )
    .order_by(
        col(TemplateVersion.department_id),
        col(TemplateVersion.approved_at),
        col(TemplateVersion.id),
    )
)
"""Approved and not retired, the base first, then the oldest: an organ's last one is in force."""
FOR_ORGAN = IN_FORCE.where(
    col(TemplateVersion.department_id).in_(bindparam("organs", expanding=True))
)
HASHES_FOR_ORGAN = Statement(
    sql_select(col(TemplateVersion.kind), col(TemplateVersion.sha256))
    .where(
        col(TemplateVersion.department_id).in_((bindparam("base"), bindparam("organ"))),
        col(TemplateVersion.approved_at).is_not(None),
        col(TemplateVersion.retired_at).is_(None),
    )
    .order_by(
        col(TemplateVersion.department_id),
        col(TemplateVersion.approved_at),
        col(TemplateVersion.id),
    )
)
"""Of all kinds: an organ has few versions, and a list of kinds is spelled out anew each time."""

_compiled: dict[tuple[str, str], Template] = {}


class TemplateUnfit(ValueError):
    """The Word file may not be used; carries every complaint with its place."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        super().__init__("；".join(str(one) for one in complaints))
        self.complaints = complaints


@dataclass(frozen=True)
class Lint:
    """What is wrong with a Word file; nothing when it may be used."""

    complaints: tuple[Complaint, ...]


def templates_in_force(
    session: Session, office: Office, organ: str, kinds: Iterable[str]
) -> dict[str, Template]:
    """For each kind what the organ prints: its own version, else the base, else the shipped one.

    Raises LookupError for an unknown kind.
    """
    wanted = set(kinds)
    found = {kind: shipped_template(office, kind) for kind in wanted}
    asked = HASHES_FOR_ORGAN, {"base": BASE, "organ": organ}
    [rows] = asked_once(session, (TemplateVersion, organ), lambda: ask(session.connection(), asked))
    own = {row.kind: row.sha256 for row in rows}
    return found | {kind: _version(office, kind, own[kind]) for kind in wanted & set(own)}


def shipped_template(office: Office, kind: str) -> Template:
    """The template of a kind as it came with the program; LookupError names the kinds there are."""
    if kind not in office.rules.documents:
        raise LookupError(f"没有文书种类「{kind}」；可用：{'、'.join(office.rules.documents)}")
    folders = template_folders(office.settings.config)
    return load_template(office.rules.documents[kind].template, folders)


def _version(office: Office, kind: str, sha256: str) -> Template:
    """A version compiled once per process: equal hashes are equal bytes."""

    known = _compiled.get((kind, sha256))
    if known is None:
        compiled = CompiledTemplate(office.shelf.get(sha256))
        form = printable_form(shipped_template(office, kind))
        known = _compiled[kind, sha256] = Template(kind, form, compiled, sha256)
    return known


def printable_form(template: Template) -> TemplateForm:
    """What the template may print: the facts of its kind, and the verification code for sure."""
    fields = [one for one in template.form.fields if one.name != CODE]
    return template.form.model_copy(update={"fields": (*fields, FormField(name=CODE))})


def lint(office: Office, kind: str, raw: bytes, name: str = "") -> Lint:
    """The Word file examined for a kind, and filled in once with sample facts.

    `name` is the file's, where it has one; a template prints every required fact of its kind.
    """
    template = shipped_template(office, kind)
    if misnamed := check_name(name):
        return Lint(misnamed)
    if len(raw) > LARGEST:
        text = f"文件太大，模板最大{LARGEST >> 20}MB"
        return Lint((Complaint("文件", "", text),))
    fields = printable_form(template).fields
    sample = {**sample_facts(template), CODE: SAMPLE_CODE}
    complaints = check(raw, fields, sample, read_outside)
    return Lint(complaints or _left_out(raw, template.form.fields))


def check_name(name: str) -> tuple[Complaint, ...]:
    """What is wrong with the name under which a template is sent in; none is no fault."""
    if not name or name.lower().endswith(SUFFIX):
        return ()
    text = f"模板应为 {SUFFIX} 文件，请用 Word 另存为 {SUFFIX} 后再试"
    return (Complaint("文件名", name, text),)


def _left_out(raw: bytes, fields: Sequence[FormField]) -> tuple[Complaint, ...]:
    return tuple(
        Complaint("全文", "", f"缺少必填事实“{one.name}”，请写上 {{{{ {one.name} }}}}")
        for one in unused_fields(raw, fields)
    )


def list_versions(session: Session, kind: str = "") -> list[TemplateVersion]:
    """The versions of a kind or of all kinds, oldest first."""
    query = select(TemplateVersion)
    if kind:
        query = query.where(col(TemplateVersion.kind) == kind)
    return list(session.exec(query.order_by(col(TemplateVersion.kind), col(TemplateVersion.id))))


def versions_in_force(
    session: Session, office: Office, organ: str = BASE
) -> dict[str, TemplateVersion]:
    """The uploaded versions that the organ prints now, by kind: its own, else the base."""
    values = {"kinds": list(office.rules.documents), "organs": [BASE, organ]}
    return {row.kind: row for row in session.exec(FOR_ORGAN, params=values)}


def all_in_force(session: Session, office: Office) -> dict[tuple[str, str], TemplateVersion]:
    """Every version that is used somewhere now, by whose it is (see BASE) and its kind."""
    kinds = {"kinds": list(office.rules.documents)}
    return {(row.department_id, row.kind): row for row in session.exec(IN_FORCE, params=kinds)}


def state_of(row: TemplateVersion, in_force: Mapping[tuple[str, str], TemplateVersion]) -> str:
    """Where a version stands among those of its organ or of the base, in words."""
    if row.retired_at is not None and row.approved_at is None:
        return "已撤回" if row.retired_by == row.uploaded_by else "未通过"
    if row.retired_at is not None:
        return "已停用"
    if row.approved_at is None:
        return "待审核"
    current = in_force.get((row.department_id, row.kind))
    return "使用中" if current is not None and current.id == row.id else "已被新版取代"


def check_in_force(session: Session, office: Office) -> list[str]:
    """What is wrong with the versions in force since the program or its forms changed."""
    return [
        f"第{row.id}号模板（{kind}）{complaint}"
        for (_, kind), row in sorted(all_in_force(session, office).items())
        for complaint in lint(office, kind, office.shelf.get(row.sha256)).complaints
    ]
