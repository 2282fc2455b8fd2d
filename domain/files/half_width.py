"""Half width of long texts: as Unicode's NFKC, looked up for the few signs that it changes."""

import re
import unicodedata
from functools import lru_cache

_ODD = re.compile("[^\u4e00-\u9fff\x00-\x7f]+")
"""Signs that NFKC may change; Chinese characters and ASCII it leaves as they are."""


def half_width_text(text: str) -> str:
    """A text in half width, the same sign by sign as its NFKC."""
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
