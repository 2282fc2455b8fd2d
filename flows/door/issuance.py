"""Issuing documents: number, facts, bytes on the shelf, and the row that names them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from documents.facts.paper import Issued, Paper, Told
from documents.facts.paper_facts import facts_for
from documents.facts.supply import Lack, lacks
from documents.facts.volumes import LISTS_FILES
from documents.output.kept_facts import plain_facts
from documents.templates.kinds import Template
from documents.values.codes import (
    CODE,
    CORE,
    QR,
    Identity,
    check_address,
    core_properties,
    derive_code,
    shown_code,
)
from documents.values.qr_code import qr_png
from domain.lifecycle.plan import Reason, Refused, Step
from domain.shapes.lifecycles import Transition
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.door.attachments import catalogue_row, list_attachments
from flows.door.locked_dossier import Held, Root, write_with
from flows.door.reporters import named_in_full
from flows.door.template_in_force import templates_in_force
from flows.site.departure import leaves_at_once
from flows.site.numbering import Series, document_number, next_serial, next_serials
from flows.site.office import Office
from flows.site.portions import Stages, abreast, add, through
from flows.site.stored_documents import LAY, lying_rows

Written = tuple[IssuedDocument, tuple[bytes, bytes]]
UNNUMBERED = "（待编号）"


@dataclass(frozen=True)
class Numbered:
    """A number as it was allotted."""

    series: str
    year: int
    serial: int
    text: str


@dataclass(frozen=True)
class Origin:
    """Where a document comes from: the step, and who signs for which organ at which moment.

    `follows`: it stands for one that had left the house, and leaves at once whatever its kind.
    """

    clue_id: int
    process_kind: str
    process_id: int
    action: str
    organ: str
    actor: str
    at: datetime
    replaces: int | None = None
    follows: bool = False


@dataclass(frozen=True)
class Draft:
    """A document whose facts are known and that is not written yet."""

    kind: str
    origin: Origin
    number: Numbered | None
    template: Template
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Issuer:
    """The documents of one transaction."""

    session: Session
    office: Office
    held: Held

    def issue(self, done: list[tuple[Step, int]]) -> Stages[list[IssuedDocument]]:
        """All documents the steps ask for, in order, stage by stage.

        Refused where required facts are missing: every one of every document, with who can
        supply it. Numbers are allotted in a fixed order, so that two transactions never wait
        for each other.
        """
        jobs = [(step, pid, kind) for step, pid in done for kind in step.issues]
        if not jobs:
            return []
        drafts = self._drafts(jobs)
        yield
        lacking = [one for draft in drafts for one in lacks_of(self.office, draft)]
        if lacking:
            raise refusal(self.office, done[0][0].transition, lacking)
        return (yield from _writing(self.session, self.office, drafts, self.held))

    def _drafts(self, jobs: list[tuple[Step, int, str]]) -> list[Draft]:
        numbers = self._numbers(jobs)
        organ = jobs[0][0].before.actor.department
        kinds = {kind for *_, kind in jobs}
        templates = templates_in_force(self.session, self.office, organ, kinds)
        issued = list(self.held.papers)
        clocks = {one.rule: one.due_at for one in self.held.clocks if one.ended_at is None}
        files = self._files() if kinds & LISTS_FILES else ()
        drafts: list[Draft] = []
        told: dict[int, Told] = {}
        for place, (step, process_id, kind) in enumerate(jobs):
            number = numbers.get(place)
            paper = Paper(
                kind=kind,
                number=number.text if number else None,
                action=step.action,
                situation=step.after,
                rules=self.office.rules,
                form=step.after.form,
                clocks=clocks,
                issued=tuple(issued),
                files=files if kind in LISTS_FILES else (),
                told=told.setdefault(id(step), Told()),
            )
            origin = _origin(self.held.root, step, process_id)
            drafts.append(Draft(kind, origin, number, templates[kind], facts_for(paper)))
            issued.append(_issued(self.office, drafts[-1]))
        return drafts

    def _files(self) -> tuple[Mapping[str, object], ...]:
        """The uploaded evidence, for the papers that list or count what lies in the file."""
        if not self.held.files:
            return ()
        evidence = list_attachments(self.session, self.held.root.id or 0)
        return tuple(catalogue_row(self.office, one) for one in evidence)

    def _numbers(self, jobs: list[tuple[Step, int, str]]) -> dict[int, Numbered]:
        wanted: list[tuple[Series, int]] = []
        for place, (step, _, kind) in enumerate(jobs):
            series = self.office.rules.documents[kind].series
            if series:
                organ = step.before.actor.department
                wanted.append(((organ, series, step.before.today.year), place))
        # Sorted, see `next_serial`: two steps that issue the same two kinds in another order would
        # each hold the series that the other waits for.
        wanted.sort()
        serials = next_serials(self.session, [series for series, _ in wanted])
        return {
            place: _numbered(self.office, series, serial)
            for (series, place), serial in zip(wanted, serials, strict=True)
        }


def allot(session: Session, office: Office, organ: str, series: str, year: int) -> Numbered:
    """The next number of an organ's series; it is never given out again."""
    return _numbered(office, (organ, series, year), next_serial(session, organ, series, year))


