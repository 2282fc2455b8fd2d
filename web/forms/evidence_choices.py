"""The evidence that a form offers to be given: what one's own department obtained."""

from collections.abc import Mapping

from sqlmodel import Session

from domain.shapes.lifecycles import FormField
from domain.situation.situation import CHINA, Actor, ProcessView
from flows.papers.evidence_given import own_evidence
from flows.site.office import Office
from web.forms.choices import Choice, Choices, by_group

ASKED_OF = ("evidence_of", "clue_no")
"""The facts of a process that say in which clue the evidence lies."""


def evidence_choices(
    session: Session,
    office: Office,
    actor: Actor,
    fields: Mapping[str, FormField],
    process: ProcessView,
) -> Choices:
    """By field: the pieces of evidence that may be given, of the clue that is named first."""
    names = [name for name, one in fields.items() if one.type == "evidence"]
    if not names:
        return {}
    named = next((str(process.facts[one]) for one in ASKED_OF if process.facts.get(one)), "")
    offered = by_group(
        Choice(
            str(row.id),
            f"{row.title}（第{row.id}号，{row.added_at.astimezone(CHINA):%Y-%m-%d}）",
            f"线索{clue.no} {clue.title}",
        )
        for row, clue in own_evidence(session, office, actor, named)
    )
    return dict.fromkeys(names, offered)
