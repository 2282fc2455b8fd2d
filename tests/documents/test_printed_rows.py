"""Lists in documents: every column that is printed is one that somebody fills in."""

from collections.abc import Iterator

from documents.templates.kinds import load_template
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import FormField, Lifecycle

FROM_FACTS = {("case_review", "评查项目"): {"类别", "依据"}}
"""Columns that no form has: the program adds them from the rulebook."""


def test_every_column_of_a_printed_list_is_filled_by_the_form_that_it_comes_from(
    rules: Rulebook,
) -> None:
    """A column that no form fills is printed as a slash, and nobody is told."""
    found = dict(_lists(rules))

    assert len(found) > 20
    assert {where: left for where, left in found.items() if left} == {}


def _lists(rules: Rulebook) -> Iterator[tuple[tuple[str, str, str], set[str]]]:
    """Each list of a document as a process's forms fill it: the columns that none of them has."""
    for lifecycle in rules.lifecycles.values():
        kinds = {one.document for action in lifecycle.actions.values() for one in action.issues}
        for kind in sorted(kinds):
            template = rules.documents[kind].template
            for fact in load_template(template).form.fields:
                fields = _named(lifecycle, fact.name)
                if fact.columns and fact.supplied_by == "form" and fields:
                    known = {
                        name for one in fields for pair in one.columns.items() for name in pair
                    }
                    left = set(fact.columns) - known - FROM_FACTS.get((template, fact.name), set())
                    yield (lifecycle.process, kind, fact.name), left


def _named(lifecycle: Lifecycle, label: str) -> list[FormField]:
    """The lists of a process's forms that a document knows by this name."""
    return [
        one
        for action in lifecycle.actions.values()
        for one in action.form.values()
        if one.label == label and one.type == "rows"
    ]
