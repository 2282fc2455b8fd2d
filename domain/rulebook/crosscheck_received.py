"""Whether an act that enters a paper from outside reads fields that its form has."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.yaml_source import Problem
from domain.situation.received import fields_named


def check_received(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Every field that `receives` names and the form of the action does not ask for."""
    for key, lifecycle in rules.lifecycles.items():
        source = files.source(f"lifecycles/{key}.yaml")
        for name, action in lifecycle.actions.items():
            for field in fields_named(action.receives) if action.receives else ():
                if field not in action.form:
                    text = f"收文 receives 所读的 {field} 不在表单里"
                    yield source.problem(text, "actions", name, "receives")
