"""The form of a decision begins with what the party was told, so that nobody types it anew."""

from domain.rulebook.rulebook_reading import load_rulebook
from domain.situation.situation import ProcessView
from tests.helpers.moments import at
from tests.helpers.people import actor
from web.forms.suggestions import defaults_of


def test_a_decision_begins_with_the_kinds_and_sums_of_its_notice() -> None:
    told = {
        "planned_kinds": ["fine", "licence_suspended"],
        "planned_fine": "3000",
        "planned_term": "30日",
        "planned_licence": "道路运输证",
    }
    fields = load_rulebook().lifecycles["case"].actions["decide"].form
    case = ProcessView("case", 1, "noticed", "shili-transport", facts=told)

    found = defaults_of(fields, case, actor("head"), at("2026-05-11T09:00"))

    assert found["penalty_kinds"] == ["fine", "licence_suspended"]
    assert (found["fine"], found["penalty_term"]) == ("3000", "30日")
    assert found["penalty_licence"] == "道路运输证"
    assert "confiscated" not in found
