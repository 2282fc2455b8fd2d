"""Plain data as the one text that hashes and codes are made of: keys sorted, no blanks."""

import json
import re

import orjson

_written = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_FRACTION = re.compile(rb"(?:\A|\":|[\[,])-?\d+[.e]")
"""A number that is no whole one, behind a key or in a list, or text that looks like it."""


def canonical_json(value: object) -> bytes:
    """The same bytes for equal data, whoever wrote or read them; TypeError for what is none.

    The standard library says what they are, and so they stay. Where orjson is known to write the
    same it writes, ten times as fast: it spells fractions in its own way, and refuses rare things.
    """
    try:
        told = orjson.dumps(value, option=_SORTED)
    except TypeError:
        return _written(value).encode()
    return _written(value).encode() if _FRACTION.search(told) else told
