"""The page of one kind of template, as it is shown at first and again with what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from documents.output.as_html import as_html
from documents.output.kept_facts import as_plain
from documents.templates.complaint import Complaint
from documents.templates.kinds import TYPE_LABELS, FormField, sample_facts
from domain.lifecycle.plan import Reason
from domain.tables.template import TemplateVersion
from flows.door.template_in_force import TemplateUnfit, lint, shipped_template, versions_in_force
from flows.imports.uploads import read_upload
from flows.people.visible_clues import NotForYou
from flows.upkeep.template_keeping import KEEPERS, LONGEST_NOTE, upload
from flows.upkeep.template_list import bytes_in_force, sample_document, version_lines
from web.request.desk import Desk
from web.request.render import page


@dataclass(frozen=True)
class Told:
    """What there is to say about a file that was sent in; nothing when the page is fresh."""

    note: str = ""
    name: str = ""
    missing: str = ""
    complaints: tuple[Complaint, ...] = ()
    refused: tuple[Reason, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether something was wrong."""
        return bool(self.missing or self.complaints or self.refused)


@dataclass(frozen=True)
class FieldLine:
    """A fact that a template may print, with how it is given in the sample."""

    field: FormField
    type: str
    sample: object


def known_kind(desk: Desk, kind: str) -> None:
    """NotForYou where there is no such kind of document."""
    if kind not in desk.office.rules.documents:
        raise NotForYou("没有这种文书")


def title_of(desk: Desk, kind: str) -> str:
    """A kind by its name."""
    return desk.office.rules.documents[kind].title


def kept_template(desk: Desk, kind: str, key: str) -> bytes:
    """The file that the person had examined, still fit; NoSuchUpload when it is cleared away."""
    raw = read_upload(desk.office, desk.actor, key)
    found = lint(desk.office, kind, raw)
    if found.complaints:
        raise TemplateUnfit(found.complaints)
    return raw


def upload_kept(desk: Desk, kind: str, key: str, note: str) -> TemplateVersion:
    """The examined file as a version that waits for a second person."""
    raw = read_upload(desk.office, desk.actor, key)
    return upload(desk.office, kind, raw, (desk.actor, desk.now), note.strip()[:LONGEST_NOTE])


def show_kind(desk: Desk, kind: str, told: Told) -> Response:
    """A kind: its fields, the template in force, its sample, and all versions."""
    known_kind(desk, kind)
    current = versions_in_force(desk.session, desk.office).get(kind)
    raw = bytes_in_force(desk.session, desk.office, kind)
    form = shipped_template(desk.office, kind).form
    versions = version_lines(desk.session, desk.office, kind)
    return page(
        desk.request,
        "papers/template_kind.html",
        422 if told.is_bad else 200,
        kind=kind,
        record=desk.office.rules.documents[kind],
        basis=[desk.office.rules.cite(one) for one in desk.office.rules.documents[kind].basis],
        form=form,
        fields=_fields(desk, kind),
        current=next((one for one in versions if current and one.row.id == current.id), None),
        sha256=current.sha256 if current else shipped_template(desk.office, kind).sha256,
        versions=versions,
        text=as_html(sample_document(desk.office, kind, raw)),
        told=told,
        may_keep=bool(desk.actor.roles & KEEPERS),
        longest=LONGEST_NOTE,
    )


def _fields(desk: Desk, kind: str) -> list[FieldLine]:
    template = shipped_template(desk.office, kind)
    sample: Mapping[str, object] = as_plain(sample_facts(template))
    return [
        FieldLine(one, TYPE_LABELS[one.type], sample.get(one.name)) for one in template.form.fields
    ]
