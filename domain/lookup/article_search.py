"""Articles of the rulebook found by words that are typed where a form states a legal basis."""

import re
from collections.abc import Iterator

from domain.files.article_words import names_an_article
from domain.lookup.legal_basis import Offer, offered, written
from domain.rulebook.quotation import holds_here
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Situation

MOST = 8
"""So many articles are found for the words of a field: more words find fewer."""
_LAST = re.compile(r"[^、；;，,\n]*$")
_WORDS = re.compile(r"[^\s《》（）()]+")


def sought(s: Situation, rules: Rulebook, fields: dict[str, str]) -> tuple[Offer, ...]:
    """Articles in force here whose law, number or contents have every word typed last in a field.

    A word is typed like 处罚法 三十三 or 锅炉 检验; what names an article already seeks nothing.
    `fields`: those that state a legal basis. The articles that the matter offers are not repeated.
    """
    return tuple(one for name in fields for one in _of_field(s, rules, name))


def _of_field(s: Situation, rules: Rulebook, name: str) -> tuple[Offer, ...]:
    typed = _LAST.findall(s.text(name))[0].strip()
    words = _WORDS.findall(typed)
    if names_an_article(typed) or len("".join(words)) < 2:
        return ()
    known = offered(s, rules, name)
    found = [key for key in _with(rules, words) if key not in known and _in_force(s, rules, key)]
    found.sort(key=lambda key: not all(one in rules.instrument_of[key].title for one in words))
    return tuple(
        Offer(
            name,
            written(rules, key),
            rules.citations[key].says,
            rules.citations[key].evidence == "text",
            typed,
        )
        for key in found[:MOST]
    )


def _with(rules: Rulebook, words: list[str]) -> Iterator[str]:
    for key, one in rules.citations.items():
        told = f"{rules.instrument_of[key].title} {one.article} {one.says}"
        if all(word in told for word in words):
            yield key


def _in_force(s: Situation, rules: Rulebook, key: str) -> bool:
    law = rules.instrument_of[key]
    over = law.until is not None and s.today >= law.until
    return law.from_ <= s.today and not over and holds_here(rules, key, s.region)
