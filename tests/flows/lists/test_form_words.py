"""What a form said reads in words, down to the cells of its rows."""

from domain.rulebook.rulebook import Rulebook
from flows.lists.form_words import values_in_words


def test_an_offence_in_a_row_is_told_by_its_name(rules: Rulebook) -> None:
    forms = [one.form for one in rules.lifecycles["case"].actions.values()]
    fields = next(one for one in forms if "answers" in one)
    offence, known = next(iter(rules.offences.items()))
    rows = [{"offence": offence, "answer": "否"}, {"offence": "一个没有编号的罪名", "answer": "是"}]

    [(label, told)] = values_in_words(fields, {"answers": rows}, rules, {})

    assert (label, told) == (
        "定性问题",
        f"{known.name}（是否符合：否）；一个没有编号的罪名（是否符合：是）",
    )
