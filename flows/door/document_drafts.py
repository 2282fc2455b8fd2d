"""The documents that an action would issue, written with what is known so far and without number.

Nothing is changed and no number is used. What is still lacking stands in the text as a gap.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup
from sqlmodel import Session

from documents.facts.paper import Issued, Paper
from documents.facts.paper_facts import facts_for
from documents.facts.supply import Lack, lacks
from documents.output.as_html import as_html
from documents.templates.kinds import FormField, Template, complete
from documents.values.codes import CODE
from domain.lifecycle.plan import Refused, Step
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Situation
from domain.tables.process import Clock
from flows.door.clocks import extend
from flows.door.locked_dossier import issued_papers, open_clocks
from flows.door.missing_facts import Intended, intended, paper_of
from flows.door.template_in_force import templates_in_force
from flows.site.office import Office

NOT_YET = "待办理时产生"
_GAP = re.compile("【(?:待补|待办理时产生)：[^】<]*】")
_WRITTEN = frozenset({"text", "long_text", "date", "datetime"})


@dataclass(frozen=True)
class DraftPaper:
    """A document as it would read: what it still lacks, and what only the act itself brings."""

    kind: str
    title: str
    text: Markup
    lacks: tuple[Lack, ...]
    pending: tuple[str, ...]


def may_issue(rules: Rulebook, process: str, action: str) -> bool:
    """Whether an action, or anything that it brings about for this clue, issues documents."""
    transition = rules.lifecycles[process].actions[action]
    return bool(transition.issues) or any(
        may_issue(rules, then.process, then.action)
        for then in transition.then
        if not (then.target or then.form)
    )


def draft_papers(
    session: Session, office: Office, situation: Situation, action: str
) -> list[DraftPaper]:
    """Every document that the action would issue in this situation, in their order."""
    wanted = list(intended(office, situation, action))
    organ = situation.actor.department
    templates = templates_in_force(session, office, organ, {one.kind for one in wanted})
    dossier = situation.dossier_id
    issued = issued_papers(session, office.rules, dossier)
    found: list[DraftPaper] = []
    for one in _settled(session, office, wanted, dossier):
        paper = replace(paper_of(office, one), issued=issued)
        found.append(_draft(office, templates[one.kind], one, paper))
        issued = (*issued, _as_issued(office, paper))
    return found


def _settled(
    session: Session, office: Office, wanted: Iterable[Intended], clue_id: int
) -> Iterator[Intended]:
    """The intended documents with the ends of the limits that their steps extend."""
    running: list[Clock] | None = None
    for one in wanted:
        if one.step is None or not one.step.extends:
            yield one
            continue
        if running is None:
            running = open_clocks(session, clue_id)
        due = _extended(office, one.step, running)
        opens = tuple(rule for rule in one.opens if rule not in due)
        yield replace(one, opens=opens, due={**one.due, **due})


def _extended(office: Office, step: Step, running: Iterable[Clock]) -> dict[str, datetime]:
    """When the limits that a step extends would end; tried on copies that no session knows."""
    found: dict[str, datetime] = {}
    process = (step.process.kind, step.process.id)
    for clock in running:
        if clock.rule in step.extends and (clock.process_kind, clock.process_id) == process:
            tried = Clock(**clock.model_dump())
            with suppress(Refused):
                extend(tried, office.rules, step)
                found[clock.rule] = tried.due_at
    return found


def _draft(office: Office, template: Template, one: Intended, paper: Paper) -> DraftPaper:
    title = office.rules.documents[one.kind].title
    facts = facts_for(paper)
    pending = _pending(one, paper, facts)
    known = {name: value for name, value in facts.items() if name not in pending}
    missing = template.missing({**known, CODE: one.kind})
    lacking = [fact for fact in missing if fact.name not in pending]
    at = (one.situation.process.kind, one.action)
    return DraftPaper(
        kind=one.kind,
        title=title,
        text=with_gaps(template, known, pending),
        lacks=tuple(lacks(office.rules, title, lacking, at, one.situation.actor.department)),
        pending=tuple(fact.name for fact in missing if fact.name in pending),
    )


def with_gaps(
    template: Template, known: Mapping[str, object], pending: frozenset[str] = frozenset()
) -> Markup:
    """The text with what is known; each required fact that is not shows as a marked gap."""
    missing = template.missing({**known, CODE: template.kind})
    gaps = {fact.name: _gap(fact, pending) for fact in missing}
    content = template.compiled.render(complete(template.form, {**known, **gaps}))
    return _marked(as_html(content))


def _pending(one: Intended, paper: Paper, facts: Mapping[str, object]) -> frozenset[str]:
    """The facts that hang on limits of which it is not known yet when they end."""
    if not one.opens:
        return frozenset()
    told = {rule: due for rule, due in paper.clocks.items() if rule not in one.opens}
    without = facts_for(replace(paper, clocks=told))
    return frozenset(name for name, value in facts.items() if without.get(name) != value)


def _gap(fact: FormField, pending: frozenset[str]) -> object:
    """What stands in a fact's place: words where words can stand, else nothing."""
    words = f"【{NOT_YET if fact.name in pending else '待补'}：{fact.name}】"
    if fact.type in _WRITTEN:
        return words
    return {"list": [words], "rows": []}.get(fact.type)


def _marked(text: Markup) -> Markup:
    """The gaps made visible; the text is escaped already."""
    return Markup(_GAP.sub(lambda gap: f"<mark>{gap[0]}</mark>", str(text)))


def _as_issued(office: Office, paper: Paper) -> Issued:
    situation = paper.situation
    organ = office.rules.departments[situation.actor.department].name
    title = office.rules.documents[paper.kind].title
    process = (situation.process.kind, situation.process.id)
    return Issued(paper.kind, title, paper.number, organ, situation.now, process)
