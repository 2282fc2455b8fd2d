"""What a person needs before his eyes at a form: the matter, what was asked, what was said."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from domain.lifecycle.visibility import ClueSight
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import FormField
from domain.situation.evidence_ties import OPINION
from domain.situation.situation import Situation
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.lists.clue_sheet import papers_of
from flows.lists.event_lines import EventLine, history_of, told_to
from flows.lists.form_words import values_in_words
from flows.people.viewer import Viewer

ASKED = {
    "clue": ("demands",),
    "part": ("scope", "part_limit"),
    "request": ("request_kind", "request_text", "request_due"),
    "referral": ("missing", "further_questions", "further_until"),
    "supervision": ("trigger", "demands", "due_on"),
    "case": ("review_opinion",),
    "dispute": ("reason",),
}
"""What others asked of who holds a process, by the facts that keep it."""
SAID_LAST, PAPERS_LAST = 5, 8


@dataclass(frozen=True)
class StepContext:
    """The clue as far as it is shown, what was asked, what was last said, and the newest papers.

    `tied`: the opinion that is being given, to which its evidence is tied; 0 for none.
    """

    clue: Clue
    whole: bool
    asked: tuple[tuple[str, str], ...]
    said: tuple[EventLine, ...]
    papers: tuple[IssuedDocument, ...]
    tied: int = 0


def step_context(
    session: Session, viewer: Viewer, clue: Clue, situation: Situation, seen: ClueSight
) -> StepContext:
    """The context of a step on a clue for who was found to see it, as far as `seen` shows it."""
    office = viewer.office
    papers = papers_of(session, office, seen, clue)
    history = told_to(seen, history_of(session, office, clue.id or 0), papers)
    said = [one for one in history if one.said and one.action_id != "register"]
    return StepContext(
        clue=clue,
        whole=seen.whole,
        asked=tuple(_asked(situation, office.rules)),
        said=tuple(reversed(said[-SAID_LAST:])),
        papers=tuple(reversed(papers[-PAPERS_LAST:])),
        tied=situation.process.id if situation.process.kind == OPINION else 0,
    )


def _asked(situation: Situation, rules: Rulebook) -> Iterator[tuple[str, str]]:
    process = situation.process
    if process.id == 0 and process.kind != "clue":
        return
    known: dict[str, FormField] = {}
    for action in rules.lifecycles[process.kind].actions.values():
        known |= {name: one for name, one in action.form.items() if name not in known}
    for name in ASKED.get(process.kind, ()):
        if name in known and process.facts.get(name):
            yield from values_in_words({name: known[name]}, process.facts, rules, {})