def _numbered(office: Office, of: Series, serial: int) -> Numbered:
    organ, series, year = of
    short = office.rules.departments[organ].short
    return Numbered(series, year, serial, document_number(short, series, year, serial))


def write(
    session: Session, office: Office, drafts: Iterable[Draft], held: Held
) -> list[IssuedDocument]:
    """The documents, bytes and rows, as `write_back` will write them; their facts are checked.

    Those of a new dossier are in the session.
    """
    return through(_writing(session, office, drafts, held))


def _writing(
    session: Session, office: Office, drafts: Iterable[Draft], held: Held
) -> Stages[list[IssuedDocument]]:
    written = yield from abreast([_written(office, draft, held.root) for draft in drafts])
    rows, lying = [row for row, _ in written], lying_rows([kept for _, kept in written])
    for row, one in zip(rows, lying, strict=True):
        row.sha256 = str(one["sha256"])
    write_with(session, held, LAY[session.connection().dialect.name], lying)
    if held.is_new:
        for row in rows:
            add(session, row)
    else:
        held.issued.extend(rows)
    return rows


def _written(office: Office, draft: Draft, root: Root) -> Stages[Written]:
    """A document's row but for its hash, and its bytes: as they are, and as they shall be kept."""
    kind, origin, template = office.rules.documents[draft.kind], draft.origin, draft.template
    organ = office.rules.departments[origin.organ].name
    kept, title = plain_facts(template, draft.facts), kind.titled(draft.facts)
    number, act = draft.number, f"{origin.process_kind}.{origin.action}"
    identity = Identity(
        organ=origin.organ,
        kind=draft.kind,
        number=number.text if number else None,
        issued_at=origin.at,
        clue_id=origin.clue_id,
        process=f"{origin.process_kind}-{origin.process_id}",
        template_sha256=template.sha256,
        facts=kept,
    )
    yield
    code = derive_code(identity, office.keys.verify)
    yield
    facts = {**draft.facts, CODE: shown_code(code)}
    if kind.reporter_fact and isinstance(root, Clue):
        facts |= named_in_full(facts, kind.reporter_fact, root.reporter_sealed, office.keys)
    members = {CORE: core_properties(title, organ, code, origin.at)}
    yield
    if place := template.compiled.pictures.get(QR):
        members[place] = qr_png(check_address(office.settings.base_url, code))
    yield
    texts = template.texts(facts)
    yield
    content = template.compiled.packed(texts, members)
    yield
    row = IssuedDocument(
        clue_id=origin.clue_id,
        process_kind=origin.process_kind,
        process_id=origin.process_id,
        kind=draft.kind,
        title=title,
        organ=origin.organ,
        series=number.series if number else None,
        year=number.year if number else None,
        serial=number.serial if number else None,
        number=number.text if number else None,
        facts=kept,
        template_sha256=template.sha256,
        sha256="",
        issued_at=origin.at,
        issued_by=origin.actor,
        department_id=origin.organ,
        action=origin.action,
        signer=kind.signer,
        code=code,
        replaces_id=origin.replaces,
        left_at=origin.at if leaves_at_once(kind, act, follows=origin.follows) else None,
    )
    return row, (content, office.shelf.closed(content) if kind.reporter_fact else content)


def refusal(office: Office, transition: Transition, lacking: Iterable[Lack]) -> Refused:
    """The refusal that names every fact which the documents of an action lack.

    Each rests on the article that demands the fact, else on that of the action.
    """
    reasons = (
        Reason(str(one), basis := one.demanded_by or transition.basis[0], office.rules.cite(basis))
        for one in lacking
    )
    return Refused(transition.label, tuple(dict.fromkeys(reasons)))


def lacks_of(office: Office, draft: Draft) -> list[Lack]:
    """The required facts that a draft lacks, each with who can supply it."""
    title = office.rules.documents[draft.kind].title
    at = (draft.origin.process_kind, draft.origin.action)
    missing = draft.template.missing({**draft.facts, CODE: draft.kind})
    return lacks(office.rules, title, missing, at, draft.origin.organ)


def _origin(root: Root, step: Step, process_id: int) -> Origin:
    actor = step.before.actor
    return Origin(
        clue_id=root.id or 0,
        process_kind=step.process.kind,
        process_id=process_id,
        action=step.action,
        organ=actor.department,
        actor=actor.id,
        at=step.before.now,
    )


def _issued(office: Office, draft: Draft) -> Issued:
    return Issued(
        draft.kind,
        office.rules.documents[draft.kind].titled(draft.facts),
        draft.number.text if draft.number else None,
        office.rules.departments[draft.origin.organ].name,
        draft.origin.at,
        (draft.origin.process_kind, draft.origin.process_id),
    )
