"""Whether the files of the rulebook fit together: every unknown or dead name at once."""

from collections.abc import Callable, Collection, Iterable

from domain.routing.word_index import STEM
from domain.rulebook.checklist_check import check_case_review, check_checklists
from domain.rulebook.crosscheck_conditions import check_conditions
from domain.rulebook.crosscheck_dates import check_dates
from domain.rulebook.crosscheck_lifecycles import check_lifecycles
from domain.rulebook.crosscheck_limits import check_limits
from domain.rulebook.crosscheck_names import Names, names_of, told_once, uncited, unknown
from domain.rulebook.crosscheck_received import check_received
from domain.rulebook.crosscheck_words import check_words
from domain.rulebook.discretion_check import check_discretion
from domain.rulebook.inspection_check import check_inspection
from domain.rulebook.number_check import check_numbers
from domain.rulebook.offence_check import check_floors, check_matters, check_offences
from domain.rulebook.organ_check import check_organs, check_penalties
from domain.rulebook.publication_check import check_indicators, check_publications
from domain.rulebook.roster_check import check_rosters
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.entries import DocumentKind
from domain.shapes.yaml_source import Problem, Source

ELSEWHERE = "elsewhere"
"""The region of an instrument for whose place there is no parameter pack."""
Check = Callable[[Rulebook, Names, RulebookFiles], Iterable[Problem]]


def crosscheck(rules: Rulebook, files: RulebookFiles) -> list[Problem]:
    """Every name that resolves to nothing, with file and line; a name told once, with its places.

    Names in a part that could not be read are known: only the fault itself is told.
    """
    names = names_of(rules, files)
    checks: tuple[Check, ...] = (
        _instruments,
        _deadlines,
        _ladders,
        _dictionaries,
        check_offences,
        check_matters,
        check_floors,
        check_penalties,
        check_organs,
        check_numbers,
        check_discretion,
        check_rosters,
        check_publications,
        check_indicators,
        check_case_review,
        check_inspection,
        check_checklists,
        _documents,
        _attachments,
        _regions,
        check_lifecycles,
        check_limits,
        check_conditions,
        check_dates,
        check_received,
        check_words,
    )
    return told_once(problem for check in checks for problem in check(rules, names, files))


def _instruments(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    source = files.source("laws.yaml")
    for key, one in rules.instruments.items():
        for name in one.binds:
            yield from unknown(source, "部门职能", name, names.functions, key, "binds")
        if one.region and one.region != ELSEWHERE:
            yield from unknown(source, "地区", one.region, names.regions, key, "region")


def _deadlines(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    source = files.source("deadlines.yaml")
    for key, rule in rules.deadlines.items():
        for day, value in rule.values.items():
            yield from uncited(names, source, [value.basis], key, "values", day)
        for index, rung in enumerate(rule.extensions):
            yield from uncited(names, source, [rung.basis], key, "extensions", index)
            yield from unknown(source, "角色", rung.approver, names.roles, key, "extensions", index)
        yield from unknown(source, "提醒阶梯", rule.ladder, names.ladders, key, "ladder")
        if rule.same_as:
            yield from unknown(source, "时限", rule.same_as, names.deadlines, key, "same_as")


def _ladders(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    source = files.source("ladders.yaml")
    for key, ladder in rules.ladders.items():
        for index, rung in enumerate(ladder.rungs):
            for role in rung.to:
                yield from unknown(source, "角色", role, names.roles, key, "rungs", index, "to")


def _dictionaries(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    source = files.source("departments.yaml")
    for key, one in rules.departments.items():
        if one.superior:
            yield from unknown(source, "部门", one.superior, names.departments, key, "superior")
        yield from unknown(source, "部门职能", one.function, names.functions, key, "function")
    yield from _places(rules, source)
    source = files.source("matters.yaml")
    for key, matter in rules.matters.items():
        for name in (matter.lead, *matter.cooperating):
            yield from unknown(source, "部门职能", name, names.functions, key)
    yield from _duties(rules, names, files)
    source = files.source("parameters.yaml")
    for key, parameter in rules.parameters.items():
        for day, value in parameter.values.items():
            yield from uncited(names, source, [value.basis], key, "values", day)


def _places(rules: Rulebook, source: Source) -> Iterable[Problem]:
    """Places that are too short to be told, or lie in two areas."""
    known: dict[str, str] = {}
    for key, one in rules.departments.items():
        for place in one.places:
            if len(place) < STEM:
                yield source.problem(f"辖区地名“{place}”太短，至少要有两个字", key, "places")
            if known.setdefault(place, one.area) != one.area:
                told = f"辖区地名“{place}”同时属于{known[place]}和{one.area}"
                yield source.problem(told, key, "places")


def _duties(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    source = files.source("duties.yaml")
    for key, duty in rules.duties.items():
        for name in (duty.lead, *duty.cooperating):
            yield from unknown(source, "部门职能", name, names.functions, key)
        if key in rules.matters:
            yield source.problem(f"职责 {key} 与监管事项重名", key)
        yield from (
            source.problem(f"职责 {key} 的词“{word}”太短，至少要有两个字", key)
            for word in (*duty.words, *duty.hints)
            if len(word) < STEM
        )


def _documents(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    source = files.source("documents.yaml")
    for key, kind in rules.documents.items():
        yield from uncited(names, source, kind.basis, key, "basis")
        yield from unknown(source, "角色", kind.signer, names.roles, key, "signer")
        for part in ("leaves_with", "corrected_with", "undone_with"):
            for name in getattr(kind, part):
                yield from unknown(source, "操作", name, names.actions, key, part)
        if kind.served_by and not any(kind.served_by in one for one in _forms(rules, kind)):
            yield source.problem(f"文书 {key} 的操作没有填写项 {kind.served_by}", key, "served_by")


def _forms(rules: Rulebook, kind: DocumentKind) -> Iterable[Collection[str]]:
    """The fields of the acts that issue a kind anew."""
    for process, _, action in (name.partition(".") for name in kind.undone_with):
        if process in rules.lifecycles and action in rules.lifecycles[process].actions:
            yield rules.lifecycles[process].actions[action].form


def _attachments(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    source = files.source("attachments.yaml")
    yield from uncited(names, source, filter(None, [rules.attachments.basis]), "basis")


def _regions(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    for key, region in rules.regions.items():
        source = files.source(f"regions/{key}.yaml")
        yield from uncited(names, source, region.basis, "basis")
        yield from uncited(names, source, filter(None, [region.reply_yields]), "reply_yields")
        if region.within:
            yield from unknown(source, "地区", region.within, names.regions, "within")
        for name in ("reply_clock", "return_clock"):
            clock = getattr(region, name)
            if clock:
                yield from unknown(source, "时限", clock, names.deadlines, name)
