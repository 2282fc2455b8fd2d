"""How a text names an article of a law: by its number."""

import re

ARTICLE = re.compile(r"第\s*[〇零一二三四五六七八九十百千\d]+\s*条")


def names_an_article(text: str) -> bool:
    """Whether a legal basis says which article it rests on."""
    return bool(ARTICLE.search(text))
