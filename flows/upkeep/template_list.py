"""The templates as their keepers see them: what is in force by kind, and every version."""

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from documents.output.as_html import lines_of
from documents.output.catalogue_page import families
from documents.output.table_files import Cell, Column, Sheet
from documents.templates.engine import CompiledTemplate
from documents.templates.kinds import Template, sample_facts
from documents.templates.template_files import part
from documents.values.codes import CODE
from domain.situation.situation import Actor
from domain.tables.people import User
from domain.tables.record import Event
from domain.tables.template import BASE, TemplateVersion
from flows.door.template_in_force import (
    SAMPLE_CODE,
    all_in_force,
    list_versions,
    printable_form,
    shipped_template,
    state_of,
    versions_in_force,
)
from flows.site.office import Office
from flows.upkeep.template_rights import not_a_retirer, not_a_second, whose

ENDINGS = ("retire", "reject")
OTHERS = "其他"
COLUMNS = (
    Column("流程", 20), Column("文书", 32), Column("使用中的模板", 14), Column("属于", 28),
    Column("启用时间", 17), Column("上传", 12), Column("审核", 12), Column("有本机关模板的", 36),
    Column("校验值", 66),
)  # fmt: skip
MOST_COMPARED, MOST_CHANGES = 2000, 200
"""As many lines as are compared, and as many changed ones as are shown."""


@dataclass(frozen=True)
class VersionLine:
    """A version, whose it is, the people who handled it, where it stands, and why it ended."""

    row: TemplateVersion
    whose: str
    state: str
    uploader: str
    approver: str
    retirer: str
    reason: str


@dataclass(frozen=True)
class KindLine:
    """A kind of document and the template an organ prints it by; no version: the shipped one.

    `own`: the organs that have a template of their own in force, by name.
    """

    kind: str
    title: str
    sha256: str
    version: VersionLine | None
    waiting: int
    own: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """The lines in which two templates differ: `-` gone, `+` new; and whether there are more."""

    lines: tuple[tuple[str, str], ...]
    more: bool


def kinds_by_family(
    session: Session, office: Office, organ: str, actor: Actor
) -> dict[str, list[KindLine]]:
    """Every kind under the process that issues it, with what the organ prints it by.

    Counted as waiting is what the actor may judge.
    """
    lines = {one.row.id: one for one in version_lines(session, office)}
    in_force = versions_in_force(session, office, organ)
    own = _own_by_kind(session, office)
    waiting = Counter(one.row.kind for one in waits_for(office, lines.values(), actor))
    found: dict[str, list[KindLine]] = {}
    for family, kinds in _families(office).items():
        for kind in kinds:
            current = in_force.get(kind)
            line = KindLine(
                kind=kind,
                title=office.rules.documents[kind].title,
                sha256=current.sha256 if current else shipped_template(office, kind).sha256,
                version=lines[current.id] if current else None,
                waiting=waiting[kind],
                own=own.get(kind, ()),
            )
            found.setdefault(family, []).append(line)
    return found


def templates_sheet(families: Mapping[str, Sequence[KindLine]]) -> Sheet:
    """The kinds with what an organ prints each by, as a table to take away."""
    rows = (_cells(family, one) for family, lines in families.items() for one in lines)
    return Sheet("文书模板", COLUMNS, rows)


def _cells(family: str, line: KindLine) -> tuple[Cell, ...]:
    own = "、".join(line.own)
    if line.version is None:
        return (family, line.title, "系统自带", "", None, "", "", own, line.sha256)
    one = line.version
    return (
        family, line.title, f"第{one.row.id}号", one.whose, one.row.approved_at, one.uploader,
        one.approver, own, line.sha256,
    )  # fmt: skip


def _own_by_kind(session: Session, office: Office) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for organ, kind in sorted(all_in_force(session, office)):
        if organ != BASE:
            found[kind] = (*found.get(kind, ()), whose(office.rules, organ))
    return found


