"""What is measured against docxtpl is the same work: both write the same text."""

import importlib

import pytest

from documents.templates.kinds import complete, load_all, sample_facts


def test_docxtpl_writes_the_same_text_for_every_kind() -> None:
    pytest.importorskip("docxtpl")
    mixed = importlib.import_module("benchmarks.documents_mixed")
    kinds = list(load_all().values())
    facts = [complete(one.form, sample_facts(one)) for one in kinds]

    mixed.compare(kinds, mixed.enter(kinds), facts)


def test_a_contender_that_writes_another_text_is_not_measured() -> None:
    pytest.importorskip("docxtpl")
    mixed = importlib.import_module("benchmarks.documents_mixed")
    [kind] = [one for name, one in load_all().items() if name == "return_letter"]
    facts = complete(kind.form, sample_facts(kind))
    engines = {**mixed.enter([kind])}
    engines[mixed.THEIRS] = [lambda told: kind.render({**facts, "线索标题": "另一件事"})]

    with pytest.raises(RuntimeError, match="return_letter"):
        mixed.compare([kind], engines, [facts])
