"""Issuing documents: number, facts, bytes on the shelf, and the row that names them."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from documents.facts import facts_for
from documents.forms import MissingFacts, Template, load_template
from documents.paper import Issued, Paper
from domain.lifecycle import Reason, Refused, Step
from domain.situation import CHINA
from domain.tables.process import Clock, Clue
from domain.tables.record import IssuedDocument
from flows.numbers import document_number, next_serial
from flows.office import Office
from flows.situations import clock_view

Job = tuple[Step, int, str]


@dataclass(frozen=True)
class Issuer:
    """The documents of one transaction."""

    session: Session
    office: Office
    clue: Clue

    def issue(self, done: list[tuple[Step, int]]) -> list[IssuedDocument]:
        """All documents the steps ask for, in order; Refused where a required fact is missing.

        Numbers are allotted in a fixed order, so that two transactions never wait for each other.
        """
        jobs: list[Job] = [(step, pid, kind) for step, pid in done for kind in step.issues]
        if not jobs:
            return []
        numbers = self._numbers(jobs)
        issued = self._issued_before()
        rows: list[IssuedDocument] = []
        for place, (step, process_id, kind) in enumerate(jobs):
            row = self._write(step, process_id, kind, numbers.get(place), tuple(issued))
            issued.append(Issued(kind, row.title, row.number, row.organ, row.issued_at))
            rows.append(row)
        self.session.flush()
        return rows

    def _numbers(self, jobs: list[Job]) -> dict[int, tuple[str, int, int, str]]:
        wanted: list[tuple[str, str, int, int]] = []
        for place, (step, _, kind) in enumerate(jobs):
            series = self.office.rules.documents[kind].series
            if series:
                organ = step.before.actor.department
                wanted.append((organ, series, step.before.today.year, place))
        found: dict[int, tuple[str, int, int, str]] = {}
        for organ, series, year, place in sorted(wanted):
            serial = next_serial(self.session, organ, series, year)
            short = self.office.rules.departments[organ].short
            found[place] = (series, year, serial, document_number(short, series, year, serial))
        return found

    def _issued_before(self) -> list[Issued]:
        rows = self.session.exec(
            select(IssuedDocument)
            .where(col(IssuedDocument.clue_id) == self.clue.id)
            .order_by(col(IssuedDocument.id))
        )
        names = self.office.rules.departments
        return [
            Issued(row.kind, row.title, row.number, names[row.organ].name, row.issued_at)
            for row in rows
        ]

    def _write(
        self,
        step: Step,
        process_id: int,
        kind: str,
        number: tuple[str, int, int, str] | None,
        issued: tuple[Issued, ...],
    ) -> IssuedDocument:
        template = load_template(self.office.rules.documents[kind].template)
        paper = Paper(
            kind=kind,
            number=number[3] if number else None,
            action=step.action,
            situation=step.after,
            rules=self.office.rules,
            form=step.after.form,
            clocks=self._due_moments(),
            issued=issued,
        )
        facts = facts_for(paper)
        content = _rendered(template, facts, step, self.office)
        row = IssuedDocument(
            clue_id=self.clue.id or 0,
            process_kind=step.process.kind,
            process_id=process_id,
            kind=kind,
            title=self.office.rules.documents[kind].title,
            organ=step.before.actor.department,
            series=number[0] if number else None,
            year=number[1] if number else None,
            serial=number[2] if number else None,
            number=number[3] if number else None,
            facts=json.loads(json.dumps(_asked(template, facts), default=_plain)),
            template_sha256=template.sha256,
            sha256=self.office.shelf.put(content),
            issued_at=step.before.now,
            issued_by=step.before.actor.id,
            department_id=step.before.actor.department,
        )
        self.session.add(row)
        return row

    def _due_moments(self) -> dict[str, datetime]:
        rows = self.session.exec(
            select(Clock).where(col(Clock.clue_id) == self.clue.id, col(Clock.ended_at).is_(None))
        )
        return {view.rule: view.due_at for view in map(clock_view, rows)}


def _asked(template: Template, facts: dict[str, object]) -> dict[str, object]:
    return {field.name: facts[field.name] for field in template.form.fields if field.name in facts}


def _rendered(template: Template, facts: dict[str, object], step: Step, office: Office) -> bytes:
    try:
        return template.render(facts)
    except MissingFacts as missing:
        citation = step.transition.basis[0]
        article = office.rules.cite(citation)
        reasons = tuple(
            Reason(_lack(template, field.name, field.supplied_by), citation, article)
            for field in missing.fields
        )
        raise Refused(step.transition.label, reasons) from missing


def _lack(template: Template, name: str, supplied_by: str) -> str:
    who = "请在表单中填写" if supplied_by == "form" else "请先补登线索或案件信息"
    return f"《{template.form.title}》缺少「{name}」，{who}"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"a fact of type {type(value).__name__} cannot be kept")
