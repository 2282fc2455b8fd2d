"""Whether checklists name what there is, and whether every demand of a statute is carried."""

from collections.abc import Collection, Iterable, Mapping

from domain.rulebook.crosscheck_limits import check_begin
from domain.rulebook.crosscheck_names import Names, uncited, unknown
from domain.rulebook.named_functions import effect, guard
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.checklists import Checklist, Duty
from domain.shapes.yaml_source import Problem, Source

DATA = frozenset({"attachments", "calendar", "offences", "organs", "parameters", "penalties"})
"""The files of `config/` that may carry a demand by what they list."""
Carriers = Mapping[str, Collection[str]]
"""By the key of a duty, the names that may stand there."""


def check_checklists(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Demands that nothing carries, carriers that do not exist, and articles left out.

    Every article that `laws.yaml` cites from a statute with a checklist has its place in it: who
    cites another one says what carries it.
    """
    carriers = _carriers(rules, names, files)
    instruments = files.known(rules.instruments, "laws.yaml")
    for key, one in rules.checklists.items():
        source = files.source(f"checklists/{key}.yaml")
        yield from unknown(source, "法律文件", one.instrument, instruments, "instrument")
        for article, duties in one.duties.items():
            for place, duty in enumerate(duties):
                at = ("duties", article, place)
                yield from _duty(source, duty, carriers, at)
                if not files.lost_of("lifecycles") and {*duty.clocks} <= {*rules.deadlines}:
                    yield from check_begin(source, rules, duty, at)
        if not files.lost_of("laws.yaml"):
            yield from _coverage(rules, one, source)


def _carriers(rules: Rulebook, names: Names, files: RulebookFiles) -> Carriers:
    """What may carry a demand; a limit does only where an action opens it.

    With a lifecycle lost, nobody can say that an action, a field or an opened limit is wrong.
    """
    actions = {
        f"{kind}.{name}": action
        for kind, lifecycle in rules.lifecycles.items()
        for name, action in lifecycle.actions.items()
    }
    fields = {f"{key}.{field}" for key, one in actions.items() for field in one.form}
    opened = {start.clock for one in actions.values() for start in one.opens}
    return {
        "actions": files.known_from(actions, "lifecycles"),
        "guards": guard.names(),
        "fields": files.known_from(fields, "lifecycles"),
        "documents": names.documents,
        "clocks": files.known_from(opened, "lifecycles"),
        "effects": effect.names(),
        "data": DATA,
    }


WORDS: Mapping[str, str] = {
    "actions": "操作",
    "guards": "条件",
    "fields": "表单字段",
    "documents": "文书",
    "clocks": "由操作开启的时限",
    "effects": "效果",
    "data": "规则表",
}
"""What each kind of carrier is called."""


def _duty(
    source: Source, duty: Duty, carriers: Carriers, at: tuple[object, ...]
) -> Iterable[Problem]:
    if not duty.is_carried:
        yield source.problem("这项法定要求没有任何操作、条件、字段、文书或者时限承担", *at)
    for kind, word in WORDS.items():
        for name in getattr(duty, kind):
            yield from unknown(source, word, name, carriers[kind], *at, kind)


def _coverage(rules: Rulebook, one: Checklist, source: Source) -> Iterable[Problem]:
    told = {*one.duties, *one.aside}
    instrument = rules.instruments.get(one.instrument)
    cited = instrument.citations if instrument else ()
    for article in told:
        if instrument and article not in cited:
            yield from unknown(source, "引用", article, cited, "duties", article)
    for article in cited:
        if article not in told:
            yield source.problem(f"条文 {article} 没有写明由什么承担", "duties")
    for article in one.duties:
        if article in one.aside:
            yield source.problem(f"条文 {article} 写了两处", "aside", article)


def check_case_review(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Unknown articles, kinds of document and acts; two items of the same words."""
    source, acts = files.source("case_review.yaml"), _carriers(rules, names, files)["actions"]
    said: set[str] = set()
    for key, one in rules.case_review.items():
        yield from uncited(names, source, one.basis, key, "basis")
        for kind in (*one.documents, *one.served, *one.when):
            yield from unknown(source, "文书", kind, names.documents, key)
        if one.mend:
            yield from unknown(source, "操作", one.mend, acts, key, "mend")
        if one.says in said:
            yield source.problem("两个项目的文字相同", key, "says")
        said.add(one.says)
