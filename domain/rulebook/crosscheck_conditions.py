"""Whether the fields that apply under a condition name one that the form can meet."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.lifecycles import FormField, Transition
from domain.shapes.yaml_source import Problem

FLAG = ("是", "否")


def check_conditions(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Every `applies` that names no other field, or no value of it, or makes a field required.

    And every `asked_by` that names no guard of the form, or stands beside one of these, and every
    `grouped_by` that names no choice of the form.
    """
    for key, lifecycle in rules.lifecycles.items():
        source = files.source(f"lifecycles/{key}.yaml")
        for action, transition in lifecycle.actions.items():
            for name, field in transition.form.items():
                where = ("actions", action, "form", name)
                for problem in (*_amiss(transition.form, field), *_unasked(transition, field)):
                    yield source.problem(problem, *where)


def _amiss(form: dict[str, FormField], field: FormField) -> Iterable[str]:
    if field.applies and field.required:
        yield "有 applies 的项不能必填：不适用时没有可填的内容"
    for other, values in field.applies.items():
        known = _values_of(form.get(other))
        if unknown := [one for one in values if one not in known]:
            yield f"applies 中 {other} 没有这些值：{'、'.join(unknown)}"
    if field.grouped_by and not _values_of(form.get(field.grouped_by)):
        yield f"grouped_by 不是本操作的选择项：{field.grouped_by}"


def _unasked(transition: Transition, field: FormField) -> Iterable[str]:
    conditions = [one for one in (field.asked_by, field.when, field.applies) if one]
    if (field.asked_by or field.when) and (field.required or len(conditions) > 1):
        yield "有 asked_by、when 的项不能必填，也不能另有其他条件：什么时候填写由条件决定"
    known = {one.guard for one in transition.form_requires}
    if unknown := [one for one in field.asked_by if one not in known]:
        yield f"asked_by 不是本操作的 form_requires：{'、'.join(unknown)}"


def _values_of(field: FormField | None) -> tuple[str, ...]:
    if field is None or field.type not in {"choice", "flag"}:
        return ()
    return FLAG if field.type == "flag" else tuple(field.options)
