"""Whether the checklist of case files names only articles, documents and acts that there are."""

from collections.abc import Iterable

from domain.rulebook.crosscheck_names import Names, uncited, unknown
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.yaml_source import Problem


def check_case_review(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Unknown articles, kinds of document and acts; two items of the same words."""
    source = files.source("case_review.yaml")
    said: set[str] = set()
    for key, one in rules.case_review.items():
        yield from uncited(names, source, one.basis, key, "basis")
        for kind in (*one.documents, *one.served, *one.when):
            yield from unknown(source, "文书", kind, names.documents, key)
        process, _, action = one.mend.partition(".")
        found = rules.lifecycles.get(process)
        if one.mend and (found is None or action not in found.actions):
            yield source.problem(f"没有操作 {one.mend}", key, "mend")
        if one.says in said:
            yield source.problem("两个项目的文字相同", key, "says")
        said.add(one.says)