def waits_for(office: Office, lines: Iterable[VersionLine], actor: Actor) -> list[VersionLine]:
    """The versions that wait for a second person and concern this one: to judge or to withdraw."""
    return [
        one
        for one in lines
        if one.state == "待审核"
        and not (
            not_a_second(office.rules, actor, one.row)
            and not_a_retirer(office.rules, actor, one.row)
        )
    ]


def _families(office: Office) -> dict[str, list[str]]:
    lifecycles = office.rules.lifecycles
    found = {lifecycles[key].label: kinds for key, kinds in families(office.rules).items()}
    placed = {kind for kinds in found.values() for kind in kinds}
    rest = [kind for kind in office.rules.documents if kind not in placed]
    return {**found, OTHERS: rest} if rest else found


def version_lines(session: Session, office: Office, kind: str = "") -> list[VersionLine]:
    """The versions of a kind or of all kinds, of every organ, the newest first."""
    rows = list_versions(session, kind)
    in_force = all_in_force(session, office)
    names = _names(session, rows)
    reasons = _reasons(session, rows)
    lines = [_line(office, row, state_of(row, in_force), (names, reasons)) for row in rows]
    return sorted(lines, key=lambda one: -(one.row.id or 0))


def _line(
    office: Office,
    row: TemplateVersion,
    state: str,
    known: tuple[Mapping[str, str], Mapping[int, str]],
) -> VersionLine:
    names, reasons = known
    uploader, approver, retirer = (names.get(one, one) for one in _people(row))
    told = (whose(office.rules, row.department_id), state, uploader, approver, retirer)
    return VersionLine(row, *told, reasons.get(row.id or 0, ""))


def _people(row: TemplateVersion) -> tuple[str, str, str]:
    return (row.uploaded_by, row.approved_by or "", row.retired_by or "")


def _names(session: Session, rows: Iterable[TemplateVersion]) -> dict[str, str]:
    people = {one for row in rows for one in _people(row) if one}
    query = select(User.id, User.name).where(col(User.id).in_(sorted(people)))
    return dict(session.exec(query).all())


def _reasons(session: Session, rows: Iterable[TemplateVersion]) -> dict[int, str]:
    """Why versions ended, as the record tells it."""
    ended = [row.id for row in rows if row.retired_at is not None]
    if not ended:
        return {}
    query = select(Event).where(
        col(Event.action).in_(ENDINGS),
        col(Event.process_kind) == "template",
        col(Event.process_id).in_(ended),
    )
    return {one.process_id: str(one.detail.get("reason") or "") for one in session.exec(query)}


# --- one template --------------------------------------------------------------------------------


def find_version(session: Session, version_id: int) -> TemplateVersion:
    """The version of that number; LookupError in Chinese when there is none."""
    found = session.get(TemplateVersion, version_id)
    if found is None:
        raise LookupError(f"没有编号为{version_id}的模板")
    return found


def bytes_in_force(session: Session, office: Office, kind: str, organ: str = BASE) -> bytes:
    """The Word file by which the organ prints a kind now; without one, the base."""
    current = versions_in_force(session, office, organ).get(kind)
    if current is not None:
        return office.shelf.get(current.sha256)
    shipped = shipped_template(office, kind)
    return part(shipped.kind, "template.docx", shipped.folders).read_bytes()


def sample_document(office: Office, kind: str, raw: bytes) -> bytes:
    """A Word file filled in with the sample of its kind; it has passed the lint."""
    shipped = shipped_template(office, kind)
    template = Template(kind, printable_form(shipped), CompiledTemplate(raw), "")
    return template.render({**sample_facts(shipped), CODE: SAMPLE_CODE})


def template_differences(before: bytes, after: bytes) -> Changes:
    """What another template says instead: its lines against the other's, tags and all."""
    told = difflib.unified_diff(
        lines_of(before)[:MOST_COMPARED], lines_of(after)[:MOST_COMPARED], n=0, lineterm=""
    )
    lines = [(one[0], one[1:]) for one in list(told)[2:] if one[0] in "+-"]
    return Changes(tuple(lines[:MOST_CHANGES]), len(lines) > MOST_CHANGES)
