"""Whether every day and moment that a form asks for says how it lies in time."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.lifecycles import FormField, Lifecycle, Transition
from domain.shapes.yaml_source import Problem, Source
from domain.situation.form_dates import DATED, EVENTS


def check_dates(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Every dated field without a bound or with one that is unknown, and clocks that start amiss.

    A clock that counts forward from a field starts in the past; one that counts back, ahead.
    """
    for key, lifecycle in rules.lifecycles.items():
        source = files.source(f"lifecycles/{key}.yaml")
        for name, action in lifecycle.actions.items():
            for field_name, field in action.form.items():
                if field.type in DATED:
                    yield from _field(lifecycle, (name, field_name), field, source)
            yield from _starts(rules, action, name, source)


def _field(
    lifecycle: Lifecycle, at: tuple[str, str], field: FormField, source: Source
) -> Iterable[Problem]:
    action, name = at
    where = ("actions", action, "form", name)
    if not (field.past or field.ahead or field.not_before):
        yield source.problem(f"日期 {name} 没有写明 past、ahead 或者 not_before", *where)
    known = {*EVENTS, *(one for done in lifecycle.actions.values() for one in done.form)}
    if field.not_before and field.not_before not in known:
        yield source.problem(f"not_before 没有 {field.not_before} 这一项", *where)


def _starts(rules: Rulebook, action: Transition, name: str, source: Source) -> Iterable[Problem]:
    for start in action.opens:
        field = action.form.get(start.from_field or "")
        rule = rules.deadlines.get(start.clock)
        if field is None or rule is None:
            continue
        backward = rule.direction == "backward"
        if not (field.ahead if backward else field.past):
            needed = "ahead" if backward else "past"
            yield source.problem(
                f"时限 {start.clock} 自 {start.from_field} 起算，该项须写明 {needed}: true",
                *("actions", name, "opens"),
            )
