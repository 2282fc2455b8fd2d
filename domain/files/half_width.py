"""Half width of long texts: as Unicode's NFKC, looked up for the few signs that it changes."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

_ODD = re.compile("[^\u4e00-\u9fff\x00-\x7f]+")
"""Signs that NFKC may change; Chinese characters and ASCII it leaves as they are."""


_COMPOSED = (
    *(range(0x2E80, 0x3400), range(0xF900, 0xFB00)),
    *(range(0x1F100, 0x1F300), range(0x2F800, 0x2FA20)),
)
"""The blocks in which signs stand for Chinese characters: radicals, brackets, circles, squares."""


def is_ideograph(sign: str) -> bool:
    """Whether a sign is a Chinese character as half width leaves it: with no other it joins."""
    name = unicodedata.name(sign, "")
    return name.startswith("CJK UNIFIED IDEOGRAPH") and half_width_text(sign) == sign


def becoming(sign: str) -> tuple[str, ...]:
    """All other signs whose half width is a Chinese character or holds it, such as ㈱ of 株."""
    return _becoming().get(sign, ())


@cache
def _becoming() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in (chr(code) for span in _COMPOSED for code in span):
        for sign in set(unicodedata.normalize("NFKC", one)) - {one}:
            found[sign] = (*found.get(sign, ()), one)
    return found


@lru_cache(maxsize=16)
def half_width_text(text: str) -> str:
    """A text in half width, the same sign by sign as its NFKC.

    The latest are kept: a clue's words are read for its matter, and again for what is like it.
    """
    try:
        return _ODD.sub(_changed, text)
    except _Joins:
        return unicodedata.normalize("NFKC", text)


class _Joins(Exception):
    """A sign that joins with the one before it: the text cannot be taken run by run."""


def _changed(run: re.Match[str]) -> str:
    return _normal(run[0])


@lru_cache(maxsize=4096)
def _normal(run: str) -> str:
    if unicodedata.combining(run[0]):
        raise _Joins
    return unicodedata.normalize("NFKC", run)
