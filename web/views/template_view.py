"""The page of one kind of template, as it is shown at first and again with what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response

from documents.output.as_html import as_html
from documents.output.kept_facts import as_plain
from documents.templates.complaint import Complaint
from documents.templates.kinds import TYPE_LABELS, FormField, sample_facts
from domain.lifecycle.plan import Reason
from domain.tables.template import BASE, TemplateVersion
from flows.door.template_in_force import TemplateUnfit, lint, shipped_template, versions_in_force
from flows.imports.uploads import read_upload
from flows.people.visible_clues import NotForYou
from flows.upkeep.template_keeping import LONGEST_NOTE, LONGEST_REASON, Brought, upload
from flows.upkeep.template_list import (
    VersionLine,
    bytes_in_force,
    sample_document,
    template_differences,
    version_lines,
)
from flows.upkeep.template_rights import (
    not_a_retirer,
    not_a_second,
    places_of,
    printed_for,
    whose,
)
from web.request.desk import Desk
from web.request.render import page

SEES_ALL = frozenset({"administrator", "auditor"})
"""The chairs to whom the own templates of every organ are shown."""


@dataclass(frozen=True)
class Told:
    """What there is to say about a file that was sent in; nothing when the page is fresh."""

    organ: str
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


def upload_kept(desk: Desk, brought: Brought, key: str) -> TemplateVersion:
    """The examined file as a version that waits for a second person."""
    raw = read_upload(desk.office, desk.actor, key)
    note = brought.note.strip()[:LONGEST_NOTE]
    return upload(desk.office, replace(brought, raw=raw, note=note), (desk.actor, desk.now))


def organ_meant(desk: Desk, chosen: str | None) -> str:
    """The organ whose templates are looked at: what was chosen, where the person keeps it."""
    places = places_of(desk.actor)
    return chosen if chosen is not None and chosen in places else printed_for(desk.actor)


def shown_versions(desk: Desk, kind: str = "") -> list[VersionLine]:
    """The versions of the base and of the person's organ; administrators and auditors see all."""
    found = version_lines(desk.session, desk.office, kind)
    if desk.actor.roles & SEES_ALL:
        return found
    return [one for one in found if one.row.department_id in (BASE, desk.actor.department)]


def show_kind(desk: Desk, kind: str, told: Told) -> Response:
    """A kind: its fields, the template the organ prints it by, its sample, and all versions."""
    known_kind(desk, kind)
    current = versions_in_force(desk.session, desk.office, told.organ).get(kind)
    raw = bytes_in_force(desk.session, desk.office, kind, told.organ)
    form = shipped_template(desk.office, kind).form
    versions = shown_versions(desk, kind)
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
        organ=told.organ,
        whose=whose(desk.office.rules, told.organ),
        places=[(one, whose(desk.office.rules, one)) for one in places_of(desk.actor)],
        longest=LONGEST_NOTE,
    )


def show_version(
    desk: Desk, row: TemplateVersion, reason: str = "", refused: tuple[Reason, ...] = ()
) -> Response:
    """A version with what it changes, how it looks, and what the person may do with it."""
    lines = version_lines(desk.session, desk.office, row.kind)
    raw = desk.office.shelf.get(row.sha256)
    unfit = lint(desk.office, row.kind, raw).complaints
    return page(
        desk.request,
        "papers/template_version.html",
        422 if refused else 200,
        line=next(one for one in lines if one.row.id == row.id),
        title=title_of(desk, row.kind),
        changes=template_differences(
            bytes_in_force(desk.session, desk.office, row.kind, row.department_id), raw
        ),
        unfit=unfit,
        text="" if unfit else as_html(sample_document(desk.office, row.kind, raw)),
        is_own=row.uploaded_by == desk.actor.id,
        may_judge=not not_a_second(desk.office.rules, desk.actor, row),
        may_retire=not not_a_retirer(desk.office.rules, desk.actor, row),
        reason=reason,
        refused=refused,
        longest=LONGEST_REASON,
    )


def _fields(desk: Desk, kind: str) -> list[FieldLine]:
    template = shipped_template(desk.office, kind)
    sample: Mapping[str, object] = as_plain(sample_facts(template))
    return [
        FieldLine(one, TYPE_LABELS[one.type], sample.get(one.name)) for one in template.form.fields
    ]
