"""Whether the discretion standards name only what there is, and their ranges make sense."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names, uncited, unknown
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.discretion import Degree
from domain.shapes.yaml_source import Problem, Source


def check_discretion(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Unknown matters, articles and quantities, degrees without factors, ranges upside down."""
    source = files.source("discretion.yaml")
    for key, standard in rules.discretion.items():
        for matter in standard.matters:
            yield from unknown(source, "监管事项", matter, names.matters, key, "matters")
        for day, table in standard.values.items():
            at = (key, "values", day)
            yield from uncited(names, source, [table.basis], *at, "basis")
            for name, degree in table.degrees.items():
                yield from _degree(source, names, degree, (*at, "degrees", name))


def _degree(
    source: Source, names: Names, degree: Degree, at: tuple[object, ...]
) -> Iterable[Problem]:
    if not degree.factors:
        yield source.problem("裁量档次没有写明适用情形（factors）", *at)
    fine = degree.fine
    if fine is None:
        return
    if fine.least > fine.most:
        yield source.problem("罚款幅度的下限（least）大于上限（most）", *at, "fine")
    if fine.times_of:
        yield from unknown(source, "数额口径", fine.times_of, names.quantities, *at, "fine")
